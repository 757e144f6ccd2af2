"""Every way in which conditions that hang together can come out, for all values that their facts may still have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any

from perron.rules.binding import Bound, Node, Truth, Unsettled, bound, held, numbered
from perron.rules.expressions import Expr, World
from perron.rules.facts import (
    DATES,
    FIRST_DAY,
    LAST_DAY,
    NONE,
    NUMBERS,
    Days,
    Fact,
    Stated,
    as_records,
    facts,
    settled_value,
    variables,
)
from perron.rules.moments import Moment
from perron.rules.terms import Atom, Derived, Leaf, Some

Outcome = tuple[Truth, ...]
OTHER = "other"
"""An item of a list that no condition names."""

REMEMBERED = 50_000
"""How many answers a cluster keeps before it begins anew."""


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Leaves that share variables, on one day: ``numbers`` in the order of an outcome."""

    names: tuple[str, ...]
    numbers: tuple[int, ...]
    bounds: tuple[Bound, ...]
    moment: Moment
    memory: dict[tuple[Any, ...], tuple[Outcome, ...]] = field(default_factory=dict, repr=False)

    def outcomes(self, known: Stated) -> tuple[Outcome, ...]:
        """The outcomes that some completion of what is stated gives, each once; remembered."""
        asked = tuple(known.get(name) for name in self.names)
        found = self.memory.get(asked)
        if found is None:
            if len(self.memory) > REMEMBERED:
                self.memory.clear()
            found = self.memory[asked] = self.every(known)
        return found

    def every(self, known: Stated) -> tuple[Outcome, ...]:
        """The outcomes that some completion of what is stated gives, each once."""
        if any(isinstance(one.leaf, Some) for one in self.bounds):
            return over_records(self, known)
        values = {name: self.values(name, known) for name in self.names}
        base = {name: each[0] for name, each in values.items()}
        found = [self.outcome(base)]
        for names, places in self.apart(values):
            ways = dict.fromkeys(
                tuple(self.bounds[place].holds({**base, **world}) for place in places)
                for world in combinations_of(names, values)
            )
            found = [put(each, places, way) for each in found for way in ways]
        return tuple(dict.fromkeys(found))

    def apart(self, values: Mapping[str, list[Any]]) -> list[tuple[set[str], list[int]]]:
        """Variables that are still open, those together on which one leaf depends, with the places of these leaves."""
        groups: list[tuple[set[str], list[int]]] = []
        for place, one in enumerate(self.bounds):
            names = {name for name in one.facts if len(values[name]) > 1}
            members = [place]
            for group in [each for each in groups if each[0] & names]:
                groups.remove(group)
                names |= group[0]
                members += group[1]
            if names:
                groups.append((names, members))
        return groups

    def outcome(self, world: World) -> Outcome:
        """How the leaves come out in one complete world."""
        return tuple(each.holds(world) for each in self.bounds)

    def worlds(self, known: Stated) -> Iterable[World]:
        """Complete values that stand for all the facts may have."""
        choices = [self.values(name, known) for name in self.names]
        for each in product(*choices):
            yield dict(zip(self.names, each, strict=True))

    def values(self, name: str, known: Stated) -> list[Any]:
        """The values of one variable that the leaves can tell apart; a list of records stays as it is stated."""
        declared, value = variables()[name], known.get(name)
        if declared.records:
            return [value]
        if settled_value(name, value):
            return [value.first if isinstance(value, Days) else value]
        edges = [one.edge for one in self.bounds if one.edge is not None and name in one.facts]
        edges += [
            each
            for one in self.bounds
            if isinstance(one.leaf, Atom) and isinstance(one.leaf.term, Derived)
            for each in one.leaf.term.candidates(name, known, self.moment)
            if name in one.facts
        ]
        return domain(declared, value, edges, list(self.items()))

    def items(self) -> Iterable[str]:
        """The items of lists that the leaves name."""
        for one in self.bounds:
            if isinstance(one.leaf, Atom) and isinstance(one.leaf.than, tuple):
                yield from one.leaf.than


def combinations_of(
    names: Iterable[str], values: Mapping[str, list[Any]]
) -> Iterable[dict[str, Any]]:
    """Each combination of the values of some variables."""
    order = sorted(names)
    for each in product(*(values[name] for name in order)):
        yield dict(zip(order, each, strict=True))


def put(outcome: Outcome, places: Sequence[int], way: Outcome) -> Outcome:
    """An outcome in which some leaves come out in another way."""
    changed = list(outcome)
    for place, truth in zip(places, way, strict=True):
        changed[place] = truth
    return tuple(changed)


