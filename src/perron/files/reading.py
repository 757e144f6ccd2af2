"""A file of a desk read whole: what was understood, and either its rows or every fault."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from perron.files.across import across
from perron.files.cells import Setting, read_cell
from perron.files.columns import (
    FAULTS,
    Header,
    Heading,
    columns_of,
    header_of,
    how_many_known,
    missing,
)
from perron.files.delimited import delimited
from perron.files.grid import MOST_BYTES, Cell, Grid, Line, Remark, folded, letters
from perron.files.making import typed
from perron.files.rows import Row
from perron.files.words import spellings
from perron.files.workbook import workbook
from perron.vocabulary.errors import Refused
from perron.vocabulary.files import FileKind
from perron.vocabulary.wording import Message, message

OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PACKED = (".xlsx", ".xlsm", ".xltx")


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of a file, to be shown before anything is written.

    ``header``: first and last row of it; ``headings``: each column of the table and what it was taken for;
    ``rows`` read and ``blank`` ones left out; ``told``: repairs and what else was noticed.
    """

    kind: FileKind
    name: str
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header: tuple[int, int] = (0, 0)
    headings: tuple[Heading, ...] = ()
    rows: int = 0
    blank: int = 0
    told: tuple[Remark, ...] = ()

    @property
    def mapping(self) -> Mapping[str, str]:
        """Column by header, to be remembered for this sender."""
        return {one.text: one.column for one in self.headings if one.text and one.column != FAULTS}

    @property
    def left_out(self) -> tuple[Heading, ...]:
        """The columns that nothing is taken from."""
        return tuple(one for one in self.headings if one.text and not one.column)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read: rows or faults, never both. ``keys``: a hash a row, by which a corrected file is recognised."""

    understood: Understood
    rows: tuple[Row, ...] = ()
    faults: tuple[Remark, ...] = ()
    keys: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rows together with faults (ValueError)."""
        if self.rows and self.faults:
            raise ValueError("a file with faults has no rows")


def read_file(
    data: bytes, name: str, kind: FileKind, *, on: date, mapping: Mapping[str, str] | None = None
) -> Reading:
    """Read a file of a desk: CSV or XLSX, told apart by its bytes.

    Args:
        data: the file, at most 10 MB.
        name: its name, to be shown, and to say what was expected.
        kind: what it is about.
        on: the day of reading, in Brussels.
        mapping: column by header, as this sender's files were understood before.

    Returns:
        Rows, or every fault. It does not raise for anything that stands in a file.
    """
    understood = Understood(kind, name)
    if unknown := sorted(set((mapping or {}).values()) - {"", *columns_of(kind)}):
        raise ValueError(f"no column of {kind}: {unknown[0]}")
    try:
        tables = grids(data, name, kind)
        grid, header = chosen(tables, kind, mapping or {})
    except Refused as refused:
        return Reading(understood, faults=(Remark(0, "", "", "", refused.message),))
    return whole(understood, grid, header, on)


