"""Shared homes are cut anew: over slots the plan stays a best one, what is undone is as before, no row is broken."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from perron.matching.bound import bound
from perron.matching.clock import Clock
from perron.matching.compiled import compiled
from perron.matching.recut import TOO_MANY, Cutting, recut, ways
from perron.matching.rows import rows_of, sound, used, worth
from perron.matching.search import beginning
from perron.matching.slots import Slots, assigned
from perron.matching.whole import Found, Task

from .markets import a_market, plans


def begun(market):
    """The market as a task, a first plan, and a bound without prices."""
    rows = rows_of(market)
    task = Task(rows, rows.value, market.penalty)
    edge = beginning(task, np.full(len(market.households), -1, np.int64))
    found = Found(edge, worth(rows, edge, rows.value, market.penalty), None)
    return task, found, bound(rows, rows.value, market.penalty, np.zeros(rows.count))


def free(market):
    """The same without bands and groups."""
    areas, many = len(market.areas), len(market.households)
    return replace(market, group=[""] * many, low=[0] * areas, high=[None] * areas)


def best_over(cutting):
    """The most that any plan over the slots as they are now is worth, by ``assignment.py``."""
    start, room = cutting.edges[4], cutting.state[5]
    there = room > 0
    first = np.concatenate([[0], there.cumsum()])[start]
    return assigned(cutting.task.rows, Slots(first, room[there]), cutting.task.goal)[2].value


@pytest.mark.parametrize("seed", range(300))
def test_after_every_cut_the_plan_over_the_slots_is_a_best_one_and_undone_it_is_as_before(seed):
    market, dice = free(a_market(seed, 9, 6)), Random(seed)
    task, found, _ = begun(market)
    cutting = Cutting(task, found, np.zeros(task.rows.count))
    shared = [j for j, beds in enumerate(market.beds) if beds]
    for _ in range(12 if shared else 0):
        j = dice.choice(shared)
        before = [each.copy() for each in cutting.state]
        use = cutting.bands[2].copy()
        value = worth(task.rows, cutting.plan(), task.goal, 0)
        cutting.cut(j, dice.choice(ways(int(cutting.beds[j]), cutting.largest)))
        size, edge = cutting.edges[3], cutting.state[1]
        more = compiled("gain")(
            cutting.goal, cutting.area, cutting.bands, size, edge, cutting.journal, 0, TOO_MANY
        )
        plan = cutting.plan()
        assert sound(task.rows, plan)
        assert worth(task.rows, plan, task.goal, 0) == value + more == best_over(cutting)
        assert cutting.state[0].sum() + cutting.state[3].sum() == value + more
        places, areas = task.rows.areas
        assert (used(task.rows, plan)[places : places + areas] == cutting.bands[2]).all()
        if dice.random() < 1 / 2:
            cutting.journal[4][:] = 0
            continue
        compiled("undo")(cutting.area, cutting.bands[2], size, cutting.state, cutting.journal)
        assert all((a == b).all() for a, b in zip(before, cutting.state, strict=True))
        assert (use == cutting.bands[2]).all()


@pytest.mark.parametrize("seed", range(300))
def test_no_plan_gets_worse_no_row_is_broken_and_no_plan_is_better_than_the_best(seed):
    market = a_market(seed)
    task, first, without = begun(market)
    if not sound(task.rows, first.edge):
        return
    found, price = recut(task, first, without, Clock(60))
    assert sound(task.rows, found.edge)
    assert found.worth == worth(task.rows, found.edge, task.goal, task.penalty) >= first.worth
    assert found.worth <= max(worth for _, worth in plans(market))
    assert len(price) == task.rows.count


def test_two_pairs_leave_a_home_of_four_beds_to_one_household_of_four_and_another_home():
    """At first two of two are in the home of four beds; the four can go nowhere else, the two can."""
    market = replace(
        a_market(0),
        households=["h0", "h1", "h2"], places=["p0", "p1", "p2"], size=[2, 2, 4], tier=[0, 0, 0],
        group=["", "", ""], beds=[4, None, None], area=[0, 0, 0], areas=["m0"], low=[0], high=[None], penalty=0,
        edges=replace(a_market(0).edges, households=3, places=3, first=[0, 2, 4, 5], place=[0, 1, 0, 2, 0],
                      value=[90, 80, 90, 80, 50]),
    )  # fmt: skip
    task, first, without = begun(market)
    assert first.worth == 180
    assert recut(task, first, without, Clock(60))[0].worth == 80 + 80 + 50


def test_the_ways_to_cut_four_beds_are_the_partitions_of_four():
    assert sorted(map(tuple, ways(4, 8)[:, 1:5].tolist())) == [
        (0, 0, 0, 1), (0, 2, 0, 0), (1, 0, 1, 0), (2, 1, 0, 0), (4, 0, 0, 0),
    ]  # fmt: skip
    assert len(ways(12, 12)) == 77
