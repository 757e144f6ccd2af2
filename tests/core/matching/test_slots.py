"""Over the slots of a plan the best plan is found, and nothing that a plan must keep is broken."""

from dataclasses import replace

import numpy as np
import pytest

from perron.matching.bound import bound
from perron.matching.clock import Clock
from perron.matching.rows import rows_of, sound, worth
from perron.matching.search import beginning
from perron.matching.slots import seated_anew, slots_of
from perron.matching.whole import Found, Task

from .markets import a_market, plans


def begun(market):
    """The market as a task, a first plan and a bound without prices."""
    rows = rows_of(market)
    task = Task(rows, rows.value, market.penalty)
    edge = beginning(task, np.full(len(market.households), -1, np.int64))
    free = bound(rows, rows.value, market.penalty, np.zeros(rows.count))
    return task, Found(edge, worth(rows, edge, rows.value, market.penalty), None), free


def keeps(market, slots, plan):
    """Whether the households in each place fit its slots, one each: the largest into the largest, and so on."""
    inside = [[] for _ in market.places]
    for i, pair in enumerate(plan):
        if pair:
            inside[pair[0]].append(market.size[i])
    for j, sizes in enumerate(inside):
        rooms = sorted(slots.room[slots.first[j] : slots.first[j + 1]], reverse=True)
        if len(sizes) > len(rooms):
            return False
        if any(size > room for size, room in zip(sorted(sizes, reverse=True), rooms, strict=False)):
            return False
    return True


@pytest.mark.parametrize("seed", range(300))
def test_no_plan_over_the_same_slots_is_better(seed):
    market = a_market(seed)
    areas = len(market.areas)
    market = replace(
        market, group=[""] * len(market.households), low=[0] * areas, high=[None] * areas
    )
    task, first, free = begun(market)
    found = seated_anew(task, first, free, Clock(60))[0]
    slots = slots_of(task.rows, first.edge)
    assert found.worth == max(worth for plan, worth in plans(market) if keeps(market, slots, plan))


@pytest.mark.parametrize("seed", range(300))
def test_bands_and_those_who_stay_together_are_kept_and_no_plan_gets_worse(seed):
    market = a_market(seed)
    task, first, free = begun(market)
    if not sound(task.rows, first.edge):
        return
    found = seated_anew(task, first, free, Clock(60))[0]
    assert sound(task.rows, found.edge)
    assert found.worth == worth(task.rows, found.edge, task.goal, task.penalty) >= first.worth
    together = task.rows.team >= 0
    assert (found.edge[together] == first.edge[together]).all()


def test_a_household_too_many_is_asked_for_a_higher_price():
    """Two homes in a municipality for three persons: two of two persons, the one worth more is to stay."""
    market = replace(
        a_market(0),
        households=["h0", "h1"], places=["p0", "p1"], size=[2, 2], tier=[0, 0], group=["", ""],
        beds=[None, None], area=[0, 0], areas=["m0"], low=[0], high=[3], penalty=0,
        edges=replace(a_market(0).edges, households=2, places=2, first=[0, 1, 2], place=[0, 1], value=[200, 400]),
    )  # fmt: skip
    task, _, free = begun(market)
    nobody = Found(np.full(2, -1, np.int64), 0, None)
    found = seated_anew(task, nobody, free, Clock(60))[0]
    assert found.edge.tolist() == [-1, 1]
    assert found.worth == 400