def grids(data: bytes, name: str, kind: FileKind) -> tuple[Grid, ...]:
    """The tables of a file (Refused: it cannot be read)."""
    if len(data) > MOST_BYTES:
        raise Refused("file.too_large", megabytes=MOST_BYTES // 1_000_000)
    if not data.strip():
        raise Refused("file.empty")
    if data.startswith(OLE):
        raise Refused("file.password" if ENCRYPTED in data else "file.old_xls")
    if data.startswith(ZIP):
        return workbook(data)
    if name.casefold().endswith(PACKED):
        raise Refused("file.not_xlsx")
    return (delimited(data, lambda texts: how_many_known(kind, texts)),)


def chosen(
    tables: tuple[Grid, ...], kind: FileKind, mapping: Mapping[str, str]
) -> tuple[Grid, Header]:
    """The table that is meant, with its header; Refused when there is none, or when two could be."""
    found = [(grid, header) for grid in tables if (header := header_of(kind, grid, mapping))]
    whole_ones = [(grid, header) for grid, header in found if not missing(kind, header.columns)]
    found = whole_ones or sorted(found, key=lambda pair: -pair[1].known())[:1]
    if not found:
        raise Refused("file.no_header")
    filled = [pair for pair in found if any(not one.blank for one in below(*pair))] or found[:1]
    if len(filled) > 1:
        raise Refused("file.two_sheets", sheets="; ".join(grid.sheet for grid, _ in filled))
    return filled[0]


def below(grid: Grid, header: Header) -> tuple[Line, ...]:
    """The rows under the header."""
    return tuple(line for line in grid.lines if line.number > header.last)


def whole(understood: Understood, grid: Grid, header: Header, on: date) -> Reading:
    """Read every row under a header."""
    kind, noted = understood.kind, list(header.told)
    noted += [Remark(0, "", "", "", said) for said in grid.told]
    faults = list(header.faults)
    faults += [
        Remark(header.last, "", "", "", message("file.column_needed", column=column))
        for column in missing(kind, header.columns)
    ]
    lines, blank = [], 0
    for line in below(grid, header):
        if line.blank:
            blank += 1
        elif total(line):
            noted.append(Remark(line.number, "", "", "", message("file.total_left_out")))
        else:
            lines.append(line)
    header = without_empty_households(header, lines)
    if not lines:
        faults.append(Remark(0, "", "", "", message("file.no_rows")))
    rows: list[Row] = []
    for line in lines:
        row = read_line(line, header, kind, Setting(on, grid.day_zero), (noted, faults))
        if grid.delimiter:
            faults += too_many_cells(line, header)
        if row is not None:
            rows.append(row)
    noted += without_header(header, lines)
    faults += across(tuple(rows), header)
    noted.sort(key=lambda note: note.row)
    said = Understood(
        kind, understood.name, grid.sheet, grid.encoding, grid.delimiter, (header.first, header.last),
        header.headings, len(lines), blank, tuple(noted),
    )  # fmt: skip
    faults.sort(key=lambda fault: (fault.row, len(fault.column), fault.column))
    keys = tuple(key_of(line, header) for line in lines)
    return Reading(said, () if faults else tuple(rows), tuple(faults), keys)


def without_empty_households(header: Header, lines: list[Line]) -> Header:
    """The header without the column of households where no row says one: then each stands alone."""
    if any(at(line, header, "household").text for line in lines):
        return header
    columns = {column: place for column, place in header.columns.items() if column != "household"}
    return replace(header, columns=columns)


def read_line(
    line: Line,
    header: Header,
    kind: FileKind,
    setting: Setting,
    notes: tuple[list[Remark], list[Remark]],
) -> Row | None:
    """One row, or None where it has a fault; what is told and every fault are added to the notes."""
    noted, faults = notes
    values: dict[str, object] = {}
    before = len(faults)
    for column, position in header.columns.items():
        cell, heading = line.cell(position), header.headings[position]
        found = read_cell(cell, kind.value, column, setting)
        for said, where in ((found.told, noted), (found.fault, faults)):
            if said:
                where.append(Remark(line.number, heading.letters, heading.text, cell.text, said))
        values[column] = found.value
    row, remarks = typed(line.number, values, kind, header)
    faults += [
        one for one in remarks if one.column not in {each.column for each in faults[before:]}
    ]
    return row if len(faults) == before else None


def total(line: Line) -> bool:
    """Whether it only adds up: a word for a total, and beside it nothing but numbers."""
    texts = [cell.text for cell in line.cells if cell.text]
    if not texts or folded(texts[0].rstrip("0123456789 :.,=")) not in spellings("total"):
        return False
    return all(
        text.replace(".", "").replace(",", "").replace(" ", "").isdigit() for text in texts[1:]
    )


def too_many_cells(line: Line, header: Header) -> list[Remark]:
    """A row of CSV with more cells than the header: a delimiter stands in a text without quotes."""
    extra = [cell for cell in line.cells[len(header.headings) :] if cell.text]
    if not extra:
        return []
    said: Message = message("file.cells", found=len(line.cells), expected=len(header.headings))
    return [Remark(line.number, letters(len(header.headings)), "", extra[0].text, said)]


def without_header(header: Header, lines: list[Line]) -> list[Remark]:
    """Columns that hold something under no header: nothing is taken from them, and that is told."""
    wide = max((len(line.cells) for line in lines), default=0)
    named = {position for position, heading in enumerate(header.headings) if heading.text}
    said = message("file.column_without_header")
    return [
        Remark(header.last, letters(position), "", "", said)
        for position in range(wide)
        if position not in named and any(line.cell(position).text for line in lines)
    ]


def key_of(line: Line, header: Header) -> str:
    """A hash of what names a row: the sender's reference, else its names. It is about a person all the same."""
    naming = ("reference",), ("full_name", "family_name", "given_name"), ("site", "unit"), ("name",)
    for columns in naming:
        texts = [folded(at(line, header, column).text) for column in columns]
        if any(texts):
            return key_by_name(columns, texts)
    return hashlib.sha256("|".join(folded(cell.text) for cell in line.cells).encode()).hexdigest()


def key_by_name(columns: Sequence[str], texts: Sequence[str]) -> str:
    """The hash of what names a row; ``texts`` folded."""
    return hashlib.sha256("|".join([*columns, *texts]).encode()).hexdigest()


def at(line: Line, header: Header, column: str) -> Cell:
    """The cell of a column; an empty one where the table does not have it."""
    position = header.columns.get(column)
    return Cell() if position is None else line.cell(position)
