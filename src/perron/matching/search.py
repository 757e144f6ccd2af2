"""Plans without a solver: the first one, household by household, and neighbourhoods to plan anew."""

from dataclasses import dataclass
from itertools import count

import numpy as np

from perron.matching.bound import Bound
from perron.matching.clock import Clock
from perron.matching.outcome import Tell, gap
from perron.matching.recut import recut
from perron.matching.rows import LANES, Array, Rows, sound, used
from perron.matching.whole import Found, Task, improve

AROUND = 90
"""Households that are planned anew together; more are slower to solve than they gain (measured)."""
A_ROUND = 5.0
"""Seconds for one of them at most."""
TRIED_AGAIN = 0.9
"""A municipality that was tried comes up half as often; each better plan lets all come up more often again."""
RESEATED = 100
"""After so many neighbourhoods everybody is seated anew."""
FEW = 30
"""Pairs of each household that are looked at in a neighbourhood."""


def beginning(task: Task, edge: Array) -> Array:
    """A plan at once: what is there stays, then each household in turn takes the best pair that is left.

    Who loses most by waiting goes first. Groups go before, into the one municipality that takes all of them.
    """
    rows = task.rows
    plan = edge.copy()
    use = used(rows, plan)
    order = np.lexsort((rows.household, -task.goal))
    for team in range(int(rows.team.max(initial=-1)) + 1):
        seat(task, plan, use, np.flatnonzero(rows.team == team))
    waits = (plan < 0) & (rows.team < 0)
    left = order[waits[rows.household[order]] & (task.goal[order] > 0)]
    waiting = waits.tolist()
    for k, i in zip(left.tolist(), rows.household[left].tolist(), strict=True):
        if waiting[i] and fits(rows, use, k):
            take(rows, plan, use, k)
            waiting[i] = False
    return plan if sound(rows, plan) else edge


def seat(task: Task, plan: Array, use: Array, members: Array) -> None:
    """A group into the municipality where its best pairs that are left are worth most, or nowhere."""
    rows = task.rows
    if (plan[members] >= 0).any():
        return
    best, worth = None, 0
    edges = [np.arange(rows.first[i], rows.first[i + 1]) for i in members]
    areas = [set((rows.row[1, each]).tolist()) for each in edges]
    for area in sorted(set.intersection(*areas)):
        trial, spent = [], use.copy()
        for each in edges:
            here = each[rows.row[1, each] == area]
            fitting = [k for k in here[np.argsort(-task.goal[here], kind="stable")].tolist()
                       if fits(rows, spent, k)]  # fmt: skip
            if not fitting:
                break
            trial.append(fitting[0])
            spend(rows, spent, fitting[0])
        else:
            value = int(task.goal[trial].sum())
            if value > worth:
                best, worth = trial, value
    for k in best or ():
        take(rows, plan, use, k)


def fits(rows: Rows, use: Array, k: int) -> bool:
    """Whether the place and the municipality have room."""
    for lane in (0, 1):
        at = rows.row[lane, k]
        if use[at] + rows.weight[lane, k] > rows.high[at]:
            return False
    return True


def take(rows: Rows, plan: Array, use: Array, k: int) -> None:
    """The household takes the pair."""
    plan[rows.household[k]] = k
    spend(rows, use, k)


def spend(rows: Rows, use: Array, k: int) -> None:
    """Count the pair in its rows."""
    for lane in range(LANES):
        if rows.row[lane, k] >= 0:
            use[rows.row[lane, k]] += rows.weight[lane, k]


def rounds(  # noqa: PLR0917 - all of it is needed
    task: Task, found: Found, bound: Bound, most: int, clock: Clock, tell: Tell
) -> Found:
    """Plan one neighbourhood after another anew, until the plan is proven or the time is over.

    The same market and the same number of rounds give the same plan.
    """
    dice, told, seen = np.random.default_rng(0), found.worth, found.worth
    tries, ground = np.zeros(task.rows.areas[1]), ground_of(task.rows, bound)
    for number in count(1):
        if found.worth >= most or clock.over():
            break
        if number % RESEATED == 0 and found.worth > seen:
            found, _ = recut(task, found, bound, clock)
            seen = found.worth
        limit = (most - found.worth) * bound.scale
        chance = losses(task.rows, found.edge, bound, ground) / 2.0**tries
        around = int(dice.choice(len(chance), p=chance / chance.sum()))
        tries[around] += 1
        here = ground.by_area[ground.begin[around] : ground.begin[around + 1]]
        movable = neighbours(task.rows, found.edge, here[bound.slack[here] <= limit], dice)
        edges = pairs_of(task.rows, movable)
        edges = few_of(task.rows, bound, edges[bound.slack[edges] <= limit], found.edge)
        found = improve(task, found.edge, movable, edges, min(A_ROUND, clock.left()), found.worth)
        if found.worth > told:
            tries *= TRIED_AGAIN
            told = found.worth
            tell(f"value {told}, at most {most} (gap {gap(told, most):.4%})")
    return found


