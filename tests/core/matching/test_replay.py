"""A year day by day: what is given keeps the days, no policy beats hindsight, looking ahead is worth its while."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest

from perron.matching.assignment import Edges
from perron.matching.clock import Clock
from perron.matching.replay import (
    DAY_COSTS,
    GUARD,
    POLICIES,
    Year,
    hindsight,
    points,
    replay,
    year_of,
)

from .test_homes import POLICY, a_home, a_seeker


def silent(_line):
    """Nobody waits."""


def run(year, policy, seed=1):
    return replay(year, policy, seed, Clock(1000), silent)


def a_year(seed, a_day=4, days=80, supply=0.8):
    """Two years by chance, the second one the past of the first."""
    dice = np.random.default_rng(seed)
    many, homes = 2 * days * a_day, 2 * round(days * a_day * supply)
    chance = dice.random((many, homes)) < 0.15
    first = np.concatenate([[0], np.cumsum(chance.sum(axis=1))])
    place = np.nonzero(chance)[1].astype(np.int32)
    value = (
        3000
        + 200 * dice.integers(0, 6, many).repeat(np.diff(first))
        + dice.integers(1, 760, len(place))
    )
    opened = dice.integers(0, days, homes)
    closed = opened + dice.integers(10, 60, homes)
    edges = Edges(many, homes, first, place, value)
    return Year(edges, dice.integers(0, days, many), opened, closed, (many // 2, homes // 2))


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("seed", range(4))
def test_what_is_given_keeps_the_days_and_is_never_worth_more_than_hindsight(policy, seed):
    year = a_year(seed, days=40)
    found = run(year, policy)
    given = [
        (i, int(j), int(day))
        for i, (j, day) in enumerate(zip(found.home, found.day, strict=True))
        if j >= 0
    ]
    assert len(given) == found.placed > 0
    assert len({j for _, j, _ in given}) == len(given)
    assert all(year.opened[j] <= day <= year.closed[j] for _, j, day in given)
    assert all(year.came[i] <= day <= year.came[i] + GUARD for i, _, day in given)
    value = sum(points(year, i, j) - DAY_COSTS * (day - year.came[i]) for i, j, day in given)
    assert found.value == value <= hindsight(year)


@pytest.mark.parametrize("policy", POLICIES)
def test_the_same_seed_gives_the_same_days(policy):
    year = a_year(3, days=30)
    one, other = run(year, policy), run(year, policy)
    assert (one.home.tolist(), one.day.tolist()) == (other.home.tolist(), other.day.tolist())


def test_looking_ahead_is_worth_more_than_the_best_plan_of_each_day_and_places_hardly_fewer():
    gains, counts = [], []
    for seed in (501, 502, 503):
        year = a_year(seed)
        most = hindsight(year)
        found = {policy: run(year, policy) for policy in POLICIES}
        gains.append((found["lookahead"].value - found["batch"].value) / most)
        counts.append(
            (found["lookahead"].placed, max(found["greedy"].placed, found["batch"].placed))
        )
    assert min(gains) > 0.005
    assert sum(mine for mine, _ in counts) >= 0.98 * sum(others for _, others in counts)


def test_a_household_that_waits_gets_the_home_that_opens_for_it():
    edges = Edges(
        2, 2, np.array([0, 1, 3]), np.array([0, 0, 1], np.int32), np.array([900, 800, 700])
    )
    year = Year(edges, np.array([3, 0]), np.array([0, 5]), np.array([30, 30]), (2, 2))
    greedy = run(year, "greedy")
    assert (greedy.home.tolist(), greedy.value) == ([-1, 0], 800)
    assert hindsight(year) == 900 + 700 - 5 * DAY_COSTS


def test_files_of_a_year_become_the_year():
    dice, begin = Random(5), date(2026, 1, 1)
    came = [(a_seeker(dice, at), begin + timedelta(days=at)) for at in range(6)]
    opened = [
        (a_home(dice, at), begin + timedelta(days=at), begin + timedelta(days=at + 30))
        for at in range(6)
    ]
    year = year_of(came, opened, (came, opened), POLICY)
    assert year.past == (6, 6)
    assert year.came.tolist() == [*range(6), *range(6)]
    assert year.closed.tolist() == [*range(30, 36), *range(30, 36)]
