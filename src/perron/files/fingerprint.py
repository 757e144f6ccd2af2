"""Recognise a file: the same bytes, the same content in another form, or a corrected one of the same sender."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

from perron.files.reading import Reading
from perron.files.rows import Row
from perron.vocabulary.files import FileKind

OVERLAP = 0.5
"""The share of rows of the smaller file that the other has too, from which one follows the other (design, D)."""


class Relation(StrEnum):
    """What a file is to an earlier one."""

    SAME_FILE = "same_file"
    SAME_CONTENT = "same_content"
    SUCCESSOR = "successor"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a file is recognised by. ``content`` is empty for a file with faults; ``keys``: a hash a row.

    The hashes are about people: keep them as long as the file, and erase them with it.
    """

    kind: FileKind
    file: str
    content: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came in earlier: its number, who sent it, and what it is recognised by."""

    number: int
    sender: str
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is, and the number of the earlier one that it is compared with; None for a new one."""

    relation: Relation
    earlier: int | None = None


def fingerprint(data: bytes, reading: Reading) -> Fingerprint:
    """What the file is recognised by: its bytes, and its rows in whatever order, program or language of headers."""
    content = content_of(reading.rows) if reading.rows else ""
    kind = reading.understood.kind
    return Fingerprint(kind, hashlib.sha256(data).hexdigest(), content, frozenset(reading.keys))


def content_of(rows: Iterable[Row]) -> str:
    """A hash of what the rows say, without their numbers and order."""
    said = sorted(written(row) for row in rows)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def written(row: Row) -> str:
    """A row as one text: each field that is given, under its name."""
    values = (
        (field.name, getattr(row, field.name)) for field in fields(row) if field.name != "row"
    )
    return repr([(name, plain(value)) for name, value in values if plain(value)])


def plain(value: object) -> object:
    """A value that is written the same way each time."""
    if isinstance(value, frozenset):
        return sorted(str(part) for part in value)
    if isinstance(value, tuple):
        return [str(part) for part in value] or "()"
    return "" if value is None else str(value)


def recognise(file: Fingerprint, sender: str, received: Iterable[Received]) -> Recognised:
    """What the file is to those that came before; the later one where several fit.

    A successor comes from the same sender, is of the same kind, and shares at least half the rows of the smaller one.
    """
    alike = [one for one in received if one.fingerprint.kind is file.kind]
    latest_first = sorted(alike, key=lambda one: -one.number)
    for one in latest_first:
        if one.fingerprint.file == file.file:
            return Recognised(Relation.SAME_FILE, one.number)
    for one in latest_first:
        if file.content and one.fingerprint.content == file.content:
            return Recognised(Relation.SAME_CONTENT, one.number)
    own = [
        (overlap(file, one.fingerprint), one.number) for one in latest_first if one.sender == sender
    ]
    share, number = max(own, default=(0.0, 0))
    return Recognised(Relation.SUCCESSOR, number) if share >= OVERLAP else Recognised(Relation.NEW)


def overlap(one: Fingerprint, other: Fingerprint) -> float:
    """The share of rows of the smaller file that the other has too, from 0 to 1."""
    smaller = min(len(one.keys), len(other.keys))
    return len(one.keys & other.keys) / smaller if smaller else 0.0
