"""What is said against another home is true: the pair is forced, the plan solved again, the loss compared."""

from dataclasses import replace
from random import Random

import pytest

from perron.matching.assignment import Edges
from perron.matching.market import Market
from perron.matching.solving import solve
from perron.matching.why import Why
from perron.messages.texts import say

from .markets import a_market, best_by_tier, plain, plans
from .test_market import market_of

HUGE = 10**7


def forced(market, i, j):
    """The market in which a household has one listed pair alone, worth so much that every plan that can, holds it."""
    edges, first, place, value = market.edges, [0], [], []
    for other in range(edges.households):
        for k in range(edges.first[other], edges.first[other + 1]):
            if other != i or edges.place[k] == j:
                place.append(edges.place[k])
                value.append(edges.value[k] + HUGE * (other == i))
        first.append(len(place))
    return replace(market, edges=Edges(edges.households, edges.places, first, place, value))


def loss(market, value, i, j):
    """What is lost by the best plan that holds the pair; None where no plan holds it."""
    again = solve(forced(market, i, j))
    assert again.value == again.bound
    return value - (again.value - HUGE) if again.home[i] == j else None


def asked(make, seeds, dice):
    """One household and another listed place of each market, with its answer and the true loss."""
    for seed in seeds:
        market = make(seed)
        outcome = solve(market)
        why = Why(market, outcome)
        answers = [
            (i, other) for i in range(len(market.households)) for other in why.explain(i).others
        ]
        if answers:
            i, other = dice.choice(answers)
            yield seed, other, loss(market, outcome.value, i, other.place)


def test_200_random_answers_about_assignments_hold_when_the_pair_is_forced():
    told = list(asked(lambda seed: plain(a_market(seed, 12, 10)), range(210), Random(1)))
    assert len(told) >= 200
    for seed, other, true in told:
        assert other.at_least <= true <= other.at_most, seed
        assert other.at_least == 0 or true > 0, seed
    exact = sum(other.at_least == true for _, other, true in told)
    assert exact > len(told) / 3


def test_200_random_answers_about_the_full_model_hold_when_the_pair_is_forced():
    told = list(asked(lambda seed: a_market(seed, 8, 7), range(300), Random(2)))
    assert len(told) >= 200
    for seed, other, true in told:
        if true is None:
            assert other.at_most is None, seed
        else:
            assert other.at_least <= true, seed
            assert other.at_most is None or true <= other.at_most, seed
    assert sum(other.at_least > 0 for _, other, _ in told) > 0.2 * len(told)
    assert sum(other.at_most is not None for _, other, _ in told) > 0.25 * len(told)


@pytest.mark.parametrize("seed", range(120))
def test_with_tiers_an_answer_holds_among_plans_that_place_as_many_of_each(seed):
    for market in (plain(a_market(seed)), a_market(seed)):
        outcome = solve(market, lexicographic=True)
        why = Why(market, outcome)
        counts, worth = best_by_tier(market)
        tiers = sorted(set(market.tier), reverse=True)
        for i in range(len(market.households)):
            for other in why.explain(i).others:
                values = [
                    value
                    for plan, value in plans(market)
                    if plan[i] and plan[i][0] == other.place
                    and tuple(sum(1 for t, p in zip(market.tier, plan, strict=True) if p and t == tier)
                              for tier in tiers) == counts
                ]  # fmt: skip
                if other.first:
                    assert not values, (seed, i, other)
                if values:
                    assert other.at_least <= worth - max(values), (seed, i, other)
                    assert other.at_most is None or worth - max(values) <= other.at_most
                else:
                    assert other.at_most is None, (seed, i, other)


def test_an_answer_says_which_reason_counts_in_six_languages():
    edges = Edges(3, 2, [0, 2, 3, 3], [0, 1, 0], [90, 30, 50])
    market = market_of(edges)
    why = Why(market, solve(market))
    first, second, third = (why.explain(i) for i in range(3))
    assert (first.place, first.rank, first.why.key) == (0, 1, "why.this.best")
    assert first.others[0].why.key == "why.not.suits_less"
    assert (second.place, second.short, second.change.key) == (-1, 10, "why.change.points")
    assert second.others[0].why.key == "why.not.matters_more"
    assert second.others[0].holds == (0,)
    assert (second.others[0].at_least, second.others[0].at_most) == (10, 40)
    assert third.why.key == "why.nothing_listed"
    said = {
        say(second.others[0].why, language) for language in ("nl", "fr", "de", "en", "uk", "ru")
    }
    assert len(said) == 6


def test_a_municipality_that_is_full_is_named_and_its_band_binds():
    market = Market(
        ["a", "b"], ["p", "q", "r"], Edges(2, 3, [0, 2, 4], [0, 2, 1, 2], [90, 10, 80, 20]),
        [2, 2], [0, 0], ["", ""], [None] * 3, [0, 0, 1], ["Here", "There"], [0, 0], [2, None],
    )  # fmt: skip
    outcome = solve(market)
    why = Why(market, outcome)
    assert list(outcome.home) == [0, 2]
    other = why.explain(1).others[0]
    assert (other.why.key, dict(other.why.params)["municipality"]) == (
        "why.not.municipality_full",
        "Here",
    )
    assert [(each.area, each.limit, each.persons) for each in why.binding()] == [(0, "max", 2)]


def test_who_is_left_out_hears_what_is_missing_at_least():
    for seed in range(80):
        market = plain(a_market(seed, 10, 4))
        outcome = solve(market)
        why = Why(market, outcome)
        for i in (i for i, j in enumerate(outcome.home) if j < 0 and why.pairs(i)):
            told = why.explain(i)
            rows = why.pairs(i)
            raised = [v + (max(0, told.short - 1) if k in rows else 0)
                      for k, v in enumerate(market.edges.value)]  # fmt: skip
            better = replace(market, edges=replace(market.edges, value=raised))
            assert solve(better).value == outcome.value, seed


def test_the_order_of_reading_names_every_file():
    import re
    from importlib.resources import files

    import perron.matching as room

    named = set(re.findall(r"``([a-z_]+)``", room.__doc__))
    there = {
        each.name[:-3] for each in files("perron.matching").iterdir() if each.name.endswith(".py")
    }
    assert there - named - {"__init__"} == set()
