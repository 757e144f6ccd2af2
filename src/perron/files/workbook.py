"""XLSX as desks make it: each sheet as a table of texts. The one place that reads with openpyxl."""

import io
import lzma
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from perron.files.grid import (
    ERRORS,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    WINDOWS_DAY_ZERO,
    Cell,
    Grid,
    Line,
    cleaned,
)
from perron.vocabulary.errors import Refused
from perron.vocabulary.wording import Message, message

MOST_UNPACKED, MOST_PARTS, MOST_SHEETS = 60_000_000, 500, 20
MOST_SPANNED = 50_000
MAC_DAY_ZERO = date(1904, 1, 1)
SPANNING = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]{0,400}?\bref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"
)
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, LookupError,
    RuntimeError, OverflowError,
)  # fmt: skip
"""What reading a damaged archive raises; RuntimeError also for one with a password."""
NOTHING = Cell()
WHOLE = 1e15
"""Above it a number of a spreadsheet has lost digits (IEEE 754, 15 digits)."""


def workbook(data: bytes) -> tuple[Grid, ...]:
    """Read every sheet that holds something.

    Raises:
        Refused: no spreadsheet, too large, or not to be trusted.
    """
    has_formulas = inspected(data)
    values = opened(data, values=True)
    formulas = opened(data, values=False) if has_formulas else None
    if len(values.worksheets) > MOST_SHEETS:
        raise Refused("file.too_many_sheets", most=MOST_SHEETS)
    grids = []
    for sheet in values.worksheets:
        if sheet.max_row > MOST_ROWS:
            raise Refused("file.too_many_rows", most=MOST_ROWS)
        other = formulas[sheet.title] if formulas else None
        grids.append(grid_of(sheet, other, values.epoch == CALENDAR_MAC_1904))
    return tuple(grid for grid in grids if any(not line.blank for line in grid.lines))


def inspected(data: bytes) -> bool:
    """Whether a sheet has formulas; Refused for a file that would grow too large or is no spreadsheet."""
    formulas = False
    for content in unpacked(data):
        trusted(content)
        formulas = formulas or FORMULA.search(content) is not None
    return formulas


def unpacked(data: bytes) -> list[bytes]:
    """Every part of XML. The sizes that the archive declares are checked first: more than that is never unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            fits = (
                len(parts) <= MOST_PARTS and sum(part.file_size for part in parts) <= MOST_UNPACKED
            )
            named = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            contents = [packed.read(part) for part in named] if fits else []
    except DAMAGED as broken:
        raise Refused("file.not_xlsx") from broken
    if not fits:
        raise Refused("file.unpacks_too_large")
    return contents


def trusted(content: bytes) -> None:
    """Refuse XML that declares entities, is in another encoding, or spreads one cell over thousands."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if (
        (content and not start.startswith(b"<"))
        or b"<!DOCTYPE" in content
        or b"<!ENTITY" in content
    ):
        raise Refused("file.not_xlsx")
    spanned = 0
    for left, top, right, bottom in SPANNING.findall(content):
        width = abs(number_of(right) - number_of(left)) + 1
        spanned += width * (abs(int(bottom) - int(top)) + 1)
    if spanned > MOST_SPANNED:
        raise Refused("file.merged_too_wide")


def number_of(column: bytes) -> int:
    """The number of a column by its letters, from 1."""
    found = 0
    for letter in column:
        found = found * 26 + letter - 64
    return found


