"""The one place that speaks to HiGHS: whole numbers in, a proven choice out."""

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from perron.vocabulary.errors import PerronError

NEAR = 1e-6
"""How far HiGHS may be from a whole number."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A sum of weights over choices, by their index, that lies between two whole numbers."""

    terms: tuple[tuple[int, int], ...]
    high: int
    low: int = 0


@dataclass(frozen=True, slots=True)
class Model:
    """Yes-or-no choices with whole weights to maximise under rules; those in ``shut`` are not taken."""

    goal: tuple[int, ...]
    rules: tuple[Rule, ...]
    shut: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Solution:
    """What to take, what it is worth, and the proven most that anything can be worth."""

    taken: tuple[int, ...]
    value: int
    bound: int


def maximise(model: Model) -> Solution:
    """Solve to a proven optimum; the same model gives the same choice.

    Raises PerronError when HiGHS cannot be loaded, or its answer does not hold in whole numbers.
    """
    highspy, highs = load()
    highs.passModel(program(highspy, model))
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise PerronError("matching.not_proven")
    found = highs.getSolution().col_value
    taken = tuple(round(value) for value in found)
    value = sum(weight * take for weight, take in zip(model.goal, taken, strict=True))
    bound = math.floor(highs.getInfo().mip_dual_bound + NEAR)
    if bound != value or not holds(model, taken):
        raise PerronError("matching.not_proven")
    return Solution(taken, value, bound)


def holds(model: Model, taken: tuple[int, ...]) -> bool:
    """Whether the choice is yes or no everywhere and keeps every rule, counted in whole numbers."""
    return set(taken) <= {0, 1} and all(
        rule.low <= sum(weight * taken[index] for index, weight in rule.terms) <= rule.high
        for rule in model.rules
    )


def load() -> tuple[Any, Any]:
    """HiGHS, silent, on one thread, with a fixed seed, and exact to the last whole number."""
    try:
        import highspy  # noqa: PLC0415 - loaded only when there is something to solve
        from highspy._core import _Highs  # noqa: PLC0415 - the public class prints a banner
    except ImportError as missing:
        raise PerronError("matching.no_solver") from missing
    highs = _Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.5),
    ):
        highs.setOptionValue(option, value)
    return highspy, highs


def program(highspy: Any, model: Model) -> Any:  # noqa: ANN401 - highspy has no types
    """The model in the form of HiGHS: one column a choice, one row a rule."""
    count = len(model.goal)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count, len(model.rules)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = [float(weight) for weight in model.goal]
    lp.col_lower_ = [0.0] * count
    lp.col_upper_ = [0.0 if index in model.shut else 1.0 for index in range(count)]
    lp.integrality_ = [highspy.HighsVarType.kInteger] * count
    lp.row_lower_ = [float(rule.low) for rule in model.rules]
    lp.row_upper_ = [float(rule.high) for rule in model.rules]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = [0, *accumulate(len(rule.terms) for rule in model.rules)]
    lp.a_matrix_.index_ = [index for rule in model.rules for index, _ in rule.terms]
    lp.a_matrix_.value_ = [float(weight) for rule in model.rules for _, weight in rule.terms]
    return lp
