"""What the EU long-term resident is counted by: years of legal stay, absences, means (Dir. 2003/109 art. 4, 5)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from perron.rules.belgium.stays import (
    ONE_DAY,
    PROTECTED,
    Period,
    periods,
    running,
    since,
)
from perron.rules.binding import Unsettled
from perron.rules.expressions import World
from perron.rules.facts import NONE, Days, as_records
from perron.rules.moments import Moment
from perron.vocabulary.intervals import add_months

NOT_COUNTED = frozenset({"solely_temporary", "diplomatic", "short_stay", "none"})
HALF = frozenset({"student"})
ASYLUM = "asylum_applicant"
WHOLE_AFTER_MONTHS = "ltr.asylum_whole_after_months"
OUT_OF_SCOPE = frozenset((
    "tp_requested", ASYLUM, "student", "search_year", "short_stay", "solely_temporary", "diplomatic",
))  # fmt: skip
PROTECTED_OR_ASKED = PROTECTED | {"tp_requested"}


def legal_years(world: World, moment: Moment) -> bool | Unsettled | None:
    """Whether the years of legal stay without interruption are complete, counted strictly and broadly.

    Half of a period counts as half of its days. Whether the months under temporary protection count is disputed: where
    the law does not say, the answer is open only if both ways of counting differ.
    """
    found, years = periods(world, moment), moment.value("ltr.years")
    if found is None:
        return Unsettled.FACTS
    if years is None:
        return None if since(found, moment.on) else False
    granted = world["asylum_state"] == "granted"
    ways = {
        complete(found, moment, years, granted=granted, broad=broad)
        for broad in broad_or_strict(moment)
    }
    return ways.pop() if len(ways) == 1 else None


def complete(
    found: Sequence[Period], moment: Moment, years: int, *, granted: bool, broad: bool
) -> bool:
    """Whether the years are complete, with (broad) or without the time under temporary protection."""
    start = since(found, moment.on)
    if start is None:
        return False
    away = lost(found, start, moment, granted=granted, broad=broad)
    return add_months(start + away, 12 * years) <= moment.on


def broad_or_strict(moment: Moment) -> tuple[bool, ...]:
    """Whether months under temporary protection count: as the law says, else both ways."""
    counts = moment.value("count.ltr.tp_months")
    return (True, False) if counts is None else (counts,)


def lost(
    found: Sequence[Period], start: date, moment: Moment, *, granted: bool, broad: bool
) -> timedelta:
    """The days since the start that do not count; where two titles run, the better one counts."""
    bounds = sorted(
        {start, moment.on}
        | {
            day
            for _, first, last in found
            for day in (first, last + ONE_DAY if last < date.max else last)
            if start < day < moment.on
        }
    )
    halves = 0
    for begin, end in pairwise(bounds):
        here = [each for each in found if each[1] <= begin <= each[2]]
        best = max(weight(each, moment, granted=granted, broad=broad) for each in here)
        halves += (2 - best) * (end - begin).days
    return timedelta(days=-(-halves // 2))


def weight(period: Period, moment: Moment, *, granted: bool, broad: bool) -> int:
    """How much of a period counts, in halves."""
    title, first, last = period
    if title in NOT_COUNTED or (title in PROTECTED_OR_ASKED and not broad):
        return 0
    if title == ASYLUM:
        months = moment.value(WHOLE_AFTER_MONTHS)
        long = min(last, moment.on) + ONE_DAY > add_months(first, months)
        return (2 if long else 1) if granted else 0
    return 1 if title in HALF else 2


def in_scope(world: World, moment: Moment) -> bool | Unsettled | None:
    """Whether no title runs that lies outside the Directive."""
    found = periods(world, moment)
    if found is None:
        return Unsettled.FACTS
    titles = running(found, moment.on)
    if titles & OUT_OF_SCOPE:
        return False
    return moment.value("ltr.open_under_tp") if titles & PROTECTED else True


def short_absences(world: World, moment: Moment) -> bool | Unsettled | None:
    """Whether every absence within the five years was shorter than six months, counted from the day of departure."""
    months = moment.value("ltr.absence_longest_below_months")
    away = absences(world, moment, "ltr.years")
    if away is None:
        return Unsettled.FACTS
    if months is None:
        return None
    surely = any(back >= add_months(left, months) for left, back in shortest(away))
    perhaps = any(back >= add_months(left, months) for left, back in longest(away))
    return Unsettled.FACTS if surely != perhaps else not surely


def few_absences(world: World, moment: Moment) -> bool | Unsettled | None:
    """Whether all absences within the five years make ten months at most, thirty days to a month."""
    months = moment.value("ltr.absence_total_max_months")
    away = absences(world, moment, "ltr.years")
    if away is None:
        return Unsettled.FACTS
    if months is None:
        return None
    least = sum(days_away(left, back) for left, back in shortest(away))
    most = sum(days_away(left, back) for left, back in longest(away))
    few, many = least <= 30 * months, most <= 30 * months
    return Unsettled.FACTS if few != many else few


Away = tuple[tuple[date, date], tuple[date, date]]
"""An absence: the first and last day of departure that may be, and the same of the return."""


def absences(world: World, moment: Moment, term: str) -> list[Away] | None:
    """The absences, cut to the years of a term before the day; None where one is not known or known in part."""
    stated = world.get("absences")
    years = moment.value(term) or 5
    window = add_months(moment.on, -12 * years)
    if stated is None:
        return None
    found = []
    for record in map(dict, as_records(stated)):
        one = away_of(record, window, moment.on)
        if one is None:
            return None
        found.append(one)
    return found


def away_of(record: Mapping[str, Any], window: date, on: date) -> Away | None:
    """One absence within the window; who is still away is so until the day that is asked about."""
    left, back = record.get("left_on"), record.get("back_on")
    if not isinstance(left, Days) or back is None:
        return None
    ends = (on, on) if back == NONE else (back.first, back.last)
    within = [min(max(day, window), on) for day in (left.first, left.last, *ends)]
    return (within[0], within[1]), (within[2], within[3])


def shortest(away: list[Away]) -> list[tuple[date, date]]:
    """Each absence as short as it may have been."""
    return [(left[1], max(left[1], back[0])) for left, back in away]


def longest(away: list[Away]) -> list[tuple[date, date]]:
    """Each absence as long as it may have been."""
    return [(left[0], max(left[0], back[1])) for left, back in away]


def days_away(left: date, back: date) -> int:
    """The days between departure and return; both of them are days in Belgium (absence_days)."""
    return max((back - left).days - 1, 0)


def means_enough(world: World, moment: Moment) -> bool | None:
    """Whether the means reach the amount for the person and each dependant."""
    person, each = (moment.value(f"ltr.means.month_{who}") for who in ("person", "dependant"))
    if person is None or (each is None and world["dependants"]):
        return None
    return bool(world["means_month"] >= person + (each or 0) * world["dependants"])


def means_edges(name: str, known: Mapping[str, Any], moment: Moment) -> list[float]:
    """The amounts, or numbers of dependants, at which the means begin or cease to be enough."""
    person, each = (moment.value(f"ltr.means.month_{who}") for who in ("person", "dependant"))
    if person is None:
        return [1] if name == "dependants" else []
    if name == "means_month":
        count = known.get("dependants")
        return [person + (each or 0) * n for n in (range(3) if count is None else [count])]
    means = known.get("means_month")
    if not each:
        return [1]
    return [1, 2] if means is None else [1, max(0, int((means - person) // each) + 1)]
