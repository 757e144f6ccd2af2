"""Where one household stands now: its open lines, its stay, and what waits for an answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from perron.vocabulary.people import HouseholdId, PersonId
from perron.vocabulary.places import PlaceKind
from perron.vocabulary.tracks import Track, TrackKind
from perron_site.records import models
from perron_site.records.facts import track


@dataclass(frozen=True, slots=True)
class StandingStay:
    """The stay that is booked or runs."""

    id: int
    state: models.StayState
    kind: PlaceKind
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One household as it stands."""

    people: tuple[PersonId, ...]
    stays: tuple[StandingStay, ...]

    def running(self, kind: PlaceKind) -> StandingStay | None:
        """The stay of this kind that runs."""
        running = models.StayState.RUNNING
        return next((s for s in self.stays if s.kind is kind and s.state == running), None)


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """A proposed place that waits for a person to decide."""

    id: int
    household: int
    unit: int


def standing(household_id: int) -> Standing:
    """One household as it stands, in two questions to the database."""
    people = models.HouseholdMember.objects.filter(household=household_id, end__isnull=True)
    persons = tuple(PersonId(row.person_id) for row in people.order_by("pk"))
    stays = models.Stay.objects.filter(
        household=household_id, state__in=(models.StayState.BOOKED, models.StayState.RUNNING)
    )
    return Standing(
        people=persons,
        stays=tuple(
            StandingStay(
                row.pk, models.StayState(row.state), PlaceKind(row.unit.kind), row.start, row.end
            )
            for row in stays.select_related("unit").order_by("start", "pk")
        ),
    )


def open_lines(household_id: HouseholdId, kinds: Collection[TrackKind]) -> tuple[Track, ...]:
    """The open lines of these kinds, of everybody in the household, in two questions to the database."""
    household = models.Household.objects.select_related("municipality").get(pk=household_id)
    people = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    rows = models.Track.objects.filter(
        person__in=people.values("person"), kind__in=kinds, closed_on__isnull=True
    )
    return tuple(track(row, household) for row in rows.select_related("responsible").order_by("pk"))


def open_proposals(night: date, kind: PlaceKind) -> tuple[OpenProposal, ...]:
    """Every proposal for this night that waits for a decision, in the order proposed."""
    rows = models.Proposal.objects.filter(
        state=models.ProposalState.OPEN, night=night, unit__kind=kind
    )
    return tuple(
        OpenProposal(row.pk, row.household_id, row.unit_id)
        for row in rows.order_by("proposed_at", "pk")
    )


def waiting(night: date) -> int:
    """How many households ask for a roof for this night."""
    open_now = models.RoofRequest.objects.filter(state=models.RequestState.OPEN)
    return open_now.filter(from_night__lte=night).count()


def ending_stays(kind: PlaceKind, by_day: date) -> tuple[tuple[int, HouseholdId], ...]:
    """The running stays in places of this kind that end on the day or before, with nowhere to go next; and whose."""
    next_place = models.Stay.objects.filter(state=models.StayState.BOOKED).values("household")
    rows = models.Stay.objects.filter(
        state=models.StayState.RUNNING, unit__kind=kind, end__lte=by_day
    )
    found = rows.exclude(household__in=next_place).order_by("pk")
    return tuple((row.pk, HouseholdId(row.household_id)) for row in found)
