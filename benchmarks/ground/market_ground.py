"""Invented markets as Belgian as can be without anybody's data, and the peers of ``benchmarks/matching.py``."""

import time
from dataclasses import dataclass, replace

import numpy as np

from perron.matching.assignment import Edges
from perron.matching.compiled import compiled
from perron.matching.market import Market
from perron.matching.replay import Year
from perron.vocabulary.territory import distance, points

SIZES = {"100x300": (100, 300, 105), "1kx2k": (1_000, 2_000, 38), "5kx8k": (5_000, 8_000, 18),
         "40kx60k": (40_000, 60_000, 5), "40kx60k dense": (40_000, 60_000, 11)}  # fmt: skip
"""Households, homes, and the mean radius in kilometres, chosen for about 40, 80, 100, 100 and 320 pairs a household."""

LARGE_ENOUGH = 20
"""Persons by population below which a municipality has no least; the most leaves room for one household anywhere."""
SHARED = 0.12
BASE, TIER, DAY = 3_000, 2_000, 5
WEIGHTS = (40, 10, 80, 120, 400, 12, 60, 80)


@dataclass(frozen=True)
class Ground:
    """What the listing loop takes, and what the full model needs beside the pairs."""

    seekers: tuple
    homes: tuple
    reach: tuple
    size: np.ndarray
    tier: np.ndarray
    beds: np.ndarray
    shared: np.ndarray
    area: np.ndarray
    share: np.ndarray


