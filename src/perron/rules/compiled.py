"""A route for many people and up to 64 days: the same tree, split where its parts share what may be unknown.

A unit asks one cluster of facts alone and is answered exactly by itself. Parts without a common cluster combine plane
by plane. Parts with one are split along it: for each way in which the shared conditions may come out, what is left of
the expression, where that way is possible. So a population has the same verdicts as one person.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from perron.rules.binding import AND, NOT, WEIGHED, Node
from perron.rules.exact import joined, numbers
from perron.rules.regions import Cluster
from perron.rules.routes import Bound
from perron.rules.terms import Leaf


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A part over one cluster: its expression over positions of its leaves. Equal units are one, answered once."""

    leaves: tuple[Leaf, ...]
    node: Node

    @property
    def names(self) -> tuple[str, ...]:
        """The variables it asks."""
        return tuple(sorted({name for leaf in self.leaves for name in leaf.facts}))


Made = dict[tuple[tuple[Leaf, ...], Node], Unit]
"""The units made so far, by what they ask."""


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Parts that share nothing: all of them, or at least one."""

    kind: str
    parts: tuple["Step", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Turned:
    """The opposite of a part, or the part as an authority lets it pass (``weighed``)."""

    kind: str
    part: "Step"


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """For each way in which a cluster may come out: whether it is possible, and what holds then."""

    ways: tuple[tuple[Unit, "Step"], ...]


Step = bool | Unit | Together | Turned | Split


class Compiler:
    """Turns the nodes of one route into steps."""

    def __init__(self, here: Bound, made: Made) -> None:
        """Take the clusters of the route on any day: they are the same on every day; add to the units made so far."""
        self.made = made
        self.every = here.plan.leaves
        self.cluster_of: dict[int, Cluster] = {
            number: cluster for cluster in here.plan.clusters for number in cluster.numbers
        }

    def step(self, node: Node) -> Step:
        """The step that answers a node."""
        if isinstance(node, bool):
            return node
        if len(self.clusters(node)) == 1 and not weighs(node):
            return self.unit(node)
        assert not isinstance(node, int)
        kind, parts = node
        if kind in {NOT, WEIGHED}:
            return Turned(kind, self.step(parts[0]))
        steps = [self.group(kind, group) for group in self.groups(parts)]
        return steps[0] if len(steps) == 1 else Together(kind, tuple(steps))

    def clusters(self, node: Node) -> Counter[Cluster]:
        """How often each cluster occurs outside of what is weighed, which is settled before."""
        return Counter(self.cluster_of[number] for number in outside(node))

    def groups(self, parts: Sequence[Node]) -> list[list[Node]]:
        """The parts, those together that share a cluster."""
        found: list[tuple[set[Cluster], list[Node]]] = []
        for part in parts:
            own = set(self.clusters(part))
            members = [part]
            for group in [one for one in found if one[0] & own]:
                found.remove(group)
                own |= group[0]
                members = group[1] + members
            found.append((own, members))
        return [members for _, members in found]

    def group(self, kind: str, parts: list[Node]) -> Step:
        """Parts that hang together: one unit where they ask one cluster, else split along the cluster asked most."""
        if len(parts) == 1:
            return self.step(parts[0])
        node = self.merged((kind, tuple(parts)))
        found = self.clusters(node)
        if len(found) == 1 and not weighs(node):
            return self.unit(node)
        shared = most_shared(found)
        own = list(dict.fromkeys(self.of_cluster(node, shared)))
        ways = []
        for truths in product((True, False), repeat=len(own)):
            way = dict(zip(own, truths, strict=True))
            literals = tuple(each if way[each] else (NOT, (each,)) for each in own)
            ways.append((self.unit((AND, literals)), self.step(put(node, way))))
        return Split(tuple(ways))

    def merged(self, node: Node) -> Node:
        """The node in which neighbouring parts over one and the same cluster are one part."""
        if isinstance(node, bool | int) or node[0] == WEIGHED:
            return node
        kind, parts = node[0], [self.merged(each) for each in node[1]]
        if kind == NOT:
            return kind, tuple(parts)
        by_cluster: dict[Cluster, list[Node]] = {}
        rest = []
        for part in parts:
            own = list(self.clusters(part))
            if len(own) == 1 and not weighs(part):
                by_cluster.setdefault(own[0], []).append(part)
            else:
                rest.append(part)
        alike = [joined(kind, group) for group in by_cluster.values()]
        return joined(kind, [*alike, *rest])

    def of_cluster(self, node: Node, cluster: Cluster) -> Iterator[Node]:
        """The largest parts that ask this cluster alone."""
        own = self.clusters(node)
        if not weighs(node) and list(own) == [cluster]:
            yield node
        elif not isinstance(node, bool | int) and node[0] != WEIGHED:
            for each in node[1]:
                yield from self.of_cluster(each, cluster)

    def unit(self, node: Node) -> Unit:
        """A unit over the leaves it asks."""
        own = sorted(set(numbers(node)))
        places = {number: place for place, number in enumerate(own)}
        asked = tuple(self.every[number] for number in own), moved(node, places)
        return self.made.setdefault(asked, Unit(*asked))


def most_shared(found: Counter[Cluster]) -> Cluster:
    """The cluster that occurs most often; the first of several, so that the same input gives the same steps."""
    return max(found, key=lambda cluster: (found[cluster], -min(cluster.numbers)))


def outside(node: Node) -> Iterator[int]:
    """Every leaf as often as it occurs, but what is weighed."""
    if isinstance(node, int) and not isinstance(node, bool):
        yield node
    elif isinstance(node, tuple) and node[0] != WEIGHED:
        for each in node[1]:
            yield from outside(each)


def weighs(node: Node) -> bool:
    """Whether anything in a node is weighed."""
    if isinstance(node, bool | int):
        return False
    return node[0] == WEIGHED or any(weighs(each) for each in node[1])


def put(node: Node, way: dict[Node, bool]) -> Node:
    """The node where some parts are settled; what is weighed is asked by itself and stays."""
    if isinstance(node, bool):
        return node
    if node in way:
        return way[node]
    if isinstance(node, int):
        return node
    kind, parts = node
    if kind == WEIGHED:
        return node
    left = [put(each, way) for each in parts]
    if kind == NOT:
        return not left[0] if isinstance(left[0], bool) else (NOT, (left[0],))
    return joined(kind, left)


def moved(node: Node, places: dict[int, int]) -> Node:
    """The node with other numbers."""
    if isinstance(node, bool):
        return node
    if isinstance(node, int):
        return places[node]
    return node[0], tuple(moved(each, places) for each in node[1])
