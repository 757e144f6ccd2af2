"""Many people on many days: the same verdicts as for one person, counted by day and route."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perron.rules.asking import asked
from perron.rules.binding import AND, WEIGHED
from perron.rules.columns import People
from perron.rules.compiled import Compiler, Split, Step, Together, Turned, Unit, units
from perron.rules.moments import Moment
from perron.rules.planes import (
    EVERY_DAY,
    Plane,
    both,
    counts,
    either,
    let_through,
    moving,
    opposite,
    still,
)
from perron.rules.routes import Identity, Route, Rulebook, bind
from perron.vocabulary.verdicts import Verdict

CHUNK = 16_320
"""People at a time: so that all planes of a chunk stay in the cache; a multiple of 255, in which they are counted."""

WORD = 64
DECIDED = (Verdict.YES, Verdict.NO, Verdict.AUTHORITY)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people have each verdict on a day, for one route."""

    on: date
    route: str
    yes: int
    no: int
    authority: int
    unknown: int


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The verdicts of some people: for each route and decided verdict a word a person, a bit a day."""

    first: int
    size: int
    words: Mapping[str, tuple[Any, Any, Any]]


def months(first: date, how_many: int) -> tuple[date, ...]:
    """The first day of so many months."""
    index = first.year * 12 + first.month - 1
    return tuple(date((index + n) // 12, (index + n) % 12 + 1, 1) for n in range(how_many))


def tallies(
    rulebook: Rulebook,
    people: People,
    days: Sequence[date],
    moment: Moment,
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[Tally]:
    """Count the verdicts on each day; their sum is the number of people.

    ``moment`` gives the scenario and what was known. Memory above the input does not grow with the number of people.
    """
    found: list[Tally] = []
    for begin in range(0, len(days), WORD):
        some = days[begin : begin + WORD]
        added: dict[str, NDArray[np.int64]] = {}
        for part in parts(rulebook, people, some, moment):
            for name, words in part.words.items():
                here = np.array([count(each, part.size, len(some)) for each in words])
                added[name] = added[name] + here if name in added else here
            progress(part.first + part.size + begin // WORD * people.size, people.size)
        for place, day in enumerate(some):
            for name, numbers in added.items():
                yes, no, authority = (int(each) for each in numbers[:, place])
                unknown = people.size - yes - no - authority
                found.append(Tally(day, name, yes, no, authority, unknown))
    return found


def count(words: Any, size: int, days: int) -> NDArray[np.int64]:  # noqa: ANN401 - a word, a byte, or many
    """How many people have each bit; a byte a person, or one value for all, counts the same on every day."""
    if np.ndim(words) == 0:
        set_bits = (int(words) >> np.arange(days)) & 1
        return np.asarray(set_bits, np.int64) * size
    if words.dtype == np.uint8:
        return np.full(days, np.count_nonzero(words), np.int64)
    return counts(words, days)


def parts(
    rulebook: Rulebook, people: People, days: Sequence[date], moment: Moment
) -> Iterator[Part]:
    """The verdicts of all people, some at a time, on at most 64 days."""
    moments = tuple(replace(moment, on=day) for day in days)
    steps = compiled(Identity(rulebook), moments)
    lookups = {
        unit: asked(unit, people, moments)
        for route in steps
        for step in route[2:]
        for unit in dict.fromkeys(units(step))
    }
    for first in range(0, people.size, CHUNK):
        rows = slice(first, min(first + CHUNK, people.size))
        planes: dict[Unit, Plane] = {}
        chunk = Chunk(lookups, rows, planes)
        words: dict[str, Any] = {}
        for name, mask, yes, authority in steps:
            own = verdict_words(chunk.plane(yes), chunk.plane(authority))
            words[name] = (
                own
                if name not in words and mask == EVERY_DAY
                else merged(words.get(name), own, mask)
            )
        yield Part(first, rows.stop - first, words)


def verdict_words(yes: Plane, authority: Plane) -> tuple[Any, Any, Any]:
    """Yes, no and authority, each where it must be: bytes where nothing moves, else words."""
    if yes.still is not None and authority.still is not None:
        either_can = (yes.still | authority.still) & 1
        return (yes.still >> 1) & 1, either_can ^ 1, (authority.still >> 1) & 1
    can, must = moving(yes)
    other_can, other_must = moving(authority)
    return must, ~(can | other_can), other_must


def merged(before: Any, words: tuple[Any, Any, Any], mask: np.uint64) -> tuple[Any, Any, Any]:  # noqa: ANN401 - words
    """The words of another version of a route, on the days on which it counts."""
    spread = tuple(
        np.negative(np.asarray(each, np.uint64)) if np.asarray(each).dtype == np.uint8 else each
        for each in words
    )
    masked = tuple(each & mask for each in spread)
    if before is None:
        return masked[0], masked[1], masked[2]
    yes, no, authority = (a | b for a, b in zip(before, masked, strict=True))
    return yes, no, authority


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Some people, with the planes that were asked already."""

    lookups: Mapping[Unit, Any]
    rows: slice
    planes: dict[Unit, Plane]

    def plane(self, step: Step) -> Plane:
        """The plane of a step."""
        if isinstance(step, bool):
            return still(can=step, must=step)
        if isinstance(step, Unit):
            found = self.planes.get(step)
            if found is None:
                found = self.planes[step] = self.lookups[step].plane(self.rows)
            return found
        if isinstance(step, Turned):
            inner = self.plane(step.part)
            return let_through(inner) if step.kind == WEIGHED else opposite(inner)
        if isinstance(step, Split):
            return self.split(step)
        return self.together(step)

    def together(self, step: Together) -> Plane:
        """All, or at least one; what stays over the days first, as it takes an eighth of the room."""
        planes = sorted(map(self.plane, step.parts), key=lambda plane: plane.still is None)
        combine = both if step.kind == AND else either
        found = planes[0]
        for plane in planes[1:]:
            found = combine(found, plane)
        return found

    def split(self, step: Split) -> Plane:
        """It can be where some possible way lets it; it must be where every possible way makes it so."""
        can, must = still(can=False, must=False), still(can=True, must=True)
        for possible, then in step.ways:
            way = let_through(self.plane(possible))
            inner = self.plane(then)
            can = either(can, both(way, inner))
            must = both(must, either(opposite(way), inner))
        if can.still is not None and must.still is not None:
            return Plane(still=(can.still & 1) | (must.still & 2))
        return Plane(can=moving(can)[0], must=moving(must)[1])