def opened(data: bytes, *, values: bool) -> Any:  # noqa: ANN401 - openpyxl has no types
    """The workbook with the values that were kept, or with its formulas; Refused when it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of what it leaves out: charts, validations
            return openpyxl.load_workbook(io.BytesIO(data), data_only=values)
    except Exception as broken:  # a damaged part raises whatever the parser stumbled on
        raise Refused("file.not_xlsx") from broken


def grid_of(sheet: Any, formulas: Any, mac: bool) -> Grid:  # noqa: ANN401, FBT001 - edge of openpyxl
    """One sheet as texts; a cell merged downwards stands in each of its rows."""
    filled, spans = merged(sheet)
    kept = cells_of(formulas) if formulas is not None else {}
    found: dict[int, dict[int, Cell]] = {}
    for place, cell in cells_of(sheet).items():
        source = filled.get(place, cell)
        read = cell_at(source, kept.get((source.row, source.column)), spans.get(place, ""))
        if read != NOTHING:
            found.setdefault(place[0], {})[place[1]] = read
    if any(column > MOST_COLUMNS for cells in found.values() for column in cells):
        raise Refused("file.too_many_columns", most=MOST_COLUMNS)
    return Grid(
        tuple(
            line_of(number, found.get(number, {})) for number in range(1, max(found, default=0) + 1)
        ),
        sheet=sheet.title,
        day_zero=MAC_DAY_ZERO if mac else WINDOWS_DAY_ZERO,
        told=tuple(noticed(sheet)),
    )


def cells_of(sheet: Any) -> dict[tuple[int, int], Any]:  # noqa: ANN401 - edge of openpyxl
    """The cells that the sheet holds, by row and column from 1.

    Its public ways make every cell up to the last one, also in a sheet of one cell in its far corner.
    """
    held: dict[tuple[int, int], Any] = sheet._cells  # noqa: SLF001 - see above
    return dict(held)


def line_of(number: int, cells: dict[int, Cell]) -> Line:
    """A row, with empty cells between those that are there."""
    return Line(
        number, tuple(cells.get(place, NOTHING) for place in range(1, max(cells, default=0) + 1))
    )


def merged(sheet: Any) -> tuple[dict[tuple[int, int], Any], dict[tuple[int, int], str]]:  # noqa: ANN401
    """Cells that take the cell above them in a merged one, and the text of the merged cell for the others."""
    filled: dict[tuple[int, int], Any] = {}
    spans: dict[tuple[int, int], str] = {}
    for area in sheet.merged_cells.ranges:
        first = sheet.cell(area.min_row, area.min_col)
        text = text_of(first)[0]
        for row, column in area.cells:
            if column == area.min_col:
                filled[row, column] = first
            spans[row, column] = text
    return filled, spans


def noticed(sheet: Any) -> Iterator[Message]:  # noqa: ANN401 - edge of openpyxl
    """Hidden rows and columns, which are read all the same, and a hidden sheet."""
    if sheet.sheet_state != "visible":
        yield message("file.sheet_hidden")
    if rows := sum(1 for each in sheet.row_dimensions.values() if each.hidden):
        yield message("file.rows_hidden", rows=rows)
    if columns := sum(1 for each in sheet.column_dimensions.values() if each.hidden):
        yield message("file.columns_hidden", columns=columns)


def cell_at(cell: Any, formula: Any, span: str) -> Cell:  # noqa: ANN401 - edge of openpyxl
    """One cell as text, with what is wrong with it."""
    text, number = text_of(cell)
    if not text and formula is not None and formula.data_type == "f":
        return Cell("", span=span, problem=message("file.formula_without_value"))
    if text in ERRORS:
        return Cell(text, span=span, problem=message("file.cell_error"))
    if len(text) > MOST_LETTERS:
        return Cell(text[:40], problem=message("file.text_too_long", most=MOST_LETTERS))
    return Cell(text, number, span) if text or span else NOTHING


def text_of(cell: Any) -> tuple[str, bool]:  # noqa: ANN401 - edge of openpyxl
    """The text of a cell, and whether it is kept as a number."""
    value = cell.value
    if isinstance(value, bool):
        return ("true" if value else "false"), False
    if isinstance(value, datetime):
        on_the_day = value.time() == time()
        return (value.date().isoformat() if on_the_day else value.isoformat(" ", "minutes")), False
    if isinstance(value, date | time):
        return value.isoformat(), False
    if isinstance(value, int | float):
        return as_number(value, cell.number_format), True
    if value is None or isinstance(value, timedelta):
        return ("" if value is None else str(value)), False
    return cleaned(str(value)), False


def as_number(value: float, shown: object) -> str:
    """A number as people write it: 7 and not 7.0, 50 % and not 0.5; one that has lost digits as 1.2E+20."""
    if "%" in str(shown):
        return f"{value * 100:g} %"
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    return str(int(value)) if abs(value) < WHOLE else f"{float(value):.4E}"
