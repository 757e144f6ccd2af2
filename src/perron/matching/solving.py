"""Solve a market: exact where it is an assignment, else with a bound and the gap told."""

from perron.matching.clock import Clock
from perron.matching.market import Market
from perron.matching.outcome import Outcome, Tell, solve_pure

SECONDS = 60.0
"""How long it looks for a better plan where nothing is said."""


def silent(line: str) -> None:
    """Nobody waits."""


def solve(
    market: Market,
    *,
    lexicographic: bool = False,
    clock: Clock | None = None,
    tell: Tell = silent,
) -> Outcome:
    """The best plan that is found until the clock ends, with its bound.

    An assignment is solved to the proven optimum whatever the clock says.
    """
    if market.pure:
        return solve_pure(market, lexicographic=lexicographic)[0]
    from perron.matching.full import solve_full  # noqa: PLC0415 - numpy and HiGHS are asked for here alone

    clock = clock or Clock(SECONDS)
    return solve_full(market, lexicographic=lexicographic, clock=clock, tell=tell)
