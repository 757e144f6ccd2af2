"""The columns of each kind of file, and which header of a table means which."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import yaml

from perron.files.grid import Grid, Line, Remark, cleaned, folded, letters
from perron.files.words import one_error, read, with_one_out
from perron.vocabulary.files import FileKind
from perron.vocabulary.wording import message

HEADER_WITHIN = 20
FEWEST_KNOWN = 2
LONG_ENOUGH, TOO_LONG = 6, 60
"""A header with fewer letters is taken only as it is spelled: gsm and ggm are two words."""

IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
BETWEEN = re.compile(r"\s*[/|\n]\s*")
CYRILLIC = re.compile("[\u0400-\u04ff]")
FAULTS = "faults"


PERSON_NEEDED = ("given_name", "family_name")
NEEDED = {
    FileKind.ARRIVALS: PERSON_NEEDED,
    FileKind.PEOPLE: PERSON_NEEDED,
    FileKind.PLACES: ("site", "municipality", "unit", "kind", "beds"),
    FileKind.ORGANISATIONS: ("kind", "name"),
}
"""Columns without which a row says nothing. One with both names of a person stands for two."""

INSTEAD = {
    "given_name": ("full_name", "given_name_cyrillic"),
    "family_name": ("full_name", "family_name_cyrillic"),
    "municipality": ("postal_code",),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A header of the table: its column letters, its text, the column it means (empty: unknown), and whether by guess.

    ``near``: it was taken in spite of a typing error, and that is told.
    """

    letters: str
    text: str
    column: str
    near: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and what it means. ``columns``: position from 0 by column."""

    first: int
    last: int
    headings: tuple[Heading, ...]
    columns: Mapping[str, int]
    told: tuple[Remark, ...] = ()
    faults: tuple[Remark, ...] = ()

    def known(self) -> int:
        """How many columns are understood."""
        return len(self.columns)


@cache
def headers(kind: FileKind) -> Mapping[str, str]:
    """Every spelling of a header, folded, with its column. A spelling of two columns is a ValueError."""
    declared = yaml.safe_load(read("headers.yaml"))[kind.value]
    found: dict[str, str] = {}
    for column, languages in declared.items():
        for text in (column, *(word for words in languages.values() for word in words)):
            if found.setdefault(folded(text), column) != column:
                raise ValueError(
                    f"{kind}: {text} is a header of {found[folded(text)]} and {column}"
                )
    return found


@cache
def header_neighbours(kind: FileKind) -> Mapping[str, tuple[str, ...]]:
    """The spellings of headers by each text that is left when one letter is taken out."""
    return with_one_out(headers(kind))


def columns_of(kind: FileKind) -> tuple[str, ...]:
    """The columns of a kind, in their order; the one that faults are written into is not among them."""
    return tuple(column for column in dict.fromkeys(headers(kind).values()) if column != FAULTS)


@lru_cache(maxsize=20_000)
def meaning(kind: FileKind, text: str) -> tuple[str, bool]:
    """The column that a header means (empty: unknown), and whether only a typing error apart."""
    known = headers(kind)
    for whole in (text, IN_BRACKETS.sub("", text)):
        if column := known.get(folded(whole)):
            return column, False
    parts = [known.get(folded(part), "") for part in BETWEEN.split(IN_BRACKETS.sub("", text))]
    if len(parts) > 1 and len(set(parts) - {""}) == 1:
        return next(part for part in parts if part), False
    plain = folded(IN_BRACKETS.sub("", text))
    if not LONG_ENOUGH <= len(plain) <= TOO_LONG:
        return "", False
    near = {
        known[word]
        for word in one_error(header_neighbours(kind), plain)
        if len(word) >= LONG_ENOUGH
    }
    return (near.pop(), True) if len(near) == 1 else ("", False)


def how_many_known(kind: FileKind, texts: Sequence[str]) -> int:
    """How many of the columns of a kind these headers name."""
    return len({meaning(kind, cleaned(text))[0] for text in texts if text} - {"", FAULTS})


def header_of(kind: FileKind, grid: Grid, mapping: Mapping[str, str]) -> Header | None:
    """Find the header within the first rows: the first with every column needed, else the one that says most.

    It may stand on two rows. None: there is none.

    Args:
        kind: what the file is about.
        grid: the table.
        mapping: column by header, as the sender once told; it goes before what is known. An empty column leaves
            the header out.
    """
    taken = {folded(text): column for text, column in mapping.items()}
    best: Header | None = None
    for index, line in enumerate(grid.lines[:HEADER_WITHIN]):
        if line.blank:
            continue
        found = understood(
            kind, [[cell.span or cell.text] for cell in line.cells], (line, line), taken
        )
        below = grid.lines[index + 1] if index + 1 < len(grid.lines) else None
        if below and not below.blank:
            joined = understood(kind, two_rows(line, below), (line, below), taken)
            if joined.known() > found.known() and not joined.faults:
                found = joined
        if found.known() > (best.known() if best else 0):
            best = found
        if best and not missing(kind, best.columns):
            break
    fewest = 1 if taken else FEWEST_KNOWN
    return best if best and best.known() >= fewest else None


def two_rows(top: Line, below: Line) -> list[list[str]]:
    """The texts that a header on two rows may have: the lower one, both together, the upper one."""
    found = []
    for column in range(max(len(top.cells), len(below.cells))):
        upper = top.cell(column).span or top.cell(column).text
        lower = below.cell(column).text
        texts = [lower, f"{upper} {lower}", upper] if upper != lower else [upper]
        found.append([cleaned(text) for text in texts if text.strip()])
    return found


def understood(
    kind: FileKind, texts: list[list[str]], rows: tuple[Line, Line], taken: Mapping[str, str]
) -> Header:
    """What the headers of a table mean, with every column that stands there twice."""
    headings = list(each(kind, texts, taken))
    headings = in_cyrillic(headings)
    headings, told = named(kind, headings, rows[1].number)
    columns: dict[str, int] = {}
    faults = []
    for position, heading in enumerate(headings):
        if not heading.column or heading.column == FAULTS:
            continue
        if heading.column in columns:
            first = letters(columns[heading.column])
            said = message("file.header_twice", column=heading.column, first=first)
            faults.append(Remark(rows[1].number, heading.letters, heading.text, heading.text, said))
        else:
            columns[heading.column] = position
        if heading.near:
            said = message("file.header_near", column=heading.column)
            told.append(Remark(rows[1].number, heading.letters, heading.text, heading.text, said))
    first_row, last_row = rows[0].number, rows[1].number
    return Header(first_row, last_row, tuple(headings), columns, tuple(told), tuple(faults))


def each(kind: FileKind, texts: list[list[str]], taken: Mapping[str, str]) -> Iterator[Heading]:
    """The heading of each position: the first of its texts that is known."""
    for position, candidates in enumerate(texts):
        shown = next((text for text in candidates if text), "")
        told = next((taken[folded(text)] for text in candidates if folded(text) in taken), None)
        if told is not None:
            yield Heading(letters(position), shown, told)
            continue
        known = [(text, *meaning(kind, text)) for text in candidates if text]
        known = [one for one in known if one[1]]
        exact = [one for one in known if not one[2]] or known
        if exact:
            yield Heading(letters(position), exact[0][0], exact[0][1], exact[0][2])
        else:
            yield Heading(letters(position), shown, "")


def in_cyrillic(headings: list[Heading]) -> list[Heading]:
    """A name headed in Cyrillic beside the same in Latin letters is the name in Cyrillic."""
    plain = {one.column for one in headings if not CYRILLIC.search(one.text)}
    plain |= {"family_name"} if "given_name" in plain and "name" in plain else set()
    taken = {one.column for one in headings}
    return [
        Heading(one.letters, one.text, f"{one.column}_cyrillic")
        if one.column in PERSON_NEEDED
        and one.column in plain
        and CYRILLIC.search(one.text)
        and f"{one.column}_cyrillic" not in taken
        else one
        for one in headings
    ]


def named(kind: FileKind, headings: list[Heading], row: int) -> tuple[list[Heading], list[Remark]]:
    """What a mere "name" means: the family name beside a given name, the full name alone, else nothing (told)."""
    taken = {one.column for one in headings}
    if "name" not in taken or kind not in (FileKind.ARRIVALS, FileKind.PEOPLE):
        return headings, []
    if "given_name" in taken:
        column = "" if "family_name" in taken else "family_name"
    else:
        column = "" if taken & {"family_name", "full_name"} else "full_name"
    told = [
        Remark(row, one.letters, one.text, one.text, message("file.name_means", column=column))
        for one in headings
        if one.column == "name" and column
    ]
    return [
        Heading(one.letters, one.text, column) if one.column == "name" else one for one in headings
    ], told


def missing(kind: FileKind, columns: Mapping[str, int]) -> tuple[str, ...]:
    """The columns that are needed and not there."""
    return tuple(
        column
        for column in NEEDED[kind]
        if column not in columns and not any(other in columns for other in INSTEAD.get(column, ()))
    )
