"""Who is named for which child, as the engine reads it, and which adults of a household are there."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q
from django.db.models.expressions import RawSQL

from perron.responsibility.presence import ENDS_ALL_LINES
from perron.vocabulary.acting import Acting
from perron.vocabulary.intervals import PartialDate, is_minor
from perron.vocabulary.people import PersonId, Presence
from perron.vocabulary.representation import (
    Representation,
    RepresentationEnd,
    RepresentationId,
    RepresentationKind,
    Represented,
)
from perron_site.records import models

HIDES = RawSQL("exists (select from perron_safe(array[records_representation.holder_id]))", ())
"""Whether who is named must not be found; the database answers beyond sight."""


def birth(person: models.Person) -> PartialDate | None:
    """The birth date as far as it is known."""
    return PartialDate.parse(person.born) if person.born else None


def noun(row: models.Representation) -> Representation:
    """One row; of a holder who may not be seen, the age is not known."""
    minor = is_minor(birth(row.holder), row.start) if row.holder else None
    return Representation(
        id=RepresentationId(row.pk),
        kind=RepresentationKind(row.kind),
        start=row.start,
        end=row.end,
        holder=None if row.holder_id is None else PersonId(row.holder_id),
        of_age=None if minor is None else not minor,
        paper=bool(row.paper),
    )


def rows_for(people: Collection[int]) -> list[models.Representation]:
    """Everybody who was ever named for these people, and whether they must not be found, in one question."""
    rows = models.Representation.objects.filter(person__in=people).annotate(hides=HIDES)
    return list(rows.select_related("holder", "organisation").order_by("start", "pk"))


def represented(
    persons: Iterable[models.Person], rows: Iterable[models.Representation]
) -> tuple[Represented, ...]:
    """These people with those who are named for them."""
    found: dict[int, list[Representation]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(noun(row))
    return tuple(
        Represented(PersonId(each.pk), birth(each), tuple(found[each.pk])) for each in persons
    )


def of(people: Collection[int]) -> tuple[Represented, ...]:
    """These people by number, with those who are named for them, in two questions."""
    persons = models.Person.objects.filter(pk__in=people).order_by("pk")
    return represented(persons, rows_for(people))


def adults(persons: Iterable[models.Person], on: date) -> frozenset[PersonId]:
    """Those who are certainly adult and not away: of unknown age is nobody who speaks for a child."""
    away = {*ENDS_ALL_LINES, Presence.ABROAD}
    return frozenset(
        PersonId(each.pk)
        for each in persons
        if each.presence not in away and is_minor(birth(each), on) is False
    )


def adults_of(household: int, on: date) -> frozenset[PersonId]:
    """The adults who are there in a household now."""
    there = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    return adults(models.Person.objects.filter(pk__in=there.values("person")), on)


def named_for_one(by: Acting, person: int, double: int) -> None:
    """Two records are one person: whom they act for, and who acts for them, goes along; twice is once."""
    open_rows = models.Representation.objects.filter(end__isnull=True)
    for mine, theirs in (("person", "holder"), ("holder", "person")):
        for row in open_rows.filter(**{mine: double}).order_by("pk"):
            same = {theirs: getattr(row, f"{theirs}_id"), "organisation": row.organisation_id}
            if row.name == "" and open_rows.filter(**{mine: person}, **same).exists():
                row.end, row.end_because = max(row.start, by.on), RepresentationEnd.MISTAKE
                row.save(update_fields=["end", "end_because"])
    itself = Q(person=person, holder=double) | Q(person=double, holder=person)
    rows = models.Representation.objects.exclude(itself)
    rows.filter(person=double).update(person=person)
    rows.filter(holder=double).update(holder=person)
