"""What a change of policy would do: who gains and who loses a home, by municipality, tier and size of household."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from perron.matching.clock import Clock
from perron.matching.market import Market
from perron.matching.outcome import Outcome
from perron.matching.placing import Bands, HomeSearch, market_of
from perron.matching.policy import Policy
from perron.matching.solving import solve


@dataclass(frozen=True, slots=True)
class Change:
    """Households with a home under the policy of now and under the other, of one municipality or group.

    ``kind``: municipality, tier or size.
    """

    kind: str
    name: str
    now: int
    then: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The plan of another policy beside that of now. ``gain``, ``lose``: households; ``move``: to another home.

    ``worse``: the points by the policy of now that the other plan is worth less; ``gaps``: of both plans.
    """

    gain: tuple[str, ...]
    lose: tuple[str, ...]
    move: int
    worse: int
    gaps: tuple[float, float]
    changes: tuple[Change, ...]


def preview(
    search: HomeSearch, outcome: Outcome, other: Policy, bands: Bands, clock: Clock
) -> Preview:
    """The other policy over the same households and homes; ``outcome`` is the plan of now."""
    market = market_of(search, bands)
    then = solve(market_of(replace(search, policy=other), bands), lexicographic=True, clock=clock)
    pairs = list(zip(market.households, outcome.home, then.home, strict=True))
    changes: list[Change] = []
    for kind, names in (
        ("municipality", None),
        ("tier", [str(tier) for tier in market.tier]),
        ("size", [str(size) for size in market.size]),
    ):
        one, two = (counted(market, plan.home, names) for plan in (outcome, then))
        changes += [
            Change(kind, name, one[name], two[name])
            for name in sorted(one.keys() | two.keys())
            if one[name] != two[name]
        ]
    return Preview(
        tuple(name for name, a, b in pairs if a < 0 <= b), tuple(name for name, a, b in pairs if b < 0 <= a),
        sum(a != b for _, a, b in pairs if a >= 0 and b >= 0),
        outcome.value - value_by(market, then), (outcome.gap, then.gap), tuple(changes),
    )  # fmt: skip


def counted(market: Market, home: Sequence[int], names: list[str] | None) -> Counter[str]:
    """Households with a home by municipality, or by the names given."""
    placed = [(i, j) for i, j in enumerate(home) if j >= 0]
    if names is None:
        return Counter(market.areas[market.area[j]] for _, j in placed)
    return Counter(names[i] for i, _ in placed)


def value_by(market: Market, plan: Outcome) -> int:
    """What a plan is worth in a market: its pairs less the penalties."""
    persons, value = [0] * len(market.areas), 0
    for i, j in enumerate(plan.home):
        if j >= 0:
            persons[market.area[j]] += market.size[i]
            row = range(int(market.edges.first[i]), int(market.edges.first[i + 1]))
            value += sum(int(market.edges.value[k]) for k in row if int(market.edges.place[k]) == j)
    short = sum(max(0, low - here) for low, here in zip(market.low, persons, strict=True))
    return value - market.penalty * short