def year(supply, seed, days=365, a_day=21):
    """Two invented years, the second one the past of the first: arrivals every day, homes open for 20 to 120 days."""
    many, count = 2 * days * a_day, 2 * round(days * a_day * supply)
    edges, _ = pairs(ground((many, count, 25), seed))
    dice = np.random.default_rng(seed + 1)
    came, opened = dice.integers(0, days, many), dice.integers(0, days, count)
    closed = opened + dice.integers(20, 121, count)
    order = dice.permutation(count).astype(np.int32)
    mixed = Edges(many, count, edges.first, order[edges.place], edges.value)
    return Year(mixed, came, opened, closed, (many // 2, count // 2))


def ground(name, seed=1):
    """A seeded market: 565 municipalities, populations of a heavy tail, beds 1-12, six needs, ties to a place."""
    many, count, radius = SIZES.get(name, name)
    dice = np.random.default_rng(seed)
    towns = sorted(points())
    share = dice.lognormal(0, 0.8, len(towns))
    share /= share.sum()
    apart = distances(towns)
    size = dice.choice(np.arange(1, 9), many, p=[0.3, 0.22, 0.18, 0.14, 0.08, 0.04, 0.03, 0.01])
    tier = dice.choice(np.arange(6), many, p=[0.33, 0.34, 0.18, 0.1, 0.04, 0.01])
    asks = bits(dice, many, [0.3, 0.25, 0.2, 0.25, 0.3, 0.2])
    anchor = dice.choice(len(towns), many, p=share)
    reach = dice.gamma(1.5, radius / 1.5, many).astype(np.int64)
    tongues, access = 1 << dice.integers(0, 5, many), (asks & 1) > 0
    own = BASE + TIER * tier + DAY * dice.integers(0, 120, many)
    none = np.zeros(many + 1, np.int64), np.zeros(0, np.int64)
    area = np.sort(dice.choice(len(towns), count, p=share))
    beds = dice.choice(
        np.arange(1, 13), count, p=np.array([9, 16, 18, 18, 12, 9, 5, 4, 3, 3, 2, 1]) / 100
    )
    shared = (dice.random(count) < SHARED) & (beds > 1)
    order = np.lexsort((beds, area))
    area, beds, shared = area[order], beds[order], shared[order]
    gives = bits(dice, count, [0.25, 0.3, 0.3, 0.3, 0.25, 0.3])
    spoken, worth = 1 << dice.integers(0, 5, count), dice.integers(0, 200, count)
    begin = np.searchsorted(area, np.arange(len(towns) + 1))
    seekers = (asks, np.zeros(many, np.int64), size, anchor, reach, tongues, access, own, *none)
    homes = (
        np.zeros(count, np.int64),
        gives,
        beds,
        shared,
        spoken,
        (gives & 1) > 0,
        worth,
        np.arange(count),
    )
    whole = lambda row: tuple(np.asarray(each, np.int64) for each in row)  # noqa: E731
    return Ground(whole(seekers), whole(homes), (begin.astype(np.int64), apart), size, tier, beds,
                  shared, area, share)  # fmt: skip


def bits(dice, many, chances):
    """A mask of needs or features."""
    return sum(
        (dice.random(many) < chance).astype(np.int64) << at for at, chance in enumerate(chances)
    )


def distances(towns):
    """Kilometres between all municipalities."""
    return np.array([[distance(one, other) for other in towns] for one in towns], np.int64)


def pairs(found):
    """The pairs of a market by the loop of ``listing.py``: edges, and the seconds it took."""
    loop, begun = compiled("suit"), time.perf_counter()
    many, count = len(found.size), len(found.beds)
    first, none = np.zeros(many + 1, np.int64), np.zeros(0, np.int64)
    total = loop(
        found.seekers, found.homes, found.reach, WEIGHTS, first, none.astype(np.int32), none, False
    )
    place, value = np.empty(total, np.int32), np.empty(total, np.int64)
    loop(found.seekers, found.homes, found.reach, WEIGHTS, first, place, value, True)
    return Edges(many, count, first, place, value), time.perf_counter() - begun


def market(found, edges, *, full=False, seed=2):
    """The market: an assignment, or with shared homes, bands by population and households kept together."""
    many, count, areas = len(found.size), len(found.beds), len(found.share)
    plain = Market(
        [str(i) for i in range(many)], [str(j) for j in range(count)], edges, found.size.tolist(),
        found.tier.tolist(), [""] * many, [None] * count, found.area.tolist(),
        [str(a) for a in range(areas)], [0] * areas, [None] * areas,
    )  # fmt: skip
    if not full:
        return plain
    dice = np.random.default_rng(seed)
    group = [""] * many
    close = np.lexsort((found.seekers[3],))
    for at in close[:-1:25]:
        other = close[
            min(
                many - 1,
                np.searchsorted(found.seekers[3][close], found.seekers[3][at], "right") - 1,
            )
        ]
        if other != at and not group[other]:
            group[at] = group[other] = f"g{at}"
    persons = found.size.sum() * found.share
    least = np.where(persons < LARGE_ENOUGH, 0, 0.4 * persons * dice.uniform(0.8, 1.1, areas))
    low = np.floor(least).astype(int).tolist()
    high = np.ceil(1.2 * persons + 8).astype(int).tolist()
    beds = [
        int(bed) if together else None
        for bed, together in zip(found.beds, found.shared, strict=True)
    ]
    return replace(plain, group=group, beds=beds, low=low, high=high)


def greedy(edges):
    """The priority list of today's systems: the most valuable pair that is left, again and again."""
    household = np.repeat(np.arange(edges.households), np.diff(edges.first))
    order = np.argsort(-edges.value, kind="stable")
    placed, taken, value = np.zeros(edges.households, bool), np.zeros(edges.places, bool), 0
    for i, j, worth in zip(
        household[order].tolist(),
        edges.place[order].tolist(),
        edges.value[order].tolist(),
        strict=True,
    ):
        if not placed[i] and not taken[j]:
            placed[i] = taken[j] = True
            value += worth
    return value


def scipy_matrix(edges):
    """Costs for SciPy, with a column of its own for each household that stays without a home."""
    from scipy.sparse import csr_array

    many, most = edges.households, int(edges.value.max()) + 1
    count = np.diff(edges.first)
    first = edges.first + np.arange(many + 1)
    place, cost = np.empty(first[-1], np.int32), np.empty(first[-1])
    last = first[1:] - 1
    inside = np.ones(first[-1], bool)
    inside[last] = False
    place[inside], cost[inside] = edges.place, most - edges.value
    place[last], cost[last] = edges.places + np.arange(many), most
    assert len(count) == many
    return csr_array((cost, place, first), shape=(many, edges.places + many)), most


def scipy_value(built):
    """The value that SciPy finds."""
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    matrix, most = built
    rows, columns = min_weight_full_bipartite_matching(matrix)
    return int(most * len(rows) - sum_of(matrix, rows, columns))


def sum_of(matrix, rows, columns):
    """The sum of chosen cells."""
    return matrix[rows, columns].sum()


def flow_value(edges):
    """The value that the min-cost flow of OR-Tools finds."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    many, places = edges.households, edges.places
    household = np.repeat(np.arange(many, dtype=np.int32), np.diff(edges.first))
    sink = many + places
    tail = np.concatenate(
        [household, np.arange(many, sink, dtype=np.int32), np.arange(many, dtype=np.int32)]
    )
    head = np.concatenate([many + edges.place, np.full(places + many, sink, np.int32)]).astype(
        np.int32
    )
    cost = np.concatenate([-edges.value, np.zeros(places + many, np.int64)])
    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tail, head, np.ones(len(tail), np.int64), cost)
    nodes = np.arange(sink + 1, dtype=np.int32)
    flow.set_nodes_supplies(
        nodes, np.concatenate([np.ones(many, np.int64), np.zeros(places, np.int64), [-many]])
    )
    assert flow.solve() == flow.OPTIMAL
    return -int(flow.optimal_cost())


def highs_value(edges):
    """The value that the linear program of HiGHS finds (its corners are whole)."""
    import highspy

    highs, count = highspy.Highs(), len(edges.value)
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    lp = highspy.HighsLp()
    household = np.repeat(np.arange(edges.households), np.diff(edges.first))
    lp.num_col_, lp.num_row_ = count, edges.households + edges.places
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_, lp.col_lower_ = edges.value.astype(float), np.zeros(count)
    lp.col_upper_ = np.full(count, highspy.kHighsInf)
    lp.row_lower_, lp.row_upper_ = np.full(lp.num_row_, -highspy.kHighsInf), np.ones(lp.num_row_)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.arange(0, 2 * count + 1, 2, dtype=np.int32)
    lp.a_matrix_.index_ = (
        np.column_stack([household, edges.households + edges.place]).ravel().astype(np.int32)
    )
    lp.a_matrix_.value_ = np.ones(2 * count)
    highs.passModel(lp)
    highs.run()
    return round(highs.getInfo().objective_function_value)
