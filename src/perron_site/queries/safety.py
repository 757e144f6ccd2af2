"""Who of a household must not be found, as those who act for them see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date

from perron.vocabulary.intervals import day_in_brussels
from perron_site.queries.linemap import Holder
from perron_site.records import models


@dataclass(frozen=True, slots=True)
class SafeRow:
    """A person in safe mode; ``along``: a child that goes with somebody."""

    person: int
    name: str
    along: bool
    from_whom: str
    since: date


def safe_rows(persons: Sequence[models.Person]) -> tuple[SafeRow, ...]:
    """Those of these people who must not be found."""
    if not persons:
        return ()
    names = {person.pk: f"{person.given_name} {person.family_name}".strip() for person in persons}
    rows = models.SafeMode.objects.filter(person__in=names, until__isnull=True).order_by("pk")
    others = models.Person.objects.filter(pk__in={each for row in rows for each in row.from_people})
    called = {each.pk: each.given_name for each in others.order_by("pk")}
    return tuple(
        SafeRow(
            person=row.person_id,
            name=names[row.person_id],
            along=row.along_with_id is not None,
            from_whom=from_whom(row, called),
            since=day_in_brussels(row.since),
        )
        for row in rows
    )


def from_whom(row: models.SafeMode, called: Mapping[int, str]) -> str:
    """From whom somebody hides; of whom we may not see, no name."""
    named = [called[each] for each in row.from_people if each in called]
    return ", ".join([*named, *filter(None, (row.from_whom,))])


def unnamed(value: object) -> object:
    """The same value, where each organisation is told by its kind only: its name could say the town."""
    if isinstance(value, Holder):
        return replace(value, name="")
    if isinstance(value, tuple):
        return tuple(unnamed(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        inside = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(value, **{name: unnamed(each) for name, each in inside.items()})
    return value
