"""A CSV file of a program: known columns, every cell read or refused, each fault by line and field."""

import csv
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from perron.vocabulary.errors import BadFile, Fault
from perron.vocabulary.wording import Message, message

PARQUET = (".parquet", ".pq")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how its cells are read (ValueError when they cannot) and what is expected there.

    ``needed``: the column must be there. ``default``: what an empty or absent cell means; ``...``: it may not be empty.
    """

    name: str
    read: Callable[[str], Any] = str
    expected: str = "a text"
    needed: bool = True
    default: Any = ...


@dataclass(slots=True)
class Table:
    """The rows of a file by column, with their lines and the faults found so far."""

    file: str
    order: tuple[str, ...] = ()
    columns: dict[str, list[Any]] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, row: int, column: str, said: Message) -> None:
        """Something is wrong in this row of ``columns``."""
        at = self.order.index(column) + 1 if column in self.order else 1
        self.faults.append(Fault(self.file, self.lines[row], at, said))

    def at_header(self, said: Message) -> Fault:
        """Something is wrong with the header."""
        return Fault(self.file, 1, 1, said)

    def once(self, *names: str) -> None:
        """No two rows agree in all these columns."""
        seen: dict[tuple[Any, ...], int] = {}
        keys = zip(*(self.columns[name] for name in names), strict=True)
        for row, key in enumerate(keys):
            first = seen.setdefault(key, row)
            if first != row:
                found = ", ".join(str(each) for each in key)
                told = message("file.twice", found=found, line=self.lines[first])
                self.fault(row, names[-1], told)

    def known(self, column: str, names: Any, file: str) -> None:  # noqa: ANN401 - any container
        """Each cell of the column stands in the other file."""
        for row, name in enumerate(self.columns[column]):
            if name not in names:
                told = message("market.not_in_file", found=str(name), file=Path(file).name)
                self.fault(row, column, told)


def whole(least: int = 0) -> Callable[[str], int]:
    """A reader of whole numbers from ``least`` on, written 5 or 5.0."""

    def read(text: str) -> int:
        head, dot, tail = text.partition(".")
        negative = head.startswith("-")
        digits = head[1:] if negative else head
        if not (digits.isascii() and digits.isdecimal()) or (dot and (not tail or tail.strip("0"))):
            raise ValueError(text)
        number = -int(digits) if negative else int(digits)
        if number < least:
            raise ValueError(text)
        return number

    return read


def decimal(text: str) -> float:
    """A decimal number that is not negative (ValueError)."""
    number = float(text)
    if not (text.isascii() and math.isfinite(number) and number >= 0) or "_" in text:
        raise ValueError(text)
    return number


def flag(text: str) -> bool:
    """0 or 1 (ValueError)."""
    if text not in {"0", "1", "0.0", "1.0"}:
        raise ValueError(text)
    return text.startswith("1")


def listed(text: str) -> tuple[str, ...]:
    """The parts between semicolons."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def day(text: str) -> date:
    """An ISO date (ValueError)."""
    return date.fromisoformat(text)


def data_of(path: Path) -> bytes:
    """The bytes of a CSV file, or those of a Parquet file written as CSV (BadFile, OSError)."""
    data = path.read_bytes()
    if path.suffix.lower() not in PARQUET:
        return data
    import polars as pl  # noqa: PLC0415 - only for Parquet

    try:
        frame = pl.read_parquet(io.BytesIO(data))
        lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
        joined = pl.col(lists).cast(pl.List(pl.String)).list.join(";")
        return frame.with_columns(joined).write_csv().encode()
    except pl.exceptions.PolarsError as wrong:
        raise BadFile((Fault(str(path), 1, 1, message("rules.not_parquet")),)) from wrong


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, with or without a mark at its beginning (BadFile, OSError)."""
    data = data_of(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        at = data.rfind(b"\n", 0, wrong.start)
        column = data.count(b",", at + 1, wrong.start) + 1
        raise BadFile((Fault(str(path), line, column, message("file.not_utf8")),)) from wrong


def table(path: Path, known: Sequence[Column], more: Column | None = None) -> Table:
    """The file by its columns, in any order; ``more`` reads columns of other names.

    A fault leaves None in its cell, so that checks across rows can go on; ``finish`` raises them.

    Raises:
        BadFile: the file is not UTF-8, not CSV, empty, or its header is wrong.
        OSError: it cannot be opened.
    """
    found = Table(str(path))
    rows = csv.reader(io.StringIO(text_of(path), newline=""), strict=True)
    try:
        header = next(rows, None)
        if header is None:
            raise BadFile((Fault(found.file, 1, 1, message("file.empty")),))
        columns = header_of(found, header, known, more)
        fill(found, rows, columns)
    except csv.Error as broken:
        said = message("file.not_csv", problem=str(broken))
        found.faults.append(Fault(found.file, rows.line_num, 1, said))
        raise BadFile(tuple(found.faults)) from broken
    for column in known:
        if column.name not in found.columns:
            found.columns[column.name] = [column.default] * len(found.lines)
    return found


def header_of(
    found: Table, header: list[str], known: Sequence[Column], more: Column | None
) -> list[Column]:
    """The columns as they stand in the file (BadFile)."""
    by_name = {column.name: column for column in known}
    names = [name.strip() for name in header]
    found.order = tuple(names)
    columns = []
    for at, name in enumerate(names, start=1):
        told = None
        if name in names[: at - 1]:
            told = message("file.column_twice", column=name)
        elif name not in by_name and (more is None or not name):
            told = message("file.column_unknown", column=name, known=", ".join(by_name))
        if told:
            found.faults.append(Fault(found.file, 1, at, told))
        other = more and Column(name, more.read, more.expected)
        columns.append(by_name.get(name) or other or Column(name))
    for column in known:
        if column.needed and column.name not in names:
            told = message("file.column_missing", column=column.name)
            found.faults.append(Fault(found.file, 1, 1, told))
    if found.faults:
        raise BadFile(tuple(found.faults))
    found.columns = {column.name: [] for column in columns}
    return columns


def fill(found: Table, rows: Any, columns: list[Column]) -> None:  # noqa: ANN401 - csv has no name for it
    """Read every row; one with too few or too many cells is a fault and left out."""
    line = rows.line_num + 1
    targets = [found.columns[column.name] for column in columns]
    for row in rows:
        here, line = line, rows.line_num + 1
        if not row:
            continue
        if len(row) != len(columns):
            said = message("file.cells", found=len(row), expected=len(columns))
            found.faults.append(Fault(found.file, here, min(len(row), len(columns)) + 1, said))
            continue
        found.lines.append(here)
        for at, (column, text, target) in enumerate(zip(columns, row, targets, strict=True), 1):
            try:
                target.append(cell(column, text))
            except ValueError:
                said = message("file.expected", found=text[:40], expected=column.expected)
                found.faults.append(Fault(found.file, here, at, said))
                target.append(None)


def cell(column: Column, text: str) -> Any:  # noqa: ANN401 - as the column reads it
    """What stands in a cell (ValueError)."""
    plain = text.strip()
    if plain:
        return column.read(plain)
    if column.default is ...:
        raise ValueError(text)
    return column.default


def finish(*tables: Table) -> None:
    """All faults of all files at once, in the order of their lines (BadFile)."""
    faults = [
        fault
        for each in tables
        for fault in sorted(each.faults, key=lambda fault: (fault.line, fault.column))
    ]
    if faults:
        raise BadFile(tuple(faults))
