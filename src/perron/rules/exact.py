"""Whether an expression can be true and can be false, over every completion of what is not known: exact, no guess."""

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from perron.rules.binding import AND, NOT, OR, WEIGHED, Node, Outcome
from perron.rules.facts import Stated
from perron.rules.regions import Plan

BOTH = frozenset((True, False))
ONLY = {True: frozenset((True,)), False: frozenset((False,))}
TWO_WAYS: tuple[Outcome, ...] = ((True,), (False,))

Status = tuple[bool | None, ...]
"""The truth of each numbered leaf, None where it is open."""

Choice = tuple[tuple[int, ...], tuple[Outcome, ...]]
"""Leaves that hang together, and the ways in which they can come out."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the leaves of a plan can be for one person on one day.

    ``choice_of``: for each open leaf the place of its cluster. Clusters are independent of one another, so that every
    combination of their outcomes is possible. A leaf that its cluster leaves unsettled is free by itself.
    """

    status: Status
    choices: tuple[Choice, ...]
    choice_of: dict[int, int]

    def can(self, node: Node) -> frozenset[bool]:
        """The truths that an expression can have."""
        return self.over(residual(self.weighed(node), self.status), self.status, frozenset())

    def weighed(self, node: Node) -> Node:
        """The expression in which what an authority weighs stands in the way only where it is known to be false."""
        if isinstance(node, bool | int):
            return node
        kind, parts = node
        if kind == WEIGHED:
            return True in self.can(parts[0])
        return kind, tuple(self.weighed(each) for each in parts)

    def met(self, node: Node) -> Node:
        """The expression in which what an authority weighs counts where it is certain to hold, and else not at all."""
        if isinstance(node, bool | int):
            return node
        kind, parts = node
        if kind == WEIGHED:
            return parts[0] if self.can(parts[0]) == ONLY[True] else True
        return kind, tuple(self.met(each) for each in parts)

    def over(self, node: Node, status: Status, split: frozenset[int]) -> frozenset[bool]:
        """The truths of what is left of an expression, splitting it along what occurs more than once.

        Where nothing does, each open leaf can be either without touching another, so that both can happen.
        """
        if isinstance(node, bool):
            return ONLY[node]
        often = self.often(node, split)
        if often is None:
            return BOTH
        members, ways = often
        further_split = split | set(members)
        found: frozenset[bool] = frozenset()
        for way in ways:
            further = given(status, members, way)
            found |= self.over(residual(node, further), further, further_split)
            if found == BOTH:
                break
        return found

    def often(self, node: Node, split: frozenset[int]) -> Choice | None:
        """The cluster, or free leaf, that occurs most often, where one occurs more than once."""
        counted = Counter(self.own(number, split) for number in numbers(node))
        place, times = counted.most_common(1)[0]
        if times == 1:
            return None
        return self.choices[place] if place >= 0 else ((-place - 1,), TWO_WAYS)

    def own(self, number: int, split: frozenset[int]) -> int:
        """What a leaf hangs on: its cluster, or where that is split or has one way, itself (below zero)."""
        place = self.choice_of.get(number)
        return -number - 1 if place is None or number in split else place


def situation(plan: Plan, known: Stated) -> Situation:
    """What the leaves of a plan can be for a person of whom this is stated."""
    status: list[bool | None] = [None] * len(plan.leaves)
    choices: list[Choice] = []
    choice_of: dict[int, int] = {}
    for cluster in plan.clusters:
        ways = cluster.outcomes(known)
        first = ways[0]
        if len(ways) == 1:
            for number, truth in zip(cluster.numbers, first, strict=True):
                status[number] = truth if isinstance(truth, bool) else None
            continue
        for position, number in enumerate(cluster.numbers):
            truth = first[position]
            if isinstance(truth, bool) and all(way[position] is truth for way in ways):
                status[number] = truth
            choice_of[number] = len(choices)
        choices.append((cluster.numbers, ways))
    return Situation(tuple(status), tuple(choices), choice_of)


def knowing(here: Situation, kept: AbstractSet[int]) -> Situation:
    """The situation where of all that was known only some leaves are; every other can come out either way by itself."""
    status = tuple(truth if number in kept else None for number, truth in enumerate(here.status))
    choices = tuple(of_some(choice, kept) for choice in here.choices)
    return Situation(status, choices, {k: v for k, v in here.choice_of.items() if k in kept})


def of_some(choice: Choice, kept: AbstractSet[int]) -> Choice:
    """The ways in which some of the leaves that hang together can come out."""
    members, ways = choice
    places = [place for place, number in enumerate(members) if number in kept]
    own = dict.fromkeys(tuple(way[place] for place in places) for way in ways)
    return tuple(members[place] for place in places), tuple(own)


def given(status: Status, members: Sequence[int], way: Outcome) -> Status:
    """The status where leaves come out in one way; what that leaves unsettled stays open."""
    further = list(status)
    for number, truth in zip(members, way, strict=True):
        further[number] = truth if isinstance(truth, bool) else None
    return tuple(further)


def residual(node: Node, status: Status) -> Node:
    """What is left of an expression where the truth of some leaves is known."""
    if isinstance(node, bool):
        return node
    if isinstance(node, int):
        truth = status[node]
        return node if truth is None else truth
    kind, parts = node
    left = [residual(each, status) for each in parts]
    if kind in {NOT, WEIGHED}:
        inner = left[0]
        if isinstance(inner, bool):
            return inner is (kind == WEIGHED)
        return kind, (inner,)
    return joined(kind, left)


def joined(kind: str, parts: list[Node]) -> Node:
    """All or at least one of some parts, without those that change nothing."""
    stops = kind == OR
    if any(each is stops for each in parts):
        return stops
    left = tuple(each for each in parts if not isinstance(each, bool))
    if not left:
        return not stops
    return left[0] if len(left) == 1 else (kind, left)


def numbers(node: Node) -> Iterator[int]:
    """Every open leaf as often as it occurs."""
    if isinstance(node, bool):
        return
    if isinstance(node, int):
        yield node
        return
    for each in node[1]:
        yield from numbers(each)


def differ(one: Node, other: Node) -> Node:
    """An expression that holds where two others come out differently."""
    if isinstance(one, bool) and isinstance(other, bool):
        return one is not other
    return OR, ((AND, (one, (NOT, (other,)))), (AND, ((NOT, (one,)), other)))
