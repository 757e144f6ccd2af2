"""What lies ahead of many people: whose right ends, what is open then, who reaches five years, what lasts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perron.rules.alike import alike, combinations
from perron.rules.belgium.counts import complete
from perron.rules.belgium.holding import held
from perron.rules.belgium.rulebook import belgium
from perron.rules.belgium.stays import ONE_DAY, PERIODS, periods, turning
from perron.rules.columns import People
from perron.rules.evaluate import answer
from perron.rules.expressions import World
from perron.rules.moments import Moment
from perron.rules.population import WORD, decided, months, parts
from perron.rules.routes import DURABLE, Route, Rulebook, bind
from perron.vocabulary.intervals import add_months
from perron.vocabulary.verdicts import UnknownBecause, Verdict

MONTHS = 24
"""How many months are looked ahead."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The last day of somebody's right, and how many routes have which verdict on the day after."""

    person: int
    until: date
    open: int
    authority: int
    unknown: int


def last_days(people: People, moment: Moment) -> list[date | None]:
    """The last day of the right to stay that each person has on the day; None: none is known, or it has no known end.

    One right that follows on another without a gap is one; temporary protection lasts as long as the scheme. Remembered
    with the people.
    """
    asked, key = (PERIODS, "tp_state"), ("last days", moment)
    found: list[date | None] | None = people.memory.get(key)
    if found is None:
        values, codes = combinations(people, asked)
        each_last = [last_day(dict(zip(asked, each, strict=True)), moment) for each in values]
        found = people.memory[key] = [each_last[code] for code in codes.tolist()]
    return found


def last_day(known: Mapping[str, Any], moment: Moment) -> date | None:
    """The last day of the right of one person; see ``last_days``."""
    until: date | None = None
    while True:
        found = periods(known, moment)
        routes = (route for route in on_day(moment.on) if route.holds_status)
        here = [held(route, found, known, moment) for route in routes]
        days = [each.until for each in here if each.holds]
        if not days:
            return until
        if None in days:
            return None
        until = max(day for day in days if day is not None)
        moment = moment.on_day(until + ONE_DAY)


@cache
def on_day(day: date) -> tuple[Route, ...]:
    """The routes of a day; remembered."""
    return tuple(belgium().on(day))


def endings(people: People, moment: Moment, days: int) -> list[Ending]:
    """Whose right ends within so many days, the fewest open routes first, then by the last day."""
    last = last_days(people, moment)
    until = moment.on + timedelta(days=days)
    some = {number: day for number, day in enumerate(last) if day and moment.on <= day <= until}
    after = [day + ONE_DAY for day in some.values()]
    counted = Tallied(people.some(list(some)), after, moment)
    found = [
        Ending(number, day, *(counted.of[verdict][place] for verdict in Tallied.VERDICTS))
        for place, (number, day) in enumerate(some.items())
    ]
    return sorted(found, key=lambda each: (each.open, each.authority, each.until, each.person))


class Tallied:
    """How many routes have which verdict for each of some people, each on a day of their own."""

    VERDICTS = (Verdict.YES, Verdict.AUTHORITY, Verdict.UNKNOWN)

    def __init__(self, people: People, days: Sequence[date], moment: Moment) -> None:
        """Ask all routes."""
        arrays = {verdict: np.zeros(people.size, np.int64) for verdict in self.VERDICTS}
        for _, rows, bits in on_own_days(belgium(), people, days, moment):
            for verdict in self.VERDICTS:
                arrays[verdict][rows] += bits[verdict]
        self.of = {verdict: each.tolist() for verdict, each in arrays.items()}


Bits = Mapping[Verdict, NDArray[np.int64]]


def on_own_days(
    rulebook: Rulebook, people: People, days: Sequence[date], moment: Moment
) -> Iterator[tuple[str, slice, Bits]]:
    """By route and for some people at a time: 1 where the verdict on their own day is this one."""
    different = sorted(set(days))
    for begin in range(0, len(different), WORD):
        some = different[begin : begin + WORD]
        places = np.array(
            [some.index(day) if some[0] <= day <= some[-1] else -1 for day in days], np.int64
        )
        for part in parts(rulebook, people, some, moment):
            rows = slice(part.first, part.first + part.size)
            mine = places[rows]
            shift = np.maximum(mine, 0).astype(np.uint64)
            for name, words in part.words.items():
                yes, no, authority = (
                    ((each >> shift) & np.uint64(1)).astype(np.int64) * (mine >= 0)
                    for each in decided(words, part.size)
                )
                unknown = (mine >= 0) - yes - no - authority
                yield name, rows, {
                    Verdict.YES: yes, Verdict.NO: no,
                    Verdict.AUTHORITY: authority, Verdict.UNKNOWN: unknown,
                }  # fmt: skip


