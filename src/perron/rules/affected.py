"""Whom a change of the law affects, both ways: of a caseload, and of people as they come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from perron.rules.columns import People, people
from perron.rules.moments import Moment
from perron.rules.population import WORD, decided, months, parts
from perron.rules.routes import Rulebook
from perron.vocabulary.intervals import add_months

ARCHETYPES = Path(__file__).with_name("archetypes.yaml")
INSTEAD = frozenset({"tpd22_23"})
"""Stay after protection has ended is there instead of protection: while protection lasts, nobody loses it."""

MONTHS = 24
"""How many months are looked at from the day on which it takes effect."""


class Effect(StrEnum):
    """What a change brings a person on some day: a route opens, one closes, both, or one is not known any more."""

    BETTER = "better"
    WORSE = "worse"
    BOTH = "both"
    UNKNOWN = "unknown"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Archetype:
    """Somebody invented, as they come."""

    id: str
    facts: Mapping[str, Any]


@cache
def archetypes() -> tuple[Archetype, ...]:
    """The people on whom a change is tried."""
    content = yaml.safe_load(ARCHETYPES.read_text(encoding="utf-8"))
    return tuple(Archetype(each["id"], each["facts"]) for each in content["archetypes"])


def days_of(effect: date, *turns: date | None) -> tuple[date, ...]:
    """The days on which a change is looked at: its own, the first of each month, and where its value turns."""
    firsts = months(add_months(effect, 1), MONTHS)
    later = (day for day in turns if day is not None and effect < day <= firsts[-1])
    return tuple(sorted({effect, *firsts, *later}))


def effects(
    rulebook: Rulebook, people: People, days: Sequence[date], both: tuple[Moment, Moment]
) -> list[Effect]:
    """What each person is brought by the second law where the first one held.

    Better: on some day a route is open, or an authority's to decide, that was not. Worse: one is certainly closed
    that was open or could be. Unknown, where neither is so: one was decided and is not known any more.
    """
    found = {each: np.zeros(people.size, bool) for each in Effect}
    for begin in range(0, len(days), WORD):
        some = days[begin : begin + WORD]
        mask = np.uint64((1 << len(some)) - 1)
        pairs = zip(*(parts(rulebook, people, some, moment) for moment in both), strict=True)
        for before, after in pairs:
            rows = slice(before.first, before.first + before.size)
            for name in before.words.keys() - INSTEAD:
                both_words = before.words[name], after.words[name]
                each = turned(*(decided(words, before.size) for words in both_words))
                for effect, bits in each.items():
                    found[effect][rows] |= (bits & mask) > 0
    better, worse = found[Effect.BETTER], found[Effect.WORSE]
    names = np.select(
        [better & worse, better, worse, found[Effect.UNKNOWN]],
        [Effect.BOTH.value, Effect.BETTER.value, Effect.WORSE.value, Effect.UNKNOWN.value],
        Effect.SAME.value,
    )
    return [Effect(each) for each in names.tolist()]


Bits = NDArray[np.uint64]


def turned(before: tuple[Bits, ...], after: tuple[Bits, ...]) -> dict[Effect, Bits]:
    """The days, as bits, on which one route is better, worse or not known any more."""
    (yes, no, authority), (then_yes, then_no, then_authority) = before, after
    was_open, is_open = yes | authority, then_yes | then_authority
    return {
        Effect.BETTER: is_open & ~was_open,
        Effect.WORSE: then_no & ~no,
        Effect.UNKNOWN: (was_open | no) & ~(is_open | then_no),
    }


def of_archetypes(
    rulebook: Rulebook, days: Sequence[date], both: tuple[Moment, Moment]
) -> list[tuple[Archetype, Effect]]:
    """The same of everybody on whom a change is tried."""
    everybody = people([each.facts for each in archetypes()])
    return list(zip(archetypes(), effects(rulebook, everybody, days, both), strict=True))
