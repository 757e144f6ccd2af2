"""A file of a desk: received, read, and written whole or not at all once somebody has said yes to what it does."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from perron.files.columns import columns_of
from perron.files.fingerprint import Relation, fingerprint, recognise
from perron.files.reading import Reading, read_file
from perron.messages.texts import say
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.files import FileKind
from perron.vocabulary.wording import message
from perron_site.actions.filing import write_people
from perron_site.actions.filing_places import write_organisations, write_places
from perron_site.records import models
from perron_site.records.conflicts import conflicts
from perron_site.records.filing import mapping_of, received
from perron_site.records.journal import record
from perron_site.records.locking import desk_lock
from perron_site.records.settling import act


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file did: how many were added, changed and left as they were."""

    file: int
    added: int
    changed: int
    same: int


def of_practice(reading: Reading) -> bool:
    """Whether the training site gave this file out, in whichever language."""
    marks = [say(message("training.mark"), language) for language, _ in settings.LANGUAGES]
    texts = [heading.text for heading in reading.understood.headings]
    return any(mark in text for mark in marks for text in texts)


@act
def receive_file(by: Acting, *, name: str, kind: FileKind, data: bytes) -> int:
    """Keep a file until somebody says yes or no; its headers are read as those of our last one. Its number."""
    row = models.WaitingFile.objects.create(
        organisation_id=by.organisation, user_id=by.user, kind=kind, name=name[:200], data=data,
        mapping=mapping_of(by, kind), at=by.at,
    )  # fmt: skip
    record(by, Event.FILE_RECEIVED, file=row.pk, kind=kind)
    return int(row.pk)


@act
def map_file(by: Acting, *, file_id: int, mapping: Mapping[str, str]) -> None:
    """Say what the headers of a file mean; it is read anew."""
    row = waiting_file(by, file_id)
    if set(mapping.values()) - {"", *columns_of(FileKind(row.kind))}:
        raise Refused("file.choose_a_column")
    row.mapping = {**row.mapping, **mapping}
    row.save(update_fields=["mapping"])
    record(by, Event.FILE_MAPPED, file=row.pk)


@act
def drop_file(by: Acting, *, file_id: int) -> None:
    """Say no: nothing of the file is kept."""
    row = waiting_file(by, file_id)
    record(by, Event.FILE_DROPPED, file=row.pk)
    row.delete()


@act
def import_file(
    by: Acting, *, file_id: int, decisions: Mapping[int, int] | None = None
) -> Imported:
    """Say yes: write everything that stands in the file, or nothing.

    ``decisions`` says by row who is meant where that is unclear: the number of a person, or ``filing.NEW_PERSON``.
    """
    desk_lock(by.organisation)
    waiting = waiting_file(by, file_id)
    kind = FileKind(waiting.kind)
    data = bytes(waiting.data)
    reading = read_file(data, waiting.name, kind, on=by.on, mapping=waiting.mapping)
    if reading.faults:
        raise Refused("file.bad", faults=len(reading.faults))
    if not settings.TRAINING and of_practice(reading):
        raise Refused("file.of_practice")
    mark = fingerprint(data, reading)
    found = recognise(mark, str(by.organisation), received(by, kind))
    if found.relation in {Relation.SAME_FILE, Relation.SAME_CONTENT}:
        raise Refused("file.came_in_already", number=found.earlier or 0)
    with conflicts():
        added, changed, same = written(by, kind, reading, decisions or {})
    row = models.ImportedFile.objects.create(
        organisation_id=by.organisation, user_id=by.user, kind=kind, name=waiting.name,
        mapping=dict(reading.understood.mapping), file=mark.file, content=mark.content,
        keys=sorted(mark.keys), rows=len(reading.rows), follows_id=found.earlier, at=by.at,
    )  # fmt: skip
    waiting.delete()
    record(by, Event.FILE_IMPORTED, file=row.pk, kind=kind, rows=row.rows)
    return Imported(row.pk, added, changed, same)


def written(
    by: Acting, kind: FileKind, reading: Reading, decisions: Mapping[int, int]
) -> tuple[int, int, int]:
    """Write the rows; how many were added, changed, and left as they were."""
    match kind:
        case FileKind.PLACES:
            return write_places(by, reading.rows)
        case FileKind.ORGANISATIONS:
            return write_organisations(by, reading.rows)
    return write_people(by, reading.rows, decisions)


def waiting_file(by: Acting, number: int) -> models.WaitingFile:
    """A file of our organisation that waits, locked."""
    rows = models.WaitingFile.objects.select_for_update().filter(organisation=by.organisation)
    row = rows.filter(pk=number).first()
    if row is None:
        raise NotFound("not_found.file")
    return row