def verdicts_on(route: str, people: People, days: Sequence[date], moment: Moment) -> list[Verdict]:
    """The verdict of one route for each person on a day of their own."""
    found = [Verdict.UNKNOWN] * people.size
    for _, rows, bits in on_own_days(only(frozenset({route})), people, days, moment):
        for verdict, each in bits.items():
            for place in np.flatnonzero(each).tolist():
                found[rows.start + place] = verdict
    return found


@cache
def only(routes: frozenset[str]) -> Rulebook:
    """The rulebook with these routes alone."""
    whole = belgium()
    return replace(whole, routes=tuple(each for each in whole.routes if each.id in routes))


class Lasting(StrEnum):
    """Whether a lasting route opens for somebody, and if not, why."""

    NOW = "now"
    LATER = "later"
    FACTS = "facts"
    LAW = "law"
    NEVER = "never"


def lasting(people: People, moment: Moment) -> list[Lasting]:
    """Whether a lasting route is open to each person today, or within the months ahead; else why none is.

    Facts: an answer turns on a fact that is not known. Law: on the law alone. Never: every answer is no.
    """
    days = (moment.on, *months(add_months(moment.on, 1), MONTHS))
    open_on = np.zeros(people.size, np.uint64)
    for part in parts(only(DURABLE), people, days, moment):
        for words in part.words.values():
            yes, _, authority = decided(words, part.size)
            open_on[part.first : part.first + part.size] |= yes | authority
    open_on &= np.uint64((1 << len(days)) - 1)
    codes, why = reasons(people, moment)
    found = np.array([*why, Lasting.LATER, Lasting.NOW], object)[codes]
    found[open_on > 0] = Lasting.LATER
    found[(open_on & np.uint64(1)) > 0] = Lasting.NOW
    return list(found)


def reasons(people: People, moment: Moment) -> tuple[Any, list[Lasting]]:
    """Groups of people alike on the day, and for each of them why no lasting route is open on it."""
    here = [bind(route, moment) for route in only(DURABLE).on(moment.on)]
    bounds = {one.leaf: one for each in here for c in each.plan.clusters for one in c.bounds}
    codes, first = alike(tuple(bounds), [tuple(bounds.values())], (moment,), people)
    return codes, [reason(people.person(person), moment) for person in first.tolist()]


def reason(known: Mapping[str, Any], moment: Moment) -> Lasting:
    """Why no lasting route is open to one person."""
    rulebook = only(DURABLE)
    found = {
        answer(route, known, moment, rulebook, explained=False).unknown_because
        for route in rulebook.on(moment.on)
    }
    if found & {UnknownBecause.FACTS, UnknownBecause.BOTH}:
        return Lasting.FACTS
    return Lasting.LAW if UnknownBecause.LAW in found else Lasting.NEVER


@dataclass(frozen=True, slots=True)
class Reached:
    """How many people complete the years of legal stay in each month; ``before``: those who have on the day.

    Strict without the time under temporary protection, broad with it. ``unknown``: of whom no stay is known.
    """

    months: tuple[date, ...]
    strict: tuple[int, ...]
    broad: tuple[int, ...]
    before: tuple[int, int]
    unknown: int


def reached(people: People, moment: Moment) -> Reached:
    """Count who completes the years in the months ahead, this one among them (Dir. 2003/109 art. 4)."""
    asked = (PERIODS, "asylum_state")
    values, codes = combinations(people, asked)
    sizes = np.bincount(codes, minlength=len(values)).tolist()
    firsts = months(moment.on, MONTHS)
    counts = {way: dict.fromkeys(firsts, 0) for way in (False, True)}
    before, unknown = {False: 0, True: 0}, 0
    for each, size in zip(values, sizes, strict=True):
        known = dict(zip(asked, each, strict=True))
        if periods(known, moment) is None:
            unknown += size
            continue
        for broad in (False, True):
            day = completed_on(known, moment, broad=broad)
            if day == moment.on:
                before[broad] += size
            elif day is not None and day.replace(day=1) in counts[broad]:
                counts[broad][day.replace(day=1)] += size
    return Reached(
        firsts, tuple(counts[False].values()), tuple(counts[True].values()),
        (before[False], before[True]), unknown,
    )  # fmt: skip


def completed_on(known: Mapping[str, Any], moment: Moment, *, broad: bool) -> date | None:
    """The first day, from this one on, on which the years are complete; None: not as the facts and the law stand."""

    def test(world: World, at: Moment) -> bool | None:
        found, years = periods(world, at), at.value("ltr.years")
        if found is None or years is None:
            return None
        granted = world.get("asylum_state") == "granted"
        return complete(found, at, years, granted=granted, broad=broad)

    days = turning((PERIODS,), known, moment, test, ("ltr.years",), months=MONTHS)
    world = dict(known)
    return next((day for day in sorted(days) if test(world, moment.on_day(day))), None)
