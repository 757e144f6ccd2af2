"""The linear relaxation with HiGHS, over few edges at first: those that would help are added until none would.

Column generation (L. Ford and D. Fulkerson 1958; P. Gilmore and R. Gomory 1961): a solution over some edges gives a
price for each row; an edge that is worth more than it would pay is added, and so on. Edges of households that
stay together are there from the start, all or all that are not far too dear: they are priced badly one by one.
"""

from dataclasses import dataclass

import numpy as np

from perron.matching.assignment import Edges, assign
from perron.matching.bound import Bound, bound
from perron.matching.clock import Clock
from perron.matching.outcome import Tell
from perron.matching.rows import UNBOUND, Array, Rows
from perron.matching.solver import load

FIRST, FEWER, MORE = 6, 3, 6
"""Edges of each household at the start, fewer where the first prices are good, and how many are added at once."""
TOGETHER = 50
"""Where they are, an edge of those kept together is there from the start if its slack is within this part of the best
goal (measured: a fifth of the time at 40,000 households)."""
PRIMAL = 4
"""The number of the primal simplex method in HiGHS."""
MANY = 20_000
"""Edges from which the interior point method is the faster one, and good first prices are worth their time."""
CLOSE = 1e-6
"""The relaxation is solved when it is within this share of the bound."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """``bound``: proven over all edges. ``edges``: those looked at; ``share``: how much of each is taken."""

    bound: Bound
    edges: Array
    share: Array


class Program:
    """One linear program in HiGHS that grows by columns."""

    def __init__(self, rows: Rows, goal: Array, penalty: int) -> None:
        """The rows, and for each soft one a column of what it falls short."""
        self.rows, self.goal = rows, goal
        self.highspy, self.highs = load()
        self.highs.setOptionValue("solver", "ipm" if len(rows.place) > MANY else "choose")
        soft = np.flatnonzero((rows.soft > 0) & (rows.low > 0))
        many = len(rows.first) - 1
        lp = self.highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(soft), rows.count + many
        lp.sense_ = self.highspy.ObjSense.kMaximize
        lp.col_cost_ = np.full(len(soft), -float(penalty))
        lp.col_lower_, lp.col_upper_ = np.zeros(len(soft)), rows.low[soft].astype(float)
        low, high = rows.low.astype(float), rows.high.astype(float)
        high[rows.high >= UNBOUND] = self.highspy.kHighsInf
        low[(rows.low == 0) & (rows.high > 0)] = -self.highspy.kHighsInf
        lp.row_lower_ = np.concatenate([low, np.full(many, -self.highspy.kHighsInf)])
        lp.row_upper_ = np.concatenate([high, np.ones(many)])
        lp.a_matrix_.format_ = self.highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.arange(len(soft) + 1, dtype=np.int32)
        lp.a_matrix_.index_, lp.a_matrix_.value_ = soft.astype(np.int32), np.ones(len(soft))
        self.highs.passModel(lp)
        self.shorts = len(soft)
        self.edges = np.empty(0, np.int64)

    def add(self, edges: Array) -> None:
        """More columns."""
        start, index, weight = columns(self.rows, edges)
        count = len(edges)
        self.highs.addCols(
            count, self.goal[edges].astype(float), np.zeros(count), np.full(count, self.highspy.kHighsInf),
            len(index), start, index, weight,
        )  # fmt: skip
        self.edges = np.concatenate([self.edges, edges])

    def solve(self, clock: Clock) -> tuple[Array, Array, float] | None:
        """Price of each row, share of each column, value; None where the time was over.

        The first time by the interior point method, which is 20 times faster than the simplex method from
        nothing; afterwards the simplex method goes on from the corner that was found (measured).
        """
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + clock.left())
        self.highs.run()
        if self.highs.getModelStatus() != self.highspy.HighsModelStatus.kOptimal:
            return None
        for option, value in (
            ("solver", "simplex"),
            ("simplex_strategy", PRIMAL),
            ("presolve", "off"),
        ):
            self.highs.setOptionValue(option, value)
        found = self.highs.getSolution()
        share = np.array(found.col_value)[self.shorts :]
        return np.array(found.row_dual), share, self.highs.getInfo().objective_function_value


def columns(rows: Rows, edges: Array) -> tuple[Array, Array, Array]:
    """Where the column of each edge starts, then row and weight of its entries, that of its household last."""
    lanes = np.vstack([rows.row[:, edges], rows.count + rows.household[edges]])
    weights = np.vstack([rows.weight[:, edges], np.ones(len(edges), np.int32)])
    there = (lanes >= 0).T
    start = np.concatenate([[0], there.sum(axis=1).cumsum()])[:-1].astype(np.int32)
    return start, lanes.T[there].astype(np.int32), weights.T[there].astype(float)


def relax(  # noqa: PLR0917 - all of it is needed
    rows: Rows,
    goal: Array,
    penalty: int,
    clock: Clock,
    tell: Tell,
    near: tuple[Array, Array] | None,
) -> Relaxed:
    """The linear relaxation, as far as the time allows, and the bound of its last prices.

    ``near``: a good plan and prices of the rows that belong to it, to begin with.
    """
    program = Program(rows, goal, penalty)
    taken, price = near or plainly(rows, goal)
    best = bound(rows, goal, penalty, price)
    start = first_edges(rows, best, taken, None if near is None else int(goal.max(initial=0)))
    program.add(start)
    share = np.zeros(len(start))
    while not clock.over():
        solved = program.solve(clock)
        if solved is None:
            break
        price, share, value = solved
        found = bound(rows, goal, penalty, price[: rows.count])
        best = min(best, found, key=lambda each: each.value)
        tell(f"bound {best.value}, {len(program.edges)} of {len(rows.value)} pairs looked at")
        more = helping(rows, found, price[rows.count :], program.edges)
        if len(more) == 0 or found.value - value <= CLOSE * abs(found.value):
            break
        program.add(more)
        share = np.append(share, np.zeros(len(more)))
    return Relaxed(best, program.edges, share)


def plainly(rows: Rows, goal: Array) -> tuple[Array, Array]:
    """The plan and the prices of the plain assignment."""
    many, places = len(rows.first) - 1, rows.areas[0]
    found = assign(Edges(many, places, rows.first, rows.place, goal))
    price = np.zeros(rows.count)
    together = np.array([bed is not None for bed in rows.market.beds], bool)
    price[:places] = np.where(together, 0, found.price)
    return np.array(found.edge, np.int64), price


def first_edges(rows: Rows, begun: Bound, taken: Array, most: int | None) -> Array:
    """The edges to begin with: the best ones by the first prices, the plan, and those of who is kept together.

    ``most``: the best goal of an edge, where the first prices are good; None where they are not.
    """
    keep = np.zeros(len(rows.place), bool)
    keep[best_few(rows, begun.slack, FIRST if most is None else FEWER)] = True
    keep[taken[taken >= 0]] = True
    together = rows.team[rows.household] >= 0
    if most is not None:
        together &= begun.slack <= max(most // TOGETHER, 1) * begun.scale
    return np.flatnonzero(keep | together)


def best_few(rows: Rows, slack: Array, few: int) -> Array:
    """The few edges of each household with the least slack."""
    order = np.lexsort((slack, rows.household))
    rank = np.arange(len(order)) - rows.first[rows.household[order]]
    return order[rank < few]


def helping(rows: Rows, found: Bound, profit: Array, known: Array) -> Array:
    """Edges that are worth more than what they would pay, a few of each household."""
    gain = (found.profit / found.scale)[rows.household] - found.slack / found.scale
    gain -= profit[rows.household]
    gain[known] = 0
    more = np.flatnonzero(gain > CLOSE)
    order = more[np.lexsort((-gain[more], rows.household[more]))]
    here = rows.household[order]
    begins = np.concatenate([[0], np.flatnonzero(np.diff(here)) + 1]) if len(here) else here
    rank = np.arange(len(here)) - np.repeat(begins, np.diff(np.append(begins, len(here))))
    return np.sort(order[rank < MORE])
