"""The file given back with its faults marked: in the cells of XLSX, in a column of its own in CSV."""

import csv
import io
import warnings
from collections.abc import Callable
from typing import Any

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string

from perron.files.columns import FAULTS, meaning
from perron.files.delimited import SEPARATOR_LINE, decoded
from perron.files.grid import Remark
from perron.files.reading import ZIP, Reading
from perron.files.table import FORMULA, harmless
from perron.vocabulary.errors import Refused
from perron.vocabulary.files import FileKind
from perron.vocabulary.wording import Message, message

FILL = PatternFill("solid", fgColor="FFFFD9D9")
AUTHOR = "Perron"
WIDTH = 60


def marked(data: bytes, reading: Reading, say: Callable[[Message], str], note: str = "") -> bytes:
    """The same file, with each fault beside the cell it is in and all faults of a row in an added column.

    A file that could not be read as a table comes back as it is: its fault is about the whole file. CSV comes back in
    UTF-8 with a byte order mark, which every spreadsheet program reads. A text that begins like a formula gets an
    apostrophe before it, which reading takes away again.

    Args:
        data: the file as it came.
        reading: what was read of it.
        say: puts a message into the language of whoever sent it.
        note: what the whole file says of itself, in the header of that column.
    """
    title = f"{say(message('file.faults'))}: {note}" if note else say(message("file.faults"))
    if not reading.understood.header[1]:
        return data
    if data.startswith(ZIP):
        return marked_workbook(data, reading, say, title)
    return marked_text(data, reading, say, title)


def by_row(reading: Reading, say: Callable[[Message], str]) -> dict[int, str]:
    """All that is wrong in a row, in one text; what is wrong with the table stands in its header."""
    said: dict[int, list[str]] = {}
    for fault in reading.faults:
        row = fault.row or reading.understood.header[1]
        said.setdefault(row, []).append(sentence(fault, say))
    return {row: " • ".join(texts) for row, texts in said.items()}


def sentence(fault: Remark, say: Callable[[Message], str]) -> str:
    """A fault with the column it stands in."""
    where = f"{fault.column} {fault.header}".strip()
    return f"{where}: {say(fault.message)}" if where else say(fault.message)


def marked_text(data: bytes, reading: Reading, say: Callable[[Message], str], title: str) -> bytes:
    """CSV with an added column; an earlier one of the same name is written anew."""
    text = SEPARATOR_LINE.sub("", decoded(data)[0])
    delimiter = reading.understood.delimiter
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    said, last = by_row(reading, say), reading.understood.header[1]
    header = rows[last - 1]
    own = column_of_faults(reading.understood.kind, header)
    position = max((filled(row) for row in rows), default=0) if own is None else own
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for number, row in enumerate(rows, start=1):
        added = said.get(number, "")
        if number == last:
            added = f"{title}: {added}" if added else title
        cells = (row + [""] * position)[:position]
        writer.writerow([escaped(cell) for cell in cells] + [harmless(added)])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def filled(row: list[str]) -> int:
    """The number of cells up to the last one in which something stands."""
    return max((position for position, cell in enumerate(row, start=1) if cell.strip()), default=0)


def column_of_faults(kind: FileKind, header: list[str]) -> int | None:
    """Where the column of faults stands already: the last one, as it was given back once."""
    last = filled(header) - 1
    if last < 0 or meaning(kind, header[last].split(":")[0])[0] != FAULTS:
        return None
    return last


def escaped(cell: str) -> str:
    """The cell, so that no program runs it; a telephone number keeps its plus."""
    plain = cell.strip()
    if plain.startswith("+") and plain[1:].replace(" ", "").isdigit():
        return cell
    return f"'{cell}" if plain.startswith(FORMULA) else cell


def marked_workbook(
    data: bytes, reading: Reading, say: Callable[[Message], str], title: str
) -> bytes:
    """XLSX with a comment and a colour on each cell that has a fault, and an added column."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data))
            mark_sheet(book[reading.understood.sheet], reading, say, title)
            out = io.BytesIO()
            book.save(out)
    except Exception as broken:  # what can be read cannot always be written again
        raise Refused("file.cannot_be_marked") from broken
    return out.getvalue()


def mark_sheet(sheet: Any, reading: Reading, say: Callable[[Message], str], title: str) -> None:  # noqa: ANN401 - openpyxl
    """Mark every fault on one sheet."""
    said, last = by_row(reading, say), reading.understood.header[1]
    header = [str(cell.value or "") for cell in sheet[last]]
    own = column_of_faults(reading.understood.kind, header)
    position = sheet.max_column + 1 if own is None else own + 1
    for row in range(last, sheet.max_row + 1):
        write(sheet.cell(row, position), said.get(row, ""))
    write(sheet.cell(last, position), f"{title}: {said[last]}" if last in said else title)
    sheet.column_dimensions[sheet.cell(last, position).column_letter].width = WIDTH
    notes: dict[tuple[int, int], list[str]] = {}
    for fault in reading.faults:
        if fault.row and fault.column:
            place = fault.row, column_index_from_string(fault.column)
            notes.setdefault(place, []).append(say(fault.message))
    for (row, column), texts in notes.items():
        cell = sheet.cell(row, column)
        cell.fill = FILL
        if not isinstance(cell, MergedCell):  # within a merged cell only the first takes a comment
            cell.comment = Comment("\n".join(texts), AUTHOR)


def write(cell: Any, text: str) -> None:  # noqa: ANN401 - openpyxl
    """Write a text as a text, whatever it begins with."""
    if isinstance(cell, MergedCell):
        return
    cell.value = text or None
    if text:
        cell.data_type = "s"
