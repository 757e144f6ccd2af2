"""Arrivals: who came, since when they wait, whether they have a roof tonight; and the search before a new entry."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from perron.vocabulary.acting import Acting
from perron_site.queries.gaps import in_sight
from perron_site.queries.members import household_name
from perron_site.records import facts, models

SHOWN = 25
LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "ё": "e", "ы": "y", "э": "e",
    "ъ": "", "ʼ": "", "’": "", "'": "",
}  # fmt: skip
"""Ukrainian letters as passports write them (resolution 55 of 27-01-2010), and the Russian ones beside."""


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
    return rows(visible(by).filter(household__arrived_on=by.on), by)


def search(by: Acting, words: str) -> tuple[ArrivalRow, ...]:
    """Households by number, birth date or any part of a name, in either script; case and accents forgiven."""
    asked = words.strip()
    if asked.upper().startswith("H-") and asked[2:].isdecimal():
        return rows(visible(by).filter(household=int(asked[2:])), by)
    if asked[:4].isdecimal():
        return rows(visible(by).filter(person__born__startswith=asked), by)
    parts = [folded(part) for part in asked.split()]
    found = [
        row.household_id
        for row in visible(by).select_related("person")
        if parts and all(part in spelling(row.person) for part in parts)
    ]
    return rows(visible(by).filter(household__in=found[:SHOWN]), by)


def spelling(person: models.Person) -> str:
    """All the ways in which the name is written, folded."""
    names = (
        person.given_name, person.family_name, person.given_name_cyrillic, person.family_name_cyrillic,
    )  # fmt: skip
    return " ".join(folded(name) for name in names)


def folded(text: str) -> str:
    """Lower case, in Latin letters, without accents."""
    latin = "".join(LATIN.get(letter, letter) for letter in text.lower())
    plain = unicodedata.normalize("NFKD", latin)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def visible(by: Acting) -> QuerySet[models.HouseholdMember]:
    """The people whom this organisation may see, in the households where they are now."""
    return models.HouseholdMember.objects.filter(
        end__isnull=True, person__in=in_sight(by.on, by.organisation)
    ).order_by("-household__arrived_on", "-household", "pk")


def rows(found: QuerySet[models.HouseholdMember], by: Acting) -> tuple[ArrivalRow, ...]:
    """The households of these people, in five questions to the database."""
    numbers = list(dict.fromkeys(found.values_list("household", flat=True)))[:SHOWN]
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
        name=household_name(people),
        people=tuple(f"{person.given_name} {person.family_name}" for person in people),
        arrived_on=home.arrived_on,
        asked_at=asked_at,
        roof=f"{stay.unit.site.name}, {stay.unit.name}" if stay else "",
        roof_until=stay.end if stay else None,
    )
