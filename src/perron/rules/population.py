"""Many people on many days: the same verdicts as for one person, counted by day and route."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perron.rules.asking import Prepared, asked, prepared
from perron.rules.binding import bound
from perron.rules.chunks import Chunk, quiet_steps
from perron.rules.columns import People
from perron.rules.compiled import Compiler, Made, Step
from perron.rules.exact import Status, residual
from perron.rules.moments import Moment
from perron.rules.planes import (
    EVERY_DAY,
    Few,
    Plane,
    counts,
    moving,
)
from perron.rules.routes import Identity, Route, Rulebook, bind
from perron.rules.terms import Leaf
from perron.vocabulary.verdicts import Verdict

CHUNK = 49_980
"""People at a time: so many that a step costs more than its call, so few that its planes take little memory."""

WORD = 64
KEPT = 16_320
"""How many words a counter keeps before it counts them."""

Words = tuple[Any, Any, Any]
NEVER: Words = (np.uint64(0), EVERY_DAY, np.uint64(0))
"""The words of a route on days on which no version of it counts: not known."""

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
    """The verdicts of some people: for each route a word a person, a bit a day.

    Of each route: where it is yes, where it can be anything but no, and where an authority decides.
    """

    first: int
    size: int
    words: Mapping[str, Words]


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
        added = {route.id: tuple(Counter(len(some)) for _ in DECIDED) for route in rulebook.routes}
        for part in parts(rulebook, people, some, moment):
            for name, words in part.words.items():
                for counter, each in zip(added[name], words, strict=True):
                    counter.add(each, part.size)
            progress(part.first + part.size + begin // WORD * people.size, people.size)
        counted = {name: [each.total() for each in counters] for name, counters in added.items()}
        for place, day in enumerate(some):
            for name, numbers in counted.items():
                yes, open_, authority = (int(each[place]) for each in numbers)
                no, unknown = people.size - open_, open_ - yes - authority
                found.append(Tally(day, name, yes, no, authority, unknown))
    return found


class Counter:
    """How many people have each bit, added up part by part; words are kept until there are many of them."""

    def __init__(self, days: int) -> None:
        """Count so many days."""
        self.days = days
        self.found = np.zeros(days, np.int64)
        self.kept: list[NDArray[np.uint64]] = []
        self.size = 0

    def add(self, words: Any, size: int) -> None:  # noqa: ANN401 - a word, a byte, or many
        """Add some people; a byte a person, or one value for all, counts the same on every day."""
        if isinstance(words, Few):
            self.keep(words.words)
        elif np.ndim(words) == 0:
            one = int(as_words(words))
            self.found += ((one >> np.arange(self.days, dtype=object)) & 1).astype(np.int64) * size
        elif words.dtype == np.uint8:
            self.found += np.count_nonzero(words != 0)
        else:
            self.keep(words)

    def keep(self, words: NDArray[np.uint64]) -> None:
        """Keep some words until there are many; those of nobody's days need not be counted."""
        some = words[np.flatnonzero(words != 0)]
        self.kept.append(some)
        self.size += len(some)
        if self.size > KEPT:
            self.settle()

    def settle(self) -> None:
        """Count the words that were kept."""
        if self.kept:
            self.found += counts(np.concatenate(self.kept), self.days)
        self.kept, self.size = [], 0

    def total(self) -> NDArray[np.int64]:
        """The count of each day."""
        self.settle()
        return self.found


def parts(
    rulebook: Rulebook, people: People, days: Sequence[date], moment: Moment
) -> Iterator[Part]:
    """The verdicts of all people, some at a time, on at most 64 days."""
    moments = tuple(replace(moment, on=day) for day in days)
    steps, ready = compiled(Identity(rulebook), moments)
    lookups = {one.unit: asked(one, people) for one in ready}
    quiet = frozenset(quiet_steps([one for each in steps for one in each[2:]], lookups))
    for first in range(0, people.size, CHUNK):
        rows = slice(first, min(first + CHUNK, people.size))
        chunk = Chunk(lookups, rows, {}, quiet)
        words: dict[str, Words] = {}
        for name, mask, yes, authority in steps:
            own = verdict_words(chunk.plane(yes), chunk.plane(authority))
            before = words.get(name, NEVER)
            words[name] = own if mask == EVERY_DAY else merged(before, own, mask)
        yield Part(first, rows.stop - first, words)


