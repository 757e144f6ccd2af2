"""Who envies whom with reason, and what a plan without any such envy would cost.

A household envies with reason when a home is worth more to it than the one it has, and whoever lives there goes
later (a lower tier). The best plan for everyone together may hold such envy; *deferred acceptance* never does: each
household asks for its best home, a home keeps whoever goes first, whoever is refused asks for its next best one
(D. Gale, L. Shapley 1962; with priorities of places: A. Abdulkadiroğlu, T. Sönmez 2003). It is told beside the plan so
that the choice between both is an open one: without envy fewer are placed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from perron.matching.market import Market
from perron.vocabulary.errors import PerronError


@dataclass(frozen=True, slots=True)
class Envy:
    """A household, the home it would rather have, and who of a lower tier is in it."""

    household: int
    place: int
    holder: int


@dataclass(frozen=True, slots=True)
class Report:
    """Envy with reason in the plan, the most telling case of each household; and the plan by deferred acceptance."""

    envy: tuple[Envy, ...]
    home: tuple[int, ...]
    value: int
    placed_by_tier: dict[int, int]


def report(market: Market, home: Sequence[int]) -> Report:
    """The envy in a plan of an assignment, and what a plan without it would be.

    Raises:
        PerronError: homes are shared, or there are bands or groups (``market.not_plain``).
    """
    if not market.pure:
        raise PerronError("market.not_plain")
    other = deferred_acceptance(market)
    counts = dict.fromkeys(sorted(set(market.tier), reverse=True), 0)
    counts |= Counter(tier for tier, j in zip(market.tier, other, strict=True) if j >= 0)
    value = sum(worth(market, i).get(j, 0) for i, j in enumerate(other))
    return Report(tuple(envies(market, home)), tuple(other), value, counts)


def worth(market: Market, i: int) -> dict[int, int]:
    """What each listed place is worth to a household."""
    row = range(int(market.edges.first[i]), int(market.edges.first[i + 1]))
    return {int(market.edges.place[k]): int(market.edges.value[k]) for k in row}


def envies(market: Market, home: Sequence[int]) -> list[Envy]:
    """Of each household that envies with reason, the home that is worth most to it."""
    holder = {j: i for i, j in enumerate(home) if j >= 0}
    found = []
    for i, here in enumerate(home):
        listed = worth(market, i)
        better = [
            (value, -j)
            for j, value in listed.items()
            if value > listed.get(here, 0)
            and j in holder
            and market.tier[holder[j]] < market.tier[i]
        ]
        if better:
            j = -max(better)[1]
            found.append(Envy(i, j, holder[j]))
    return found


def deferred_acceptance(market: Market) -> list[int]:
    """The place of each household, -1 for none; no household envies one of a lower tier."""
    home, holder = [-1] * len(market.households), dict[int, int]()
    wishes = [
        sorted((-value, j) for j, value in worth(market, i).items()) for i in range(len(home))
    ]
    turn = [0] * len(home)
    waiting: list[tuple[int, int]] = []
    for i, tier in enumerate(market.tier):
        heappush(waiting, (-tier, i))
    while waiting:
        _, i = heappop(waiting)
        while home[i] < 0 and turn[i] < len(wishes[i]):
            j = wishes[i][turn[i]][1]
            turn[i] += 1
            other = holder.get(j)
            if other is None or (market.tier[i], -i) > (market.tier[other], -other):
                holder[j], home[i] = i, j
                if other is not None:
                    home[other] = -1
                    heappush(waiting, (-market.tier[other], other))
    return home
