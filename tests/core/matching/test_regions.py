"""What the regions lose lowers the bound, and no plan is worth more than the bound that is left."""

from random import Random

import numpy as np
import pytest

from perron.matching.bound import bound
from perron.matching.clock import Clock
from perron.matching.regions import charged, lowered, must_lose
from perron.matching.rows import rows_of, worth
from perron.matching.search import beginning, nearest_pairs
from perron.matching.whole import Found, Task

from .markets import a_market, best


def priced(seed):
    """A market as a task, with a bound by prices by chance."""
    market, dice = a_market(seed), Random(seed)
    rows = rows_of(market)
    price = np.array(
        [dice.choice([0, 0, 1, 5, 40, -3, -60, 300]) for _ in range(rows.count)], float
    )
    return (
        market,
        Task(rows, rows.value, market.penalty),
        bound(rows, rows.value, market.penalty, price),
    )


@pytest.mark.parametrize("block", range(30))
def test_no_plan_is_worth_more_than_the_bound_less_what_all_regions_lose(block):
    less = 0
    for seed in range(block * 100, block * 100 + 100):
        market, task, begun = priced(seed)
        if not len(task.rows.place):
            continue
        dice = Random(seed + 1)
        region = np.array([dice.choice([-1, 0, 0, 1, 2]) for _ in market.areas])
        paid = charged(task.rows, begun, region, nearest_pairs(task.rows, begun))
        limit = dice.choice([5_000, 100_000, 10**9])
        lost = sum(must_lose(task, begun, paid, at, limit, 60) for at in range(3))
        assert lost >= 0
        assert best(market) <= (begun.total - lost) // begun.scale, seed
        less += lost > 0
    assert less > 0


@pytest.mark.parametrize("seed", range(300))
def test_the_lowered_bound_lies_between_the_best_plan_and_the_bound(seed, monkeypatch):
    monkeypatch.setattr("perron.matching.regions.NOTHING", 0)
    market, task, begun = priced(seed)
    edge = beginning(task, np.full(len(market.households), -1, np.int64))
    first = Found(edge, worth(task.rows, edge, task.goal, task.penalty), None)
    most = lowered(task, first, begun, begun.value, Clock(60), lambda _: None)
    assert best(market) <= most <= begun.value


def test_a_home_of_three_beds_for_three_households_of_two_loses_the_bed_that_no_plan_can_use():
    """The relaxation houses one and a half of them; the region knows that it is one."""
    from dataclasses import replace

    market = replace(
        a_market(0),
        households=["h0", "h1", "h2"], places=["p0"], size=[2, 2, 2], tier=[0, 0, 0], group=["", "", ""],
        beds=[3], area=[0], areas=["m0"], low=[0], high=[None], penalty=0,
        edges=replace(a_market(0).edges, households=3, places=1, first=[0, 1, 2, 3], place=[0, 0, 0],
                      value=[200, 200, 200]),
    )  # fmt: skip
    rows = rows_of(market)
    task = Task(rows, rows.value, 0)
    begun = bound(rows, rows.value, 0, np.array([100.0, 0.0]))
    assert begun.value == 300
    paid = charged(rows, begun, np.array([0]), nearest_pairs(rows, begun))
    lost = must_lose(task, begun, paid, 0, 10**6, 60)
    assert 200 <= (begun.total - lost) // begun.scale <= 206
