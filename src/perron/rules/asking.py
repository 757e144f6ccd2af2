"""One unit asked of many people: a table over the values of its facts, looked up by the code of each person."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from perron.rules.alike import alike
from perron.rules.binding import Bound, Node, Unsettled, bound, held
from perron.rules.columns import Axis, Codes, Column, People, ordinal
from perron.rules.compiled import Unit
from perron.rules.exact import situation
from perron.rules.moments import Moment
from perron.rules.planes import CAN, Plane, spread, still, turned
from perron.rules.regions import Cluster, Plan
from perron.rules.terms import Atom, Derived, Leaf, leaves

EVERY = np.uint8(3)
"""Both bits of a byte: it can be, and it must be."""


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """A byte for each value, the same on every day."""

    table: NDArray[np.uint8]
    codes: Codes

    def plane(self, part: slice) -> Plane:
        """The people of one part."""
        return Plane(still=self.table.take(self.codes[part]))


@dataclass(frozen=True, slots=True, eq=False)
class Moving:
    """A word for each value: one table for ``can``, one for ``must``, each with its own codes."""

    can: NDArray[np.uint64]
    must: NDArray[np.uint64]
    can_codes: Codes
    must_codes: Codes

    def plane(self, part: slice) -> Plane:
        """The people of one part."""
        return Plane(
            can=self.can.take(self.can_codes[part]), must=self.must.take(self.must_codes[part])
        )


@dataclass(frozen=True, slots=True, eq=False)
class Exact:
    """A word for each value, where each is known exactly or not at all: one table, one look."""

    table: NDArray[np.uint64]
    codes: Codes
    open: NDArray[np.uint8]

    def plane(self, part: slice) -> Plane:
        """The people of one part."""
        must = self.table.take(self.codes[part])
        return Plane(can=must | spread(self.open[part], 7), must=must)


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """A yes or no as it is stated, or its opposite."""

    bits: NDArray[np.uint8]
    opposite: bool

    def plane(self, part: slice) -> Plane:
        """The people of one part."""
        bits = self.bits[part]
        return Plane(still=turned(bits) if self.opposite else bits)


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """A day or number compared with one edge that stays."""

    axis: Axis
    place: int
    above: bool

    def plane(self, part: slice) -> Plane:
        """The people of one part; whoever has none lies on neither side."""
        low, high = self.axis.low[part], self.axis.high[part]
        if self.axis.open is not None and self.above:
            return Plane(still=self.axis.open[part] | ((low >= self.place).view(np.uint8) * EVERY))
        if self.above:
            can, must = high >= self.place, low >= self.place
        else:
            can, must = low < self.place, high < self.place
            there = low > 0
            can, must = can & there, must & there
        return Plane(still=can.view(np.uint8) | (must.view(np.uint8) << CAN))


@dataclass(frozen=True, slots=True, eq=False)
class Same:
    """The same for everybody."""

    one: Plane

    def plane(self, _part: slice) -> Plane:
        """The people of one part."""
        return self.one


def stays(lookup: object) -> bool:
    """Whether the answers are the same on every day."""
    return isinstance(lookup, Still | Truth | Beside) or (
        isinstance(lookup, Same) and lookup.one.still is not None
    )


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A unit with the law of each day put in: what is the same for all people.

    ``groups``: the days, those together on which it asks exactly the same, each with its cluster.
    """

    unit: Unit
    bounds: tuple[tuple[Bound, ...], ...]
    groups: tuple[tuple[Cluster, tuple[int, ...]], ...]


def prepared(unit: Unit, moments: tuple[Moment, ...]) -> Prepared:
    """Put the law of each day into a unit; units over the same leaves share it, with what it remembers.

    So do scenarios that leave the law of the unit as it is.
    """
    keys = {key for leaf in unit.leaves for key in leaf.turning}
    law = tuple(moment.as_adopted(keys) for moment in moments)
    return Prepared(unit, *of_leaves(unit.leaves, unit.names, law))


@cache
def of_leaves(
    own: tuple[Leaf, ...], names: tuple[str, ...], moments: tuple[Moment, ...]
) -> tuple[tuple[tuple[Bound, ...], ...], tuple[tuple[Cluster, tuple[int, ...]], ...]]:
    """The law of each day for some leaves."""
    bounds = tuple(tuple(bound(leaf, moment) for leaf in own) for moment in moments)
    places = tuple(range(len(own)))
    groups = tuple(
        (Cluster(names, places, bounds[days[0]], moments[days[0]]), tuple(days))
        for days in same_days(own, moments)
    )
    return bounds, groups


def asked(ready: Prepared, people: People) -> Any:  # noqa: ANN401 - one of the above
    """How a unit is answered for these people."""
    unit, bounds = ready.unit, ready.bounds
    if not unit.names:
        return Same(of_nobody(unit.node, bounds))
    columns = [people.column(name) for name in unit.names]
    simple = literal(unit.node)
    if len(columns) == 1 and simple is not None:
        column, word = columns[0], bounds[0][0].word
        if column.truth is not None and word is not None:
            return Truth(column.truth, opposite=(True in word) is not simple)
        if column.axis is not None:
            found = beside(column.axis, [one[0] for one in bounds], simple)
            if found is not None:
                return found
    return by_value(ready, columns, people)


