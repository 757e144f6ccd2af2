"""The one place that speaks to numba: the loops of ``kernels.py`` as they stand, or as machine code."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from perron.matching import exchange, kernels

Loop = Callable[..., Any]


@cache
def compiled(name: str) -> Loop:
    """The loop as machine code, kept on disk for the next run; as it stands where numba cannot be loaded."""
    loop = plain(name)
    try:
        numba = import_module("numba")
    except ImportError:
        return loop
    quick: Loop = numba.njit(cache=True)(loop)
    return quick


def plain(name: str) -> Loop:
    """The loop as it stands: right for whole numbers of any size, and at once there."""
    loop: Loop = getattr(kernels, name, None) or getattr(exchange, name)
    return loop
