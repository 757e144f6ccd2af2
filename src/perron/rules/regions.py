"""Every way in which conditions that hang together can come out, for all values that their facts may still have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from perron.rules.binding import Bound, Node, Outcome, bound, numbered
from perron.rules.domains import domain
from perron.rules.expressions import Expr, World
from perron.rules.facts import Days, Stated, settled_value, variables
from perron.rules.moments import Moment
from perron.rules.records import alone_in_records, over_records
from perron.rules.terms import Atom, Derived, Leaf, Some

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

    @property
    def of_records(self) -> bool:
        """Whether some of its leaves ask for a record of a list."""
        return any(isinstance(one.leaf, Some) for one in self.bounds)

    def every(self, known: Stated) -> tuple[Outcome, ...]:
        """The outcomes that some completion of what is stated gives, each once."""
        if self.of_records:
            return over_records(self.names, self.bounds, known, self.moment)
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

    def alone(self, name: str, known: Stated) -> list[frozenset[Outcome]]:
        """The outcomes that one fact alone can bring about, the others being equal, for each that the others may be."""
        if len(self.names) == 1:
            return [frozenset(self.outcomes(known))]
        if self.of_records:
            return alone_in_records(name, self.names, self.bounds, known, self.moment)
        place, rest = self.names.index(name), dict[tuple[Any, ...], set[Outcome]]()
        for world in self.worlds(known):
            values = tuple(world[each] for each in self.names)
            rest.setdefault(values[:place] + values[place + 1 :], set()).add(self.outcome(world))
        return [frozenset(each) for each in rest.values()]

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