def literal(node: Node) -> bool | None:
    """Whether a node is one leaf (true) or its opposite (false); None for anything else."""
    if node == 0 and not isinstance(node, bool):
        return True
    if isinstance(node, tuple) and node[0] == "not" and node[1] == (0,):
        return False
    return None


def of_nobody(node: Node, bounds: Sequence[Sequence[Bound]]) -> Plane:
    """A unit without facts: the law of each day answers it for everybody."""
    can = must = 0
    for day, those in enumerate(bounds):
        ways = product(*(both_ways(one.holds({})) for one in those))
        truths = {held(node, way) for way in ways}
        can |= (True in truths) << day
        must |= (False not in truths) << day
    every = (1 << len(bounds)) - 1
    if {can, must} <= {0, every}:
        return still(can=can == every, must=must == every)
    return Plane(can=np.uint64(can), must=np.uint64(must))


def both_ways(truth: object) -> tuple[bool, ...]:
    """A truth that is settled, or both."""
    return (True, False) if isinstance(truth, Unsettled) else (bool(truth),)


def beside(axis: Axis, bounds: Sequence[Bound], simple: bool) -> Beside | Exact | Moving | None:  # noqa: FBT001 - a sign
    """One leaf about the side of an edge; None where it is none, or where "there is none" makes a difference."""
    if any(one.edge is None for one in bounds) or (axis.open_to_none and not simple):
        return None
    above = bounds[0].above is simple
    edges = np.array([ordinal(one.edge) for one in bounds])
    ends_apart = edges.min() > axis.points[0] and edges.max() <= axis.points[-1]
    if not ends_apart:
        return None
    if edges.min() == edges.max():
        return Beside(axis, axis.place(edges[0]), above)
    low, high = (axis.low, axis.high)
    table = words_over(axis, edges, above=above)
    if axis.open is not None:
        table[1 if above else -1] = 0
        return Exact(table, low if above else high, axis.open)
    return Moving(table, table, high if above else low, low if above else high)


def words_over(axis: Axis, edges: NDArray[Any], *, above: bool) -> NDArray[np.uint64]:
    """For each place of an axis, the days on which its value lies above (below) the edge of that day."""
    order = np.argsort(edges, kind="stable")
    bits = np.left_shift(np.uint64(1), order.astype(np.uint64))
    reached = np.concatenate([[np.uint64(0)], np.bitwise_or.accumulate(bits)])
    places = np.searchsorted(axis.points, edges[order]) + 1
    lengths = np.diff(np.concatenate([[0], places, [len(axis.points) + 1]]))
    table = np.repeat(reached, lengths)
    if not above:
        every = reached[-1]
        table = every & ~table
        table[0] = 0
    return table


def by_value(ready: Prepared, columns: Sequence[Column], people: People) -> Still | Moving:
    """A unit answered once for each group of people whom it cannot tell apart."""
    unit = ready.unit
    moments = tuple(cluster.moment for cluster, _ in ready.groups)
    days = [cluster.bounds for cluster, _ in ready.groups]
    codes, first = alike(unit.leaves, days, moments, people)
    combinations = [
        tuple(column.values[column.codes[person]] for column in columns) for person in first
    ]
    can = np.zeros(len(combinations), np.uint64)
    must = np.zeros(len(combinations), np.uint64)
    masks = [np.uint64(sum(1 << day for day in days)) for _, days in ready.groups]
    for place, values in enumerate(combinations):
        known = {name: one for name, one in zip(unit.names, values, strict=True) if one is not None}
        for (cluster, _), mask in zip(ready.groups, masks, strict=True):
            truths = truths_of(unit, cluster, known)
            if True in truths:
                can[place] |= mask
            if False not in truths:
                must[place] |= mask
    if len(ready.groups) == 1:
        return Still((can > 0).view(np.uint8) | ((must > 0).view(np.uint8) << CAN), codes)
    return Moving(can, must, codes, codes)


def truths_of(unit: Unit, cluster: Cluster, known: dict[str, Any]) -> frozenset[bool]:
    """The truths of a unit for all that its facts may be; each way in which they come out settles it."""
    found = set()
    for way in cluster.outcomes(known):
        if any(isinstance(truth, Unsettled) for truth in way):
            return situation(Plan((unit.node,), unit.leaves, (cluster,)), known).can(unit.node)
        found.add(held(unit.node, cast("tuple[bool, ...]", way)))
    return frozenset(found)


def same_days(own: Sequence[Leaf], moments: Sequence[Moment]) -> list[list[int]]:
    """The days, those together on which the leaves ask exactly the same."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for day, moment in enumerate(moments):
        signature = tuple(one for leaf in own for one in signs(leaf, moment))
        groups.setdefault(signature, []).append(day)
    return list(groups.values())


def signs(leaf: Leaf, moment: Moment) -> list[Any]:
    """What a leaf depends on besides its facts."""
    if not isinstance(leaf, Atom):
        return [one for inner in leaves(leaf.part) for one in signs(inner, moment)]
    if isinstance(leaf.term, Derived):
        moves = leaf.term.moves
        passed = [sum(day <= moment.on for day in moment.turning_days(key)) for key in leaf.params]
        return [moment.on] if moves else passed
    one = bound(leaf, moment)
    return [one.edge, one.word, one.edge is None and one.word is None and bool(leaf.params)]
