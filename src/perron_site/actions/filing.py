"""The rows of a file become what a desk would have typed: households and corrections."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from perron.files.changes import Change, ChangeKind
from perron.files.rows import PersonRow, Row
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Refused
from perron.vocabulary.people import HouseholdId, PersonId
from perron.vocabulary.territory import municipalities
from perron_site.actions.households import (
    NewPerson,
    correct_person,
    home,
    register_household,
    set_need,
)
from perron_site.actions.ledger.book import Book
from perron_site.actions.ledger.finish import finish
from perron_site.actions.ledger.lines import register as book_register
from perron_site.actions.merging import merge_households
from perron_site.queries.files import changes_for
from perron_site.records import models
from perron_site.records.bulkload import Writer
from perron_site.records.context import Round, as_round
from perron_site.records.law import law_at_hand

Done = tuple[int, int, int]
"""How many rows were added, changed, and left as they were."""

NEW_PERSON = 0
"""The decision that a row is about somebody who is not known yet."""


def write_people(by: Acting, rows: Iterable[Row], decisions: Mapping[int, int]) -> Done:
    """Register who is new, household by household, and correct who is known."""
    people = [row for row in rows if isinstance(row, PersonRow)]
    known = {row.row: row for row in people}
    found: dict[int, PersonId | None] = {}
    same = changed = 0
    for change in changes_for(by, people):
        row = known[change.row]
        number = decided(change, decisions)
        found[change.row] = number
        if number is None:
            continue
        if correct(by, row, number):
            changed += 1
        else:
            same += 1
        refer(by, row, number)
    groups = together(people)
    register_all(by, [group for group in groups if all(found[row.row] is None for row in group)])
    for group in groups:
        known_here = [number for row in group if (number := found[row.row]) is not None]
        if known_here:
            register(by, [row for row in group if found[row.row] is None], known_here)
    return sum(number is None for number in found.values()), changed, same


def decided(change: Change, decisions: Mapping[int, int]) -> PersonId | None:
    """Who is meant by a row; None is somebody new (Refused: nobody decided where it is unclear)."""
    if change.kind is not ChangeKind.UNCLEAR:
        return None if change.number is None else PersonId(change.number)
    chosen = decisions.get(change.row)
    if chosen is None or chosen not in {NEW_PERSON, *change.candidates}:
        raise Refused("file.decide_first", row=change.row)
    return None if chosen == NEW_PERSON else PersonId(chosen)


def correct(by: Acting, row: PersonRow, person: PersonId) -> bool:
    """Write what the row says of somebody known; whether anything was different. What is left open stays."""
    said: dict[str, object] = {
        "given_name": row.given_name, "family_name": row.family_name,
        "given_name_cyrillic": row.given_name_cyrillic, "family_name_cyrillic": row.family_name_cyrillic,
        "born": str(row.born) if row.born else None, "sex": row.sex.value if row.sex else None,
        "nationalities": None if row.nationalities is None else list(row.nationalities),
        "languages": list(row.languages), "telephone": row.telephone, "email": row.email,
    }  # fmt: skip
    was = models.Person.objects.get(pk=person)
    if was.born and said["born"] and str(was.born).startswith(str(said["born"])):
        said["born"] = None
    told = {name: value for name, value in said.items() if value not in (None, "", [])}
    changed = bool(correct_person(by, person_id=person, changes=told))
    needs = models.Need.objects.filter(person=person, end__isnull=True)
    missing = row.needs - set(needs.values_list("need", flat=True))
    for need in sorted(missing):
        set_need(by, person_id=person, need=need)
    return changed or bool(missing)


def together(people: Iterable[PersonRow]) -> tuple[list[PersonRow], ...]:
    """Who stays together: one word for the household; whoever has none stands alone."""
    groups: dict[str, list[PersonRow]] = defaultdict(list)
    for row in people:
        groups[row.household or f"row {row.row}"].append(row)
    return tuple(groups.values())


def register_all(by: Acting, groups: Sequence[Sequence[PersonRow]]) -> None:
    """Register households of which nobody is known yet, all at once."""
    if not groups:
        return
    towns = {town.nis: town for town in municipalities()}
    references: dict[str, int] = {}
    with law_at_hand(), as_round(Round.COMMAND), Writer() as writer:
        book = Book(writer, invented=False)
        book.households.reserve(len(groups))
        book.persons.reserve(sum(map(len, groups)))
        for rows in groups:
            nis = next((row.municipality for row in rows if row.municipality), None)
            household = book_register(
                book, by, [new_person(row) for row in rows], towns[nis] if nis else None,
                arrived_on=arrival(by, rows), roof=any(row.roof for row in rows),
            )  # fmt: skip
            named = zip(rows, household.people, strict=True)
            references |= {row.reference: each.id for row, each in named if row.reference}
        finish(book)
    models.Reference.objects.bulk_create(
        models.Reference(organisation_id=by.organisation, reference=word, person_id=person)
        for word, person in references.items()
    )


def arrival(by: Acting, rows: Iterable[PersonRow]) -> date:
    """When a household arrived: the first day that the file names, or today (Refused: a day to come)."""
    day = min((row.arrived_on for row in rows if row.arrived_on), default=by.on)
    if day > by.on:
        raise Refused("household.arrives_later", day=day)
    return day


def register(by: Acting, rows: list[PersonRow], known: list[PersonId]) -> None:
    """Register who is new in a household of which others are known; where those live together, with them."""
    if not rows:
        return
    towns = [row.municipality for row in rows if row.municipality]
    number = register_household(
        by, people=tuple(new_person(row) for row in rows), arrived_on=arrival(by, rows),
        municipality=towns[0] if towns else None, roof=any(row.roof for row in rows),
    )  # fmt: skip
    members = models.HouseholdMember.objects.filter(household=number).order_by("pk")
    for row, member in zip(rows, members, strict=True):
        refer(by, row, PersonId(member.person_id))
    homes = {home(models.Person(pk=each)).pk for each in known}
    if len(homes) == 1:
        merge_households(by, household_id=HouseholdId(homes.pop()), other_id=number)


def new_person(row: PersonRow) -> NewPerson:
    """A row as a desk would have typed it."""
    return NewPerson(
        row.given_name, row.family_name, row.given_name_cyrillic, row.family_name_cyrillic, row.born,
        row.sex, row.nationalities, row.languages, row.needs, row.telephone, row.email,
    )  # fmt: skip


def refer(by: Acting, row: PersonRow, person: PersonId) -> None:
    """Keep the number under which the sender knows somebody."""
    if row.reference:
        models.Reference.objects.update_or_create(
            organisation_id=by.organisation, reference=row.reference, defaults={"person_id": person}
        )
