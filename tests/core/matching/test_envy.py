"""Envy with reason is found, deferred acceptance holds none, and a change of policy is told as it would be."""

from dataclasses import replace

import pytest

from perron.matching.assignment import Edges
from perron.matching.clock import Clock
from perron.matching.envy import deferred_acceptance, envies, report
from perron.matching.placing import market_of
from perron.matching.preview import preview
from perron.matching.solving import solve
from perron.vocabulary.errors import PerronError

from .markets import a_market, plain
from .test_homes import POLICY, a_search, bands
from .test_market import market_of as plain_market


def test_deferred_acceptance_holds_no_envy_and_leaves_no_home_that_somebody_would_rather_have():
    held = 0
    for seed in range(300):
        market = plain(a_market(seed, 9, 7))
        home = deferred_acceptance(market)
        assert envies(market, home) == [], seed
        taken = {j for j in home if j >= 0}
        assert len(taken) == sum(j >= 0 for j in home)
        for i, here in enumerate(home):
            row = range(market.edges.first[i], market.edges.first[i + 1])
            worth = {market.edges.place[k]: market.edges.value[k] for k in row}
            assert here < 0 or here in worth
            assert all(value <= worth.get(here, 0) for j, value in worth.items() if j not in taken)
        held += bool(envies(market, solve(market).home))
    assert held > 30


def test_the_report_names_the_home_and_who_is_in_it():
    market = replace(
        plain_market(Edges(2, 2, [0, 2, 3], [0, 1, 0], [90, 80, 85])), tier=[1, 0]
    )  # fmt: skip
    plan = solve(market)
    assert list(plan.home) == [1, 0]
    told = report(market, plan.home)
    assert [(each.household, each.place, each.holder) for each in told.envy] == [(0, 0, 1)]
    assert (told.home, told.value, told.placed_by_tier) == ((0, -1), 90, {1: 1, 0: 0})


def test_envy_is_not_told_where_homes_are_shared():
    market = next(m for m in map(a_market, range(50)) if not m.pure)
    with pytest.raises(PerronError, match="not_plain"):
        report(market, [-1] * len(market.households))


@pytest.mark.parametrize("seed", range(40))
def test_a_preview_tells_who_would_gain_and_lose_and_where(seed):
    search, limits = a_search(seed, 8, 6), bands(seed)
    now = solve(market_of(search, limits), lexicographic=True)
    assert preview(search, now, POLICY, limits, Clock(60)).changes == ()
    other = replace(POLICY, least_stay_days=200, wish=900, language=0)
    told = preview(search, now, other, limits, Clock(60))
    market = market_of(replace(search, policy=other), limits)
    then = solve(market, lexicographic=True)
    assert then.placed - now.placed == len(told.gain) - len(told.lose)
    for kind in ("municipality", "tier", "size"):
        moved = sum(each.then - each.now for each in told.changes if each.kind == kind)
        assert moved == then.placed - now.placed
    assert set(told.gain) == {
        name
        for name, a, b in zip(market.households, now.home, then.home, strict=True) if a < 0 <= b
    }  # fmt: skip
