"""The values of a row become what the row says; what is needed and missing is a fault."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from perron.files.columns import INSTEAD, NEEDED, Header
from perron.files.grid import Remark
from perron.files.rows import OrganisationRow, PersonRow, PlaceRow, Row
from perron.files.words import by_nis
from perron.vocabulary.files import FileKind
from perron.vocabulary.wording import Message, message

CYRILLIC = re.compile("[\u0400-\u04ff]")
SURNAME_FIRST = re.compile(r"^([^,]+),\s*([^,]+)$")
TYPES: dict[FileKind, type[PersonRow] | type[PlaceRow] | type[OrganisationRow]] = {
    FileKind.ARRIVALS: PersonRow,
    FileKind.PEOPLE: PersonRow,
    FileKind.PLACES: PlaceRow,
    FileKind.ORGANISATIONS: OrganisationRow,
}


def typed(
    row: int, values: Mapping[str, Any], kind: FileKind, header: Header
) -> tuple[Row | None, tuple[Remark, ...]]:
    """The row, or every fault of its values together; a value None is not given."""
    given = {column: value for column, value in values.items() if value is not None}
    found = [*names(given), *municipality(given), *stretch(given)]
    if "household" in header.columns and "household" not in given:
        found.append(("household", message("file.household_needed")))
    wrong = {column for column, _ in found}
    found += [
        (shown, message("file.needed", column=shown))
        for column in NEEDED[kind]
        if column not in given and not wrong & {column, *INSTEAD.get(column, ())}
        for shown in [standing_for(column, header)]
    ]
    found = list(dict.fromkeys(found))
    if found:
        return None, tuple(remark(row, column, said, header) for column, said in found)
    return TYPES[kind](row=row, **given), ()


def standing_for(column: str, header: Header) -> str:
    """The column of the table in which this one is written."""
    others = (other for other in INSTEAD.get(column, ()) if other in header.columns)
    return column if column in header.columns else next(others, column)


def remark(row: int, column: str, said: Message, header: Header) -> Remark:
    """A fault in the column of a row, or in the row where the table does not have the column."""
    position = header.columns.get(column)
    if position is None:
        return Remark(row, "", "", "", said)
    heading = header.headings[position]
    return Remark(row, heading.letters, heading.text, "", said)


def names(given: dict[str, Any]) -> Iterator[tuple[str, Message]]:
    """Split a full name only at its comma; a name in Cyrillic alone stands in both places."""
    if full := given.pop("full_name", None):
        parts = SURNAME_FIRST.match(full)
        if not parts and not {"given_name", "family_name"} <= given.keys():
            yield "full_name", message("file.name_cannot_be_split")
        elif parts:
            given.setdefault("family_name", parts[1].strip())
            given.setdefault("given_name", parts[2].strip())
    for column in ("given_name", "family_name"):
        cyrillic = f"{column}_cyrillic"
        if column in given and cyrillic not in given and CYRILLIC.search(given[column]):
            given[cyrillic] = given[column]
        elif column not in given and cyrillic in given:
            given[column] = given[cyrillic]


def municipality(given: dict[str, Any]) -> Iterator[tuple[str, Message]]:
    """A postal code beside a municipality must belong to it; alone it must name one."""
    by_code = given.pop("postal_code", None)
    if by_code is None:
        return
    if "municipality" in given:
        if given["municipality"] not in by_code:
            names = ", ".join(sorted(by_nis()[nis].name for nis in by_code))
            yield "postal_code", message("file.postal_code_elsewhere", name=names)
    elif len(by_code) > 1:
        yield "postal_code", message("file.municipality_several")
    else:
        (given["municipality"],) = by_code


def stretch(given: Mapping[str, Any]) -> Iterator[tuple[str, Message]]:
    """A place is not free until before it is free."""
    start, end = given.get("available_from"), given.get("available_until")
    if start and end and end < start:
        yield "available_until", message("file.ends_before_it_starts")
