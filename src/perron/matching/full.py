"""The full model: a plan at once, a bound over all pairs, then better plans until it is proven or time is over.

1. ``beginning``: households in turn, the best first, each group as a whole (what a careful desk does). In a large
   market ``recut`` seats everybody anew and cuts shared homes otherwise, one by one, until no single cut gains.
2. ``linear.relax``: the bound, and which pairs matter; a pair whose slack is above what can still be gained
   is in no better plan and is left aside (reduced-cost fixing).
3. Households that the relaxation takes whole stay, the others come in turn, and ``recut`` once more.
4. Neighbourhoods: around one municipality after another, first where the gap lies, some households are planned
   anew while all others stay (large neighbourhood search, P. Shaw 1998); now and then ``recut`` again.
5. Where not too many pairs matter, HiGHS is given all of them and the plan: its cuts lower the bound, often
   to the value, which is then proven. Else ``regions`` lowers the bound by what every plan must lose, region by
   region. Then neighbourhoods again, until the time is over.

With tiers it goes tier by tier: the number of households that was reached is held while the next is solved; each
has its share of the time that is left.
Every plan is counted in whole numbers and checked against every row; the gap is always told.
"""

from time import perf_counter

import numpy as np

from perron.matching.bound import Bound, bound
from perron.matching.clock import Clock
from perron.matching.linear import MANY, Relaxed, relax
from perron.matching.market import Market
from perron.matching.outcome import Outcome, Prices, Tell, gap, placed_by_tier
from perron.matching.recut import recut
from perron.matching.regions import lowered
from perron.matching.rows import Array, Rows, held, rows_of, shortage, sound, used, worth
from perron.matching.search import beginning, rounds
from perron.matching.whole import Found, Task, improve
from perron.vocabulary.errors import PerronError

PART = 1e-6
"""Less than this of a household is nobody."""
AT_ONCE, ALL_TOGETHER = 5_000, 150_000
"""Up to so many pairs that matter, HiGHS is given the whole market: at once, or after a good plan was found."""
LOOKING, PROVING, LOWERING = 0.15, 0.6, 0.6
"""Shares of the time: for neighbourhoods before the bound is lowered, then by the whole market or by regions."""


def solve_full(market: Market, *, lexicographic: bool, clock: Clock, tell: Tell) -> Outcome:
    """The best plan within the time, checked, with its bound.

    Raises:
        PerronError: a plan does not keep a row (``matching.not_proven``), which would be a fault in here.
    """
    begun = perf_counter()
    rows = rows_of(market)
    tier = np.array(market.tier, np.int64)
    edge = np.full(len(market.households), -1, np.int64)
    open_gap, reached = 0.0, dict[int, int]()
    tiers = sorted(set(market.tier), reverse=True) if lexicographic else []
    for at, each in enumerate(tiers):
        goal = (tier[rows.household] == each).astype(np.int64)
        step = held(rows, tier, reached)
        tell(f"tier {each}")
        part = clock.part(1 / (len(tiers) + 1 - at))
        found, most, _ = best(Task(step, goal, 0), edge, part, tell)
        edge = found.edge
        reached[each] = found.worth
        open_gap = gap(found.worth, most) or open_gap
    step = held(rows, tier, reached)
    found, most, proof = best(Task(step, rows.value, market.penalty), edge, clock, tell)
    solved = perf_counter()
    if not sound(step, found.edge) or found.worth != worth(
        rows, found.edge, rows.value, market.penalty
    ):
        raise PerronError("matching.not_proven")
    home = [int(rows.place[k]) if k >= 0 else -1 for k in found.edge]
    return Outcome(
        home, found.worth, most, gap(found.worth, most) or open_gap, placed_by_tier(market, home),
        shortage(rows, used(rows, found.edge)), (solved - begun, perf_counter() - solved), clock.stopped,
        prices_of(rows, proof), lexicographic,
    )  # fmt: skip


def prices_of(rows: Rows, proof: Bound) -> Prices:
    """What the relaxation says each household gets and each place and municipality costs."""
    places, areas = rows.areas
    return Prices(
        proof.scale, proof.total, proof.profit, proof.price[:places],
        proof.price[places : places + areas], lambda k: int(proof.slack[k]),
    )  # fmt: skip


def best(task: Task, edge: Array, clock: Clock, tell: Tell) -> tuple[Found, int, Bound]:
    """The best plan of one step, the most that is possible, and the prices; ``edge`` is a plan to begin with."""
    edge = beginning(task, edge)
    found, near = Found(edge, worth(task.rows, edge, task.goal, task.penalty), None), None
    if len(edge) and len(task.rows.place) > MANY:
        free = bound(task.rows, task.goal, task.penalty, np.zeros(task.rows.count))
        found, price = recut(task, found, free, clock)
        near = found.edge, price
    tell(f"a first plan: {found.worth}")
    relaxed = relax(task.rows, task.goal, task.penalty, clock, tell, near)
    most = relaxed.bound.value
    if found.worth < most and not clock.over():
        other = residual(task, found, relaxed)
        found = max(found, recut(task, other, relaxed.bound, clock)[0], key=lambda each: each.worth)
        tell(f"value {found.worth}, at most {most} (gap {gap(found.worth, most):.4%})")
    few = len(mattering(relaxed.bound, found.worth)) <= AT_ONCE
    if not few and found.worth < most:
        found = rounds(task, found, relaxed.bound, most, clock.part(LOOKING), tell)
    matter = mattering(relaxed.bound, found.worth)
    if found.worth < most and len(matter) <= ALL_TOGETHER and not clock.over():
        seconds = clock.left() if few else clock.part(PROVING).left()
        whole = improve(task, found.edge, np.arange(len(edge)), matter, seconds, found.worth)
        most = min(most, max(whole.most, whole.worth)) if whole.most is not None else most
        found = whole
        tell(f"value {found.worth}, at most {most} (gap {gap(found.worth, most):.4%})")
    elif found.worth < most:
        most = lowered(task, found, relaxed.bound, most, clock.part(LOWERING), tell)
    if found.worth < most:
        found = rounds(task, found, relaxed.bound, most, clock, tell)
    return found, most, relaxed.bound


def mattering(limits: Bound, value: int) -> Array:
    """The pairs that may be in a better plan: their slack is not above what can still be gained."""
    return np.flatnonzero(limits.slack <= (limits.value + 1 - value) * limits.scale)


def residual(task: Task, found: Found, relaxed: Relaxed) -> Found:
    """A whole plan near the relaxation: households taken whole stay, the others come in turn."""
    rows = task.rows
    whole = relaxed.edges[relaxed.share > 1 - PART] if len(relaxed.share) else relaxed.edges[:0]
    edge = np.full(len(rows.first) - 1, -1, np.int64)
    edge[rows.household[whole]] = whole
    apart = np.unique(rows.team[(edge < 0) & (rows.team >= 0)])
    edge[np.isin(rows.team, apart) & (rows.team >= 0)] = -1
    if not sound_enough(rows, edge):
        return found
    edge = beginning(task, edge)
    if not sound(rows, edge):
        return found
    return Found(edge, worth(rows, edge, task.goal, task.penalty), None)


def sound_enough(rows: Rows, edge: Array) -> bool:
    """Whether a part of a plan can still become one: no upper limit is broken."""
    return bool((used(rows, edge) <= rows.high)[: rows.links].all())
