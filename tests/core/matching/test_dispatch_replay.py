"""A year family by family: room is kept, nobody beats hindsight, prices by last year are worth their while."""

from itertools import product
from random import Random

import pytest

from perron.matching.clock import Clock
from perron.matching.dispatch import UNIT, Dispatch, dispatch
from perron.matching.dispatch_replay import POLICIES, Potentials, cost, replay


def a_year(dice, families=None, room=None, places=3, services=None):
    """Families and localities by chance; scores like chances of work, some of them worth nothing."""
    services = services or dice.randint(1, 3)
    many = dice.randint(0, 12) if families is None else families
    needs = [tuple(dice.randint(0, 4) for _ in range(services)) for _ in range(many)]
    room = room or [tuple(dice.randint(0, 9) for _ in range(services)) for _ in range(places)]
    pairs = [
        (i, j, dice.randint(-100, 1000) * UNIT // 1000)
        for i, j in product(range(many), range(len(room)))
        if dice.random() < 0.8
    ]
    names = [f"f{i}" for i in range(many)], [f"l{j}" for j in range(len(room))]
    return Dispatch(*names, needs, room, pairs)


def an_order(task, dice):
    order = list(range(len(task.families)))
    dice.shuffle(order)
    return order


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("seed", range(300))
def test_room_is_kept_and_no_policy_is_worth_more_than_hindsight(policy, seed):
    dice = Random(seed)
    task = a_year(dice)
    past = a_year(dice, room=task.room, services=len(task.room[0]))
    found = replay(task, policy, an_order(task, dice), past)
    scores = {(i, j): worth for i, j, worth in task.pairs}
    sent = [(i, j) for i, j in enumerate(found.home) if j >= 0]
    for j, room in enumerate(task.room):
        needs = [task.needs[i] for i, there in sent if there == j]
        assert all(sum(need[at] for need in needs) <= most for at, most in enumerate(room))
    assert all(scores[pair] > 0 for pair in sent)
    assert found.value == sum(scores[pair] for pair in sent) / UNIT
    assert found.value <= dispatch(task, Clock(60)).bound + 1e-9


@pytest.mark.parametrize("seed", range(20))
def test_the_greedy_one_is_what_a_careful_desk_would_do(seed):
    dice = Random(seed)
    task = a_year(dice, families=20)
    order, left, home = an_order(task, dice), [list(each) for each in task.room], {}
    for i in order:
        fitting = [
            (worth, -j)
            for other, j, worth in task.pairs
            if other == i and worth > 0
            and all(need <= here for need, here in zip(task.needs[i], left[j], strict=True))
        ]  # fmt: skip
        if fitting:
            home[i] = -max(fitting)[1]
            left[home[i]] = [a - b for a, b in zip(left[home[i]], task.needs[i], strict=True)]
    assert replay(task, "greedy", order).home == [home.get(i, -1) for i in range(20)]


@pytest.mark.parametrize("policy", POLICIES)
def test_the_same_order_gives_the_same_plan(policy):
    dice = Random(4)
    task = a_year(dice, families=40)
    past = a_year(dice, families=40, room=task.room, services=len(task.room[0]))
    order = an_order(task, dice)
    assert replay(task, policy, order, past) == replay(task, policy, order, past)


@pytest.mark.parametrize("policy", POLICIES)
def test_without_families_nobody_is_sent_and_without_room_neither(policy):
    dice = Random(5)
    nobody = a_year(dice, families=0, services=2)
    past = a_year(dice, families=9, room=nobody.room, services=2)
    assert (replay(nobody, policy, [], past).home, replay(nobody, policy, [], past).value) == (
        [],
        0,
    )
    task = Dispatch(["a", "b"], ["x"], [(1, 1), (2, 0)], [(0, 0)], [(0, 0, UNIT), (1, 0, UNIT)])
    found = replay(task, policy, [1, 0], task)
    assert (found.home, found.value) == ([-1, -1], 0)


def test_without_a_past_there_are_no_potentials_and_of_an_empty_one_they_are_the_greedy_plan():
    dice = Random(6)
    task = a_year(dice, families=15)
    order, nobody = an_order(task, dice), a_year(dice, families=0, room=task.room)
    with pytest.raises(ValueError, match="potentials"):
        replay(task, "potentials", order)
    assert replay(task, "potentials", order, nobody) == replay(task, "greedy", order)


def test_room_is_kept_for_who_needs_it_more():
    half, less, much = UNIT * 5 // 10, UNIT * 4 // 10, UNIT * 9 // 10
    one = [(1,)]
    past = Dispatch(["c", "d"], ["x", "y"], one * 2, one * 2, [(0, 0, much), (1, 0, much)])
    pairs = [(0, 0, half), (0, 1, less), (1, 0, much), (2, 0, half)]
    task = Dispatch(["a", "b", "c"], ["x", "y"], one * 3, one * 2, pairs)
    assert replay(task, "greedy", [0, 1, 2]).home == [0, -1, -1]
    assert replay(task, "potentials", [0, 1, 2], past).home == [1, 0, -1]


@pytest.mark.parametrize("seed", range(30))
def test_prices_prove_a_bound_on_what_last_year_could_reach(seed):
    """Room at its price, and of each family what it has left after paying: no plan is worth more."""
    dice = Random(seed)
    past = a_year(dice, families=10)
    prices = Potentials(past).prices(past.room, len(past.families))
    assert all(each >= -1e-9 for row in prices for each in row)
    paid = sum(cost(room, price) for room, price in zip(past.room, prices, strict=True))
    left = [0.0] * len(past.families)
    for i, j, worth in past.pairs:
        left[i] = max(left[i], worth / UNIT - cost(past.needs[i], prices[j]))
    assert paid + sum(left) >= dispatch(past, Clock(60)).value - 1e-6


@pytest.mark.parametrize("services", [1, 3])
def test_prices_by_the_year_itself_are_worth_more_than_the_best_score_that_is_left(services):
    gains = []
    for seed in range(25):
        dice = Random(seed)
        room = [(14,) * services for _ in range(4)]
        task = a_year(dice, families=40, room=room, services=services)
        order = an_order(task, dice)
        mine, other = (replay(task, policy, order, task).value for policy in POLICIES[::-1])
        gains.append((mine - other) / other)
    assert sum(gains) / len(gains) > 0.02
