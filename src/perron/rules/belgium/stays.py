"""Periods of stay as days: which titles run on a day, since when without a gap, and how much of that counts.

Conventions (facts.yaml): a period counts through its last day; a day without any title ends the count; the day n years
after a start completes n years. Temporary protection never outlasts the scheme.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import pairwise, product
from typing import Any

from perron.rules.binding import Unsettled
from perron.rules.domains import domain
from perron.rules.expressions import World
from perron.rules.facts import NONE, Days, complete, variables
from perron.rules.moments import Moment
from perron.rules.terms import Atom, Derived
from perron.vocabulary.intervals import add_months, latest_start

PERIODS = "stay_periods"
PROTECTED = frozenset({"tp", "tp_family"})
LIMITED = frozenset({
    "refugee", "subsidiary", "single_permit", "blue_card", "self_employed", "student", "search_year", "family_tcn",
    "family_eu_be", "humanitarian_9bis", "medical_9ter", "uam", "stateless", "trafficking", "other_limited",
})  # fmt: skip
"""Limited stays whose first card starts a count; temporary protection is not among them (belgium.md §2.7, §2.8)."""

BY_HALVES = frozenset({"student", "asylum_applicant"})
"""Periods of which half of the days may count (counts.py)."""

SCHEME_END = "tp.valid_to"
HORIZON = 12 * 20
"""How many months ahead a change of a count is looked for: longer than any count of the law."""

ONE_DAY = timedelta(days=1)
REMEMBERED = 10_000
"""How many lists of periods are kept in order."""

Test = Callable[[World, Moment], Any]
"""Whether something holds in a world on a day: true, false, None where the law is silent, or ``Unsettled.FACTS``."""

Period = tuple[str, date, date]
"""A title with its first and last day; one that still runs lasts until the end of time."""


def periods(world: World, moment: Moment) -> tuple[Period, ...] | None:
    """The periods of stay in order, or None where they are not known or known in part."""
    stated = world.get(PERIODS)
    return None if stated is None else in_order(stated, moment.value(SCHEME_END))


@lru_cache(REMEMBERED)
def in_order(stated: tuple[Any, ...], end: date | None) -> tuple[Period, ...] | None:
    """See ``periods``; remembered, as many conditions ask the same."""
    found = []
    for record in stated:
        period = period_of(dict(record), end)
        if period is None:
            return None
        if period[0] != "none":
            found.append(period)
    return tuple(sorted(found, key=lambda each: each[1:]))


def period_of(record: Mapping[str, Any], end: date | None) -> Period | None:
    """One period, or None where its title or a day of it is not known."""
    title, first, last = record.get("title"), record.get("from"), record.get("to")
    if title is None or not isinstance(first, Days) or last is None:
        return None
    until = date.max if last == NONE else last.last
    if title in PROTECTED and end is not None:
        until = min(until, end)
    return title, first.first, until


def running(found: Sequence[Period], on: date) -> set[str]:
    """The titles that run on a day, the last day included."""
    return {title for title, first, last in found if first <= on <= last}


def since(found: Sequence[Period], on: date) -> date | None:
    """The first day of the stay that runs on a day without a gap; None where none runs."""
    start, day = None, on
    while here := [first for _, first, last in found if first <= day <= last]:
        start = min(here)
        day = start - ONE_DAY
    return start


def years_with(titles: frozenset[str], key: str) -> Test:
    """Whether stay with these titles, one after the other without a gap, has lasted the years of a parameter."""

    def test(world: World, moment: Moment) -> bool | Unsettled | None:
        found, years = periods(world, moment), moment.value(key)
        if found is None:
            return Unsettled.FACTS
        start = since([each for each in found if each[0] in titles], moment.on)
        if start is None:
            return False
        return None if years is None else add_months(start, 12 * years) <= moment.on

    return test


def years_from(name: str, titles: frozenset[str], key: str) -> Test:
    """Whether the years of a parameter have passed since the day of a fact, while one of these titles runs."""

    def test(world: World, moment: Moment) -> bool | Unsettled | None:
        found, years, start = periods(world, moment), moment.value(key), world[name]
        if start == NONE:
            return False
        if years is not None and add_months(start, 12 * years) > moment.on:
            return False
        if found is None:
            return Unsettled.FACTS
        if not running(found, moment.on) & titles:
            return False
        return None if years is None else True

    return test


def counted(name: str, test: Test, *needs: str, law: tuple[str, ...] = ()) -> Atom:
    """A condition on periods of stay or absences, with the days on which it may turn."""
    return Derived(
        name,
        needs=needs,
        law=law,
        reading=(SCHEME_END,) if PERIODS in needs else (),
        compute=test,
        candidates=edges,
        turns=lambda known, moment: turning(needs, known, moment, test, law),
        moves=True,
        alike=lambda moments, _marks: cutting(moments, law),
    ).is_(True)


@dataclass(frozen=True, slots=True)
class Sides:
    """The side of each cut-off on which the days lie: all that a count of whole years asks of one single period.

    Of several periods, and of one that counts by halves, the days themselves matter: None. ``ons``: the days that are
    asked about; ``starts``: with them the last days from which a term of the law is complete on one.
    """

    ons: tuple[date, ...]
    starts: tuple[date, ...]

    def __call__(self, known: World) -> tuple[Any, ...] | None:
        """The key of what is stated."""
        found: list[Any] = []
        sign: Any
        for name, value in known.items():
            if isinstance(value, Days):
                sign = None if value.first != value.last else bisect_left(self.starts, value.first)
            elif name == PERIODS and value:
                sign = single(value, self.ons, self.starts)
            else:
                sign = None if isinstance(value, tuple) and value else ("as stated", value)
            if sign is None:
                return None
            found.append(sign)
        return tuple(found)


def single(
    stated: tuple[Any, ...], ons: tuple[date, ...], starts: tuple[date, ...]
) -> tuple[Any, ...] | None:
    """The key of one period that is known whole."""
    record = dict(stated[0])
    if len(stated) > 1 or not complete(stated[0]) or not record.keys() >= {"title", "from", "to"}:
        return None
    title, first, last = (record[name] for name in ("title", "from", "to"))
    until = len(ons) if last == NONE else bisect_left(ons, last.last + ONE_DAY)
    return None if title in BY_HALVES else (title, bisect_left(starts, first.first), until)


@cache
def cutting(moments: tuple[Moment, ...], law: tuple[str, ...]) -> Sides:
    """The cut-offs of some terms of the law on some days."""
    ons = sorted({moment.on for moment in moments})
    terms = {value for m in moments for key in law if type(value := m.value(key)) is int}
    starts = {latest_start(on, 12 * term) for on in ons for term in (0, *terms)}
    return Sides(tuple(ons), tuple(sorted(starts)))


def title_runs(*titles: str) -> Atom:
    """One of these titles runs on the day."""

    def test(world: World, moment: Moment) -> bool | Unsettled:
        found = periods(world, moment)
        return Unsettled.FACTS if found is None else bool(running(found, moment.on) & set(titles))

    return counted(f"title {', '.join(titles)}", test, PERIODS)


def years_on(*titles: str, count: str = "unlimited.years") -> Atom:
    """The years of a parameter are complete with these titles, one after the other without a gap."""
    test = years_with(frozenset(titles), count)
    return counted(f"years on {', '.join(sorted(titles))}", test, PERIODS, law=(count,))


def years_after(name: str, *titles: str, count: str = "unlimited.years") -> Atom:
    """The years of a parameter have passed since the day of a fact, and one of these titles runs."""
    test = years_from(name, frozenset(titles), count)
    words = f"years from {name}, now {', '.join(sorted(titles))}"
    return counted(words, test, PERIODS, name, law=(count,))


def edges(name: str, known: Mapping[str, Any], moment: Moment) -> list[Any]:
    """For a day that is not known: the first one from which a count of whole years is not complete."""
    del known
    return list(cut_offs(moment)) if name.endswith("_on") else []


@cache
def cut_offs(moment: Moment) -> tuple[date, ...]:
    """The days after which counts of whole years that begin are not complete on a day; remembered."""
    years = {moment.value(key) for key in ("unlimited.years", "ltr.years")} - {None}
    return tuple(latest_start(moment.on, 12 * each) + ONE_DAY for each in years)


def turning(
    needs: tuple[str, ...],
    known: Mapping[str, Any],
    moment: Moment,
    test: Test,
    law: tuple[str, ...],
    *,
    months: int = HORIZON,
) -> list[date]:
    """The days from this one on on which the answer turns, while the facts stay as they are.

    Between two days on which a period, an absence, a window or a value of the law begins or ends, a count only grows
    or only shrinks, so that the day of a turn is found by halving.
    """
    last = add_months(moment.on, months)
    own = {name: known[name] for name in needs if known.get(name) is not None}
    marks = {moment.on, last, *structural(own)}
    marks |= {day for key in (*law, SCHEME_END) for day in moment.turning_days(key)}
    marks |= {end + ONE_DAY} if (end := moment.value(SCHEME_END)) else set()
    ordered = sorted(day for day in marks if moment.on <= day <= last)
    found = list(ordered)
    for world in worlds(needs, own):
        for first, after in pairwise(ordered):
            found += turned(world, moment, test, (first, after - ONE_DAY))
    return found


def turned(world: World, moment: Moment, test: Test, span: tuple[date, date]) -> list[date]:
    """The day within a span on which the answer turns, if it does."""
    low, high = span
    before = test(world, moment.on_day(low))
    if test(world, moment.on_day(high)) == before:
        return []
    while high - low > ONE_DAY:
        middle = low + (high - low) // 2
        same = test(world, moment.on_day(middle)) == before
        low, high = (middle, high) if same else (low, middle)
    return [high]


def worlds(needs: tuple[str, ...], own: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What is stated as complete worlds: each end of what is known in part, all words of what is not known."""
    choices: list[list[Any]] = []
    for name in needs:
        declared, value = variables()[name], own.get(name)
        if isinstance(value, Days):
            choices.append(list({value.first, value.last}))
        elif value is None and not declared.records:
            choices.append(domain(declared, None, [], []))
        else:
            choices.append([value])
    for each in product(*choices):
        yield dict(zip(needs, each, strict=True))


def structural(known: Mapping[str, Any]) -> Iterator[date]:
    """The days on which something that is stated begins, ends, or leaves a window of five years."""
    for value in known.values():
        records = value if isinstance(value, tuple) else (((("on", value),)),)
        days = [one for each in records if isinstance(each, tuple) for _, one in pairs(each)]
        for day in days:
            if not isinstance(day, Days):
                continue
            for one in {day.first, day.last}:
                yield from (one, one + ONE_DAY)
                for months in (12, 18, 24, 60, 120):
                    late = add_months(one, months)
                    yield from (late, late + ONE_DAY)


def pairs(record: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """The fields of a record, nothing for anything else."""
    for each in record:
        if isinstance(each, tuple) and len(each) == 2:  # noqa: PLR2004 - a name and a value
            yield each
