"""CSV as desks make it: in whatever encoding and with whatever delimiter their program took."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence

from perron.files.grid import (
    ERRORS,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    Cell,
    Grid,
    Line,
    cleaned,
)
from perron.vocabulary.errors import Refused
from perron.vocabulary.wording import message

DELIMITERS = (";", ",", "\t", "|")
FIRST_LINES = 20
SEPARATOR_LINE = re.compile(r"\Asep=(.)(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", ""), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
DOS_LETTER = re.compile(rb"[A-Za-z][\x81-\x84\x86-\x8b\x8d\x8f\x90\x95\x98\x9b\x9d][A-Za-z]")
"""A letter of MS-DOS between two others: no letter there in Windows-1252."""
HIGH, HIGH_TOGETHER = re.compile(rb"[\xa8-\xff]"), re.compile(rb"[\xa8-\xff]{2,}")
MOSTLY, RARELY = 0.7, 0.34


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: a byte order mark decides, then UTF-8, then how letters stand together.

    Cyrillic in Windows-1251 has its letters from the upper half side by side; accents in Windows-1252 stand between
    plain letters. Where neither is clear the file is refused.

    Raises:
        Refused: not text, or the encoding is not clear.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return decoded_as(data, encoding)
    if b"\x00" in data:
        raise Refused("file.not_text")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return decoded_as(data, windows(data))


def decoded_as(data: bytes, encoding: str) -> tuple[str, str]:
    """The text in this encoding; Refused where it does not fit or there is none."""
    try:
        text = data.decode(encoding or "ascii")
    except UnicodeDecodeError as wrong:
        raise Refused("file.encoding_unclear") from wrong
    if "\x00" in text:
        raise Refused("file.not_text")
    return text, "utf-8" if encoding == "utf-8-sig" else encoding


def windows(data: bytes) -> str:
    """Windows-1251 or Windows-1252; empty when neither is clear."""
    high = len(HIGH.findall(data))
    together = sum(len(run) for run in HIGH_TOGETHER.findall(data))
    share = together / high if high else 0.0
    if share >= MOSTLY:
        return "windows-1251"
    return "" if share > RARELY or DOS_LETTER.search(data) else "windows-1252"


def delimited(data: bytes, known: Callable[[Sequence[str]], int]) -> Grid:
    """Read CSV; of the delimiters the one is taken that shows the most known headers, then the steadiest one.

    Args:
        data: the bytes of the file.
        known: how many of the texts of a row are headers that are known.

    Raises:
        Refused: not text, quotes that do not close, or too large.
    """
    text, encoding = decoded(data)
    said = SEPARATOR_LINE.match(text)
    if said:
        delimiter, text = said.group(1), text[said.end() :]
        if delimiter in '"\r\n':
            raise Refused("file.not_text")
    else:
        delimiter = max(DELIMITERS, key=lambda each: likely(text, each, known))
    return Grid(lines_of(text, delimiter), encoding=encoding, delimiter=delimiter)


def likely(text: str, delimiter: str, known: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    """How well a delimiter fits the first lines: known headers, then how many lines have the usual number of it."""
    first = list(parsed(text, delimiter, FIRST_LINES, strict=False))
    widths = Counter(len(row) for row in first if any(row))
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return max((known(row) for row in first), default=0), (width - 1) * rows


def parsed(text: str, delimiter: str, most: int, *, strict: bool) -> list[list[str]]:
    """The first rows of a text; a fault in it ends them unless strict (csv.Error)."""
    found: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    try:
        for row in reader:
            found.append(row)
            if len(found) >= most:
                break
    except csv.Error:
        if strict:
            raise
    return found


def lines_of(text: str, delimiter: str) -> tuple[Line, ...]:
    """Every row with its number; Refused where quotes do not close or the table is too large."""
    found: list[Line] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(reader, start=1):
            if number > MOST_ROWS:
                raise Refused("file.too_many_rows", most=MOST_ROWS)
            while row and not row[-1].strip():
                row.pop()
            if len(row) > MOST_COLUMNS:
                raise Refused("file.too_many_columns", most=MOST_COLUMNS)
            found.append(Line(number, tuple(cell_of(text) for text in row)))
    except csv.Error as broken:
        raise Refused("file.quotes_broken", row=len(found) + 1) from broken
    return tuple(found)


def cell_of(text: str) -> Cell:
    """The cell; a text that is too long has a problem instead."""
    if len(text) > MOST_LETTERS:
        return Cell(text[:40], problem=message("file.text_too_long", most=MOST_LETTERS))
    plain = cleaned(text)
    return Cell(plain, problem=message("file.cell_error") if plain in ERRORS else None)
