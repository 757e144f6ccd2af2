"""Many people as the law asks them: what the records hold of each, as columns, in a fixed number of questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from perron.responsibility.presence import ENDS_ALL_LINES
from perron.rules.columns import People, told
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.queries.known import Member, known
from perron_site.records import models

AT_SCHOOL = frozenset(
    {Step.SCHOOL_ENROLLED, Step.SCHOOL_WAITING, Step.SCHOOL_TO_ENROL, Step.SCHOOL_MOVED}
)


@dataclass(frozen=True, slots=True)
class Population:
    """People by their place: their number and that of their household, and what is known of them."""

    persons: tuple[int, ...]
    households: tuple[int, ...]
    people: People
    at_school: frozenset[int]


def population(on: date) -> Population:
    """Everybody in a household whom the transaction may see and who is not gone, in four questions."""
    columns = ("person_id", "household_id", "person__born", "person__sex", "person__nationalities")
    rows = models.HouseholdMember.objects.filter(end__isnull=True)
    there = rows.exclude(person__presence__in=ENDS_ALL_LINES).order_by("person")
    members: list[Member] = list(there.values_list(*columns))
    places = {row[0]: place for place, row in enumerate(members)}
    values = known(members, on, everybody=True).values
    return Population(
        tuple(row[0] for row in members),
        tuple(row[1] for row in members),
        told(len(members), {name: each for name, each in values.items() if each}),
        frozenset(places[person] for person in of_school() if person in places),
    )


def of_school() -> Iterable[int]:
    """Who has a line of school that has not ended."""
    rows = models.Track.objects.filter(kind=TrackKind.SCHOOL, closed_on__isnull=True)
    return rows.filter(step__in=AT_SCHOOL).order_by("person").values_list("person", flat=True)
