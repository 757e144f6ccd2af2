"""Each condition of each route has a case that notices when it is turned round, left out or taken for granted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest
from routes_of_the_law import CASES, ROUTES, asked, conditions, verdict

from perron.rules.expressions import And, Cited, Constant, Expr, Not, Or, children
from perron.rules.routes import Route
from perron.rules.terms import Atom, Some

TABLE = "tp"
"""Its rows are turned round in test_temporary_protection.py."""

ONCE_KNOWN = [
    ("self_employed", "Card granted, money there", {"self_employed.means.month": 3000}, "authority"),
    ("self_employed", "Card granted, money there", {"self_employed.means.month": 3001}, "no"),
    ("blue_card", "A short higher diploma, experience in ICT", {"bluecard.ict_experience_years": 8}, "yes"),
    ("blue_card", "A short higher diploma, experience in ICT", {"bluecard.ict_experience_years": 9}, "no"),
    ("family_tcn_unlimited", "Family of a refugee, within six months", {"family.window_frees_from_wait": True}, "yes"),
    ("family_tcn_unlimited", "Family of a refugee, within six months", {"family.window_frees_from_wait": False}, "no"),
    ("family_eu_be", "Mother of a Belgian child", {"family.parent_of_minor_freed": True}, "yes"),
    ("family_eu_be", "Mother of a Belgian child", {"family.parent_of_minor_freed": False}, "no"),
]  # fmt: skip
"""Cases on what the law does not say, as they would be answered once the law desk had entered it."""

ENTERED = [
    (name, {**case, "entered": law, "verdict": expected})
    for route, title, law, expected in ONCE_KNOWN
    for name, case in CASES
    if (name, case["case"]) == (route, title)
]


@dataclass(frozen=True)
class Mutant:
    """A route with one condition changed."""

    name: str
    route: Route

    def noticed(self) -> bool:
        """Whether some case is answered otherwise: by its verdict, its first day or the conditions that are named."""
        own = [case for name, case in (*CASES, *ENTERED) if name == self.route.id]
        return any(verdict(self.route, case) != case["verdict"] for case in own) or any(
            differs(self.route, case) for case in own if "entered" not in case
        )


def differs(route, case):
    if not {"earliest", "because"} & set(case):
        return False
    finding, first = asked(route, case)
    other_day = "earliest" in case and str(first.day or first.kind) != str(case["earliest"])
    return other_day or not set(case.get("because", ())) <= conditions(finding)


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
    unseen = [each.name for each in mutants() if each.route.id == route and not each.noticed()]
    assert unseen == []


@pytest.mark.parametrize(("route", "case"), ENTERED)
def test_what_the_law_does_not_say_is_answered_once_it_is_entered(route, case):
    assert verdict(ROUTES[route], {**case, "entered": {}}) == "unknown"
    assert verdict(ROUTES[route], case) == case["verdict"]


def test_each_such_case_stands_among_the_cases_of_its_route():
    assert len(ENTERED) == len(ONCE_KNOWN)


def test_a_condition_without_a_case_is_found():
    route = ROUTES["trafficking_victim"]
    other = ROUTES["student"].conditions[3]
    planted = replace(route, conditions=(*route.conditions, other))
    assert not Mutant(
        "planted", with_part(planted, 3, replace(other, part=Constant(value=True)))
    ).noticed()