@dataclass(frozen=True, slots=True)
class Ground:
    """What stays the same while neighbourhoods are planned: pairs by municipality, the nearest pair of each household.

    ``by_area``: pairs; those of municipality m are ``begin[m]`` up to ``begin[m + 1]``. ``area``: of each place.
    """

    by_area: Array
    begin: Array
    nearest: Array
    area: Array


def ground_of(rows: Rows, bound: Bound) -> Ground:
    """Made once, from all pairs."""
    area = rows.row[1] - rows.areas[0]
    begin = np.concatenate([[0], np.bincount(area, minlength=rows.areas[1]).cumsum()])
    places = np.array(rows.market.area, np.int64)
    return Ground(np.argsort(area, kind="stable"), begin, nearest_pairs(rows, bound), places)


def pairs_of(rows: Rows, households: Array) -> Array:
    """All pairs of some households, in their order."""
    counts = rows.first[households + 1] - rows.first[households]
    ends = counts.cumsum()
    return np.repeat(rows.first[households] - ends + counts, counts) + np.arange(counts.sum())


def losses(rows: Rows, edge: Array, bound: Bound, ground: Ground) -> Array:
    """In which municipalities the gap lies, in units of the bound; a little everywhere.

    Bound minus value is a sum: of the slack of each pair that is taken, of the profit of each household left out,
    and of price times what is left unused of each row. A household left out counts where it fits best.
    """
    places, areas = rows.areas
    loss = np.zeros(areas)
    taken = edge[edge >= 0]
    np.add.at(loss, rows.row[1, taken] - places, bound.slack[taken])
    out = np.flatnonzero((edge < 0) & (np.diff(rows.first) > 0))
    if len(out):
        nearest = ground.nearest[out]
        np.add.at(loss, rows.row[1, nearest] - places, bound.profit[out])
    limit = np.where(bound.price > 0, rows.high, rows.low)
    unused = np.abs(bound.price * (limit - used(rows, edge)))
    loss += unused[places : places + areas]
    np.add.at(loss, ground.area, unused[:places])
    return loss + loss.sum() / (10 * areas) + 1


def nearest_pairs(rows: Rows, bound: Bound) -> Array:
    """The pair with the least slack of each household that has one."""
    found = np.full(len(rows.first) - 1, -1, np.int64)
    some = np.flatnonzero(np.diff(rows.first))
    least = np.minimum.reduceat(bound.slack, rows.first[some])
    here = np.flatnonzero(bound.slack == np.repeat(least, np.diff(rows.first)[some]))
    found[rows.household[here[::-1]]] = here[::-1]
    return found


def neighbours(rows: Rows, edge: Array, here: Array, dice: np.random.Generator) -> Array:
    """Households with pairs that matter in one municipality, those who live there first; groups as a whole.

    Of the others, those who are left out come first: to place one of them gains most.
    """
    if not len(here):
        return here
    around = rows.row[1, here[0]]
    asked = np.unique(rows.household[here])
    placed = edge[asked]
    inside = asked[(placed >= 0) & (rows.row[1, placed] == around)]
    out, others = asked[placed < 0], np.setdiff1d(asked[placed >= 0], inside)
    first = [dice.permutation(inside)[: AROUND // 2], dice.permutation(out)[: AROUND // 4]]
    chosen = np.concatenate([*first, dice.permutation(others)])[:AROUND]
    teams = np.unique(rows.team[chosen])
    together = np.flatnonzero(np.isin(rows.team, teams[teams >= 0]))
    return np.union1d(chosen, together)


def few_of(rows: Rows, bound: Bound, edges: Array, edge: Array) -> Array:
    """The pairs with the least slack of each household, and those it has now."""
    order = edges[np.lexsort((bound.slack[edges], rows.household[edges]))]
    here = rows.household[order]
    begins = np.concatenate([[0], np.flatnonzero(np.diff(here)) + 1]) if len(here) else here
    rank = np.arange(len(here)) - np.repeat(begins, np.diff(np.append(begins, len(here))))
    now = edge[np.unique(here)] if len(here) else here
    return np.union1d(order[rank < FEW], now[now >= 0]).astype(np.int64)
