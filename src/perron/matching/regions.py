"""A lower bound on what every whole plan loses beside the relaxation, region by region.

**What is proved, and why it is true.** ``bound.py`` gives T such that T minus the worth of any plan is a sum of terms
none of which is negative: the slack of each pair it takes, the profit of each household it leaves out, for each place
and band the price times what stays unused, and where a least is missed the penalty less the price. Regions are sets
of municipalities, none in two. Each term is paid in one region, or shared out: what stays unused, where it is; what a
household loses, in the region that is its home; a pair outside its home half at home, half where it is. In a region

    pays(x) = sum over its rows of price * unused + penalty * short + what households pay there

is a linear function of the yes or no to its pairs, and a plan keeps its rows: places, bands, and who stays together,
all of which lie in one municipality. The least of pays(x) is found by HiGHS among the pairs that cost at most a limit
there; a plan with a dearer pair pays more than the limit. So every plan pays at least the lesser of the two in this
region, whatever it does elsewhere. No term is paid twice: over all regions the sums add up, and T less all of them is
a bound on every plan over all pairs. The least in each
region is what HiGHS says in floating point: one point of it is given away for its tolerances.

Regions are grown where the plan at hand loses most; those that lose much for their size are asked first.
Literature: M. Guignard and S. Kim, Lagrangean decomposition (1987); A. Geoffrion, Lagrangean relaxation for integer
programming (1974).
"""

from dataclasses import dataclass, replace

import numpy as np

from perron.matching.bound import Bound
from perron.matching.clock import Clock
from perron.matching.outcome import Tell, gap
from perron.matching.rows import UNBOUND, Array, Rows
from perron.matching.search import ground_of, losses
from perron.matching.whole import Found, Task, program

HOUSEHOLDS, PAIRS = 80, 20_000
"""Households at home in a region from which it grows no more, and pairs that HiGHS looks at (measured)."""
A_REGION = 3.0
"""Seconds for one of them at most."""
NOTHING = 50
"""Points of loss in a municipality that are not worth a region."""
POINT = 5.0
"""HiGHS stops when it knows what a region loses to so many points."""


@dataclass(frozen=True, slots=True)
class Charged:
    """Who pays what, times the scale of the bound.

    ``region``: of each municipality, ``home``: of each household; -1 for none. ``inside``: what each pair costs
    where it is. ``away``: the least that each household pays at home when it is not there.
    """

    region: Array
    home: Array
    inside: Array
    away: Array


