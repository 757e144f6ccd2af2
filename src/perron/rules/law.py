"""Dated values of the law: which counted on a day, as far as it was known, under a scenario."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from perron.vocabulary.errors import LawNotModelled, NotFound
from perron.vocabulary.verdicts import LawStatus, Mark, Source

HERE = Path(__file__).resolve().parent
MODELLED_FROM = date(2022, 3, 4)
KNOWN_UNTIL = date(2026, 7, 1)
PROTECTION_END = "tp.valid_to"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One dated value; ``value`` None means that the law is not known for that time."""

    key: str
    value: Any
    unit: str
    valid_from: date
    valid_to: date | None
    known_since: date
    status: LawStatus
    source: Source
    region: str | None
    note: str

    def holds(self, on: date) -> bool:
        """Whether the value counts on the day; the last day is included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Values entered since the files were written, in the order in which they were decided; they lie over the files.

    ``known_since`` of each is the day from which answers count with it. One and the same object is one law.
    """

    rows: tuple[Parameter, ...] = ()


UNCHANGED = Changes()
"""The law as the files have it."""


@cache
def series() -> tuple[dict[str, tuple[Parameter, ...]], frozenset[str]]:
    """Every value by key in order of its first day, and the keys whose last value stays."""
    found: dict[str, list[Parameter]] = {}
    stays: set[str] = set()
    for path in sorted((HERE / "parameters").glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        stays |= set(content.get("last_row_stays", ()))
        for row in content["parameters"]:
            found.setdefault(row["key"], []).append(read(row))
    in_order = {
        key: tuple(sorted(rows, key=lambda row: row.valid_from)) for key, rows in found.items()
    }
    return in_order, frozenset(stays)


@cache
def replaced() -> tuple[tuple[Parameter, Parameter], ...]:
    """Every value of the files that took the place of another, with that other: what holds before and what then holds.

    What is only proposed replaces nothing. A region keeps a series of its own.
    """
    found = []
    for rows in series()[0].values():
        last: dict[str | None, Parameter] = {}
        for row in rows:
            if row.status is not LawStatus.PROPOSED:
                before = last.get(row.region)
                if before is not None and before.value != row.value:
                    found.append((before, row))
                last[row.region] = row
    return tuple(found)


@cache
def called() -> dict[str, str]:
    """What each value is called, by key, in English: the text is its own key."""
    files = sorted((HERE / "parameters").glob("*.yaml"))
    return {
        key: words
        for path in files
        for key, words in yaml.safe_load(path.read_text(encoding="utf-8"))["called"].items()
    }


def read(row: dict[str, Any]) -> Parameter:
    """One row of a parameter file; what it was known since is its first day when the row does not say."""
    return Parameter(
        key=row["key"],
        value=row["value"],
        unit=row["unit"],
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        known_since=row.get("known_since") or row.get("adopted_on") or row["valid_from"],
        status=LawStatus(row["status"]),
        source=Source(row["source"], Mark(row["mark"]), row["valid_from"]),
        region=row.get("region"),
        note=row.get("note", ""),
    )


@cache
def overlay_content(name: str) -> dict[str, Any]:
    """The file of a scenario: one of ours by its name, any other by its path (NotFound)."""
    own = not name.endswith((".yaml", ".yml"))
    path = HERE / "scenarios" / f"{name}.yaml" if own else Path(name)
    if not path.is_file():
        raise NotFound("rules.no_such_scenario", scenario=name)
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


@cache
def overlay(name: str) -> tuple[frozenset[str], tuple[Parameter, ...]]:
    """The keys whose proposed rows count, and the rows that are added, with those of the layers below (NotFound)."""
    content = overlay_content(name)
    below = content.get("based_on")
    proposed, added = overlay(below) if below else (frozenset[str](), ())
    return (
        proposed | frozenset(content.get("use_proposed", ())),
        added + tuple(read(row) for row in content.get("parameters", ())),
    )


@cache
def rows_of(key: str, scenario: str, changes: Changes) -> tuple[Parameter, ...]:
    """Every value of a parameter that may count in a scenario, each layer over the one before (NotFound).

    The law of the files, what was changed since, what is only proposed where the scenario takes it as law, and what
    the scenario adds. Where two hold on a day, the later one counts.
    """
    every = series()[0].get(key)
    if every is None:
        raise NotFound("rules.no_such_parameter", parameter=key)
    proposed, added = overlay(scenario)
    wished = [row for row in every if row.status is LawStatus.PROPOSED]
    return (
        *(row for row in every if row.status is not LawStatus.PROPOSED),
        *(row for row in changes.rows if row.key == key),
        *(wished if key in proposed else ()),
        *(row for row in added if row.key == key),
    )


def parameter(
    key: str,
    on: date,
    *,
    known_on: date | None = None,
    scenario: str = "adopted",
    region: str | None = None,
    changes: Changes = UNCHANGED,
) -> Parameter:
    """The value of the law on a day, as known on ``known_on`` (default: all that is known now).

    Raises LawNotModelled for a day before 4 March 2022, NotFound for a key or a day without any row.
    """
    if on < MODELLED_FROM:
        raise LawNotModelled("rules.not_modelled", on=on, since=MODELLED_FROM)
    usable = [
        row
        for row in rows_of(key, scenario, changes)
        if (known_on is None or row.known_since <= known_on)
        and (row.region is None or row.region == region)
    ]
    holding = [row for row in usable if row.holds(on)]
    if not holding and key in series()[1] and usable:
        return max(reversed(usable), key=lambda row: row.valid_from)
    if not holding:
        raise NotFound("rules.no_value_on", parameter=key, on=on)
    return holding[-1]


def protection_end(on: date, scenario: str = "adopted", changes: Changes = UNCHANGED) -> Parameter:
    """The last day of temporary protection in the latest adopted row: the end of the scheme as known now."""
    parameter(PROTECTION_END, on, scenario=scenario, changes=changes)
    return parameter(PROTECTION_END, date.max, scenario=scenario, changes=changes)


def proposed_ends(on: date, changes: Changes = UNCHANGED) -> tuple[Parameter, ...]:
    """Last days that are only proposed and lie after the adopted one."""
    adopted = protection_end(on, changes=changes).value
    return tuple(
        row
        for row in series()[0][PROTECTION_END]
        if row.status is LawStatus.PROPOSED and row.value > adopted
    )
