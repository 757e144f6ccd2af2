"""The directory of organisations: found by a few letters of any of their names, accents and case forgiven."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from perron.vocabulary.errors import Refused
from perron.vocabulary.organisations import OrganisationId, OrganisationKind
from perron_site.records import models

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """An organisation in the directory."""

    id: int
    name: str
    kind: OrganisationKind
    municipality: str
    telephone: str


def directory(
    words: str, on: date, *, besides: OrganisationId | None, near: str | None = None
) -> tuple[Entry, ...]:
    """Organisations that have every word in a name; without words, those that work for the municipality.

    ``near`` is the NIS code of a municipality, whose organisations come first.
    """
    rows = (
        models.Organisation.objects.filter(valid_from__lte=on)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on))
        .exclude(pk__in=() if besides is None else (besides,))
        .select_related("municipality")
        .order_by("name", "pk")
    )
    parts = folded(words).split()
    found = [row for row in rows if matches(row, parts, near)]
    found.sort(key=lambda row: (row.municipality_id != near, not begins(row, parts)))
    return tuple(entry(row) for row in found[:SHOWN])


def the_one(words: str, on: date) -> Entry:
    """The organisation that these words mean: the whole name, or the only one that has them (Refused otherwise)."""
    found = directory(words, on, besides=None)
    exact = [each for each in found if each.name.casefold() == words.casefold()]
    meant = exact or found
    if not meant:
        raise Refused("organisation.none_fits", words=words)
    if len(meant) > 1:
        raise Refused(
            "organisation.several_fit", words=words, names="; ".join(e.name for e in meant)
        )
    return meant[0]


def matches(row: models.Organisation, parts: list[str], near: str | None) -> bool:
    """Whether every word stands in one of the names; without words, whether it works there or everywhere."""
    if not parts:
        return row.municipality_id is None or row.municipality_id == near
    text = names_of(row)
    return all(part in text for part in parts)


def begins(row: models.Organisation, parts: list[str]) -> bool:
    """Whether the municipality or the organisation begins with the first word."""
    town = row.municipality.name if row.municipality else row.name
    return bool(parts) and folded(town).startswith(parts[-1])


def names_of(row: models.Organisation) -> str:
    """All names of an organisation and of its municipality, folded."""
    town = row.municipality
    towns = (town.name, town.name_nl, town.name_fr, town.name_de) if town else ()
    return folded(" ".join((row.name, row.name_nl, row.name_fr, row.name_de, *towns)))


def folded(text: str) -> str:
    """Small letters without accents, and spaces for what is no letter or number."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(
        sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign)
    )


def entry(row: models.Organisation) -> Entry:
    """An organisation as a value."""
    return Entry(
        id=row.pk,
        name=row.name,
        kind=OrganisationKind(row.kind),
        municipality=row.municipality.name if row.municipality else "",
        telephone=row.telephone,
    )
