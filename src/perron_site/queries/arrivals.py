"""Arrivals: who came, since when they wait, whether they have a roof tonight; and the search before a new entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from perron.vocabulary.acting import Acting
from perron.vocabulary.sought import sought
from perron_site.queries.gaps import in_sight
from perron_site.queries.members import household_name
from perron_site.queries.namesakes import namesakes
from perron_site.records import facts, models

SHOWN = 25


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """One household as the desk sees it."""

    id: int
    name: str
    people: tuple[str, ...]
    arrived_on: date
    asked_at: datetime | None
    roof: str
    roof_until: date | None


def today(by: Acting) -> tuple[ArrivalRow, ...]:
    """The households that arrived today and that this organisation may see, the newest first."""
    came = models.Household.objects.filter(arrived_on=by.on).order_by("-pk")
    numbers = list(came.values_list("pk", flat=True))
    return rows(visible(by).filter(household__in=numbers).values_list("household", flat=True), by)


def search(by: Acting, words: str) -> tuple[ArrivalRow, ...]:
    """Households by number, day of birth or names, the best answer first: any spelling, either script, any order."""
    asked = sought(words)
    if asked.household is not None:
        found = visible(by).filter(household=asked.household)
        return rows(list(found.values_list("household", flat=True)), by)
    people = namesakes(by, asked)
    home = dict(visible(by).filter(person__in=people).values_list("person", "household"))
    return rows([home[person] for person in people if person in home], by)


def visible(by: Acting) -> QuerySet[models.HouseholdMember]:
    """The people whom this organisation may see, in the households where they are now."""
    return models.HouseholdMember.objects.filter(
        end__isnull=True, person__in=in_sight(by.on, by.organisation)
    ).order_by("-household__arrived_on", "-household", "pk")


def rows(found: Iterable[int], by: Acting) -> tuple[ArrivalRow, ...]:
    """These households, each once, in four questions to the database."""
    numbers = list(dict.fromkeys(found))[:SHOWN]
    homes = models.Household.objects.in_bulk(numbers)
    people = facts.members(numbers)
    asked = dict(
        models.RoofRequest.objects.filter(household__in=numbers, state=models.RequestState.OPEN)
        .order_by("pk")
        .values_list("household", "asked_at")
    )
    stays = roofs_of(numbers, by.tonight)
    return tuple(
        row(homes[number], people[number], asked.get(number), stays.get(number))
        for number in numbers
    )


def roofs_of(numbers: Sequence[int], night: date) -> dict[int, models.Stay]:
    """The stay that covers the night, by household."""
    stays = models.Stay.objects.filter(
        household__in=numbers,
        state__in=(models.StayState.BOOKED, models.StayState.RUNNING),
        start__lte=night,
    ).filter(Q(end__isnull=True) | Q(end__gt=night))
    return {stay.household_id: stay for stay in stays.select_related("unit__site").order_by("pk")}


def row(
    home: models.Household,
    people: Sequence[models.Person],
    asked_at: datetime | None,
    stay: models.Stay | None,
) -> ArrivalRow:
    """One household as a value."""
    return ArrivalRow(
        id=home.pk,
        name=household_name(person.family_name for person in people),
        people=tuple(f"{person.given_name} {person.family_name}" for person in people),
        arrived_on=home.arrived_on,
        asked_at=asked_at,
        roof=f"{stay.unit.site.name}, {stay.unit.name}" if stay else "",
        roof_until=stay.end if stay else None,
    )
