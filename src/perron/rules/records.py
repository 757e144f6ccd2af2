"""Conditions on some record of one list: every way in which they can come out together.

A condition may ask of the record, of other facts of the person, and of the law. A record whose fields are not known
stands for all that they may be; where the law is silent about one record, so is the condition on it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Any

from perron.rules.binding import Bound, Node, Outcome, Truth, Unsettled, bound, held, numbered
from perron.rules.domains import OTHER, domain
from perron.rules.expressions import World
from perron.rules.facts import Days, Fact, Stated, as_records, facts, settled_value, variables
from perron.rules.moments import Moment
from perron.rules.terms import Atom, Derived, Leaf, Some

REMEMBERED = 1_000
"""For how many settings of the facts beside a list it is kept what a record that is not known can be."""

REMEMBERED_WAYS = 50_000
"""For how many ways in which conditions come out it is kept whether an expression over them holds."""


def over_records(
    names: Sequence[str], bounds: Sequence[Bound], known: Stated, moment: Moment
) -> tuple[Outcome, ...]:
    """How conditions on some record of one list can come out together.

    Each record has its own outcomes; a list that is known gives one of each, one that is not known any number of any.
    """
    ways = (
        with_others(world, bounds, known, moment) for world in others(names, bounds, known, moment)
    )
    return tuple(dict.fromkeys(way for each in ways for way in each))


def alone_in_records(
    name: str, names: Sequence[str], bounds: Sequence[Bound], known: Stated, moment: Moment
) -> list[frozenset[Outcome]]:
    """The outcomes that the list, or one other fact alone, can bring about, the rest being equal."""
    found = {
        tuple(world.items()): frozenset(with_others(world, bounds, known, moment))
        for world in others(names, bounds, known, moment)
    }
    if name == list_of(bounds):
        return list(found.values())
    return [frozenset().union(*found.values())] if len(set(found.values())) > 1 else []


def list_of(bounds: Sequence[Bound]) -> str:
    """The list that the conditions are about."""
    return next(one.leaf.name for one in bounds if isinstance(one.leaf, Some))


def others(
    names: Sequence[str], bounds: Sequence[Bound], known: Stated, moment: Moment
) -> Iterator[dict[str, Any]]:
    """All that the facts beside the list may be, together."""
    base = list_of(bounds)
    inside = [bound(leaf, moment) for leaf in inner(bounds)]
    beside = [name for name in names if name != base]
    choices = [beside_values(name, inside, bounds, known, moment) for name in beside]
    for each in product(*choices):
        yield dict(zip(beside, each, strict=True))


def beside_values(
    name: str, inside: Sequence[Bound], bounds: Sequence[Bound], known: Stated, moment: Moment
) -> list[Any]:
    """The values of a fact beside the list that some condition can tell apart."""
    value = known.get(name)
    if settled_value(name, value):
        return [value.first if isinstance(value, Days) else value]
    base = list_of(bounds)
    records = as_records(known.get(base)) or ((),)
    edges = [
        edge
        for each in records
        for edge in edges_of(name, (*inside, *bounds), dotted(base, dict(each)), moment)
    ]
    return domain(variables()[name], value, edges, [])


def dotted(base: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record by the names of variables."""
    return {f"{base}.{name}": value for name, value in record.items()}


def inner(bounds: Sequence[Bound]) -> list[Leaf]:
    """The leaves inside of the conditions on a record."""
    numbers: dict[Leaf, int] = {}
    for one in bounds:
        if isinstance(one.leaf, Some):
            numbered(one.leaf.part, numbers)
    return list(numbers)


def edges_of(name: str, bounds: Iterable[Bound], known: Stated, moment: Moment) -> Iterator[Any]:
    """The values of one variable at which a condition may turn."""
    for one in bounds:
        if name not in one.facts:
            continue
        if one.edge is not None:
            yield one.edge
        if isinstance(one.leaf, Atom) and isinstance(one.leaf.term, Derived):
            yield from one.leaf.term.candidates(name, known, moment)


