"""What happens to a household of the country, whoever writes it down: the acts one by one, or the book of all."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Protocol

from perron.rules.law import protection_end
from perron.vocabulary.acting import Acting
from perron.vocabulary.intervals import BRUSSELS, is_minor
from perron.vocabulary.organisations import OrganisationId, OrganisationKind, Role
from perron.vocabulary.people import Presence
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.households import NewPerson
from perron_site.commands.demonstration.country import Arrival
from perron_site.commands.demonstration.desks import Desks
from perron_site.commands.demonstration.dice import happens
from perron_site.commands.demonstration.histories import OPENS, TELLS_ALL
from perron_site.commands.demonstration.roads import GUARDIAN_AGREED
from perron_site.commands.demonstration.stage import Stage, Story
from perron_site.records.law import law_in_force

DESPITE = "Written down from the paper list of that night."
DECIDED, COMES, LINES_LATER = time(17, 30), time(20, 0), timedelta(minutes=5)
SOON = 120
"""Other permits are looked at so many days before the protection ends (matrix, protection.granted)."""

# Days after the step before, as in histories.py with fewer steps.
GRANTED = (
    (10, Step.MUNICIPALITY_ANNEX_15),
    (1, Step.SUPPORT_INQUIRY),
    (18, Step.SUPPORT_RUNNING),
    (9, Step.MUNICIPALITY_CARD),
)
REFUSED = (
    (1, Step.MUNICIPALITY_NOT_OPEN),
    (3, Step.SUPPORT_INQUIRY),
    (21, Step.SUPPORT_REFUSED),
)


class Hands(Protocol):
    """Who writes down what a story tells; ``home`` is a household as they know it."""

    def register(self, by: Acting, plan: Arrival) -> int:
        """Register the household; the number by which it is known from now on."""

    def state_fact(self, by: Acting, home: int, who: int, name: str, value: object) -> None:
        """Somebody says something."""

    def take_up(self, by: Acting, home: int, kind: TrackKind) -> None:
        """The holder says yes to the lines of a kind."""

    def set_step(self, by: Acting, home: int, step: Step) -> None:
        """The lines of a kind come to a step."""

    def give_bed(self, by: Acting, home: int, room: int) -> None:
        """A bed for tonight."""

    def move_in(self, by: Acting, home: int) -> None:
        """They are where they were given a place last."""

    def offer_roof(self, by: Acting, home: int, receiver: OrganisationId, consented: str) -> None:
        """The roof is offered to another organisation."""

    def accept_roof(self, by: Acting, home: int) -> None:
        """It says yes."""

    def propose_home(self, by: Acting, home: int, room: int) -> None:
        """A home is proposed."""

    def take_home(self, by: Acting, home: int, start: date) -> None:
        """They say yes."""

    def leave(self, by: Acting, home: int, who: int, presence: Presence) -> None:
        """Somebody is gone."""

    def open_what_is_due(self, by: Acting) -> None:
        """Lines open for whom their day has come."""


def life(stage: Stage, hands: Hands, plan: Arrival) -> Story:
    """The whole story of one household."""
    dice = stage.dice(plan.number)
    yield plan.at
    home = hands.register(stage.desk(stage.registry, Role.REGISTRAR), plan)
    stage.begin(protection(stage, hands, plan, home))
    if any(is_minor(each.born, plan.at.date()) for each in plan.people) and not adults(plan):
        stage.begin(guardian(stage, hands, home))
    if plan.roof:
        yield from shelter(stage, hands, plan, home)
    stage.begin(town(stage, hands, plan, home, dice))
    if plan.leaves is not None:
        yield from gone(stage, hands, plan, home)


def adults(plan: Arrival) -> list[NewPerson]:
    """Who is known to be of age."""
    return [each for each in plan.people if is_minor(each.born, plan.at.date()) is False]


def protection(stage: Stage, hands: Hands, plan: Arrival, home: int) -> Story:
    """The file at the Immigration Office."""
    dice = stage.dice(plan.number)
    yield stage.at + timedelta(minutes=25)
    by = stage.desk(stage.registry, Role.REGISTRAR)
    hands.take_up(by, home, TrackKind.PROTECTION)
    for who, person in enumerate(plan.people):
        if person in adults(plan) and happens(dice, TELLS_ALL):
            left = plan.at.date() - timedelta(days=dice.randint(2, 40))
            hands.state_fact(by, home, who, "left_ua_on", left.isoformat()[:7])
            hands.state_fact(by, home, who, "resided_in_ua_before_20220224", True)
    yield stage.at + timedelta(minutes=50)
    by = stage.desk(stage.registry, Role.REGISTRAR)
    if not plan.refused:
        hands.set_step(by, home, Step.PROTECTION_GRANTED)
        return
    hands.set_step(by, home, Step.PROTECTION_PENDING)
    yield stage.day(dice.randint(10, 25), 11)
    hands.set_step(stage.desk(stage.registry, Role.REGISTRAR), home, Step.PROTECTION_REFUSED)


def guardian(stage: Stage, hands: Hands, home: int) -> Story:
    """A child alone: reported the same day, then a guardian is sought and found."""
    yield stage.at + timedelta(minutes=10)
    by = stage.desk(stage.registry, Role.REGISTRAR)
    hands.set_step(by, home, Step.GUARDIAN_TO_DESIGNATE)
    yield stage.day(9, 11)
    by = stage.desk(stage.desks.of(OrganisationKind.GUARDIANSHIP), Role.CASE_WORKER)
    hands.take_up(by, home, TrackKind.GUARDIAN)
    hands.set_step(by, home, Step.GUARDIAN_WORKING)


def shelter(stage: Stage, hands: Hands, plan: Arrival, home: int) -> Story:
    """A bed the same night, some nights later a home in the town that said yes."""
    if plan.bed is None or plan.home is None:
        raise ValueError(f"household {plan.number} asks for a roof and nothing is found")
    night = plan.at.date()
    hall = stage.desks.of(OrganisationKind.MUNICIPALITY, plan.town.name)
    yield datetime.combine(night, DECIDED, BRUSSELS)
    hands.give_bed(stage.desk(stage.dispatch, Role.DISPATCHER), home, plan.bed)
    yield datetime.combine(night, COMES, BRUSSELS)
    hands.move_in(stage.desk(stage.dispatch, Role.DISPATCHER), home)
    start = night + timedelta(days=plan.nights)
    yield datetime.combine(start, time(9), BRUSSELS)
    said = "" if adults(plan) else GUARDIAN_AGREED
    hands.offer_roof(stage.desk(stage.dispatch, Role.DISPATCHER), home, hall, said)
    yield datetime.combine(start, time(10), BRUSSELS)
    hands.accept_roof(stage.desk(hall, Role.HOUSING_OFFICER), home)
    yield datetime.combine(start, time(11), BRUSSELS)
    hands.propose_home(stage.desk(hall, Role.HOUSING_OFFICER), home, plan.home)
    yield datetime.combine(start, time(13), BRUSSELS)
    hands.take_home(stage.desk(hall, Role.HOUSING_OFFICER), home, start)
    yield datetime.combine(start, time(14), BRUSSELS)
    hands.move_in(stage.desk(hall, Role.HOUSING_OFFICER), home)


def town(stage: Stage, hands: Hands, plan: Arrival, home: int, dice: Random) -> Story:
    """The town hall and the public centre for social welfare take up their lines, then the others do."""
    yield stage.day(dice.randint(1, 3), 10, dice.randrange(60))
    hall = stage.desks.of(OrganisationKind.MUNICIPALITY, plan.town.name)
    centre = stage.desks.of(OrganisationKind.OCMW, plan.town.name)
    hands.take_up(stage.desk(hall, Role.HOUSING_OFFICER), home, TrackKind.MUNICIPALITY)
    hands.take_up(stage.desk(centre, Role.CASE_WORKER), home, TrackKind.SUPPORT)
    stage.begin(later(stage, hands, plan, home, dice))
    for days, step in REFUSED if plan.refused else GRANTED:
        yield stage.day(days, OPENS, dice.randrange(60))
        of_town = step.value.partition(".")[0] == TrackKind.MUNICIPALITY
        by = (
            stage.desk(hall, Role.HOUSING_OFFICER)
            if of_town
            else stage.desk(centre, Role.CASE_WORKER)
        )
        hands.set_step(by, home, step)


def later(stage: Stage, hands: Hands, plan: Arrival, home: int, dice: Random) -> Story:
    """School for the children; work and a course for who is protected."""
    yield stage.day(dice.randint(2, 8), 14, dice.randrange(60))
    hall = stage.desk(
        stage.desks.of(OrganisationKind.MUNICIPALITY, plan.town.name), Role.HOUSING_OFFICER
    )
    hands.take_up(hall, home, TrackKind.SCHOOL)
    hands.set_step(hall, home, Step.SCHOOL_ENROLLED)
    if not plan.refused:
        yield stage.day(dice.randint(12, 20), 13, dice.randrange(60))
        region = stage.desks.of(OrganisationKind.REGION, plan.town.region)
        by = stage.desk(region, Role.COORDINATOR)
        hands.take_up(by, home, TrackKind.WORK)
        hands.take_up(by, home, TrackKind.LANGUAGE)


def gone(stage: Stage, hands: Hands, plan: Arrival, home: int) -> Story:
    """Taken off the register by the town, the children first so that none is alone; or somebody died."""
    assert plan.leaves is not None
    yield datetime.combine(plan.leaves, time(10), BRUSSELS)
    hall = stage.desk(
        stage.desks.of(OrganisationKind.MUNICIPALITY, plan.town.name), Role.HOUSING_OFFICER
    )
    presence = Presence.DIED if plan.died else Presence.LEFT
    for who in reversed(range(len(plan.people))):
        hands.leave(hall, home, who, presence)


def looks_ahead(hands: Hands, stage: Stage) -> Story:
    """The round of the day on which the last months of the protection begin."""
    end = protection_end(stage.today, changes=law_in_force(stage.today)).value
    assert isinstance(end, date)
    yield datetime.combine(end - timedelta(days=SOON), time(6), BRUSSELS)
    by = stage.desk(stage.dispatch, Role.COORDINATOR)
    hands.open_what_is_due(by)


def cast(plans: Iterable[Arrival], desks: Desks) -> list[tuple[OrganisationId, Role]]:
    """Every desk that has a part in these stories, in a fixed order."""
    found = {
        (desks.of(OrganisationKind.DVZ), Role.REGISTRAR): None,
        (desks.of(OrganisationKind.FEDASIL), Role.DISPATCHER): None,
        (desks.of(OrganisationKind.FEDASIL), Role.COORDINATOR): None,
        (desks.of(OrganisationKind.GUARDIANSHIP), Role.CASE_WORKER): None,
    }
    for plan in plans:
        found[desks.of(OrganisationKind.MUNICIPALITY, plan.town.name), Role.HOUSING_OFFICER] = None
        found[desks.of(OrganisationKind.OCMW, plan.town.name), Role.CASE_WORKER] = None
        found[desks.of(OrganisationKind.REGION, plan.town.region), Role.COORDINATOR] = None
    return list(found)
