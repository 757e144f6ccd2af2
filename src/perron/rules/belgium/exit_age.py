"""Age on leaving Ukraine, asked only by the rule proposed in June 2026 on men liable to military service."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any

from perron.rules.expressions import World
from perron.rules.facts import FIRST_DAY, LAST_DAY, NONE, Days
from perron.rules.moments import Moment
from perron.rules.terms import Derived, Marks, fact
from perron.vocabulary.intervals import add_months, completed_years, latest_start

BORN, LEFT = "birth_date", "left_ua_on"
ANY_DAY, ONE_DAY = Days(FIRST_DAY, LAST_DAY), timedelta(days=1)
LOW, HIGH, RESERVE = "tp_m.age_min", "tp_m.age_max", "tp_m.reserve_age_min"


def between(low_key: str, high_key: str) -> Derived:
    """Whether the completed years on the day of leaving lie between two ages, both included.

    Alike are those whose age lies below, between or above at both ends of each stretch of days on which they may have
    left; in between it only grows.
    """

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

    def alike(known: World, moments: tuple[Moment, ...], marks: Marks) -> tuple[Any, ...] | None:
        born, left = (known[name] or ANY_DAY for name in (BORN, LEFT))
        if NONE in (born, left) or (marks[BORN] and born.first != born.last):
            return None
        cuts = [day for day in marks[LEFT] if left.first < day <= left.last]
        ages = [
            age
            for first, after in pairwise((left.first, *cuts, left.last + ONE_DAY))
            for age in (
                completed_years(born.last, first),
                completed_years(born.first, after - ONE_DAY),
            )
        ]
        limits = {(moment.value(low_key), moment.value(high_key)) for moment in moments}
        return tuple(
            (age >= low) + (age > high)
            for low, high in sorted(limit for limit in limits if None not in limit)
            for age in ages
        )

    return Derived(
        f"{low_key} to {high_key} on leaving",
        needs=(BORN, LEFT),
        law=(low_key, high_key),
        compute=test,
        candidates=edges,
        alike=alike,
    )


CONSCRIPTION_AGE = between(LOW, HIGH).is_(True)
RESERVE_AGE = fact("on_reserve_list").is_(True) & between(RESERVE, LOW).is_(True)