def with_others(
    world: World, bounds: Sequence[Bound], known: Stated, moment: Moment
) -> Iterator[Outcome]:
    """The outcomes of a list where the facts beside it are settled."""
    name = list_of(bounds)
    somes = [one.leaf for one in bounds if isinstance(one.leaf, Some)]
    value = known.get(name)
    found: set[Outcome] = {tuple(False for _ in somes)}
    if value is None:
        one = set(of_unknown_record(name, tuple(somes), tuple(world.items()), moment))
        grown = set(found)
        while grown:
            grown = {joined(a, b) for a in found for b in one} - found
            found |= grown
    for each in as_records(value):
        one = of_record(facts()[name], somes, dict(each), world, moment)
        found = {joined(a, b) for a in found for b in one}
    empty = (True, False) if value is None else (not as_records(value),)
    for ways, none in product(sorted(found, key=str), empty):
        if not (none and any(each is not False for each in ways)):
            yield placed(name, bounds, ways, world, empty=none)


def placed(
    name: str, bounds: Sequence[Bound], ways: Outcome, world: World, *, empty: bool
) -> Outcome:
    """The outcome in the order of the leaves; a leaf about the list itself asks whether it is empty."""
    left = iter(ways)
    whole = {**world, name: () if empty else (OTHER,)}
    return tuple(next(left) if isinstance(one.leaf, Some) else one.holds(whole) for one in bounds)


def joined(one: Outcome, other: Outcome) -> Outcome:
    """What holds for some record of either list."""
    return tuple(either(a, b) for a, b in zip(one, other, strict=True))


def either(one: Truth, other: Truth) -> Truth:
    """True where one is; else not settled where one is not."""
    if one is True or other is True:
        return True
    return other if one is False else one


@lru_cache(REMEMBERED)
def of_unknown_record(
    name: str, somes: tuple[Some, ...], world: tuple[tuple[str, Any], ...], moment: Moment
) -> frozenset[Outcome]:
    """The outcomes of a record of which nothing is known; remembered, as everybody asks the same."""
    return frozenset(of_record(facts()[name], somes, {}, dict(world), moment))


def of_record(
    declared: Fact, somes: Sequence[Some], record: Mapping[str, Any], world: World, moment: Moment
) -> set[Outcome]:
    """The outcomes of one record, for all that its unknown fields may be."""
    numbers: dict[Leaf, int] = {}
    nodes = [numbered(each.part, numbers) for each in somes]
    bounds = [bound(leaf, moment) for leaf in numbers]
    names = [
        name
        for name in dict.fromkeys(name for one in bounds for name in one.facts)
        if name not in world
    ]
    choices = [field_values(declared, name, record, bounds, (world, moment)) for name in names]
    wholes = ({**world, **dict(zip(names, each, strict=True))} for each in product(*choices))
    ways = {tuple(one.holds(whole) for one in bounds) for whole in wholes}
    return {tuple(settled(node, truths) for node in nodes) for truths in ways}


@lru_cache(REMEMBERED_WAYS)
def settled(node: Node, truths: Outcome) -> Truth:
    """Whether an expression holds; not settled where that turns on leaves on which the law is silent.

    Remembered, as the days of a sweep ask the same.
    """
    open_ = [place for place, truth in enumerate(truths) if isinstance(truth, Unsettled)]
    if not open_:
        return held(node, [truth is True for truth in truths])
    ways = set()
    for each in product((True, False), repeat=len(open_)):
        taken = dict(zip(open_, each, strict=True))
        ways.add(held(node, [taken.get(at, truth is True) for at, truth in enumerate(truths)]))
    return ways.pop() if len(ways) == 1 else truths[open_[0]]


def field_values(
    declared: Fact,
    name: str,
    record: Mapping[str, Any],
    bounds: Sequence[Bound],
    beside: tuple[World, Moment],
) -> list[Any]:
    """The values of a field of a record that some condition can tell apart."""
    own = declared.fields[name.partition(".")[2]]
    value = record.get(own.name)
    if settled_value(name, value):
        return [value.first if isinstance(value, Days) else value]
    world, moment = beside
    known = {**world, **dotted(declared.name, record)}
    found = domain(own, value, edges_of(name, bounds, known, moment), [])
    words = [one.word for one in bounds if name in one.facts]
    if own.kind != "enum" or None in words:
        return found
    return list({tuple(each in (word or ()) for word in words): each for each in found}.values())
