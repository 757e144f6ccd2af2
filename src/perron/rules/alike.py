"""People whom the conditions of a unit cannot tell apart on any of the days: one of them is asked for all.

A day or a number is told apart only by the edges it is compared with, a computed value by what it says itself
(``Derived.alike``), anything else by what is stated.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perron.rules.binding import Bound
from perron.rules.columns import Codes, Column, People, ordinal, span_of
from perron.rules.facts import DATES, NUMBERS, variables
from perron.rules.moments import Moment
from perron.rules.terms import Atom, Derived, Leaf

ORDERS = {">=", "<=", ">", "<", "exists", "not_exists"}
"""What asks only on which side of an edge a value lies, and whether there is one."""

Key = tuple[Any, ...]
Found = tuple[Codes, NDArray[np.intp]]
"""A code for each person, and for each code somebody who has it."""


def alike(
    leaves: Sequence[Leaf],
    bounds: Sequence[Sequence[Bound]],
    moments: tuple[Moment, ...],
    people: People,
) -> Found:
    """Groups of people alike for these leaves; ``bounds``: the leaves on each day. Remembered with the people."""
    names = sorted({name for leaf in leaves for name in leaf.facts})
    edges = {name: edges_of(name, leaves, bounds) for name in names}
    signs: list[Key] = []
    for name in names:
        asking = [leaf for leaf in leaves if name in leaf.facts]
        if not all(coarse(leaf, name) for leaf in asking):
            signs.append(("value", name))
        elif not all(map(computed, asking)):
            signs.append(("side", name, edges[name]))
    own = (leaf.term for leaf in leaves if isinstance(leaf, Atom))
    signs += [
        ("computed", term.facts, term.alike(moments, edges))
        for term in dict.fromkeys(own)
        if isinstance(term, Derived) and term.alike is not None
    ]
    return together(people, tuple(signs))


def edges_of(
    name: str, leaves: Sequence[Leaf], bounds: Sequence[Sequence[Bound]]
) -> tuple[Any, ...]:
    """With what a fact is compared on any of the days, in order."""
    places = [place for place, leaf in enumerate(leaves) if name in leaf.facts]
    found = {day[place].edge for day in bounds for place in places}
    return tuple(sorted(found - {None}))


def computed(leaf: Leaf) -> bool:
    """Whether a leaf compares a computed value that says itself who is alike."""
    return isinstance(leaf, Atom) and isinstance(leaf.term, Derived) and leaf.term.alike is not None


def coarse(leaf: Leaf, name: str) -> bool:
    """Whether a leaf tells values of a fact apart by edges only, or says itself who is alike."""
    if not isinstance(leaf, Atom) or isinstance(leaf.term, Derived):
        return computed(leaf)
    return leaf.op in ORDERS and kind_of(name) in DATES | NUMBERS


def kind_of(name: str) -> str:
    """The type of a variable."""
    return variables()[name].kind


def together(people: People, signs: tuple[Key, ...]) -> Found:
    """The groups of people who share every sign; remembered."""
    found = people.memory.get(signs)
    if found is None:
        found = people.memory[signs] = mixed([group(people, sign) for sign in signs], people.size)
    return found


def mixed(parts: Sequence[Found], size: int) -> Found:
    """Several groupings as one."""
    several = [each for each in parts if len(each[1]) > 1]
    if not several:
        return np.zeros(size, np.int32), np.zeros(min(size, 1), np.intp)
    codes, first = several[0]
    for more, others in several[1:]:
        pairs = codes.astype(np.int64) * len(others) + more
        _, first, codes = np.unique(pairs, return_index=True, return_inverse=True)
        codes = codes.astype(np.int32)
    return codes, first


def group(people: People, sign: Key) -> Found:
    """The groups of people by one sign; remembered."""
    found = people.memory.get(sign)
    if found is None:
        found = people.memory[sign] = grouped(people, sign)
    return found


def grouped(people: People, sign: Key) -> Found:
    """See ``group``."""
    kind, of, *more = sign
    if kind == "computed":
        values, codes = combinations(people, of)
        return numbered(keys(of, values, *more), codes)
    column = people.column(of)
    if kind == "value":
        return column.codes, somebody(column.codes, len(column.values))
    return numbered(sides(column, more[0]), column.codes)


def keys(names: Sequence[str], values: Sequence[Key], key: Any) -> Iterator[Any]:  # noqa: ANN401 - terms.Key
    """What a computed value says of each combination of its facts; else the combination itself."""
    for each in values:
        found = key(dict(zip(names, each, strict=True)))
        yield ("as stated", each) if found is None else found


def combinations(people: People, names: Sequence[str]) -> tuple[list[Key], Codes]:
    """The combinations of values that occur, and which of them each person has."""
    columns = [people.column(name) for name in names]
    codes, first = together(people, tuple(("value", name) for name in names))
    rows = [[column.values[column.codes[person]] for column in columns] for person in first]
    return [tuple(row) for row in rows], codes


def sides(column: Column, edges: Sequence[Any]) -> Iterator[Any]:
    """For each value on which side of each edge its first and last possible value lie."""
    spans = [span_of(value) for value in column.values]
    ends = np.searchsorted(
        np.array([ordinal(edge) for edge in edges]),
        [span or (0, 0) for span in spans],
        side="right",
    )
    for value, span, pair in zip(column.values, spans, ends.tolist(), strict=True):
        yield "unknown" if value is None else span and tuple(pair)


def numbered(keys: Iterator[Any], codes: Codes) -> Found:
    """Equal keys get one number."""
    places: dict[Any, int] = {}
    table = np.fromiter((places.setdefault(key, len(places)) for key in keys), np.int32)
    found = table[codes]
    return found, somebody(found, len(places))


def somebody(codes: Codes, size: int) -> NDArray[np.intp]:
    """The first person with each code; a code that nobody has gets anybody. Nobody where there are no people."""
    found = np.zeros(size, np.intp)
    found[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return found if len(codes) else found[:0]