def verdict_words(yes: Plane, authority: Plane) -> Words:
    """The words of one route: bytes of 0 and 1 where nothing moves."""
    if yes.still is not None and authority.still is not None:
        return yes.still >> 1, (yes.still | authority.still) & 1, authority.still >> 1
    if yes.left is not None and authority.still is not None and not np.any(authority.still):
        few = [Few(each, yes.left, yes.size) for each in (yes.must, yes.can)]
        return few[0], few[1], np.uint64(0)
    can, must = moving(yes)
    other_can, other_must = moving(authority)
    return must, can | other_can, other_must


def merged(before: Words, words: Words, mask: np.uint64) -> Words:
    """The words of another version of a route, on the days on which it counts."""
    yes, open_, authority = (
        (as_words(a) & ~mask) | (as_words(b) & mask) for a, b in zip(before, words, strict=True)
    )
    return yes, open_, authority


def as_words(words: Any) -> Any:  # noqa: ANN401 - a word, a byte, or many
    """Every bit of a word for a byte that is set; zero for those who are not among a few."""
    if isinstance(words, Few):
        return words.all()
    spread = np.asarray(words)
    return np.negative(spread.astype(np.uint64)) if spread.dtype == np.uint8 else spread


Compiled = tuple[str, np.uint64, Step, Step]


@cache
def compiled(
    of: Identity[Rulebook], moments: tuple[Moment, ...]
) -> tuple[tuple[Compiled, ...], tuple[Prepared, ...]]:
    """The steps of each route, with the days on which this version of it counts; and the units that they ask."""
    made: Made = {}
    found: list[Compiled] = []
    routes: dict[int, tuple[Route, int]] = {}
    for day, moment in enumerate(moments):
        for route in of.kept.on(moment.on):
            _, bits = routes.get(id(route), (route, 0))
            routes[id(route)] = route, bits | 1 << day
    everything = (1 << len(moments)) - 1
    for route, bits in routes.values():
        here = bind(route, moments[-1])
        compiler, status = Compiler(here, made), settled_by_law(here.plan.leaves, moments)
        mask = EVERY_DAY if bits == everything else np.uint64(bits)
        yes, authority = (
            compiler.step(residual(each.node, status)) for each in (here.yes, here.authority)
        )
        found.append((route.id, mask, yes, authority))
    return tuple(found), tuple(prepared(unit, moments) for unit in made.values())


def settled_by_law(leaves: Sequence[Leaf], moments: Sequence[Moment]) -> Status:
    """The truth of what asks the law or the day alone and is the same on every day; None for every other leaf."""
    status: list[bool | None] = []
    for leaf in leaves:
        truths = set() if leaf.facts else {bound(leaf, moment).holds({}) for moment in moments}
        same = truths.pop() if len(truths) == 1 else None
        status.append(same if isinstance(same, bool) else None)
    return tuple(status)


def verdicts(
    rulebook: Rulebook, people: People, days: Sequence[date], moment: Moment
) -> Iterator[tuple[int, date, str, Verdict]]:
    """The verdict of each person on each day for each route; for comparing, as there may be very many."""
    for begin in range(0, len(days), WORD):
        some = days[begin : begin + WORD]
        for part in parts(rulebook, people, some, moment):
            for name, words in part.words.items():
                spread = decided(words, part.size)
                for place, day in enumerate(some):
                    yes, no, authority = (
                        (each >> np.uint64(place)) & np.uint64(1) for each in spread
                    )
                    for number, which in enumerate((yes + 2 * no + 3 * authority).tolist()):
                        yield part.first + number, day, name, (Verdict.UNKNOWN, *DECIDED)[which]


def decided(words: Words, size: int) -> tuple[NDArray[np.uint64], ...]:
    """One word a person for each decided verdict."""
    yes, open_, authority = (np.broadcast_to(as_words(each), (size,)) for each in words)
    return yes, ~open_, authority
