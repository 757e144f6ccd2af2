"""A solved market: the plan, what it is worth, and the most that any plan can be worth."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from perron.matching.assignment import Assignment, Edges, assign, in_arrays, largest
from perron.matching.kernels import Numbers
from perron.matching.market import Market

Tell = Callable[[str], None]
"""Takes a line on how far it is, for whoever waits."""


@dataclass(frozen=True, slots=True)
class Prices:
    """The duals that stand behind a bound, in whole numbers times ``scale``.

    No plan is worth more than ``total`` / scale; a plan that holds pair k, no more than (total - slack(k)) / scale.
    ``profit``: what each household gets. ``place``: what each place costs. ``area``: what one person more costs in
    each municipality: above 0 its upper limit binds, below 0 its lower. ``step``: with tiers in one run, more than
    all values together.
    """

    scale: int
    total: int
    profit: Numbers
    place: Numbers
    area: Numbers
    slack: Callable[[int], int]
    step: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan with its bound.

    ``home``: index of the place of each household, -1 for none. ``value``: the values of its pairs minus
    the penalties. ``bound``: no plan over the listed pairs is worth more; with tiers, none that places as
    many of each. ``gap``: of the last step that is not proven. ``seconds``: solving, then proving.
    ``prices``: the duals, from which ``why.py`` explains. ``by_tier``: higher tiers went first.
    """

    home: Sequence[int]
    value: int
    bound: int
    gap: float
    placed_by_tier: dict[int, int]
    short_persons: int = 0
    seconds: tuple[float, float] = (0.0, 0.0)
    stopped: bool = False
    prices: Prices | None = None
    by_tier: bool = False

    @property
    def placed(self) -> int:
        """Households with a place."""
        return sum(self.placed_by_tier.values())


def gap(value: float, bound: float) -> float:
    """How far the plan may be from the best one, as a share of the bound."""
    return (bound - value) / max(1, abs(bound))


def placed_by_tier(market: Market, home: Sequence[int]) -> dict[int, int]:
    """How many households of each tier have a place, the highest tier first."""
    counts = dict.fromkeys(sorted(set(market.tier), reverse=True), 0)
    counts |= Counter(tier for tier, j in zip(market.tier, home, strict=True) if j >= 0)
    return counts


def solve_pure(market: Market, *, lexicographic: bool = False) -> tuple[Outcome, Assignment]:
    """The best plan of a market that is an assignment and nothing more, with its duals; see ``assignment.py``."""
    edges = ranked(market) if lexicographic else market.edges
    found = assign(edges)
    step = step_between_tiers(market) if lexicographic else 0
    value = sum(int(market.edges.value[k]) for k in found.edge if k >= 0)
    home = [int(place) for place in found.home]
    outcome = Outcome(
        home, value, value, 0.0, placed_by_tier(market, home),
        seconds=(found.solve_seconds, found.certify_seconds), prices=prices_of(edges, found, step),
        by_tier=lexicographic,
    )  # fmt: skip
    return outcome, found


def prices_of(edges: Edges, found: Assignment, step: int) -> Prices:
    """The duals of an assignment: the slack of a pair is u_i + w_j - v_ij."""

    def slack(k: int) -> int:
        household = bisect_right(edges.first, k) - 1
        price = int(found.price[int(edges.place[k])])
        return int(found.profit[household]) + price - int(edges.value[k])

    total = sum(int(each) for each in found.profit) + sum(int(each) for each in found.price)
    return Prices(1, total, found.profit, found.price, [], slack, step)


def step_between_tiers(market: Market) -> int:
    """More than any plan is worth: one household of a tier weighs more than all values together."""
    most = min(market.edges.households, market.edges.places)
    return most * largest(market.edges.value) + 1


def ranked(market: Market) -> Edges:
    """The edges with values that put tiers first: + step * rank, the lowest tier having rank 1."""
    step, edges = step_between_tiers(market), market.edges
    rank = {tier: at for at, tier in enumerate(sorted(set(market.tier)), start=1)}
    lift = [step * rank[tier] for tier in market.tier]
    small = step * (len(rank) + 1) * (edges.households + 1) < 2**62
    if isinstance(edges.value, list) or not small:
        value = [int(each) for each in edges.value]
        for i, more in enumerate(lift):
            for k in range(edges.first[i], edges.first[i + 1]):
                value[k] += more
        return replace(edges, value=value)
    import numpy as np  # noqa: PLC0415 - only large markets need it

    edges = in_arrays(edges)
    lifted = edges.value + np.repeat(np.array(lift, np.int64), np.diff(edges.first))
    return replace(edges, value=lifted)
