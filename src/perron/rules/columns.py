"""Many people as columns: each variable as distinct values with a code a person, days and numbers on an axis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perron.rules.facts import (
    DATES,
    FIRST_DAY,
    LAST_DAY,
    NONE,
    NUMBERS,
    Days,
    Fact,
    presumptions,
    stated,
    variables,
)

Codes = NDArray[np.int32 | np.intp]
"""Places in a table; columns keep them in 32 bits, as most of the time goes into fetching them."""


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """The values of a day or number in order; place 0 stands for "there is none".

    ``points[0]`` and ``points[-1]`` are the ends of all that an unknown value may be. ``low`` and ``high``: for each
    person the places of the first and last value it may have, counted from 1. ``open``: 1 for whoever's
    value is not known, else 0; None where a value is known in part.
    """

    points: NDArray[Any]
    low: Codes
    high: Codes
    open_to_none: bool
    open: NDArray[np.uint8] | None = None

    def some(self, places: NDArray[np.intp]) -> "Axis":
        """The axis of some of these people."""
        open_ = None if self.open is None else self.open[places]
        return Axis(self.points, self.low[places], self.high[places], self.open_to_none, open_)

    def place(self, edge: float) -> int:
        """The first place whose value is not below the edge."""
        return int(np.searchsorted(self.points, edge)) + 1


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One variable of many people: ``values`` without doubles, None for unknown; ``codes``: which of them, a person."""

    fact: Fact
    values: tuple[Any, ...]
    codes: Codes
    axis: Axis | None
    truth: NDArray[np.uint8] | None = None

    def some(self, places: NDArray[np.intp]) -> "Column":
        """The values of some of these people."""
        axis = self.axis and self.axis.some(places)
        truth = None if self.truth is None else self.truth[places]
        return Column(self.fact, self.values, self.codes[places], axis, truth)


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Many people, by variable; a variable without a column is unknown of everybody."""

    size: int
    columns: Mapping[str, Column] = field(default_factory=dict)
    memory: dict[Any, Any] = field(default_factory=dict, repr=False)
    """Who is alike for which conditions (alike.py), and what nobody states."""

    def column(self, name: str) -> Column:
        """A variable of everybody."""
        found: Column | None = self.columns.get(name) or self.memory.get(name)
        if found is None:
            codes = np.zeros(self.size, np.intp)
            found = self.memory[name] = column_of(name, [presumptions().get(name)], codes)
        return found

    def some(self, numbers: Sequence[int]) -> "People":
        """Some of these people, in the order of their numbers here."""
        places = np.array(numbers, np.intp)
        return People(
            len(places),
            {name: column.some(places) for name, column in self.columns.items()},
        )

    def person(self, number: int) -> dict[str, Any]:
        """What is stated of one of them, by variable."""
        return {
            name: column.values[column.codes[number]]
            for name, column in self.columns.items()
            if column.values[column.codes[number]] is not None
        }


def people(rows: Sequence[Mapping[str, object]]) -> People:
    """People of whom facts are stated by name; absent is unknown (ValueError for a value of another type)."""
    read = [stated(row) for row in rows]
    names = {name for row in read for name in row} | set(presumptions())
    return People(
        len(read),
        {name: coded(name, [row.get(name) for row in read]) for name in sorted(names)},
    )


def told(size: int, values: Mapping[str, Mapping[int, object]]) -> People:
    """So many people, and by fact what is stated of which of them; each distinct value is read once (ValueError)."""
    columns: dict[str, Column] = {}
    for name, of in values.items():
        places: dict[str, int] = {}
        texts = map(repr, of.values())
        found = np.fromiter((places.setdefault(each, len(places)) for each in texts), np.int32)
        distinct = dict(zip(found.tolist(), of.values(), strict=True))
        read = [stated({name: distinct[place]}) for place in range(len(places))]
        codes = np.zeros(size, np.int32)
        codes[np.fromiter(of, np.intp)] = found + 1
        for variable in dict.fromkeys(one for each in read for one in each):
            table, occurring = numbered([None, *(each.get(variable) for each in read)])
            columns[variable] = column_of(variable, occurring, table[codes])
    for name in presumptions().keys() - columns.keys():
        columns[name] = column_of(name, [None], np.zeros(size, np.int32))
    return People(size, columns)


def coded(name: str, values: Sequence[Any]) -> Column:
    """A column from one value a person."""
    codes, occurring = numbered(values)
    return column_of(name, occurring, codes)


def numbered(values: Sequence[Any]) -> tuple[Codes, list[Any]]:
    """A code for each value, equal ones with one, and the values by their codes."""
    places: dict[Any, int] = {}
    codes = np.fromiter(
        (places.setdefault(typed(value), len(places)) for value in values), np.intp, len(values)
    )
    return codes, [value for _, value in places]


def typed(value: object) -> tuple[type, Any]:
    """A value that is equal only to one of its own type: yes is not 1."""
    return type(value), value


def column_of(name: str, values: Sequence[Any], codes: Codes) -> Column:
    """A column from distinct values and codes; what is presumed stands where nothing is stated."""
    declared, presumed = variables()[name], presumptions().get(name)
    codes = codes.astype(np.int32)
    taken = [presumed if value is None else value for value in values]
    return Column(
        declared,
        tuple(taken),
        codes,
        axis_of(declared, taken, codes),
        truth_of(declared, taken, codes),
    )


def truth_of(declared: Fact, values: Sequence[Any], codes: Codes) -> NDArray[np.uint8] | None:
    """A yes or no as planes: bit 0, it can be yes; bit 1, it must be."""
    if declared.kind != "bool":
        return None
    bits = {True: 3, False: 0, None: 1, NONE: 0}
    return np.array([bits[value] for value in values], np.uint8)[codes]


def axis_of(declared: Fact, values: Sequence[Any], codes: Codes) -> Axis | None:
    """Days, one place a day from the first to the last that is stated; numbers, one place a value that is stated."""
    if declared.kind not in DATES | NUMBERS:
        return None
    spans = [span_of(value) for value in values]
    inner = np.unique([end for span in spans if span is not None and span != OPEN for end in span])
    ends = (0.0, np.inf)
    if declared.kind in DATES:
        ends = (FIRST_DAY.toordinal(), LAST_DAY.toordinal())
        inner = np.arange(inner[0], inner[-1] + 1) if len(inner) else inner
    points = np.concatenate([[ends[0]], inner, [ends[1]]])
    both = np.array([places_of(span, inner) for span in spans], np.int32)
    low, high = both[codes, 0], both[codes, 1]
    apart = both[:, 0] != both[:, 1]
    exact = all(span == OPEN for span, two in zip(spans, apart, strict=True) if two)
    if not exact:
        return Axis(points, low, high, declared.may_be_none)
    return Axis(points, low, high, declared.may_be_none, apart.astype(np.uint8)[codes])


def places_of(span: tuple[float, float] | None, inner: NDArray[Any]) -> tuple[int, int]:
    """The places of both ends: none at all, all that may be, or what is stated."""
    if span is None:
        return 0, 0
    if span == OPEN:
        return 1, len(inner) + 2
    low, high = np.searchsorted(inner, np.array(span)) + 2
    return int(low), int(high)


OPEN = (-np.inf, np.inf)
"""The span of a value that is not known."""


def span_of(value: object) -> tuple[float, float] | None:
    """The lowest and the highest value that may be; None where it is known that there is none."""
    if value is None or value == NONE:
        return OPEN if value is None else None
    if isinstance(value, Days):
        return value.first.toordinal(), value.last.toordinal()
    return float(str(value)), float(str(value))


def ordinal(value: object) -> float:
    """A day as its number; any other value as it is."""
    return value.toordinal() if isinstance(value, date) else float(str(value))
