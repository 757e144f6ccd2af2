"""A file that waits for a yes: what was understood, every fault, or what it would change; and those that came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from perron.files.changes import Change, ChangeKind, changes
from perron.files.columns import columns_of
from perron.files.fingerprint import Recognised, fingerprint, recognise
from perron.files.grid import folded
from perron.files.marked import marked
from perron.files.organisations import KnownOrganisation, organisation_changes
from perron.files.places import KnownUnit, not_named, place_changes
from perron.files.reading import Reading, key_by_name, read_file
from perron.files.rows import OrganisationRow, PersonRow, PlaceRow, Row
from perron.messages.texts import say
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.files import FileKind
from perron.vocabulary.twice import Judgement, Known
from perron.vocabulary.wording import message
from perron_site.queries.gaps import in_sight
from perron_site.queries.twice import Record, typed_twice
from perron_site.records import models
from perron_site.records.filing import (
    known_organisations,
    known_people,
    known_units,
    received,
)

HOUSEHOLD_FACTS = frozenset({"arrived_on", "municipality"})
"""When and where somebody came belongs to the household: a file changes neither of one that is known."""

SHOWN, COMPARED = 200, 2_000
"""So many rows of a file are shown one by one, all are counted and listed; so many new people are looked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant."""

    person: int
    name: str
    born: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What a row would do, with the name that stands in it and who may be meant."""

    change: Change
    name: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class NoLonger:
    """What an earlier file, or a site, has and this file does not name. It stays: a file deletes nothing.

    ``rows``: how many rows of the file that this one follows; ``names``: places and organisations, as far as known.
    """

    rows: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Double:
    """A row that would come in as somebody new, and somebody in sight who may be the same person, and why."""

    row: int
    name: str
    old: Record
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class FilePreview:
    """Everything that is shown before somebody says yes. ``counts``: rows by what they would do.

    ``doubles``: of the first new rows, those that may be about somebody who is known in another spelling;
    ``compared``: how many new rows were looked at for it.
    """

    id: int
    reading: Reading
    recognised: Recognised
    columns: tuple[str, ...]
    changes: tuple[ChangeRow, ...]
    unclear: tuple[ChangeRow, ...]
    counts: dict[ChangeKind, int]
    no_longer: NoLonger
    doubles: tuple[Double, ...]
    compared: int

    @property
    def told(self) -> tuple[ChangeRow, ...]:
        """The rows that change something, or say something that stays as it is."""
        return tuple(
            row for row in self.changes if row.change.kind is not ChangeKind.SAME or row.change.left
        )

    @property
    def shown(self) -> tuple[ChangeRow, ...]:
        """The first of them."""
        return self.told[:SHOWN]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that came in, or waits."""

    id: int
    kind: FileKind
    name: str
    at: datetime
    rows: int
    follows: int | None


def file_preview(by: Acting, number: int) -> FilePreview:
    """What a file that waits would do."""
    waiting, reading = read_again(by, number)
    mark = fingerprint(bytes(waiting.data), reading)
    earlier = received(by, FileKind(waiting.kind))
    recognised = recognise(mark, str(by.organisation), earlier)
    before = next(
        (one.fingerprint.keys for one in earlier if one.number == recognised.earlier), frozenset()
    )
    found = explained(by, reading.rows)
    kinds = [row.change.kind for row in found]
    new = new_people(reading.rows, found)
    return FilePreview(
        id=waiting.pk,
        reading=reading,
        recognised=recognised,
        columns=columns_of(FileKind(waiting.kind)),
        changes=found,
        unclear=tuple(row for row in found if row.change.kind is ChangeKind.UNCLEAR),
        counts={kind: kinds.count(kind) for kind in ChangeKind},
        no_longer=no_longer(by, reading.rows, before - mark.keys) if found else NoLonger(),
        doubles=doubles(new),
        compared=len(new),
    )


def new_people(rows: Sequence[Row], found: Sequence[ChangeRow]) -> dict[int, PersonRow]:
    """By their row, the first people who would come in as new."""
    new = {row.change.row for row in found if row.change.kind is ChangeKind.NEW}
    people = [row for row in rows if isinstance(row, PersonRow) and row.row in new]
    return {row.row: row for row in people[:COMPARED]}


def doubles(new: Mapping[int, PersonRow]) -> tuple[Double, ...]:
    """Who may be registered twice by these rows; they come in as new all the same."""
    found = typed_twice({number: typed_as(row) for number, row in new.items()}) if new else ()
    return tuple(
        Double(each.place, f"{new[each.place].given_name} {new[each.place].family_name}",
               each.old, each.judgement)
        for each in found
    )  # fmt: skip


def typed_as(row: PersonRow) -> Known:
    """What is compared of a row."""
    return Known(
        row.given_name, row.family_name, row.given_name_cyrillic, row.family_name_cyrillic,
        row.born, row.sex, row.telephone, row.email,
    )  # fmt: skip


def explained(by: Acting, rows: Sequence[Row]) -> tuple[ChangeRow, ...]:
    """What each row would do, in words."""
    people = [row for row in rows if isinstance(row, PersonRow)]
    places = [row for row in rows if isinstance(row, PlaceRow)]
    organisations = [row for row in rows if isinstance(row, OrganisationRow)]
    named = {row.row: f"{row.site}, {row.unit}" for row in places}
    named |= {row.row: row.name for row in organisations}
    found = place_changes_for(by, places) if places else ()
    found += organisation_changes_for(by, organisations) if organisations else ()
    said = tuple(ChangeRow(change, named[change.row], ()) for change in found)
    return said + (change_rows(people, changes_for(by, people)) if people else ())


def place_changes_for(by: Acting, rows: Sequence[PlaceRow]) -> tuple[Change, ...]:
    """What each row would change of the places of our organisation."""
    return place_changes(rows, known_units(by))


def organisation_changes_for(by: Acting, rows: Sequence[OrganisationRow]) -> tuple[Change, ...]:
    """What each row would change of the organisations that exist."""
    return organisation_changes(rows, known_organisations(by))


def known_sites(by: Acting) -> dict[tuple[str, str], int]:
    """The number of each site of our organisation, by its name (folded) and its municipality."""
    sites = models.Site.objects.filter(organisation=by.organisation).order_by("-pk")
    return {(folded(site.name), site.municipality_id): site.pk for site in sites}


def no_longer(by: Acting, rows: Sequence[Row], left_out: frozenset[str]) -> NoLonger:
    """What the file does not name; ``left_out``: the keys of rows that stood in the earlier file only."""
    names: list[str] = []
    places = [row for row in rows if isinstance(row, PlaceRow)]
    if places:
        units = known_units(by)
        missing = set(not_named(places, units)) | {
            one for one in units if unit_key(one) in left_out
        }
        names = [f"{one.site_name}, {one.name}" for one in units if one in missing]
    elif left_out and any(isinstance(row, OrganisationRow) for row in rows):
        there = known_organisations(by)
        names = [one.name for one in there if organisation_key(one) in left_out]
    return NoLonger(len(left_out), tuple(names))


def unit_key(one: KnownUnit) -> str:
    """What the row of a unit is recognised by, where it has no reference."""
    return key_by_name(("site", "unit"), (folded(one.site_name), folded(one.name)))


def organisation_key(one: KnownOrganisation) -> str:
    """What the row of an organisation is recognised by, where it has no reference."""
    return key_by_name(("name",), (folded(one.name),))


def marked_file(by: Acting, number: int, language: str) -> tuple[str, bytes]:
    """The name and the bytes of a file that waits, with its faults beside the cells."""
    waiting, reading = read_again(by, number)
    note = say(message("training.mark"), language) if settings.TRAINING else ""
    return waiting.name, marked(
        bytes(waiting.data), reading, lambda said: say(said, language), note
    )


def read_again(by: Acting, number: int) -> tuple[models.WaitingFile, Reading]:
    """A file of our organisation that waits, read with the headers as they were chosen."""
    row = models.WaitingFile.objects.filter(organisation=by.organisation, pk=number).first()
    if row is None:
        raise NotFound("not_found.file")
    kind = FileKind(row.kind)
    return row, read_file(bytes(row.data), row.name, kind, on=by.on, mapping=row.mapping)


def changes_for(by: Acting, rows: Sequence[PersonRow]) -> tuple[Change, ...]:
    """What each row would change for people whom our organisation may see."""
    seen = list(in_sight(by.on, by.organisation))
    found = changes(rows, known_people(by, rows, seen))
    return tuple(without_household(change) for change in found)


def without_household(change: Change) -> Change:
    """A change without what belongs to the household; nothing is left of some."""
    kept = tuple(each for each in change.fields if each.field not in HOUSEHOLD_FACTS)
    if change.kind is not ChangeKind.DIFFERENT or kept == change.fields:
        return change
    if not kept:
        return Change(change.row, ChangeKind.SAME, message("change.same"), change.number)
    columns = ";".join(each.field for each in kept)
    return replace(change, fields=kept, message=message("change.different", columns=columns))


def change_rows(people: Sequence[PersonRow], found: Sequence[Change]) -> tuple[ChangeRow, ...]:
    """What each row would do, in words."""
    named = {row.row: f"{row.given_name} {row.family_name}" for row in people}
    numbers = {each for change in found for each in change.candidates}
    known = models.Person.objects.in_bulk(numbers)
    return tuple(
        ChangeRow(
            change,
            named[change.row],
            tuple(
                Candidate(each, f"{known[each].given_name} {known[each].family_name}", known[each].born or "")
                for each in change.candidates
            ),
        )
        for change in found
    )  # fmt: skip


def files_of(by: Acting) -> tuple[tuple[FileRow, ...], tuple[FileRow, ...]]:
    """The files of our organisation that wait, and those that came in, the newest first."""
    waiting = models.WaitingFile.objects.filter(organisation=by.organisation).defer("data")
    came = models.ImportedFile.objects.filter(organisation=by.organisation).defer("keys")
    return (
        tuple(
            FileRow(row.pk, FileKind(row.kind), row.name, row.at, 0, None)
            for row in waiting.order_by("-pk")
        ),
        tuple(
            FileRow(row.pk, FileKind(row.kind), row.name, row.at, row.rows, row.follows_id)
            for row in came.order_by("-pk")[:SHOWN]
        ),
    )
