"""Tables written as CSV or XLSX that a spreadsheet cannot take for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float | date | datetime | None
"""None is not known: the cell stays empty. A datetime is timezone-aware."""


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """CSV with a header, days and moments as ISO 8601; a text like a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([harmless(plain(cell)) for cell in row] for row in rows)
    return out.getvalue()


def workbook(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The same as XLSX, in which days are days and numbers are numbers; a moment stands as text, with its zone."""
    from openpyxl import Workbook  # noqa: PLC0415 - half a second, only where a workbook is made

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([harmless(name) for name in header])
    for row in rows:
        sheet.append([typed(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def typed(cell: Cell) -> str | int | date | None:
    """A cell as a workbook keeps it."""
    if isinstance(cell, int) or (isinstance(cell, date) and not isinstance(cell, datetime)):
        return cell
    return harmless(plain(cell)) or None


def plain(cell: Cell) -> str:
    """A cell as text."""
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def harmless(cell: str) -> str:
    """The cell, so that no program runs it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
