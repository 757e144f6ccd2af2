"""A bound on every plan that holds whatever the solver's tolerances: prices rounded to whole numbers, then counted.

Take any price y_r for each row, not negative where the row only has an upper limit. No plan is worth more than

    sum_r (y_r > 0: y_r * high_r, else y_r * low_r)  +  sum_i max(0, max over its edges of v_e - sum_r y_r a_re)

because the plan's value is the sum over its edges of (v_e - sum y a) plus sum_r y_r (use of row r): the first
part is at most the second sum, for a household takes one edge or none, and each use lies between the limits.
Where a low limit is soft, a person short costs the penalty; the price is kept above -penalty, so that being
short never pays.
(Lagrangian duality: A. Geoffrion, 1974. The prices come from the LP, where the bound is the LP's value.)
Prices are multiples of 1 / ``SCALE``, and all is counted in 64-bit whole numbers, so nothing is rounded.
"""

from dataclasses import dataclass

import numpy as np

from perron.matching.rows import LANES, UNBOUND, Array, Rows
from perron.vocabulary.errors import PerronError

SCALE = 1_000


@dataclass(frozen=True, slots=True)
class Bound:
    """No plan is worth more than ``total`` / ``scale``; one that holds an edge, no more than that less its slack.

    ``price``: of each row, ``profit``: of each household, ``slack``: of each edge, all times ``scale``.
    """

    total: int
    price: Array
    profit: Array
    slack: Array
    scale: int

    @property
    def value(self) -> int:
        """The most that any plan is worth, in whole numbers of the goal."""
        return self.total // self.scale


def bound(rows: Rows, goal: Array, penalty: int, price: Array) -> Bound:
    """The bound that these prices prove; ``price`` in units of the goal, one a row."""
    scale = scale_of(rows, goal, penalty)
    whole = np.rint(price * scale).astype(np.int64)
    open_above = rows.high >= UNBOUND
    whole[open_above] = np.minimum(whole[open_above], 0)
    no_least = (rows.low == 0) & (rows.high > 0)
    whole[no_least] = np.maximum(whole[no_least], 0)
    soft = rows.soft > 0
    whole[soft] = np.maximum(whole[soft], -penalty * scale)
    reduced = goal * scale - costs(rows, whole)
    profit = np.zeros(len(rows.first) - 1, np.int64)
    best_of(rows, reduced, profit)
    limits = np.where(whole > 0, rows.high, rows.low)
    total = int((whole * limits).sum()) + int(profit.sum())
    return Bound(total, whole, profit, profit[rows.household] - reduced, scale)


def scale_of(rows: Rows, goal: Array, penalty: int) -> int:
    """The finest scale in which no sum leaves 64 bits (PerronError where there is none)."""
    most = int(goal.max(initial=1)) + penalty * int(rows.low.max(initial=0))
    room = 2**61 // (most * (len(rows.first) + len(rows.low) + 8))
    if room < 1:
        raise PerronError("market.too_large")
    return SCALE if room >= SCALE else 1


def best_of(rows: Rows, reduced: Array, profit: Array) -> None:
    """Into ``profit`` the best of each household, at least 0."""
    some = np.flatnonzero(np.diff(rows.first))
    best = np.maximum.reduceat(reduced, rows.first[some])
    profit[some] = np.maximum(best, 0)


def costs(rows: Rows, price: Array) -> Array:
    """What each edge pays: the prices of its rows times its weights there."""
    total = np.zeros(rows.row.shape[1], price.dtype)
    padded = np.append(price, 0)
    for lane in range(LANES):
        if (rows.weight[lane] != 0).any():
            total += padded[rows.row[lane]] * rows.weight[lane]
    return total
