"""The full model as rows: shared places, bands of municipalities, households that stay together, tiers that are held.

Maximise  sum v_e x_e - penalty * sum short_m   over edges e = (household i, place j, municipality m):

- household i: sum x_e <= 1
- place j: sum x_e <= 1; a shared one: sum size_i x_e <= beds_j
- municipality m: low_m - short_m <= sum size_i x_e <= high_m
- kept together: for neighbours i, k in a group and every m: sum over m of x_i = sum over m of x_k
- a tier that is held: sum of x_e of its households >= what was reached

Each edge is in at most LANES rows beside that of its household; ``row`` and ``weight`` say in which and how much.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from perron.matching.assignment import in_arrays
from perron.matching.market import Market

Array = Any
"""A numpy array; its kind of number is said where it is made."""
LANES = 5
UNBOUND = 2**40
"""Stands for no limit; no sum of sizes comes near."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The market in arrays.

    ``household``, ``place``, ``value``: of each edge. ``row``, ``weight``: LANES x edges, -1 for no row.
    ``low``, ``high``: bounds of each row. ``soft``: 1 where being under ``low`` only costs.
    ``areas``: first row of a municipality and how many there are. ``links``: first row of those kept together.
    ``team``: number of the group of each household, -1 for none.
    """

    market: Market
    first: Array
    household: Array
    place: Array
    value: Array
    row: Array
    weight: Array
    low: Array
    high: Array
    soft: Array
    areas: tuple[int, int]
    links: int
    team: Array

    @property
    def count(self) -> int:
        """Number of rows."""
        return len(self.low)


def rows_of(market: Market) -> Rows:
    """The rows of a market."""
    edges = in_arrays(market.edges)
    size = np.array(market.size, np.int64)
    household = np.repeat(np.arange(edges.households, dtype=np.int32), np.diff(edges.first))
    place = edges.place
    beds = [1 if bed is None else bed for bed in market.beds]
    together = np.array([bed is not None for bed in market.beds], bool)
    area = np.array(market.area, np.int32)
    places, areas = len(beds), len(market.areas)
    row = np.full((LANES, len(place)), -1, np.int32)
    weight = np.zeros((LANES, len(place)), np.int32)
    row[0], row[1] = place, places + area[place] if len(place) else place
    weight[0] = np.where(together[place], size[household], 1) if len(place) else 0
    weight[1] = size[household]
    team = teams(market)
    links = places + areas
    count = links + linked((row, weight), household, team, area[place] if len(place) else place,
                           (links, areas))  # fmt: skip
    low, high = np.zeros(count, np.int64), np.zeros(count, np.int64)
    soft = np.zeros(count, np.int64)
    high[:places] = beds
    low[places:links] = market.low
    high[places:links] = [UNBOUND if most is None else most for most in market.high]
    soft[places:links] = 1
    return Rows(market, edges.first, household, place, edges.value, row, weight, low, high, soft,
                (places, areas), links, team)  # fmt: skip


def teams(market: Market) -> Array:
    """The number of the group of each household; -1 where nobody is to be kept together."""
    seen: dict[str, list[int]] = {}
    for i, name in enumerate(market.group):
        if name:
            seen.setdefault(name, []).append(i)
    team = np.full(len(market.group), -1, np.int32)
    for number, members in enumerate(each for each in seen.values() if len(each) > 1):
        team[members] = number
    return team


def linked(
    lanes: tuple[Array, Array], household: Array, team: Array, area: Array, start: tuple[int, int]
) -> int:
    """Fill the lanes of those kept together, each with the next of their group; how many rows they take.

    A municipality where neither of the two has an edge gets no row.
    """
    (row, weight), (begin, areas) = lanes, start
    members = np.flatnonzero(team >= 0)
    order = members[np.argsort(team[members], kind="stable")]
    after = np.full(len(team), -1, np.int64)  # the number of the link with the next one
    before = np.full(len(team), -1, np.int64)
    pairs = np.flatnonzero(team[order[1:]] == team[order[:-1]])
    after[order[pairs]] = np.arange(len(pairs))
    before[order[pairs + 1]] = np.arange(len(pairs))
    for lane, link, sign in ((2, after, 1), (3, before, -1)):
        mine = np.flatnonzero(link[household] >= 0)
        row[lane, mine] = link[household[mine]] * areas + area[mine]
        weight[lane, mine] = sign
    mine = row[2:4]
    there = mine >= 0
    numbers, compact = np.unique(mine[there], return_inverse=True)
    mine[there] = begin + compact
    return len(numbers)


def held(rows: Rows, tier: Array, reached: dict[int, int]) -> Rows:
    """The rows with one more for each tier that is held at the number reached."""
    if not reached:
        return rows
    row, weight = rows.row.copy(), rows.weight.copy()
    for at, wanted in enumerate(reached):
        mine = np.flatnonzero(tier[rows.household] == wanted)
        row[4, mine], weight[4, mine] = rows.count + at, 1
    more = np.array(list(reached.values()), np.int64)
    low = np.concatenate([rows.low, more])
    high = np.concatenate([rows.high, np.full(len(more), UNBOUND)])
    soft = np.concatenate([rows.soft, np.zeros(len(more), np.int64)])
    return Rows(rows.market, rows.first, rows.household, rows.place, rows.value, row, weight,
                low, high, soft, rows.areas, rows.links, rows.team)  # fmt: skip


def used(rows: Rows, edge: Array) -> Array:
    """How much of each row a plan uses; ``edge`` holds the edge of each household, -1 for none."""
    taken = edge[edge >= 0]
    row, weight = rows.row[:, taken], rows.weight[:, taken]
    there = row >= 0
    return np.bincount(row[there], weight[there], minlength=rows.count).astype(np.int64)


def shortage(rows: Rows, use: Array) -> int:
    """Persons short of the least of the municipalities."""
    start, many = rows.areas
    missing = rows.low[start : start + many] - use[start : start + many]
    return int(np.maximum(missing, 0).sum())


def worth(rows: Rows, edge: Array, goal: Array, penalty: int) -> int:
    """What the plan is worth: the goal of its edges minus the penalties."""
    return int(goal[edge[edge >= 0]].sum()) - penalty * shortage(rows, used(rows, edge))


def sound(rows: Rows, edge: Array) -> bool:
    """Whether the plan keeps every hard row, counted in whole numbers, and every edge belongs to its household."""
    use = used(rows, edge)
    hard = rows.soft == 0
    mine = np.flatnonzero(edge >= 0)
    return bool(
        (use <= rows.high).all()
        and (use[hard] >= rows.low[hard]).all()
        and (rows.household[edge[mine]] == mine).all()
    )
