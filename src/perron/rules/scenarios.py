"""Two scenarios compared: who gains and who loses which route in which month, and which value of the law does it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from perron.rules.columns import People
from perron.rules.evaluate import answer
from perron.rules.moments import Moment
from perron.rules.population import DECIDED, WORD, Part, decided, parts
from perron.rules.routes import Route, Rulebook, bind
from perron.vocabulary.verdicts import Reason, Verdict


class ChangeKind(StrEnum):
    """What a scenario brings a person."""

    GAINS = "gains"
    LOSES = "loses"
    OTHER = "other"


OPEN = {Verdict.YES, Verdict.AUTHORITY}


@dataclass(frozen=True, slots=True)
class Change:
    """One person whose verdict differs from this day on; ``parameters``: the values of the law that differ.

    ``why``: the reasons of the verdict after, or of the one before where a route is lost.
    """

    person: int
    route: str
    on: date
    before: Verdict
    after: Verdict
    parameters: tuple[str, ...]
    why: tuple[Reason, ...]

    @property
    def kind(self) -> ChangeKind:
        """Whether a route opens or closes; anything else is another change."""
        return kind_of(self.before, self.after)


@dataclass(frozen=True, slots=True)
class MonthOfChange:
    """How many people gain and lose a route in a month, compared with the same month of the other scenario."""

    month: str
    pathway: str
    gains: int
    loses: int
    other: int


def kind_of(before: Verdict, after: Verdict) -> ChangeKind:
    """Gains: open only after. Loses: open only before, or a no that was not one. Anything else: other."""
    if after in OPEN and before not in OPEN:
        return ChangeKind.GAINS
    if before in OPEN and after not in OPEN:
        return ChangeKind.LOSES
    return ChangeKind.OTHER


Cell = tuple[int, str, date, Verdict, Verdict]


def cells(
    rulebook: Rulebook, people: People, days: Sequence[date], both: tuple[Moment, Moment]
) -> Iterator[Cell]:
    """Each person, route and day on which the verdicts differ, with both."""
    for begin in range(0, len(days), WORD):
        some = days[begin : begin + WORD]
        pairs = zip(*(parts(rulebook, people, some, moment) for moment in both), strict=True)
        for before, after in pairs:
            for name in before.words:
                yield from of_route(name, before, after, some)


def of_route(name: str, before: Part, after: Part, days: Sequence[date]) -> Iterator[Cell]:
    """The cells of one route for some people."""
    one, other = (decided(part.words[name], part.size) for part in (before, after))
    differs = np.zeros(before.size, np.uint64)
    for a, b in zip(one, other, strict=True):
        differs |= a ^ b
    for number in np.flatnonzero(differs):
        for place, day in enumerate(days):
            bit = 1 << place
            if int(differs[number]) & bit:
                verdicts = [
                    next(
                        (v for v, w in zip(DECIDED, words, strict=True) if int(w[number]) & bit),
                        Verdict.UNKNOWN,
                    )
                    for words in (one, other)
                ]
                yield before.first + int(number), name, day, verdicts[0], verdicts[1]


def months_that_differ(
    rulebook: Rulebook, people: People, days: Sequence[date], both: tuple[Moment, Moment]
) -> list[MonthOfChange]:
    """The months in which somebody's verdict differs, by route."""
    found: dict[tuple[str, str], Counter[ChangeKind]] = {}
    for _, name, day, before, after in cells(rulebook, people, days, both):
        found.setdefault((f"{day:%Y-%m}", name), Counter())[kind_of(before, after)] += 1
    return [
        MonthOfChange(
            month, name, many[ChangeKind.GAINS], many[ChangeKind.LOSES], many[ChangeKind.OTHER]
        )
        for (month, name), many in sorted(found.items())
    ]


def changes(
    rulebook: Rulebook, people: People, days: Sequence[date], both: tuple[Moment, Moment]
) -> Iterator[Change]:
    """The first day on which each person's verdict differs in the same way, with the reasons."""
    last: dict[tuple[int, str], tuple[Verdict, Verdict]] = {}
    for person, name, day, before, after in cells(rulebook, people, days, both):
        if last.get((person, name)) == (before, after):
            continue
        last[person, name] = before, after
        moments = tuple(replace(moment, on=day) for moment in both)
        route = next(one for one in rulebook.on(day) if one.id == name)
        told = moments[0] if kind_of(before, after) is ChangeKind.LOSES else moments[1]
        why = answer(route, people.person(person), told, rulebook).because
        yield Change(person, name, day, before, after, differing(route, *moments), why)


def differing(route: Route, before: Moment, after: Moment) -> tuple[str, ...]:
    """The parameters of a route that have another value in the other scenario."""
    keys = dict.fromkeys(key for leaf in bind(route, before).plan.leaves for key in leaf.turning)
    return tuple(key for key in keys if before.value(key) != after.value(key))
