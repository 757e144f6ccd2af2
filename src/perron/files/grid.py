"""A table as it stands in a file: cells as text, each with its row and column."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from perron.vocabulary.wording import Message

MOST_BYTES = 10_000_000
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 120_000, 200, 2_000
ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"})
"""What a spreadsheet shows where it cannot calculate."""
WINDOWS_DAY_ZERO = date(1899, 12, 30)
"""The day from which spreadsheets count; older ones of the Mac count from 1904."""

SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]"
)
FORMULA_AFTER_APOSTROPHE = re.compile(r"^'(?=[=+\-@])")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell; ``number``: it is kept as a number; ``span``: the text of the merged cell it lies in."""

    text: str = ""
    number: bool = False
    span: str = ""
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, under the number that a spreadsheet shows for it."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell in a column counted from 0; an empty one beyond the end."""
        return self.cells[column] if column < len(self.cells) else Cell()

    @property
    def blank(self) -> bool:
        """Whether nothing stands there."""
        return not any(cell.text or cell.problem for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. ``sheet`` is empty for CSV; ``encoding`` and ``delimiter`` for XLSX. ``told``: what was noticed."""

    lines: tuple[Line, ...]
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    day_zero: date = WINDOWS_DAY_ZERO
    told: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A fault or a repair that is told: its row (0: the file), column letters, header, and the text of the cell.

    The text may be about a person: it is shown to who sent the file, and never written elsewhere.
    """

    row: int
    column: str
    header: str
    text: str
    message: Message


def letters(column: int) -> str:
    """The letters of a column counted from 0: A, B, …, Z, AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def cleaned(text: str) -> str:
    """The text without what nobody sees, with single spaces, and without the apostrophe that stops a formula."""
    plain = SPACES.sub(" ", UNSEEN.sub("", unicodedata.normalize("NFC", text))).strip()
    return FORMULA_AFTER_APOSTROPHE.sub("", plain)


def folded(text: str) -> str:
    """The text to compare by: no case, accents, punctuation or spaces. ``ß`` is ``ss``, ``œ`` is ``oe``."""
    if text.isascii():
        return "".join(letter for letter in text.lower() if letter.isalnum())
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("ø", "o"))
    return "".join(letter for letter in plain if letter.isalnum())
