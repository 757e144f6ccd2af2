"""What settlement (Act art. 14) and nationality (Code art. 7bis) are counted by: stay, registration, absences."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from perron.rules.belgium.counts import absences, days_away, longest, shortest
from perron.rules.belgium.stays import (
    ONE_DAY,
    PERIODS,
    PROTECTED,
    Test,
    counted,
    periods,
    since,
    turning,
)
from perron.rules.binding import Unsettled
from perron.rules.expressions import World
from perron.rules.facts import NONE, Days
from perron.rules.moments import Moment
from perron.rules.terms import Atom, Derived
from perron.vocabulary.intervals import add_months, latest_start

SETTLEMENT_COUNTS, NATIONALITY_COUNTS = "count.settlement.tp_months", "count.nationality.tp_months"
TERM = "nationality.years"
SHORT = frozenset({"short_stay", "tp_requested", "asylum_applicant", "medical_9ter_pending"})
"""No permission to stay longer than three months: an orange card and an annex 26 do not count (belgium.md §2.7)."""

ENTRY, REMOVAL = "register_entry_on", "ex_officio_removed_on"


def years_of_stay(years_key: str, counts_key: str, left_out: frozenset[str]) -> Test:
    """Whether stay without a gap has lasted the years; whether temporary protection counts is for the law."""

    def test(world: World, moment: Moment) -> bool | Unsettled | None:
        found, years, counts = (
            periods(world, moment),
            moment.value(years_key),
            moment.value(counts_key),
        )
        if found is None:
            return Unsettled.FACTS
        ways = set()
        for counted_too in (True, False) if counts is None else (counts,):
            dropped = left_out if counted_too else left_out | PROTECTED
            start = since([each for each in found if each[0] not in dropped], moment.on)
            full = start is not None and years is not None
            ways.add(full and add_months(start or moment.on, 12 * (years or 0)) <= moment.on)
        if ways != {False} and years is None:
            return None
        return ways.pop() if len(ways) == 1 else None

    return test


def years_settled(years_key: str = "settlement.years") -> Atom:
    """Regular stay without interruption; an arrival declaration and an orange card are regular too."""
    test = years_of_stay(years_key, SETTLEMENT_COUNTS, frozenset())
    return counted(f"regular stay, {years_key}", test, PERIODS, law=(years_key, SETTLEMENT_COUNTS))


def years_of_longer_stay(years_key: str) -> Atom:
    """Stay of more than three months without interruption."""
    test = years_of_stay(years_key, NATIONALITY_COUNTS, SHORT)
    return counted(f"longer stay, {years_key}", test, PERIODS, law=(years_key, NATIONALITY_COUNTS))


def registered(world: World, moment: Moment) -> bool | None:
    """Whether the years of registration are complete; a removal after the entry ends them."""
    entry, removal, years = world[ENTRY], world[REMOVAL], moment.value(TERM)
    if entry == NONE or (removal != NONE and entry <= removal <= moment.on):
        return False
    return None if years is None else bool(add_months(entry, 12 * years) <= moment.on)


def registered_edges(name: str, known: Mapping[str, Any], moment: Moment) -> list[date]:
    """The days of entry and removal at which the registration becomes too short, or ends."""
    years = moment.value(TERM)
    other = known.get(REMOVAL if name == ENTRY else ENTRY)
    both = {other.first, other.last} if isinstance(other, Days) else set()
    if name == ENTRY:
        own = [] if years is None else [latest_start(moment.on, 12 * years) + ONE_DAY]
        return [*own, *(day + ONE_DAY for day in both)]
    return [moment.on + ONE_DAY, *both]


registered_for_the_term = Derived(
    "registered for the term",
    needs=(ENTRY, REMOVAL),
    law=(TERM,),
    compute=registered,
    candidates=registered_edges,
    turns=lambda known, moment: turning((ENTRY, REMOVAL), known, moment, registered, (TERM,)),
    moves=True,
).is_(True)


def no_absence_too_long(world: World, moment: Moment) -> bool | Unsettled | None:
    """Whether every absence within the term lasted at most the months of the law."""
    months, away = (
        moment.value("nationality.absence_longest_max_months"),
        absences(world, moment, TERM),
    )
    if away is None:
        return Unsettled.FACTS
    if months is None:
        return None
    surely = any(back > add_months(left, months) for left, back in shortest(away))
    perhaps = any(back > add_months(left, months) for left, back in longest(away))
    return Unsettled.FACTS if surely != perhaps else not surely


def few_days_away(world: World, moment: Moment) -> bool | Unsettled | None:
    """Whether all absences within the term make at most the share of the law of its days."""
    share, years = moment.value("nationality.absence_total_max_share"), moment.value(TERM)
    away = absences(world, moment, TERM)
    if away is None:
        return Unsettled.FACTS
    if share is None or years is None:
        return None
    most = share * (moment.on - add_months(moment.on, -12 * years)).days
    least, greatest = (
        sum(days_away(left, back) for left, back in each(away)) for each in (shortest, longest)
    )
    few, many = least <= most, greatest <= most
    return Unsettled.FACTS if few != many else few
