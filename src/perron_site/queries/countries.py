"""Member states side by side, by the law in force: what is sourced of each, with source and mark."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from perron.rules.countries import Country, Entry, compared, unsourced
from perron.vocabulary.wording import Message
from perron_site.queries.law import in_force


@dataclass(frozen=True, slots=True)
class Row:
    """One field, and what each country has of it, in the order of the columns."""

    name: Message
    cells: tuple[tuple[Mapping[str, str], Entry], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table; ``unsourced``: of how many member states nothing is written down yet."""

    countries: tuple[Country, ...]
    rows: tuple[Row, ...]
    unsourced: int


def comparison(on: date) -> Comparison:
    """The table on a day; one question, for the law in force."""
    found = compared(in_force(on))
    rows = tuple(
        Row(
            entries[0].name,
            tuple((each.names, entry) for each, entry in zip(found, entries, strict=True)),
        )
        for entries in zip(*(each.entries for each in found), strict=True)
    )
    return Comparison(found, rows, unsourced())
