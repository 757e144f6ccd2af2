"""From emergency reception to a home: offers to a town, its answer, a home, the keys."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from random import Random

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Conflict, Refused
from perron.vocabulary.intervals import BRUSSELS
from perron.vocabulary.organisations import OrganisationId, OrganisationKind, Role
from perron.vocabulary.people import HouseholdId
from perron.vocabulary.places import PlaceKind
from perron.vocabulary.tracks import DeclineReason, HandoverId, TrackKind
from perron_site.actions.handovers import (
    NO_WORDS,
    Consented,
    accept_handover,
    decline_handover,
    offer_handover,
    withdraw_handover,
)
from perron_site.actions.homes import propose_home, take_home
from perron_site.actions.stays import move_in
from perron_site.commands.demonstration.dice import happens, tables
from perron_site.commands.demonstration.lines import holder
from perron_site.commands.demonstration.people import InventedHousehold
from perron_site.commands.demonstration.places import desk
from perron_site.commands.demonstration.stage import Stage, Story
from perron_site.queries.standing import open_lines, standing

DECLINES, SILENT, WITHOUT_CONSENT = 120, 100, 60
WAITING = "waiting"
NO_ANSWER = {"unanswered", WAITING}
PATIENCE, FOREVER, KEYS = 6, 400, time(14, 0)
WHY = "There is a home in this town; emergency reception is meant for a few days."
NOBODY_REACHED = "Not reached for two days; the town must prepare."
GUARDIAN_AGREED = "The guardian, asked by telephone"
NO_PLACE = "All homes that fit are promised until the end of the month."

Settle = Callable[[Stage, InventedHousehold, HouseholdId, Random], Story]
Offer = tuple[HandoverId, Acting, OrganisationId, Role]


def shelter(
    stage: Stage, plan: InventedHousehold, household: HouseholdId, dice: Random, settle: Settle
) -> Story:
    """Wait for a bed, stay some days, then the baton is offered to a town."""
    while standing(household).running(PlaceKind.EMERGENCY) is None:
        yield stage.day(1, 10)
    yield offered_at(stage, plan, dice)
    where = plan.town
    for answer in answers(plan, dice):
        offers = offer_lines(stage, household, where, dice)
        yield stage.day(days_to(answer, dice), 14)
        if answer == "accepted":
            for handover, _, receiver, role in offers:
                accept_handover(stage.desk(receiver, role), handover_id=handover)
            break
        turn_down(stage, offers, answer)
        where = where if answer == "silent" else neighbour(where)
        yield stage.day(1, 10)
    stage.begin(settle(stage, plan, household, dice))
    yield from move(stage, plan, household, where, dice)


def offered_at(stage: Stage, plan: InventedHousehold, dice: Random) -> datetime:
    """When the baton is offered: after some days; an offer that must be waiting now, an hour ago."""
    if plan.answer == WAITING:
        return stage.now - timedelta(hours=1)
    return stage.day(dice.randint(3, 18) if plan.wait is None else plan.wait, 11)


def days_to(answer: str, dice: Random) -> int:
    """After how many days it is answered, or taken back; who is never answered waits."""
    if answer in NO_ANSWER:
        return FOREVER
    return PATIENCE if answer == "silent" else dice.randint(1, 2)


def answers(plan: InventedHousehold, dice: Random) -> tuple[str, ...]:
    """What becomes of each offer, the last one accepted."""
    if plan.answer in NO_ANSWER:
        return (plan.answer,)
    if plan.answer in {"silent", "declined"}:
        return (plan.answer, "accepted")
    if plan.answer or not happens(dice, DECLINES + SILENT):
        return ("accepted",)
    return ("silent" if happens(dice, 450) else "declined", "accepted")


def neighbour(where: str) -> str:
    """The next town of the same region in the file."""
    towns = next(group for group in tables()["towns"].values() if where in group)
    return str(towns[(towns.index(where) + 1) % len(towns)])


def offer_lines(stage: Stage, household: HouseholdId, where: str, dice: Random) -> list[Offer]:
    """Whoever holds a line offers it: roof and papers to the town hall, support to the OCMW."""
    hall = desk(OrganisationKind.MUNICIPALITY, where)
    centre = desk(OrganisationKind.OCMW, where)
    consent = not happens(dice, WITHOUT_CONSENT)
    said = Consented(words=GUARDIAN_AGREED if open_lines(household, {TrackKind.GUARDIAN}) else "")
    offers: list[Offer] = []
    for kind, receiver, role in (
        (TrackKind.ROOF, hall, Role.HOUSING_OFFICER),
        (TrackKind.MUNICIPALITY, hall, Role.HOUSING_OFFICER),
        (TrackKind.SUPPORT, centre, Role.CASE_WORKER),
    ):
        tracks = open_lines(household, {kind})
        by = holder(stage, tracks[0])
        if by.organisation == receiver:
            continue
        handover = offer_handover(
            by,
            household_id=household,
            track_ids=tuple(track.id for track in tracks),
            receiver_id=receiver,
            why=WHY,
            consent=consent,
            without_consent_because="" if consent else NOBODY_REACHED,
            consented=said if consent else NO_WORDS,
        )
        offers.append((handover, by, receiver, role))
    return offers


def turn_down(stage: Stage, offers: list[Offer], answer: str) -> None:
    """Decline each offer, or take it back when nobody has answered."""
    for handover, giver, receiver, role in offers:
        if answer == "declined":
            decline_handover(
                stage.desk(receiver, role),
                handover_id=handover,
                reason=DeclineReason.NO_PLACE,
                text=NO_PLACE,
            )
        else:
            by = stage.desk(giver.organisation, giver.role)
            withdraw_handover(by, handover_id=handover)


def move(
    stage: Stage, plan: InventedHousehold, household: HouseholdId, where: str, dice: Random
) -> Story:
    """The housing desk proposes a home until one fits, then the keys are given."""
    hall = desk(OrganisationKind.MUNICIPALITY, where)
    yield stage.day(dice.randint(1, 4), 11)
    while (proposal := home_for(stage, hall, household)) is None:
        yield stage.day(5, 11)
    if plan.answer == "proposed":
        return
    yield stage.day(1, 15)
    by = stage.desk(hall, Role.HOUSING_OFFICER)
    start = by.on + timedelta(days=dice.randint(1, 4))
    stay = take_home(by, proposal_id=proposal, start=start)
    yield datetime.combine(start, KEYS, BRUSSELS)
    move_in(stage.desk(hall, Role.HOUSING_OFFICER), stay_id=stay)


def home_for(stage: Stage, hall: OrganisationId, household: HouseholdId) -> int | None:
    """A home that is proposed, or None when none fits today."""
    try:
        return propose_home(stage.desk(hall, Role.HOUSING_OFFICER), household_id=household)
    except (Refused, Conflict):
        return None
