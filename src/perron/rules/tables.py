"""Many people in CSV or Parquet: one row a person, one column a fact; refused whole with every fault named."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from perron.rules.columns import Column, People, coded, column_of
from perron.rules.facts import NONE, Fact, facts, nearest, presumptions, stated, variables
from perron.rules.reading import expected, value_of
from perron.vocabulary.errors import BadFile, Fault
from perron.vocabulary.wording import Message, message

PARQUET = (".parquet", ".pq")
KEYS = ("id", "person", "reference")
"""Columns that only name a person; nothing is read from them."""

MOST_FAULTS = 1000


def read_people(path: Path) -> People:
    """The people of a file (BadFile; OSError). Empty is unknown, ``-`` is known: none, ``;`` separates a list."""
    name = str(path)
    data = path.read_bytes()
    frame = frame_of(data, path)
    faults: list[Fault] = []
    columns: dict[str, Column] = {}
    where = Places(name, data, frame.columns, parquet=path.suffix.lower() in PARQUET)
    for column in frame.columns:
        if column not in variables() and column not in KEYS:
            said = message("rules.no_such_fact", found=column, near=", ".join(nearest(column)))
            faults.append(where.fault(0, column, said))
    known = [column for column in frame.columns if column in variables()]
    of_lists = {column.partition(".")[0] for column in known if in_list(column)}
    for column in known:
        if not in_list(column) and column not in of_lists:
            columns[column] = one_column(frame[column], column, where, faults)
    for base in sorted(of_lists):
        own = [column for column in known if column.partition(".")[0] == base]
        columns[base] = list_column(frame, base, own, where, faults)
    if faults:
        raise BadFile(
            tuple(sorted(faults, key=lambda fault: (fault.line, fault.column))[:MOST_FAULTS])
        )
    return People(frame.height, with_records(columns, frame.height))


def in_list(column: str) -> bool:
    """Whether a column is a field of a list of records."""
    base, dot, _ = column.partition(".")
    return bool(dot) and facts()[base].kind == "list"


def frame_of(data: bytes, path: Path) -> pl.DataFrame:
    """The file with every cell as text (BadFile)."""
    try:
        if path.suffix.lower() in PARQUET:
            return as_text(pl.read_parquet(io.BytesIO(data)))
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        raise BadFile((Fault(str(path), line, 1, message("file.not_utf8")),)) from wrong
    except pl.exceptions.PolarsError as wrong:
        raise BadFile((Fault(str(path), 1, 1, message("rules.not_parquet")),)) from wrong
    faults = tuple(ragged(text, str(path)))
    if faults:
        raise BadFile(faults)
    return pl.read_csv(io.BytesIO(text.encode()), infer_schema=False)


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Typed cells as CSV would have them."""
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    return frame.with_columns(pl.col(lists).cast(pl.List(pl.String)).list.join(";")).cast(pl.String)


def ragged(text: str, file: str) -> Iterator[Fault]:
    """What is wrong with the table as such: no header, a column twice, a row with more or fewer cells."""
    rows = csv.reader(io.StringIO(text, newline=""))
    header = next(rows, [])
    if not any(header):
        yield Fault(file, 1, 1, message("file.empty"))
        return
    for place, name in enumerate(header):
        if name in header[:place]:
            at = len(",".join(header[:place])) + 2
            yield Fault(file, 1, at, message("file.twice", found=name, line=1))
    line = rows.line_num
    for row in rows:
        if row and len(row) != len(header):
            said = message("file.cells", found=len(row), expected=len(header))
            yield Fault(file, line + 1, 1, said)
        line = rows.line_num


class Places:
    """Where the cells of a file stand; looked up only where something is wrong."""

    def __init__(self, file: str, data: bytes, header: Sequence[str], *, parquet: bool) -> None:
        """Keep what is needed to find a cell."""
        self.file, self.header = file, list(header)
        self.data = b"" if parquet else data
        self.lines: list[tuple[int, list[str]]] = []

    def fault(self, row: int, column: str, said: Message) -> Fault:
        """A fault in a row of people, counted from 1 (0: the header), with its line and the column in that line."""
        place = self.header.index(column)
        if not self.data:
            return Fault(self.file, row + 1, place + 1, said)
        if not self.lines:
            rows = csv.reader(io.StringIO(self.data.decode("utf-8-sig"), newline=""))
            line = 0
            for cells in rows:
                if cells:
                    self.lines.append((line + 1, cells))
                line = rows.line_num
        line, cells = self.lines[row]
        return Fault(self.file, line, sum(len(cell) + 1 for cell in cells[:place]) + 1, said)


