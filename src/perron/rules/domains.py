"""Values that stand for all a fact may have: where they differ, some condition can tell them apart."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from perron.rules.facts import DATES, FIRST_DAY, LAST_DAY, NONE, NUMBERS, Days, Fact

OTHER = "other"
"""An item of a list that no condition names."""


def domain(declared: Fact, value: object, edges: Iterable[Any], items: Sequence[str]) -> list[Any]:
    """Values that stand for all a fact may have: the lowest, and each at which a condition may turn."""
    none = [NONE] if declared.may_be_none and value is None else []
    if declared.kind == "bool":
        return [True, False]
    if declared.kind == "record":
        return [True, NONE]
    if declared.kind == "enum":
        return [*declared.values, *none]
    if declared.kind == "list":
        named = sorted(set(items))
        subsets = (each for size in range(len(named) + 1) for each in combinations(named, size))
        return [(*each, *more) for each in subsets for more in ((), (OTHER,))]
    if declared.kind in NUMBERS:
        return [0, *sorted({edge for edge in edges if edge > 0}), *none]
    assert declared.kind in DATES
    span = value if isinstance(value, Days) else Days(FIRST_DAY, LAST_DAY)
    inside = {edge for edge in edges if span.first < edge <= span.last}
    return [span.first, *sorted(inside), *none]