def lowered(  # noqa: PLR0917 - all of it is needed
    task: Task, found: Found, bound: Bound, most: int, clock: Clock, tell: Tell
) -> int:
    """The bound less what the regions lose, as far as the time allows; ``most`` where that is less."""
    if not len(task.rows.place):
        return most
    ground = ground_of(task.rows, bound)
    loss = losses(task.rows, found.edge, bound, ground)
    loss -= loss.min()
    region = regions(task.rows, bound, ground.nearest, loss, bound.value - found.worth)
    paid = charged(task.rows, bound, region, ground.nearest)
    many, lost = int(region.max(initial=-1)) + 1, 0
    lose = np.array([loss[region == at].sum() for at in range(many)])
    size = np.bincount(paid.home[paid.home >= 0], minlength=many)
    for at in np.argsort(-lose / (size + 1), kind="stable").tolist():
        if most <= found.worth or clock.over():
            break
        limit = int(lose[at]) + NOTHING * bound.scale
        seconds = min(A_REGION, clock.left())
        lost += must_lose(task, bound, paid, at, limit, seconds)
        least = max((bound.total - lost) // bound.scale, found.worth)
        if least < most:
            most = least
            tell(f"value {found.worth}, at most {most} (gap {gap(found.worth, most):.4%})")
    return most


def regions(rows: Rows, bound: Bound, nearest: Array, loss: Array, points: int) -> Array:
    """The region of each municipality, those that lose most first; -1 for none.

    A region grows by the municipality that shares most households with it, by pairs of little slack.
    """
    places, areas = rows.areas
    at_home = np.where(nearest >= 0, rows.row[1, nearest] - places, 0)
    count = np.bincount(at_home[nearest >= 0], minlength=areas)
    close = np.flatnonzero(bound.slack <= points * bound.scale // 100)
    codes = at_home[rows.household[close]] * areas + rows.row[1, close] - places
    shared = np.bincount(codes, minlength=areas * areas).reshape(areas, areas).astype(float)
    shared = (shared + shared.T) / (count + 1)
    region, number = np.full(areas, -1), 0
    for seed in np.argsort(-loss, kind="stable"):
        if region[seed] >= 0 or loss[seed] < NOTHING * bound.scale:
            continue
        region[seed], inside, drawn = number, count[seed], shared[seed].copy()
        while inside < HOUSEHOLDS:
            drawn[region >= 0] = 0
            best = int(drawn.argmax())
            if drawn[best] <= 0:
                break
            region[best] = number
            inside += count[best]
            drawn += shared[best]
        number += 1
    return region


def charged(rows: Rows, bound: Bound, region: Array, nearest: Array) -> Charged:
    """Who pays what where; ``region`` of each municipality, ``nearest`` pair of each household."""
    there = region[rows.row[1] - rows.areas[0]]
    home = np.full(len(nearest), -1)
    some = nearest >= 0
    home[some] = there[nearest[some]]
    mine = there == home[rows.household]
    half = bound.slack // 2
    away = bound.profit.copy()
    np.minimum.at(away, rows.household[~mine], (bound.slack - half)[~mine])
    return Charged(region, home, np.where(mine, bound.slack, half), away)


def must_lose(  # noqa: PLR0917 - all of it is needed
    task: Task, bound: Bound, paid: Charged, at: int, limit: int, seconds: float
) -> int:
    """The least that any plan pays in a region, at most ``limit``, both times the scale of the bound."""
    rows = task.rows
    here = paid.region == at
    edges = np.flatnonzero(here[rows.row[1] - rows.areas[0]] & (paid.inside <= limit))
    if len(edges) > PAIRS:
        limit = int(np.partition(paid.inside[edges], PAIRS)[PAIRS])
        edges = edges[paid.inside[edges] < limit]
    if not len(edges):
        return 0
    goal, fixed = gains(rows, bound, paid, at, edges)
    part = Task(rows_within(rows, here), goal, task.penalty * bound.scale)
    highs, _, _ = program(part, edges, np.zeros(rows.count, np.int64))
    highs.setOptionValue("time_limit", max(seconds, 0.01))
    highs.setOptionValue("mip_abs_gap", POINT * bound.scale)
    highs.run()
    most = highs.getInfo().mip_dual_bound
    if not np.isfinite(most):
        return 0
    return max(0, min(limit, fixed - int(np.ceil(most)) - bound.scale))


def gains(rows: Rows, bound: Bound, paid: Charged, at: int, edges: Array) -> tuple[Array, int]:
    """By how much each pair makes what a region pays less, and what it pays without any pair but for the penalties."""
    places, areas = rows.areas
    here = paid.region == at
    price = np.zeros(rows.count, np.int64)
    price[:places] = np.where(here[np.array(rows.market.area, np.int64)], bound.price[:places], 0)
    price[places : places + areas] = np.where(here, bound.price[places : places + areas], 0)
    away = np.where(paid.home == at, paid.away, 0)
    goal = np.zeros(len(rows.place), np.int64)
    goal[edges] = away[rows.household[edges]] - paid.inside[edges]
    for lane in (0, 1):
        goal[edges] += price[rows.row[lane, edges]] * rows.weight[lane, edges]
    unused = price * np.where(price > 0, rows.high, rows.low)
    return goal, int(away.sum()) + int(unused.sum())


def rows_within(rows: Rows, here: Array) -> Rows:
    """The rows without the leasts of other municipalities and of tiers, which a region does not keep by itself."""
    places, areas = rows.areas
    low = rows.low.copy()
    low[places : places + areas] = np.where(here, low[places : places + areas], 0)
    low[(rows.soft == 0) & (rows.high >= UNBOUND)] = 0
    return replace(rows, low=low)
