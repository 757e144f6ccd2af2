"""What is wrong with rules, proven over everybody there could be: needs the extra ``audit`` (Z3).

Faults: conditions that contradict one another, what can never hold, and what the rest says already. Beside them, not
faults but to be known: people without any durable route, and people alike but for nationality, origin or arrival whom
the rules treat differently, with the source of the difference.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Any

import z3

from perron.rules.expressions import Cited, Expr, Or, Weighed, children
from perron.rules.moments import Moment
from perron.rules.routes import DURABLE, Route, Rulebook
from perron.rules.symbols import Formula, Symbols
from perron.rules.terms import Ruling, Some, leaves

ALIKE_BUT_FOR = {
    "nationality": frozenset({"nationality"}),
    "origin": frozenset({"ua_permit", "ua_protection", "resided_in_ua_before_20220224"}),
    "arrival": frozenset({"left_ua_on", "lived_in_eu_before_20220224", "absence_reason_20220224"}),
}
EXAMPLES = 5
FAR_AHEAD = date(2190, 1, 1)

Needed = tuple[str, str, Formula]
"""A fact of an example, what it says, and that as a formula."""


class FoundKind(StrEnum):
    """What an audit can find; the first three are faults."""

    CONTRADICTION = "contradiction"
    NEVER = "never"
    IMPLIED = "implied"
    NO_ROUTE = "no_route"
    DIFFERENCE = "difference"


FAULTS = frozenset({FoundKind.CONTRADICTION, FoundKind.NEVER, FoundKind.IMPLIED})


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found: where, the conditions it is about, an example, and the sources."""

    kind: FoundKind
    route: str
    conditions: tuple[str, ...] = ()
    example: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()


def audit(
    rulebook: Rulebook, moment: Moment, durable: frozenset[str] = DURABLE
) -> tuple[Found, ...]:
    """Everything that is found on one day in one scenario; ``durable``: the routes that last."""
    routes = tuple(rulebook.on(moment.on))
    found: list[Found] = []
    for route in routes:
        found += of_route(route, moment)
    found += routes_implied(routes, moment)
    found += without_route([one for one in routes if one.id in durable], moment)
    found += differences(routes, moment)
    return tuple(found)


def possible(symbols: Symbols, *formulas: Formula) -> Any:  # noqa: ANN401 - a model of Z3
    """An example that meets all of these, or None where there can be none."""
    solver = z3.Solver()
    solver.add(*symbols.limits, *formulas)
    answer = solver.check()
    assert answer != z3.unknown
    return solver.model() if answer == z3.sat else None


def label(expr: Expr) -> str:
    """The sentence of a condition, or of the first one inside it."""
    if isinstance(expr, Cited):
        return expr.label
    return next((label(each) for each in children(expr) if label(each)), "")


def sources(*exprs: Expr) -> tuple[str, ...]:
    """Where conditions are written."""
    return tuple(dict.fromkeys(one.source.text for expr in exprs for one in cited(expr)))


def cited(expr: Expr) -> Iterator[Cited]:
    """The cited parts of an expression."""
    if isinstance(expr, Cited):
        yield expr
    for each in children(expr):
        yield from cited(each)


def in_force(expr: Expr, moment: Moment) -> bool:
    """Whether no ruling of the law puts a condition out of the question for everybody."""
    return all(
        moment.value(leaf.term.name) is not False
        for leaf in leaves(expr)
        if not isinstance(leaf, Some) and isinstance(leaf.term, Ruling)
    )


def of_route(route: Route, moment: Moment) -> Iterator[Found]:
    """What is wrong within one route."""
    symbols = Symbols(moment)
    conditions = [each.part if isinstance(each, Weighed) else each for each in route.conditions]
    formulas = [symbols.formula(each) for each in conditions]
    never, waiting = [], []
    for expr, formula in zip(conditions, formulas, strict=True):
        if possible(symbols, formula) is None:
            if comes_later(expr, moment):
                waiting.append(expr)
                continue
            never.append(expr)
            yield Found(FoundKind.NEVER, route.id, (label(expr),), (), sources(expr))
    pairs = list(combinations(zip(conditions, formulas, strict=True), 2))
    clashing = [
        (a, b) for (a, x), (b, y) in pairs
        if not {a, b} & {*never, *waiting} and possible(symbols, x, y) is None
    ]  # fmt: skip
    for a, b in clashing:
        yield Found(FoundKind.CONTRADICTION, route.id, (label(a), label(b)), (), sources(a, b))
    whole = z3.Or(symbols.formula(route.yes), symbols.formula(route.authority))
    sound = not never and not clashing and not waiting
    if sound and possible(symbols, whole) is None:
        yield Found(FoundKind.NEVER, route.id)
    if sound and route.table is None:
        yield from implied(route.id, conditions, formulas, symbols)
    for expr in (*conditions, *(each for each in (route.discretion,) if each is not None)):
        yield from alternatives(route.id, expr, symbols)


