"""The files of a year: arrivals are households with their day, openings are homes with their days."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from perron.files.strict import Column, Table, day, finish, table
from perron.matching.homes import Home, Seeker
from perron.matching.homes_files import HOMES, SEEKERS, home, rows, seeker, whole_household
from perron.vocabulary.wording import message

DAY = "a day such as 2026-11-23"
ARRIVALS = tuple(
    replace(column, needed=True, default=...) if column.name == "waiting_since" else column
    for column in SEEKERS
)
OPENINGS = (
    *(replace(column, needed=True, default=...) if column.name == "available_from" else column
      for column in HOMES),
    Column("offered_until", day, DAY, needed=False, default=None),
)  # fmt: skip
A_YEAR = timedelta(days=365)
"""A home without a last day is offered so long."""

Arrivals = list[tuple[Seeker, date]]
Openings = list[tuple[Home, date, date]]


def read_year(arrivals: Path, openings: Path) -> tuple[Arrivals, Openings]:
    """Households with the day they came, homes with the first and last day they could be given.

    Raises:
        BadFile: with every fault of both.
        OSError: one cannot be opened.
    """
    first, second = table(arrivals, ARRIVALS), table(openings, OPENINGS)
    first.once("household")
    second.once("place")
    for row in range(len(first.lines)):
        whole_household(first, row)
    for row in range(len(second.lines)):
        in_order(second, row)
    finish(first, second)
    came: Arrivals = []
    for row in range(len(first.lines)):
        cells = rows(first, row)
        came.append((seeker(cells, row, cells["waiting_since"]), cells["waiting_since"]))
    opened: Openings = []
    for row in range(len(second.lines)):
        cells = rows(second, row)
        begin = cells["available_from"]
        end = cells["offered_until"] or cells["available_until"] or begin + A_YEAR
        opened.append((home(cells, row), begin, end))
    return came, opened


def in_order(found: Table, row: int) -> None:
    """A home is offered from its first day on."""
    cells = rows(found, row)
    for name in ("offered_until", "available_until"):
        begin, end = cells["available_from"], cells[name]
        if begin and end and end < begin:
            told = message(
                "file.expected", found=end.isoformat(), expected=f"{begin.isoformat()} or later"
            )
            found.fault(row, name, told)
