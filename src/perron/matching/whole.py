"""Whole plans from HiGHS: the best for some households while all others stay where they are."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from perron.matching.linear import columns
from perron.matching.rows import UNBOUND, Array, Rows, sound, used, worth
from perron.matching.solver import load

NEAR = 1e-6
EXACT = 2**48
"""Up to here HiGHS counts in whole numbers; above, what it proves is widened by its own tolerance."""


@dataclass(frozen=True, slots=True)
class Task:
    """Which plan is improved, and for what: ``goal`` of each edge, ``penalty`` of each person short."""

    rows: Rows
    goal: Array
    penalty: int


@dataclass(frozen=True, slots=True)
class Found:
    """A plan, its worth, and the most that HiGHS says is possible for the households that were free to move."""

    edge: Array
    worth: int
    most: int | None


def improve(  # noqa: PLR0917 - all of it is needed
    task: Task, edge: Array, movable: Array, edges: Array, seconds: float, value: int
) -> Found:
    """The best plan when ``movable`` households may take the ``edges`` (all theirs) and nobody else moves.

    The plan is counted in whole numbers; where it is not sound or not better, the old one is given back.
    """
    fixed = edge.copy()
    fixed[movable] = -1
    chosen, most = asked(task, edges, fixed, seconds, edge)
    plan = better(task, fixed, chosen, value)
    if plan is None and most is not None and most > value:
        chosen, most = asked(
            task, edges, fixed, seconds
        )  # HiGHS 1.16 may give back the start, not what it found
        plan = better(task, fixed, chosen, value)
    if plan is None:
        return Found(edge, value, most)
    return Found(plan, worth(task.rows, plan, task.goal, task.penalty), most)


def asked(
    task: Task, edges: Array, fixed: Array, seconds: float, start: Array | None = None
) -> tuple[Array, int | None]:
    """The edges that HiGHS takes beside the fixed ones, and the bound it proves; it may begin with ``start``."""
    highs, highspy, _ = program(task, edges, used(task.rows, fixed))
    highs.setOptionValue("time_limit", max(seconds, 0.01))
    if start is not None:
        given = highspy.HighsSolution()
        taken = np.isin(edges, start).astype(float)
        given.col_value = np.concatenate([taken, short_start(task, start)]).tolist()
        highs.setSolution(given)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return edges[:0], None
    share = np.array(highs.getSolution().col_value)
    taken = share[: len(edges)] > 1 / 2 if len(share) else np.zeros(len(edges), bool)
    return edges[taken], ceiling(highs.getInfo().mip_dual_bound, task, fixed)


def better(task: Task, fixed: Array, chosen: Array, value: int) -> Array | None:
    """The plan with the chosen edges, where it is sound and worth more."""
    plan = fixed.copy()
    plan[task.rows.household[chosen]] = chosen
    twice = (plan >= 0).sum() != (fixed >= 0).sum() + len(chosen)
    if twice or not sound(task.rows, plan):
        return None
    return plan if worth(task.rows, plan, task.goal, task.penalty) > value else None


def short_start(task: Task, edge: Array) -> Array:
    """What each soft row falls short by in the plan."""
    soft = np.flatnonzero((task.rows.soft > 0) & (task.rows.low > 0))
    use = used(task.rows, edge)[soft]
    return np.maximum(task.rows.low[soft] - use, 0).astype(float)


def ceiling(most: float, task: Task, fixed: Array) -> int | None:
    """The bound of HiGHS as a whole number of the whole plan; None where there is none."""
    if not math.isfinite(most):
        return None
    other = int(task.goal[fixed[fixed >= 0]].sum())
    if abs(most) < EXACT:
        return math.floor(most + NEAR * max(1.0, abs(most) * NEAR)) + other
    return math.ceil(most + NEAR * abs(most)) + other


def program(task: Task, edges: Array, use: Array) -> tuple[Any, Any, int]:
    """The model in HiGHS: a yes or no for each edge, and what each soft row falls short."""
    rows = task.rows
    highspy, highs = load()
    soft = np.flatnonzero((rows.soft > 0) & (rows.low > 0))
    start, index, weight = columns(rows, edges)
    touched, index = np.unique(np.concatenate([index, soft]), return_inverse=True)
    count, shorts = len(edges), len(soft)
    shared = touched < rows.count
    mine = touched[shared]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count + shorts, len(touched)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.concatenate([task.goal[edges], np.full(shorts, -task.penalty)]).astype(float)
    lp.col_lower_ = np.zeros(count + shorts)
    lp.col_upper_ = np.concatenate([np.ones(count), rows.low[soft].astype(float)])
    kinds = highspy.HighsVarType
    lp.integrality_ = [kinds.kInteger] * count + [kinds.kContinuous] * shorts
    low, high = np.full(len(touched), -highspy.kHighsInf), np.ones(len(touched))
    low[shared] = rows.low[mine] - use[mine]
    high[shared] = rows.high[mine] - use[mine]
    low[shared & (rows.low[np.minimum(touched, rows.count - 1)] == 0)
        & (rows.high[np.minimum(touched, rows.count - 1)] > 0)] = -highspy.kHighsInf  # fmt: skip
    high[high >= UNBOUND // 2] = highspy.kHighsInf
    lp.row_lower_, lp.row_upper_ = low, high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    ends = len(index) - shorts
    lp.a_matrix_.start_ = np.concatenate([start, ends + np.arange(shorts + 1)]).astype(np.int32)
    lp.a_matrix_.index_ = index.astype(np.int32)
    lp.a_matrix_.value_ = np.concatenate([weight, np.ones(shorts)])
    highs.passModel(lp)
    return highs, highspy, shorts