def comes_later(expr: Expr, moment: Moment) -> bool:
    """Whether a condition that asks the day alone holds from a later day on, as a rule that is not in force yet."""
    asks_day = not any(leaf.facts for leaf in leaves(expr))
    later = Symbols(replace(moment, on=FAR_AHEAD))
    return asks_day and possible(later, later.formula(expr)) is not None


def implied(
    name: str, conditions: Sequence[Expr], formulas: Sequence[Formula], symbols: Symbols
) -> Iterator[Found]:
    """Conditions that hold whenever the others do; what asks the day or the law alone says something on other days."""
    for place, expr in enumerate(conditions):
        if not any(leaf.facts for leaf in leaves(expr)):
            continue
        others = [one for at, one in enumerate(formulas) if at != place]
        if possible(symbols, *others, z3.Not(formulas[place])) is None:
            yield Found(FoundKind.IMPLIED, name, (label(expr),), (), sources(expr))


def alternatives(name: str, expr: Expr, symbols: Symbols) -> Iterator[Found]:
    """Ways among several that can never be taken, or that another way includes."""
    if isinstance(expr, Or):
        ways = [each for each in expr.parts if in_force(each, symbols.moment)]
        formulas = [symbols.formula(each) for each in ways]
        for place, (way, formula) in enumerate(zip(ways, formulas, strict=True)):
            if not label(way):
                continue
            others = formulas[:place] + formulas[place + 1 :]
            if possible(symbols, formula) is None:
                yield Found(FoundKind.NEVER, name, (label(way),), (), sources(way))
            elif others and possible(symbols, formula, z3.Not(z3.Or(*others))) is None:
                yield Found(FoundKind.IMPLIED, name, (label(way),), (), sources(way))
    for each in children(expr):
        yield from alternatives(name, each, symbols)


def routes_implied(routes: Sequence[Route], moment: Moment) -> Iterator[Found]:
    """Routes that are open to everybody to whom another one is."""
    symbols = Symbols(moment)
    opened = [
        (route, z3.Or(symbols.formula(route.yes), symbols.formula(route.authority)))
        for route in routes
    ]
    for (route, formula), (other, wider) in (
        pair for a, b in combinations(opened, 2) for pair in ((a, b), (b, a))
    ):
        if possible(symbols, formula) is None:
            continue
        if possible(symbols, formula, z3.Not(wider)) is None:
            yield Found(FoundKind.IMPLIED, route.id, (other.id,), (), sources(*route.conditions))


def without_route(routes: Sequence[Route], moment: Moment) -> Iterator[Found]:
    """The smallest sets of facts with which no durable route is open, whatever else is so."""
    symbols = Symbols(moment)
    opened = [z3.Or(symbols.formula(one.yes), symbols.formula(one.authority)) for one in routes]
    if not opened:
        return
    blocked: list[Formula] = []
    for _ in range(EXAMPLES):
        model = possible(symbols, z3.Not(z3.Or(*opened)), *blocked)
        if model is None:
            return
        core = smallest(symbols, model, opened)
        yield Found(FoundKind.NO_ROUTE, "", (), tuple((name, said) for name, said, _ in core))
        blocked.append(z3.Not(z3.And(*(formula for _, _, formula in core))))


def smallest(symbols: Symbols, model: Formula, opened: Sequence[Formula]) -> list[Needed]:
    """The facts of an example that are needed: without any one of them a route could be open."""
    needed = [
        (name, said, symbols.made[name] == model.eval(symbols.made[name], model_completion=True))
        for name, said in symbols.described(model)
    ]
    for one in list(needed):
        fewer = [each for each in needed if each is not one]
        if possible(symbols, z3.Or(*opened), *(formula for _, _, formula in fewer)) is None:
            needed = fewer
    return needed


def differences(routes: Sequence[Route], moment: Moment) -> Iterator[Found]:
    """Two people alike but for one thing, one of whom has a route that the other does not have."""
    for what, apart in ALIKE_BUT_FOR.items():
        for route in routes:
            one, other = Symbols(moment, "", apart), Symbols(moment, "'", apart)
            other.made = one.made
            opened = [
                z3.Or(each.formula(route.yes), each.formula(route.authority))
                for each in (one, other)
            ]
            other.limits += one.limits
            model = possible(other, opened[0], z3.Not(opened[1]))
            if model is None:
                continue
            named = {name for name in one.made if name.rstrip("'").partition("|")[0] in apart}
            example = tuple(pair for pair in both(one, other, model) if pair[0] in named)
            every = (each for one in (route.yes, *route.conditions) for each in cited(one))
            parts = [each for each in every if touches(each, apart)]
            yield Found(FoundKind.DIFFERENCE, route.id, (what,), example, sources(*parts))


def both(one: Symbols, other: Symbols, model: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - a model of Z3
    """What an example says of the facts of both people."""
    other.words |= one.words
    yield from other.described(model)


def touches(expr: Expr, apart: frozenset[str]) -> bool:
    """Whether a condition asks one of these facts."""
    return any(name in apart for leaf in leaves(expr) for name in leaf.facts)
