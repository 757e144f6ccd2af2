"""What is published about a whole country, and how many of so many people that makes: by month, by year, by region."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from perron.vocabulary.territory import Municipality, Region, municipalities

FIRST = date(2022, 3, 10)
"""From this day certificates were granted in Belgium."""
PER_CENT = 100
Key = TypeVar("Key")


@cache
def published() -> dict[str, Any]:
    """Every figure, with source and mark."""
    text = files(__package__).joinpath("published.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month from its first day to its last one, as far as it has come."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """Year and month."""
        return self.first.isoformat()[:7]


def months(until: date) -> Iterator[Month]:
    """Every month since the first certificate, the last one up to a day."""
    first = FIRST
    while first <= until:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        yield Month(first, min(last, until))
        first = last + timedelta(days=1)


def of_year(table: str, year: int) -> int:
    """The figure of a table for a year; the last one holds on."""
    rows = published()[table]
    return int(next((row for row in rows if row["year"] == year), rows[-1])["value"])


def certificates(until: date) -> dict[Month, float]:
    """How many certificates were granted in each month; what is left of a year is shared by its other months."""
    table = published()["certificates"]
    known = {row["month"]: row["value"] for row in table["months"]}
    found: dict[Month, float] = {}
    for year in table["years"]:
        whole = list(months(date(year["year"], 12, 31)))
        of_it = [month for month in whole if month.first.year == year["year"]]
        rest = year["value"] - sum(known.get(month.name, 0) for month in of_it)
        others = table["between"].get(year["year"], {})
        weights = {month: others.get(month.name, 1) for month in of_it if month.name not in known}
        for month in of_it:
            share = weights.get(month, 0) / sum(weights.values())
            found[month] = known.get(month.name, rest * share)
    afterwards = table["afterwards"]["value"]
    for month in months(until):
        days = (month.last - month.first).days + 1
        part = days / monthrange(month.first.year, month.first.month)[1]
        found.setdefault(
            month, known.get(month.name, afterwards) * (part if month.last == until else 1)
        )
    return {month: many for month, many in found.items() if month.last <= until}


def refused(month: Month, granted: float) -> float:
    """How many were refused in a month in which so many were granted it."""
    share = of_year("refusals", month.first.year) / PER_CENT
    return granted * share / (1 - share)


def shared(total: int, weights: Mapping[Key, float]) -> dict[Key, int]:
    """Whole numbers in proportion to the weights, by the largest remainder; their sum is the total."""
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    found = {key: int(value) for key, value in exact.items()}
    left = total - sum(found.values())
    for key in sorted(exact, key=lambda each: found[each] - exact[each])[:left]:
        found[key] += 1
    return found


def arrivals(people: int, until: date) -> dict[tuple[Month, bool], int]:
    """How many of so many people arrive in each month and are granted protection, or are refused (True)."""
    weights: dict[tuple[Month, bool], float] = {}
    for month, granted in certificates(until).items():
        weights[month, False] = granted
        weights[month, True] = refused(month, granted)
    return shared(people, weights)


def removed_until(day: date) -> float:
    """How many were taken off the registers up to a day, by the figures of the whole country."""
    known = [
        (FIRST, 0),
        *((row["until"], row["value"]) for row in published()["removals"] if "until" in row),
    ]
    monthly = published()["removals"][-1]["a_month"]
    (start, before), *_ = [row for row in reversed(known) if row[0] <= day] or known
    later = next((row for row in known if row[0] > day), None)
    if later is None:
        return float(before + monthly * (day - start).days * 12 / 365.25)
    return float(before + (later[1] - before) * (day - start).days / (later[0] - start).days)


@cache
def region_shares() -> dict[Region, float]:
    """The share of each region."""
    found = {Region(row["region"]): float(row["value"]) for row in published()["regions"]}
    german = found[Region.WALLONIA] * published()["german_speaking"]["value"] / PER_CENT
    return found | {
        Region.WALLONIA: found[Region.WALLONIA] - german,
        Region.GERMAN_SPEAKING: german,
    }


@cache
def towns(region: Region) -> tuple[tuple[Municipality, ...], tuple[int, ...]]:
    """The municipalities of a region, and how much each counts."""
    table = published()["towns"]
    there = tuple(town for town in municipalities() if town.region is region)
    return there, tuple(table["values"].get(town.name, table["other"]) for town in there)
