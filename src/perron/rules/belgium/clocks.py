"""Clocks of procedures: by when what must be done, by the rules that hold on the day a file is lodged.

Two sets of rules lie around 12 June 2026, the day of the Pact on migration and asylum: the day of lodging decides
which one counts (belgium.md §2.11). Of the later one no Belgian text was seen, so its terms are not known.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from perron.rules.belgium.filing import described, runs
from perron.rules.law import UNCHANGED, Changes
from perron.rules.moments import Moment
from perron.vocabulary.errors import NotFound
from perron.vocabulary.intervals import add_months, completed_months
from perron.vocabulary.verdicts import Mark, Source
from perron.vocabulary.wording import Message, in_words, message
from perron.vocabulary.working_days import add_working_days

PROCEDURES = Path(__file__).with_name("procedures.yaml")
UNITS = ("days", "months", "working_days")
WHAT = {
    "decision": "decision",
    "absolute cap": "cap",
    "decision under the Pact": "decision",
    "complete the file": "complete",
    "decision once Dir. 2024/1233 is transposed": "decision_recast",
    "go to the municipality after annex 46": "annex_46",
    "decision for mobility from another member state": "decision_mobility",
    "prosecutor's opinion": "opinion",
    "reflection period": "reflection",
    "first visit to the municipality": "first_visit",
}
"""The terms of the routes by the key of their text; ``none`` is no term."""

BUCKETS = (6, 15, 21)
"""Months at which a pending asylum file passes into the next group (belgium.md §2.10)."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One term: ``amount`` None where the law is not known; ``until`` its last day, None where that is not known.

    ``no_term``: the law itself sets none, which is known.
    """

    what: str
    amount: int | None
    unit: str
    counted_from: Message
    until: date | None
    source: Source
    note: Message | None = None
    no_term: bool = False

    @property
    def message(self) -> Message:
        """What it is about."""
        return message(f"clock.{self.what}")


def clocks(route: str, lodged: Moment) -> tuple[Clock, ...]:
    """The terms of a route for a file lodged on a day, by the law of the moment (NotFound).

    Each is counted as if it began on that day.
    """
    if route not in described():
        raise NotFound("rules.no_such_route", route=route)
    rows = (row for row in described()[route]["deadlines"] if row["what"] in WHAT)
    return tuple(
        clock({**row, "what": WHAT[row["what"]]}, lodged) for row in rows if runs(row, lodged.on)
    )


def steps(step: str, since: Moment) -> tuple[Clock, ...]:
    """The terms of a step that belongs to no route: annex_15, municipality, social_aid, asylum or appeal."""
    return tuple(
        clock(row, since) for row in procedures() if row["step"] == step and runs(row, since.on)
    )


@cache
def procedures() -> tuple[dict[str, Any], ...]:
    """The file of clocks."""
    return tuple(yaml.safe_load(PROCEDURES.read_text(encoding="utf-8"))["clocks"])


def clock(row: Mapping[str, Any], since: Moment) -> Clock:
    """One row as a clock that runs from a day, by the law of the moment."""
    unit = next((each for each in UNITS if row.get(each) is not None), UNITS[0])
    amount = row.get(unit)
    if row.get("param"):
        unit, amount = "months", since.value(row["param"])
    return Clock(
        what=row["what"],
        amount=amount,
        unit=unit,
        counted_from=in_words(row["from"]),
        until=last_day(since.on, amount, unit),
        source=Source(row["source"], Mark(row["mark"])),
        note=in_words(row["note"]) if "note" in row else None,
        no_term=row.get("no_term", False),
    )


def last_day(since: date, amount: int | None, unit: str) -> date | None:
    """The last day of a term: the day after so many days or months; the last of so many working days."""
    if amount is None:
        return None
    if unit == "working_days":
        return add_working_days(since, amount)
    return add_months(since, amount) if unit == "months" else since + timedelta(days=amount)


def waiting_group(lodged: date, on: date) -> int:
    """The group of a pending asylum file by its age: 0 up to six months, 1 to fifteen, 2 to twenty-one, 3 older."""
    return sum(on > add_months(lodged, months) for months in BUCKETS)


def too_old(lodged: date, on: date, changes: Changes = UNCHANGED) -> bool | None:
    """Whether a file is past the longest time of the rules it was lodged under; None where that is not known."""
    months = Moment(lodged, changes=changes).value("asylum.max_months")
    return None if months is None else on > add_months(lodged, months)


def oldest_first(files: Mapping[str, date], on: date) -> Iterator[tuple[str, int]]:
    """Pending files by their day of lodging, the oldest first, with their completed months."""
    for name, lodged in sorted(files.items(), key=lambda each: (each[1], each[0])):
        yield name, completed_months(lodged, on)
