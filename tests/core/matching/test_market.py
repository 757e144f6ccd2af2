"""A market is solved to the best of all plans, whatever its form; what is changed changes the value as it must."""

from dataclasses import replace
from random import Random

import pytest

from perron.matching.assignment import Edges, assign
from perron.matching.bound import bound
from perron.matching.clock import Clock
from perron.matching.market import Market
from perron.matching.outcome import solve_pure
from perron.matching.solving import solve
from perron.vocabulary.errors import PerronError

from .markets import a_market, best, best_by_tier, plain


@pytest.mark.parametrize("block", range(20))
def test_the_full_model_is_as_good_as_trying_every_plan(block):
    for seed in range(block * 100, block * 100 + 100):
        market = a_market(seed)
        found = solve(market)
        assert found.value == found.bound == best(market), seed


@pytest.mark.parametrize("block", range(10))
def test_tiers_are_as_good_as_trying_every_plan(block):
    for seed in range(block * 100, block * 100 + 100):
        market = a_market(seed)
        for each in (market, plain(market)):
            found = solve(each, lexicographic=True)
            counts, worth = best_by_tier(each)
            assert (tuple(found.placed_by_tier.values()), found.value) == (counts, worth), seed
            assert found.gap == 0


@pytest.mark.parametrize("block", range(10))
def test_the_assignment_is_as_good_as_trying_every_plan(block):
    for seed in range(block * 100, block * 100 + 100):
        market = plain(a_market(seed))
        found = solve(market)
        assert found.value == found.bound == best(market), seed


def test_machine_code_and_the_loops_as_they_stand_agree(monkeypatch):
    import perron.matching.assignment as room

    markets = [plain(a_market(seed, 40, 30)) for seed in range(60)]
    slow = [assign(market.edges) for market in markets]
    monkeypatch.setattr(room, "SMALL", 0)
    quick = [assign(market.edges) for market in markets]
    assert [each.value for each in slow] == [each.value for each in quick]
    assert [each.home for each in slow] == [list(each.home) for each in quick]


def shuffled(market, dice):
    """The same market with its pairs in another order."""
    edges, place, value = market.edges, [], []
    for i in range(edges.households):
        row = list(range(edges.first[i], edges.first[i + 1]))
        dice.shuffle(row)
        place += [edges.place[k] for k in row]
        value += [edges.value[k] for k in row]
    return replace(market, edges=replace(edges, place=place, value=value))


def turned(market, dice):
    """The same market with its households in another order."""
    order = list(range(market.edges.households))
    dice.shuffle(order)
    first, place, value = [0], [], []
    for i in order:
        row = range(market.edges.first[i], market.edges.first[i + 1])
        place += [market.edges.place[k] for k in row]
        value += [market.edges.value[k] for k in row]
        first.append(len(place))
    edges = Edges(len(order), market.edges.places, first, place, value)
    pick = {name: [getattr(market, name)[i] for i in order]
            for name in ("households", "size", "tier", "group")}  # fmt: skip
    return replace(market, edges=edges, **pick)


@pytest.mark.parametrize("seed", range(150))
def test_order_scale_and_useless_places_do_not_matter(seed):
    market, dice = a_market(seed, 8, 8), Random(seed)
    value = solve(market).value
    assert solve(shuffled(market, dice)).value == value
    assert solve(turned(market, dice)).value == value
    edges = market.edges
    doubled = replace(edges, value=[2 * each for each in edges.value])
    assert solve(replace(market, edges=doubled, penalty=2 * market.penalty)).value == 2 * value
    more = replace(
        market, edges=replace(edges, places=edges.places + 1), places=[*market.places, "p"],
        beds=[*market.beds, None], area=[*market.area, 0],
    )  # fmt: skip
    assert solve(more).value == value


@pytest.mark.parametrize("seed", range(150))
def test_another_place_never_harms_and_a_household_less_never_helps(seed):
    market = plain(a_market(seed, 8, 8))
    value = solve(market).value
    edges = market.edges
    without = [k for k in range(len(edges.value)) if k >= edges.first[1]]
    first = [0, *(each - edges.first[1] for each in edges.first[1:])]
    less = replace(
        edges, first=first, place=[edges.place[k] for k in without],
        value=[edges.value[k] for k in without],
    )  # fmt: skip
    assert solve(replace(market, edges=less)).value <= value
    place, worth, first = [], [], [0]
    for i in range(edges.households):
        row = range(edges.first[i], edges.first[i + 1])
        place += [*(edges.place[k] for k in row), edges.places]
        worth += [*(edges.value[k] for k in row), 7]
        first.append(len(place))
    more = replace(
        market, edges=Edges(edges.households, edges.places + 1, first, place, worth),
        places=[*market.places, "p"], beds=[*market.beds, None], area=[*market.area, 0],
    )  # fmt: skip
    assert solve(more).value >= value


