"""The file of pairs, read: small ones at once, large ones in machine code, faulty ones with every fault named."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from perron.files.strict import Column, Table, data_of, finish, table, whole
from perron.matching.assignment import SMALL_EDGES
from perron.matching.compiled import compiled
from perron.matching.kernels import FULL, Numbers

NAMES = ("household", "place", "value")
COLUMNS = (
    Column("household"),
    Column("place"),
    Column("value", whole(1), "a whole number from 1 on"),
)
LARGE = 20 * SMALL_EDGES
"""Bytes from which machine code reads the file: about SMALL_EDGES rows."""


@dataclass(slots=True)
class Pairs:
    """The rows of the file: names in order of first appearance, and one number a row and column.

    ``table`` reads the file again, slowly and with its lines, where something is wrong with a row.
    """

    path: Path
    households: list[str]
    places: list[str]
    household: Numbers
    place: Numbers
    value: Numbers

    def table(self) -> Table:
        """The file with its lines, for whoever must name a fault (BadFile)."""
        found = table(self.path, COLUMNS)
        finish(found)
        found.once("household", "place")
        return found


def read(path: Path) -> Pairs:
    """The pairs of the file.

    Raises:
        BadFile: with every fault of the file. A pair that stands there twice is found later, by ``gather``.
        OSError: it cannot be opened.
    """
    if path.stat().st_size < LARGE:
        return plainly(path) or carefully(path)
    return quickly(path) or carefully(path)


def plainly(path: Path) -> Pairs | None:
    """The pairs of a small file that is as it should be."""
    try:
        text = data_of(path).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    if not rows or sorted(rows[0]) != sorted(NAMES) or any(len(row) != len(NAMES) for row in rows):
        return None
    if len(rows) == 1:
        return Pairs(path, [], [], [], [], [])
    by_name = dict(zip(rows[0], zip(*rows[1:], strict=True), strict=True))
    digits = "".join(by_name["value"])
    blank = any(name != name.strip() or not name for key in NAMES for name in set(by_name[key]))
    if blank or not (digits.isascii() and digits.isdecimal()):
        return None
    value = [int(each) for each in by_name["value"]]
    return None if min(value) < 1 else coded(path, by_name["household"], by_name["place"], value)


def coded(
    path: Path, households: tuple[str, ...], places: tuple[str, ...], value: Numbers
) -> Pairs:
    """Names become numbers in order of first appearance."""
    first = {name: index for index, name in enumerate(dict.fromkeys(households))}
    second = {name: index for index, name in enumerate(dict.fromkeys(places))}
    household = [first[name] for name in households]
    return Pairs(
        path, list(first), list(second), household, [second[name] for name in places], value
    )


def carefully(path: Path) -> Pairs:
    """The pairs of any file, or all its faults (BadFile)."""
    found = table(path, COLUMNS)
    if found.faults:
        finish(found)
    columns = found.columns
    return coded(path, tuple(columns["household"]), tuple(columns["place"]), columns["value"])


def quickly(path: Path) -> Pairs | None:
    """The pairs of a large file that is as it should be."""
    import numpy as np  # noqa: PLC0415 - only large files need it

    text = data_of(path)
    head, _, _ = text[:200].partition(b"\n")
    names = head.decode("utf-8-sig", "replace").strip("\r").split(",")
    if sorted(names) != sorted(NAMES):
        return None
    data = np.frombuffer(text, np.uint8)
    roles = np.array([NAMES.index(name) for name in names], np.int64)
    most = text.count(b"\n") + 1
    codes, value = np.empty((2, most), np.int32), np.empty(most, np.int64)
    size, rows = 1 << 18, FULL
    while rows == FULL:
        slots = np.full((2, size), -1, np.int32)
        begin, length = np.empty((2, size), np.int64), np.empty((2, size), np.int32)
        counts = np.zeros(2, np.int64)
        rows = int(
            compiled("scan")(data, len(head) + 1, roles, slots, begin, length, counts, codes, value)
        )
        size *= 4
    if rows < 0:
        return None
    try:
        names_of = [
            [text[b : b + n].decode() for b, n in zip(begin[k, :c], length[k, :c], strict=True)]
            for k, c in enumerate(counts)
        ]
    except UnicodeDecodeError:
        return None
    households, places = names_of
    return Pairs(path, households, places, codes[0, :rows], codes[1, :rows], value[:rows])
