"""Age on leaving Ukraine, asked only by the rule proposed in June 2026 on men liable to military service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from perron.rules.expressions import World
from perron.rules.facts import FIRST_DAY, LAST_DAY, NONE, Days
from perron.rules.moments import Moment
from perron.rules.terms import Derived, Key, Marks, fact
from perron.vocabulary.intervals import add_months, completed_years, latest_start

BORN, LEFT = "birth_date", "left_ua_on"
ANY_DAY, ONE_DAY = Days(FIRST_DAY, LAST_DAY), timedelta(days=1)

LOW, HIGH, RESERVE = "tp_m.age_min", "tp_m.age_max", "tp_m.reserve_age_min"
RULES = ((LOW, HIGH), (RESERVE, LOW))
"""Both rules ask the same age, and tell the same people apart."""


def between(low_key: str, high_key: str) -> Derived:
    """Whether the completed years on the day of leaving lie between two ages, both included."""

    def test(world: World, moment: Moment) -> bool | None:
        if world[LEFT] == NONE:
            return False
        low, high = moment.value(low_key), moment.value(high_key)
        if low is None or high is None:
            return None
        return bool(low <= completed_years(world[BORN], world[LEFT]) <= high)

    def edges(name: str, known: Mapping[str, Any], moment: Moment) -> list[Any]:
        ages = [moment.value(low_key), (moment.value(high_key) or 0) + 1]
        other = known.get(LEFT if name == BORN else BORN)
        if not isinstance(other, Days) or None in ages:
            return []
        both = {other.first, other.last}
        if name == LEFT:
            return [add_months(day, 12 * age) for day in both for age in ages]
        return [latest_start(day, 12 * age) + ONE_DAY for day in both for age in ages]

    def alike(moments: tuple[Moment, ...], marks: Marks) -> Key:
        every = {
            (moment.value(low), moment.value(high)) for moment in moments for low, high in RULES
        }
        limits = tuple(sorted(limit for limit in every if None not in limit))
        return Sides(limits, marks[BORN], marks[LEFT])

    return Derived(
        f"{low_key} to {high_key} on leaving",
        needs=(BORN, LEFT),
        law=(low_key, high_key),
        compute=test,
        candidates=edges,
        alike=alike,
    )


@dataclass(frozen=True, slots=True)
class Sides:
    """Whether each age on leaving lies below, between or above two limits."""

    limits: tuple[tuple[int, int], ...]
    compared: tuple[date, ...]
    marks: tuple[date, ...]

    def __call__(self, known: World) -> tuple[Any, ...] | None:
        """The key of what is stated."""
        born, left = known[BORN], known[LEFT]
        ages = ages_on_leaving(born or ANY_DAY, left or ANY_DAY, self.compared, self.marks)
        if ages is None:
            return None
        found = [(age >= low) + (age > high) for low, high in self.limits for age in ages]
        return born is None, left is None, *found


def ages_on_leaving(
    born: Days | str,
    left: Days | str,
    compared: tuple[date, ...],
    marks: tuple[date, ...],
) -> tuple[int, ...] | None:
    """The least and the most years on each stretch of days on which somebody may have left; in between all are.

    A stretch ends where another condition compares the day (``marks``). None: there is no such day, or a birth date
    known in part is compared too.
    """
    if not isinstance(born, Days) or not isinstance(left, Days):
        return None
    if compared and born.first != born.last:
        return None
    cuts = [day for day in marks if left.first < day <= left.last]
    return tuple(
        age
        for first, after in pairwise((left.first, *cuts, left.last + ONE_DAY))
        for age in (
            completed_years(born.last, first),
            completed_years(born.first, after - ONE_DAY),
        )
    )


CONSCRIPTION_AGE = between(LOW, HIGH).is_(True)
RESERVE_AGE = fact("on_reserve_list").is_(True) & between(RESERVE, LOW).is_(True)