def test_two_copies_side_by_side_are_worth_twice():
    for seed in range(60):
        market = plain(a_market(seed, 8, 8))
        one = market.edges
        two = Edges(
            2 * one.households, 2 * one.places,
            [*one.first, *(each + one.first[-1] for each in one.first[1:])],
            [*one.place, *(each + one.places for each in one.place)], [*one.value, *one.value],
        )  # fmt: skip
        assert assign(two).value == 2 * assign(one).value


def a_village(homes, households, value=700):
    """So many units alike, and households that fit each of them."""
    edges = Edges(
        households, homes, [i * homes for i in range(households + 1)],
        list(range(homes)) * households, [value] * (homes * households),
    )  # fmt: skip
    return market_of(edges)


def market_of(edges):
    """These pairs and nothing more."""
    many, count = edges.households, edges.places
    return Market(
        [f"h{i}" for i in range(many)], [f"p{j}" for j in range(count)], edges, [1] * many,
        [0] * many, [""] * many, [None] * count, [0] * count, [""], [0], [None],
    )  # fmt: skip


def test_a_village_of_200_units_alike_ties_and_is_proven():
    for households in (150, 200, 260):
        found = solve(a_village(200, households))
        assert (found.placed, found.gap) == (min(200, households), 0)


def test_beds_run_out_nobody_fits_and_nobody_is_there():
    assert solve(a_village(1, 5)).placed == 1
    assert solve(market_of(Edges(3, 2, [0, 0, 0, 0], [], []))).placed == 0
    assert solve(market_of(Edges(0, 0, [0], [], []))).value == 0


def test_who_fits_one_home_only_gets_it_where_others_have_a_choice():
    found = solve(market_of(Edges(2, 2, [0, 2, 3], [0, 1, 0], [9, 8, 5])))
    assert list(found.home) == [1, 0]


def test_huge_values_stay_exact():
    huge = 10**30
    found = solve(market_of(Edges(2, 2, [0, 2, 4], [0, 1, 0, 1], [huge, huge - 1, huge, 1])))
    assert found.value == 2 * huge - 1
    found = solve(market_of(Edges(2, 1, [0, 1, 2], [0, 0], [huge, huge + 1])), lexicographic=True)
    assert (found.value, found.gap) == (huge + 1, 0)


def test_values_too_large_for_the_full_model_are_refused():
    market = replace(a_market(3), low=[5] + [0] * (len(a_market(3).areas) - 1))
    huge = replace(market.edges, value=[10**18 for _ in market.edges.value])
    with pytest.raises(PerronError) as told:
        solve(replace(market, edges=huge))
    assert told.value.message.key == "market.too_large"


def test_no_capacity_places_nobody():
    market = a_market(11)
    none = replace(market, beds=[0] * len(market.places))
    assert solve(none).placed == 0


def test_the_same_market_gives_the_same_plan():
    for seed in range(40):
        market = a_market(seed, 8, 8)
        assert solve(market).home == solve(market).home


def test_who_stops_gets_a_plan_and_its_gap():
    clock = Clock(60)
    clock.stop()
    found = solve(a_market(7, 8, 8), clock=clock)
    assert found.stopped
    assert found.bound >= best(a_market(7, 8, 8)) >= found.value


def test_any_prices_give_a_bound_that_holds():
    import numpy as np

    from perron.matching.rows import rows_of

    dice = np.random.default_rng(1)
    for seed in range(300):
        market = a_market(seed)
        rows = rows_of(market)
        price = dice.normal(0, 50, rows.count)
        assert bound(rows, rows.value, market.penalty, price).value >= best(market), seed


def test_a_wrong_proof_is_not_given(monkeypatch):
    import perron.matching.assignment as room

    monkeypatch.setattr(room, "solved_plainly", lambda _: ([0, -1], [9, 0], [0]))
    with pytest.raises(PerronError, match="not_proven"):
        solve_pure(market_of(Edges(2, 1, [0, 1, 2], [0, 0], [9, 10])))