Compiled = tuple[str, np.uint64, Step, Step]


@cache
def compiled(of: Identity[Rulebook], moments: tuple[Moment, ...]) -> tuple[Compiled, ...]:
    """The steps of each route, with the days on which this version of it counts."""
    found: list[Compiled] = []
    routes: dict[int, tuple[Route, int]] = {}
    for day, moment in enumerate(moments):
        for route in of.kept.on(moment.on):
            _, bits = routes.get(id(route), (route, 0))
            routes[id(route)] = route, bits | 1 << day
    everything = (1 << len(moments)) - 1
    for route, bits in routes.values():
        here = bind(route, moments[-1])
        compiler = Compiler(here)
        mask = EVERY_DAY if bits == everything else np.uint64(bits)
        found.append(
            (route.id, mask, compiler.step(here.yes.node), compiler.step(here.authority.node))
        )
    return tuple(found)


def verdicts(
    rulebook: Rulebook, people: People, days: Sequence[date], moment: Moment
) -> Iterator[tuple[int, date, str, Verdict]]:
    """The verdict of each person on each day for each route; for comparing, as there may be very many."""
    for begin in range(0, len(days), WORD):
        some = days[begin : begin + WORD]
        for part in parts(rulebook, people, some, moment):
            for name, words in part.words.items():
                spread = [spread_out(each, part.size) for each in words]
                for place, day in enumerate(some):
                    bits = [(each >> np.uint64(place)) & np.uint64(1) for each in spread]
                    for number in range(part.size):
                        which = [v for v, bit in zip(DECIDED, bits, strict=True) if bit[number]]
                        yield part.first + number, day, name, which[0] if which else Verdict.UNKNOWN


def spread_out(words: Any, size: int) -> NDArray[np.uint64]:  # noqa: ANN401 - a word, a byte, or many
    """One word a person."""
    spread = np.asarray(words)
    if spread.dtype == np.uint8:
        spread = np.negative(spread.astype(np.uint64))
    return np.broadcast_to(spread.astype(np.uint64), (size,))
