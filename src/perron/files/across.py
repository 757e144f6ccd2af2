"""Faults between the rows of a file: the same twice, or one thing told in two ways."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

from perron.files.columns import Header
from perron.files.grid import Remark, folded
from perron.files.making import remark
from perron.files.rows import OrganisationRow, PersonRow, PlaceRow, Row
from perron.vocabulary.wording import message


def across(rows: tuple[Row, ...], header: Header) -> list[Remark]:
    """Every fault that only two rows together show; it stands in the later one and names the earlier."""
    people = [row for row in rows if isinstance(row, PersonRow)]
    places = [row for row in rows if isinstance(row, PlaceRow)]
    organisations = [row for row in rows if isinstance(row, OrganisationRow)]
    return [
        *twice(rows, lambda row: folded(row.reference), "reference", header),
        *twice(people, same_person, "family_name", header),
        *twice(places, lambda row: (folded(row.site), folded(row.unit)), "unit", header),
        *twice(organisations, same_organisation, "name", header),
        *agree(people, "household", ("municipality", "arrived_on", "roof"), header),
        *agree(places, "site", ("municipality", "street", "telephone"), header),
    ]


def same_person(row: PersonRow) -> Hashable:
    """The same names, born the same day; without a birth date, in one household."""
    names = folded(row.given_name), folded(row.family_name)
    if row.born:
        return names, row.born
    return (names, folded(row.household)) if row.household else None


def same_organisation(row: OrganisationRow) -> Hashable:
    """The same kind and name in one municipality."""
    return row.kind, folded(row.name), row.municipality


def twice(
    rows: Iterable[Any], key: Callable[[Any], Hashable], column: str, header: Header
) -> Iterator[Remark]:
    """Each row whose key an earlier one had; a key that is empty counts for nothing."""
    first: dict[Hashable, int] = {}
    for row in rows:
        found = key(row)
        if found and first.setdefault(found, row.row) != row.row:
            yield remark(row.row, column, message("file.row_twice", row=first[found]), header)


def agree(
    rows: Iterable[Any], group: str, columns: tuple[str, ...], header: Header
) -> Iterator[Remark]:
    """Each row that says something else of its household or site than the first row of it that says something."""
    first: dict[tuple[str, str], tuple[int, object]] = {}
    for row in rows:
        name = folded(getattr(row, group))
        for column in columns:
            value = getattr(row, column)
            if not name or value is None or value == "":
                continue
            earlier, said = first.setdefault((name, column), (row.row, value))
            if said != value:
                told = message("file.differs_from_row", column=group, row=earlier)
                yield remark(row.row, column, told, header)