def domain(declared: Fact, value: object, edges: Iterable[Any], items: Sequence[str]) -> list[Any]:
    """Values that stand for all a fact may have: the lowest, and each at which a condition may turn."""
    none = [NONE] if declared.may_be_none and value is None else []
    if declared.kind == "bool":
        return [True, False]
    if declared.kind == "record":
        return [True, NONE]
    if declared.kind == "enum":
        return [*declared.values, *none]
    if declared.kind == "list":
        named = sorted(set(items))
        subsets = (each for size in range(len(named) + 1) for each in combinations(named, size))
        return [(*each, *more) for each in subsets for more in ((), (OTHER,))]
    if declared.kind in NUMBERS:
        return [0, *sorted({edge for edge in edges if edge > 0}), *none]
    assert declared.kind in DATES
    span = value if isinstance(value, Days) else Days(FIRST_DAY, LAST_DAY)
    inside = {edge for edge in edges if span.first < edge <= span.last}
    return [span.first, *sorted(inside), *none]


def over_records(cluster: Cluster, known: Stated) -> tuple[Outcome, ...]:
    """How conditions on some record of one list can come out together.

    Each record has its own outcomes; a list that is known gives one of each, one that is not known any number of any.
    """
    name = cluster.names[0]
    somes = [one.leaf for one in cluster.bounds if isinstance(one.leaf, Some)]
    value = known.get(name)
    found = {tuple(False for _ in somes)}
    if value is None:
        one = of_record(facts()[name], somes, {}, cluster.moment)
        grown = set(found)
        while grown:
            grown = {joined(a, b) for a in found for b in one} - found
            found |= grown
    for each in as_records(value):
        one = of_record(facts()[name], somes, dict(each), cluster.moment)
        found = {joined(a, b) for a in found for b in one}
    empty = (True, False) if value is None else (not as_records(value),)
    pairs = product(sorted(found), empty)
    return tuple(
        placed(cluster, each, empty=none) for each, none in pairs if not (none and any(each))
    )


def placed(cluster: Cluster, truths: Sequence[bool], *, empty: bool) -> Outcome:
    """The outcome in the order of the leaves; a leaf about the list itself asks whether it is empty."""
    left = iter(truths)
    world = {cluster.names[0]: () if empty else (OTHER,)}
    return tuple(
        next(left) if isinstance(one.leaf, Some) else one.holds(world) for one in cluster.bounds
    )


def joined(one: tuple[bool, ...], other: tuple[bool, ...]) -> tuple[bool, ...]:
    """What holds for some record of either list."""
    return tuple(a or b for a, b in zip(one, other, strict=True))


def of_record(
    declared: Fact, somes: Sequence[Some], record: Mapping[str, Any], moment: Moment
) -> set[tuple[bool, ...]]:
    """The outcomes of one record, for all that its unknown fields may be; what the law leaves open goes both ways."""
    numbers: dict[Leaf, int] = {}
    nodes = [numbered(each.part, numbers) for each in somes]
    bounds = [bound(leaf, moment) for leaf in numbers]
    names = list(dict.fromkeys(name for one in bounds for name in one.facts))
    choices = [field_values(declared, name, record, bounds) for name in names]
    found = set()
    for each in product(*choices):
        world = dict(zip(names, each, strict=True))
        ways = [one.holds(world) for one in bounds]
        for truths in product(*((True, False) if isinstance(t, Unsettled) else (t,) for t in ways)):
            found.add(tuple(held(node, truths) for node in nodes))
    return found


def field_values(
    declared: Fact, name: str, record: Mapping[str, Any], bounds: Sequence[Bound]
) -> list[Any]:
    """The values a field of a record may have."""
    own = declared.fields[name.partition(".")[2]]
    value = record.get(own.name)
    if settled_value(name, value):
        return [value.first if isinstance(value, Days) else value]
    edges = [one.edge for one in bounds if one.edge is not None and name in one.facts]
    return domain(own, value, edges, [])


@dataclass(frozen=True, slots=True)
class Plan:
    """Expressions over the same numbered leaves, with the clusters of their leaves on one day."""

    nodes: tuple[Node, ...]
    leaves: tuple[Leaf, ...]
    clusters: tuple[Cluster, ...]


def plan(exprs: Sequence[Expr], moment: Moment) -> Plan:
    """Number the leaves of some expressions and sort them into clusters that share no variable."""
    numbers: dict[Leaf, int] = {}
    nodes = tuple(numbered(each, numbers) for each in exprs)
    groups: list[tuple[set[str], list[int]]] = []
    for leaf, number in numbers.items():
        names, members = set(leaf.facts), [number]
        for group in [one for one in groups if one[0] & names]:
            groups.remove(group)
            names |= group[0]
            members += group[1]
        groups.append((names, members))
    every = tuple(numbers)
    clusters = tuple(
        Cluster(
            tuple(sorted(names)),
            tuple(sorted(members)),
            tuple(bound(every[number], moment) for number in sorted(members)),
            moment,
        )
        for names, members in groups
    )
    return Plan(nodes, every, clusters)
