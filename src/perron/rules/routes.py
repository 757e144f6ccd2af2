"""A route of the law: its conditions in the order of the articles, and when its answer is yes, no or an authority's."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Generic, TypeVar

from perron.rules.binding import Node, numbered
from perron.rules.expressions import Cited, Constant, Expr, Not, Weighed, children, every
from perron.rules.law import KNOWN_UNTIL
from perron.rules.moments import Moment
from perron.rules.one_record import of_one_record
from perron.rules.regions import Plan, plan
from perron.rules.terms import Leaf

DURABLE = frozenset({"ltr_eu", "unlimited_stay", "settlement_k", "nationality", "naturalisation"})
"""The routes that last."""


@dataclass(frozen=True, slots=True)
class Route:
    """What must hold for filing or keeping a route, from a day on.

    ``capped``: an authority decides in the end, so that the answer is never yes; what it weighs or the person claims
    stands in the way only where it is known to be false. ``discretion``: stands in for the first condition, and then
    the authority decides. ``of_one``: a list, such as family_links: all conditions are about one and the same record
    of it. ``explains``: said with a no where it holds; ``says``: said with any answer where it holds.
    A later version of a route has a later ``valid_from``; the earlier one stays for the days before.
    """

    id: str
    conditions: tuple[Expr, ...]
    capped: bool = False
    discretion: Expr | None = None
    table: tuple[Expr, Expr] | None = None
    of_one: str = ""
    holds_status: tuple[str, ...] = ()
    explains: tuple[Cited, ...] = ()
    says: tuple[Cited, ...] = ()
    valid_from: date = field(default=date(2022, 3, 4))

    @property
    def yes(self) -> Expr:
        """When the answer is yes."""
        if self.table:
            return self.table[0]
        if self.of_one:
            return of_one_record(self.of_one, self.conditions)
        return Constant(value=False) if self.capped else every(*self.conditions)

    @property
    def authority(self) -> Expr:
        """When everything that can be checked is met and an authority decides the rest; never together with yes."""
        if self.table:
            return self.table[1]
        if self.capped:
            return every(*(weighed(each) for each in self.conditions))
        if self.discretion is None:
            return Constant(value=False)
        first, *others = self.conditions
        return every(Not(first), self.discretion, *others)


def weighed(condition: Expr) -> Expr:
    """A condition of a capped route: what is not checkable is weighed."""
    if isinstance(condition, Cited) and condition.kind != "checkable":
        return Weighed(condition)
    return condition


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The routes of one legal order, under a version that a finding keeps."""

    version: str
    routes: tuple[Route, ...]
    known_until: date = KNOWN_UNTIL

    def on(self, day: date) -> Iterator[Route]:
        """The version of each route that counts on a day."""
        for name in dict.fromkeys(route.id for route in self.routes):
            of_name = [one for one in self.routes if one.id == name and one.valid_from <= day]
            if of_name:
                yield max(of_name, key=lambda route: route.valid_from)


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A part of a route as text and as numbered leaves; an answer is explained along the branches."""

    expr: Expr
    node: Node
    parts: tuple["Branch", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A route on one day: the plan to decide it, and its branches to explain it."""

    route: Route
    moment: Moment
    plan: Plan
    yes: Branch
    authority: Branch
    explains: tuple[Branch, ...]
    says: tuple[Branch, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The variables that the answer may depend on."""
        return tuple(name for cluster in self.plan.clusters for name in cluster.names)


def bind(route: Route, moment: Moment) -> Bound:
    """Put the law of a day into a route; remembered, as the next person asks the same."""
    return bound_of(Identity(route), moment)


Kept = TypeVar("Kept")


class Identity(Generic[Kept]):
    """Something as the key of a memory: equal only to itself."""

    __slots__ = ("kept",)

    def __init__(self, kept: Kept) -> None:
        """Keep it, so that its identity stays its own."""
        self.kept = kept

    def __eq__(self, other: object) -> bool:
        """The same object."""
        return isinstance(other, Identity) and self.kept is other.kept

    def __hash__(self) -> int:
        """By identity."""
        return id(self.kept)


@cache
def bound_of(of: Identity[Route], moment: Moment) -> Bound:
    """See ``bind``."""
    route = of.kept
    yes, authority = route.yes, route.authority
    made = plan([yes, authority, *route.explains, *route.says], moment)
    known = {leaf: number for number, leaf in enumerate(made.leaves)}
    return Bound(
        route,
        moment,
        made,
        branch(yes, known),
        branch(authority, known),
        tuple(branch(each, known) for each in route.explains),
        tuple(branch(each, known) for each in route.says),
    )


@cache
def bound_alone(of: Identity[Route], moment: Moment, places: tuple[int, ...]) -> tuple[Plan, Node]:
    """Some conditions of a route on one and the same record, by their places: what decides them by themselves."""
    route = of.kept
    made = plan([of_one_record(route.of_one, [route.conditions[at] for at in places])], moment)
    return made, made.nodes[0]


def branch(expr: Expr, known: dict[Leaf, int]) -> Branch:
    """An expression with the parts it is explained along."""
    parts = tuple(branch(each, known) for each in children(expr))
    return Branch(expr, numbered(expr, known), parts)
