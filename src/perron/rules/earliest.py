"""The first day on which a route opens while the facts stay as they are: a date, never, or it depends on facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from perron.rules.evaluate import Matter, on_what, with_presumptions
from perron.rules.exact import ONLY, situation
from perron.rules.facts import FIRST_DAY, LAST_DAY, Days, Stated, as_records, variables
from perron.rules.moments import Moment
from perron.rules.routes import Bound, Route, bind
from perron.rules.terms import Atom, Clock, Derived, Leaf, Param, Some, Today, leaves
from perron.vocabulary.intervals import add_months
from perron.vocabulary.verdicts import Verdict

ONE_DAY = timedelta(days=1)


class EarliestKind(StrEnum):
    """How the question for the first day is answered."""

    DATE = "date"
    NEVER = "never"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class Earliest:
    """The first day of a verdict, yes or else authority; ``closes``: the last day before it ceases, as known now.

    ``facts`` and ``law``: what it depends on, with ``DEPENDS``.
    """

    kind: EarliestKind
    day: date | None = None
    verdict: Verdict | None = None
    facts: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    closes: date | None = None


def earliest(route: Route, known: Stated, moment: Moment, *, explained: bool = True) -> Earliest:
    """The first day on or after the day that is asked about on which the answer is yes.

    Where it is never yes: the first day on which an authority decides. The facts stay as they are, and a title that
    runs goes on. A date: on that day the answer is certain, and on no day before it could have been. Never: on no
    day, whatever the unknown facts are. Depends: on some day it could be, and facts or the law decide whether; which
    ones is told where it is ``explained``.
    """
    days = turning(route, known, moment)
    for verdict in (Verdict.YES, Verdict.AUTHORITY):
        found = first(route, known, moment, days, verdict, explained=explained)
        if found.kind is not EarliestKind.NEVER:
            return found
    return Earliest(EarliestKind.NEVER)


def first(
    route: Route,
    known: Stated,
    moment: Moment,
    days: tuple[date, ...],
    verdict: Verdict,
    *,
    explained: bool,
) -> Earliest:
    """The first day on which a verdict can be."""
    for place, day in enumerate(days):
        at = replace(moment, on=day)
        truths, matter = truths_on(route, known, at, verdict, explained=explained)
        if truths == ONLY[False]:
            continue
        if truths == ONLY[True]:
            closes = closing(route, known, moment, days[place + 1 :], verdict)
            return Earliest(EarliestKind.DATE, day, verdict, closes=closes)
        return Earliest(EarliestKind.DEPENDS, None, verdict, matter.facts, matter.law)
    return Earliest(EarliestKind.NEVER)


def closing(
    route: Route, known: Stated, moment: Moment, days: tuple[date, ...], verdict: Verdict
) -> date | None:
    """The last day before the verdict is certainly over, where it ends at all."""
    for day in days:
        at = replace(moment, on=day)
        truths, _ = truths_on(route, known, at, verdict, explained=False)
        if truths == ONLY[False]:
            return day - ONE_DAY
        if truths != ONLY[True]:
            return None
    return None


def truths_on(
    route: Route, known: Stated, moment: Moment, verdict: Verdict, *, explained: bool
) -> tuple[frozenset[bool], Matter]:
    """Whether the verdict can be and can not be on a day, and where both, what that turns on."""
    here = bind(route, moment)
    taken, _ = with_presumptions(here, known)
    found = situation(here.plan, taken)
    node = (here.yes if verdict is Verdict.YES else here.authority).node
    truths = found.can(node)
    tell = explained and len(truths) > 1
    return truths, on_what(here, found, taken) if tell else Matter()


def turning(route: Route, known: Stated, moment: Moment) -> tuple[date, ...]:
    """The days, from the one that is asked about, on which the answer may change; between them it cannot."""
    here = bind(route, moment)
    taken, _ = with_presumptions(here, known)
    days = {moment.on}
    for leaf in all_leaves(here):
        days |= set(of_leaf(leaf, taken, here))
    latest = date(LAST_DAY.year, 1, 1)
    return tuple(sorted(day for day in days if moment.on <= day < latest))


def all_leaves(here: Bound) -> Iterator[Leaf]:
    """The leaves of a route, and those inside conditions on records."""
    for leaf in here.plan.leaves:
        yield leaf
        if isinstance(leaf, Some):
            yield from leaves(leaf.part)


def of_leaf(leaf: Leaf, known: dict[str, Any], here: Bound) -> Iterator[date]:
    """The days on which one condition may turn."""
    if isinstance(leaf, Some):
        return
    moment = here.moment
    for key in leaf.params:
        yield from moment.turning_days(key)
    if isinstance(leaf.term, Derived):
        yield from leaf.term.turns(known, moment)
    elif isinstance(leaf.term, Today):
        for day in thresholds(leaf, moment):
            yield from (day, day + ONE_DAY)
    elif isinstance(leaf.term, Clock):
        marks = [*days_of(leaf.term.since, known), *edges(leaf.term.since, here)]
        for count in thresholds(leaf, moment):
            for day in marks:
                for whole in (count, count + 1):
                    done = add_months(day, int(whole) * leaf.term.months)
                    yield from (done - ONE_DAY, done, done + ONE_DAY)


def thresholds(leaf: Atom, moment: Moment) -> list[Any]:
    """Every value that a comparison may have, on whatever day."""
    if not isinstance(leaf.than, Param):
        return [leaf.than]
    return [row.value for row in moment.rows(leaf.than.key) if row.value is not None]


def days_of(name: str, known: Mapping[str, Any]) -> Iterator[date]:
    """The first and last day that a fact may be, in every record where it is a field."""
    base, _, part = name.partition(".")
    values = [known.get(name)]
    if part and variables()[base].kind == "list":
        values = [dict(each).get(part) for each in as_records(known.get(base))]
    for value in values:
        if isinstance(value, Days):
            yield from (value.first, value.last)


def edges(name: str, here: Bound) -> Iterator[date]:
    """The fixed days with which other conditions compare the same fact: an unknown day may lie between."""
    for leaf in all_leaves(here):
        if isinstance(leaf, Atom) and leaf.facts == (name,) and not isinstance(leaf.term, Clock):
            for day in thresholds(leaf, here.moment):
                if isinstance(day, date) and day > FIRST_DAY:
                    yield from (day, day + ONE_DAY)
