"""What happened to each household: it arrives, its file is decided, its town takes it up."""

from datetime import datetime, timedelta
from random import Random

from perron.vocabulary.intervals import is_minor
from perron.vocabulary.organisations import Role
from perron.vocabulary.people import HouseholdId
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.households import register_household, state_fact
from perron_site.commands.demonstration.dice import happens
from perron_site.commands.demonstration.lines import move_lines, take_up_lines
from perron_site.commands.demonstration.people import UKRAINIAN, InventedHousehold
from perron_site.commands.demonstration.places import town
from perron_site.commands.demonstration.roads import shelter
from perron_site.commands.demonstration.stage import Stage, Story, office_hour
from perron_site.queries.standing import open_lines, standing

OPENS, CLOSES = 9, 15
WEEKEND = timedelta(days=3)
FORGOTTEN, APPEALS, TELLS_ALL, FULL, WELL_ON = 80, 400, 500, 300, 350
LOCAL = (TrackKind.MUNICIPALITY, TrackKind.SUPPORT)
LATER = (TrackKind.WORK, TrackKind.LANGUAGE, TrackKind.DURABLE)

# Working from the taking up: days after the one before, and the step. The order is that of the
# domain report, 1.2; the days are chosen.
ROADS: dict[str, tuple[tuple[int, Step], ...]] = {
    "granted": (
        (2, Step.MUNICIPALITY_RESIDENCE_CHECK),
        (8, Step.MUNICIPALITY_ANNEX_15),
        (1, Step.SUPPORT_INQUIRY),
        (18, Step.SUPPORT_RUNNING),
        (9, Step.MUNICIPALITY_CARD),
        (1, Step.SUPPORT_HEALTH_FUND),
    ),
    "refused": (
        (1, Step.MUNICIPALITY_NOT_OPEN),
        (3, Step.SUPPORT_INQUIRY),
        (21, Step.SUPPORT_REFUSED),
    ),
    "pending": (),
}


def history(stage: Stage, plan: InventedHousehold) -> Story:
    """The whole story of one household."""
    dice = stage.dice(plan.number)
    yield arrival(stage, plan, dice)
    by = stage.desk(stage.registry, Role.REGISTRAR)
    household = register_household(
        by,
        people=plan.people,
        arrived_on=by.on,
        municipality=None if plan.roof else town(plan.town).nis,
        roof=plan.roof,
    )
    stage.begin(protect(stage, plan, household, dice))
    if open_lines(household, {TrackKind.GUARDIAN}):
        stage.begin(guard(stage, household))
    if plan.roof:
        stage.begin(shelter(stage, plan, household, dice, settle))
    else:
        stage.begin(settle(stage, plan, household, dice))


def arrival(stage: Stage, plan: InventedHousehold, dice: Random) -> datetime:
    """When it stands at the desk: some minutes ago, or at office hours of its day."""
    hour, minute = dice.randrange(OPENS, CLOSES), dice.randrange(60)
    if plan.minutes_ago is not None:
        return stage.now - timedelta(minutes=plan.minutes_ago)
    day = stage.today - timedelta(days=plan.days_ago)
    moment = office_hour(day, hour, minute)
    return moment if moment < stage.now else office_hour(day - WEEKEND, hour, minute)


def protect(stage: Stage, plan: InventedHousehold, household: HouseholdId, dice: Random) -> Story:
    """The file at the Immigration Office: decided at once, later, or refused and appealed."""
    yield stage.at + timedelta(minutes=25)
    take_up_lines(stage, household, {TrackKind.PROTECTION})
    state_facts(stage, plan, household, dice)
    yield stage.at + timedelta(minutes=50)
    if plan.verdict == "granted":
        move_lines(stage, household, Step.PROTECTION_GRANTED)
        return
    move_lines(stage, household, Step.PROTECTION_PENDING)
    if plan.verdict == "pending":
        return
    yield stage.day(dice.randint(10, 25), 11)
    move_lines(stage, household, Step.PROTECTION_REFUSED)
    if happens(dice, APPEALS):
        yield stage.day(dice.randint(6, 20), 15)
        move_lines(stage, household, Step.PROTECTION_APPEALED)


def state_facts(
    stage: Stage, plan: InventedHousehold, household: HouseholdId, dice: Random
) -> None:
    """Write down what the adults say; what is not asked stays unknown."""
    by = stage.desk(stage.registry, Role.REGISTRAR)
    for person, invented in zip(standing(household).people, plan.people, strict=True):
        if is_minor(invented.born, by.on) is not False or not happens(dice, TELLS_ALL):
            continue
        left = stage.today - timedelta(days=plan.days_ago + dice.randint(2, 40))
        state_fact(by, person_id=person, name="left_ua_on", value=left.isoformat()[:7])
        state_fact(by, person_id=person, name="resided_in_ua_before_20220224", value=True)
        if invented.nationalities is not None and UKRAINIAN not in invented.nationalities:
            permit = dice.choice(["permanent", "temporary"])
            state_fact(by, person_id=person, name="ua_permit", value=permit)


def settle(stage: Stage, plan: InventedHousehold, household: HouseholdId, dice: Random) -> Story:
    """The town hall and the public centre for social welfare take up their lines, some late."""
    late = happens(dice, FORGOTTEN)
    yield stage.day(dice.randint(6, 24) if late else dice.randint(1, 3), 10)
    take_up_lines(stage, household, LOCAL)
    stage.begin(grow(stage, household, dice))
    for days, step in ROADS[plan.verdict]:
        yield stage.day(days, dice.randrange(OPENS, CLOSES))
        move_lines(stage, household, step)


def grow(stage: Stage, household: HouseholdId, dice: Random) -> Story:
    """School for the children, then work, a course and another permit, as far as their lines have opened."""
    yield stage.day(dice.randint(2, 8), 14)
    take_up_lines(stage, household, {TrackKind.SCHOOL})
    move_lines(
        stage, household, Step.SCHOOL_WAITING if happens(dice, FULL) else Step.SCHOOL_ENROLLED
    )
    if happens(dice, WELL_ON):
        yield stage.day(dice.randint(12, 20), 13)
        take_up_lines(stage, household, LATER)
        move_lines(stage, household, Step.WORK_SEARCHING)


def guard(stage: Stage, household: HouseholdId) -> Story:
    """A child alone: reported the same day, then a guardian is sought and found."""
    yield stage.at + timedelta(minutes=10)
    take_up_lines(stage, household, {TrackKind.GUARDIAN})
    move_lines(stage, household, Step.GUARDIAN_TO_DESIGNATE)
    yield stage.day(9, 11)
    move_lines(stage, household, Step.GUARDIAN_WORKING)
