"""Conditions that are all about one and the same record of a list, such as one family member.

What asks the person or the law stands beside the record, so that it is asked by itself: for each set of such conditions
that are met, some record must meet what is then left. The answer is the same as for the conditions as they are written.
"""

from collections.abc import Sequence
from itertools import combinations

from perron.rules.expressions import (
    And,
    Cited,
    Constant,
    Expr,
    Not,
    Or,
    Weighed,
    children,
    either,
    every,
)
from perron.rules.terms import Atom, leaves, some

Part = tuple[Expr, frozenset[Expr]]


def of_one_record(name: str, conditions: Sequence[Expr]) -> Expr:
    """All conditions hold, for one and the same record of the list.

    Raises ValueError where a condition that is not about the record counts both as it is and turned round.
    """
    plain = [without_sources(each) for each in conditions]
    own = [each for each in plain if about(name, each)]
    outside = [each for each in plain if not about(name, each)]
    if not own:
        return every(*outside)
    beside = literals(name, every(*own))
    if twice := [each for each in beside if Not(each) in beside]:
        raise ValueError(twice)
    ways: list[Part] = []
    for size in range(len(beside) + 1):
        for met in map(frozenset, combinations(beside, size)):
            left = put(every(*own), met, frozenset(beside) - met)
            known = any(less <= met and left == other for other, less in ways)
            if left != Constant(value=False) and not known:
                ways.append((left, met))
    held = [every(*(one for one in beside if one in met), some(name, left)) for left, met in ways]
    return every(*outside, either(*held, Constant(value=False)) if len(held) != 1 else held[0])


def without_sources(expr: Expr) -> Expr:
    """The expression alone."""
    if isinstance(expr, Cited | Weighed):
        return without_sources(expr.part)
    if isinstance(expr, And):
        return And(tuple(map(without_sources, expr.parts)))
    if isinstance(expr, Or):
        return Or(tuple(map(without_sources, expr.parts)))
    return Not(without_sources(expr.part)) if isinstance(expr, Not) else expr


def about(name: str, expr: Expr) -> bool:
    """Whether a condition asks something of a record."""
    return any(one.partition(".")[0] == name for leaf in leaves(expr) for one in leaf.facts)


def literals(name: str, expr: Expr, *, turned: bool = False) -> list[Expr]:
    """What is asked beside the record, turned round where it counts so."""
    if isinstance(expr, Atom):
        return [] if about(name, expr) else [Not(expr) if turned else expr]
    swapped = turned is not isinstance(expr, Not)
    found = (literals(name, each, turned=swapped) for each in children(expr))
    return list(dict.fromkeys(one for each in found for one in each))


def put(expr: Expr, met: frozenset[Expr], unmet: frozenset[Expr]) -> Expr:
    """What is left of an expression where some conditions are met and others are not."""
    if expr in met or expr in unmet:
        return Constant(value=expr in met)
    if isinstance(expr, Not):
        return turned_round(put(expr.part, met, unmet))
    if isinstance(expr, Atom):
        opposite = Not(expr)
        return Constant(value=opposite not in met) if opposite in met | unmet else expr
    return joined(expr, [put(each, met, unmet) for each in children(expr)])


def turned_round(expr: Expr) -> Expr:
    """The opposite."""
    return Constant(value=not expr.value) if isinstance(expr, Constant) else Not(expr)


def joined(expr: Expr, parts: Sequence[Expr]) -> Expr:
    """All or at least one of some parts, without those that are settled."""
    if not isinstance(expr, And | Or):
        return expr
    stops = isinstance(expr, Or)
    if Constant(value=stops) in parts:
        return Constant(value=stops)
    left = tuple(each for each in parts if not isinstance(each, Constant))
    if len(left) < 2:  # noqa: PLR2004 - a chain has two parts
        return left[0] if left else Constant(value=not stops)
    return Or(left) if stops else And(left)
