"""Each condition of each route has a case that notices when it is turned round, left out or taken for granted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest
from routes_of_the_law import CASES, ROUTES, asked, verdict

from perron.rules.expressions import And, Cited, Constant, Expr, Not, Or, children
from perron.rules.routes import Route
from perron.rules.terms import Atom, Some

TABLE = "tp"
"""Its rows are turned round in test_temporary_protection.py."""

EXCUSED = {
    "self_employed.means: means_month >= turned round": "which income is sufficient is not known",
    "blue_card.ict: ict_experience_years >= turned round": "how many years are asked is not known",
    "family_tcn_unlimited.wait: family.window_frees_from_wait is turned round": "whether it frees is not known",
    "family_eu_be.income: family.parent_of_minor_freed is turned round": "whether it frees is not known",
    "single_permit.offer: taken for granted": "the other conditions ask of the same offer",
    "blue_card.offer: taken for granted": "the other conditions ask of the same offer",
}
"""Changes that no case can notice, each with its reason."""


@dataclass(frozen=True)
class Mutant:
    """A route with one condition changed."""

    name: str
    route: Route

    def noticed(self) -> bool:
        """Whether some case is answered otherwise, by its verdict or its first day."""
        own = [case for name, case in CASES if name == self.route.id]
        return any(differs(self.route, case) for case in own)


def differs(route, case):
    if verdict(route, case) != case["verdict"]:
        return True
    if "earliest" not in case:
        return False
    first = asked(route, case)[1]
    return str(first.day or first.kind) != str(case["earliest"])


def parts_of(route: Route) -> Iterator[tuple[int, Expr]]:
    """The conditions by their places; what stands in for the first one last."""
    yield from enumerate(route.conditions)
    if route.discretion is not None:
        yield len(route.conditions), route.discretion


def with_part(route: Route, place: int, expr: Expr) -> Route:
    """The route with one condition replaced."""
    if place == len(route.conditions):
        return replace(route, discretion=expr)
    conditions = (*route.conditions[:place], expr, *route.conditions[place + 1 :])
    return replace(route, conditions=conditions)


def changed(expr: Expr, label: str) -> Iterator[tuple[str, Expr]]:
    """Every way in which one part of an expression is changed, with its name."""
    own = expr.label if isinstance(expr, Cited) else label
    if isinstance(expr, Cited):
        yield f"{own}: taken for granted", replace(expr, part=Constant(value=True))
    if isinstance(expr, Atom | Some):
        yield f"{own}: {named(expr)} turned round", Not(expr)
    if isinstance(expr, Or):
        for place, each in enumerate(expr.parts):
            gone = Or((*expr.parts[:place], Constant(value=False), *expr.parts[place + 1 :]))
            yield f"{own}: {named(each)} left out", gone
    for place, each in enumerate(children(expr)):
        for name, other in changed(each, own):
            yield name, put(expr, place, other)


def put(expr: Expr, place: int, other: Expr) -> Expr:
    """The expression with one of its parts replaced."""
    if isinstance(expr, And | Or):
        return replace(expr, parts=(*expr.parts[:place], other, *expr.parts[place + 1 :]))
    return replace(expr, part=other)


def named(expr: Expr) -> str:
    """A part in a few words."""
    if isinstance(expr, Atom):
        return f"{expr.term.name} {expr.op}"
    return next(
        (f"{'not ' if isinstance(expr, Not) else ''}{named(one)}" for one in children(expr)), ""
    )


@cache
def mutants() -> tuple[Mutant, ...]:
    """Every route with every condition changed."""
    return tuple(
        Mutant(name, with_part(route, place, other))
        for route in ROUTES.values()
        if route.id != TABLE
        for place, expr in parts_of(route)
        for name, other in changed(expr, "")
    )


@pytest.mark.parametrize("route", sorted(set(ROUTES) - {TABLE}))
def test_a_condition_that_is_changed_fails_a_case(route):
    unseen = [
        each.name
        for each in mutants()
        if each.route.id == route and each.name not in EXCUSED and not each.noticed()
    ]
    assert unseen == []


def test_nothing_is_excused_that_a_case_notices():
    found = {each.name: each for each in mutants()}
    assert set(EXCUSED) <= set(found)
    assert [name for name in EXCUSED if found[name].noticed()] == []


def test_a_condition_without_a_case_is_found():
    route = ROUTES["trafficking_victim"]
    other = ROUTES["student"].conditions[3]
    planted = replace(route, conditions=(*route.conditions, other))
    assert not Mutant(
        "planted", with_part(planted, 3, replace(other, part=Constant(value=True)))
    ).noticed()