def one_column(series: pl.Series, name: str, where: Places, faults: list[Fault]) -> Column:
    """A column of one variable: each distinct text is read once."""
    texts = series.unique(maintain_order=True)
    codes = series.cast(pl.Enum(texts.drop_nulls())).to_physical().to_numpy()
    filled = np.where(np.isnan(codes), len(texts), codes) if codes.dtype.kind == "f" else codes
    values: list[Any] = []
    for number, text in enumerate(texts.drop_nulls()):
        found = read_text(variables()[name], name, text)
        if isinstance(found, Message):
            rows = np.flatnonzero(filled == number)[:MOST_FAULTS]
            faults.extend(where.fault(int(row) + 1, name, found) for row in rows)
            found = None
        values.append(found)
    values += [None] * (len(texts) + 1 - len(values))
    return column_of(name, values, filled.astype(np.intp))


def read_text(fact: Fact, name: str, text: str) -> Any:  # noqa: ANN401 - a value, None, or what is wrong
    """A cell as the rules read it, or the message of its fault."""
    if not text.strip():
        return None
    try:
        value = value_of(fact, text)
    except (ValueError, KeyError):
        return message("file.expected", found=text, expected=expected(fact))
    base, _, part = name.partition(".")
    whole = {base: {part: value}} if part else {name: value}
    return stated(whole).get(name)


def list_column(
    frame: pl.DataFrame, base: str, own: Sequence[str], where: Places, faults: list[Fault]
) -> Column:
    """A list of records: each field a column, its values separated by ``;`` in the order of the records."""
    fields = [column for column in own if column != base]
    every = list(zip(*(frame[column].to_list() for column in own), strict=True))
    read: dict[tuple[str | None, ...], Any] = {}
    values = []
    for row, cells in enumerate(every):
        if cells not in read:
            read[cells] = records(base, own, fields, cells)
        found = read[cells]
        if isinstance(found, list):
            faults.extend(where.fault(row + 1, column, said) for column, said in found)
            found = None
        values.append(found)
    return coded(base, values)


def records(
    base: str, own: Sequence[str], fields: Sequence[str], cells: Sequence[str | None]
) -> Any:  # noqa: ANN401 - a tuple, None, or a list of faults
    """The records of one row; None where nothing is stated."""
    texts = {column: (cell or "").strip() for column, cell in zip(own, cells, strict=True)}
    if not any(texts.values()):
        return None
    if {text for text in texts.values() if text} == {NONE} and not texts.get(base, NONE).strip(
        NONE
    ):
        single = [column for column in fields if texts[column]]
        if base in texts or len(single) == len(fields):
            return ()
    split = {column: texts[column].split(";") if texts[column] else [] for column in fields}
    size = max(map(len, split.values()), default=0)
    wrong = [
        (column, message("file.cells", found=len(parts), expected=size))
        for column, parts in split.items()
        if parts and len(parts) != size
    ]
    if wrong:
        return wrong
    made: list[dict[str, Any]] = [{} for _ in range(size)]
    for column, parts in split.items():
        inner = variables()[column]
        for number, text in enumerate(parts):
            if text.strip():
                try:
                    made[number][column.partition(".")[2]] = value_of(inner, text)
                except (ValueError, KeyError):
                    said = message("file.expected", found=text, expected=expected(inner))
                    wrong.append((column, said))
    return wrong or stated({base: made})[base]


def with_records(columns: dict[str, Column], size: int) -> dict[str, Column]:
    """For each record: there is one where any of its fields is stated, none where ``-`` stands for the whole."""
    found = dict(columns)
    for base, fact in facts().items():
        own = [name for name in columns if name.startswith(f"{base}.")]
        if fact.kind != "record" or not (own or base in columns):
            continue
        there = np.zeros(size, bool)
        for name in own:
            known = np.array([value is not None for value in columns[name].values])
            there |= known[columns[name].codes]
        none = np.zeros(size, bool)
        if base in columns:
            said = np.array([value == NONE for value in columns[base].values])
            none = said[columns[base].codes]
        codes = np.where(none, 2, np.where(there, 1, 0)).astype(np.intp)
        found[base] = column_of(base, [None, True, NONE], codes)
        for name in own:
            column = columns[name]
            moved = np.where(none, len(column.values), column.codes).astype(np.intp)
            found[name] = column_of(name, [*column.values, NONE], moved)
    for name in presumptions():
        found.setdefault(name, column_of(name, [None], np.zeros(size, np.intp)))
    return found


def write_table(path: Path, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write CSV with a header, or Parquet where the name says so (OSError)."""
    frame = pl.DataFrame(rows, schema=list(columns), orient="row")
    if path.suffix.lower() in PARQUET:
        frame.write_parquet(path)
    else:
        frame.write_csv(path)
