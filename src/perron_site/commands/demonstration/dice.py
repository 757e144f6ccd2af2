"""What is drawn, and from which shares: the tables of demonstration.yaml."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

PER_MILLE = 1000


@cache
def tables() -> dict[str, Any]:
    """Everything from which is drawn, with source and mark."""
    text = files(__package__).joinpath("demonstration.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def shares(table: str) -> Mapping[Any, int]:
    """The shares of one table."""
    values: Mapping[Any, int] = tables()[table]["values"]
    return values


def draw(dice: Random, weights: Mapping[Any, float]) -> Any:  # noqa: ANN401 - whatever stands in the table
    """One of the keys, by weight."""
    return dice.choices(tuple(weights), tuple(weights.values()))[0]


def drawn(dice: Random, table: str) -> str:
    """One word of a table of words."""
    return str(draw(dice, shares(table)))


def happens(dice: Random, per_mille: int) -> bool:
    """Whether something of this frequency happens."""
    return dice.randrange(PER_MILLE) < per_mille
