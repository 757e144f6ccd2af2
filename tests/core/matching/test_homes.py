"""Homes to live in: what is listed, what it is worth, the best plan by trying all, and what must not matter."""

import os
from dataclasses import fields, replace
from datetime import date, timedelta
from random import Random

import pytest

import perron.matching.listing as room
from perron.matching.assignment import Edges
from perron.matching.homes import HOST_WISHES, LEGAL_BASES, Home, Seeker, judge
from perron.matching.placing import HomeSearch, left_out, market_of, wanted
from perron.matching.plan import tier
from perron.matching.policy import read_policy
from perron.matching.solving import solve
from perron.messages.texts import say
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Household, HouseholdId, Member, Need, PersonId, Sex
from perron.vocabulary.places import Feature, PlaceKind, SiteId, Unit, UnitId

from .markets import best_by_tier

ON = date(2026, 11, 27)
POLICY = read_policy()
TOWNS = ["44021", "11002", "12025", "62063", "nowhere"]
LANGUAGES = ["uk", "ru", "en", "nl", "fr"]
MANY = int(os.environ.get("PERRON_MANY", "400"))
"""How many small instances are tried; PERRON_MANY=5000 tries more."""


def some(dice, words, most=2):
    return frozenset(dice.sample(list(words), dice.choice([0, 0, 1, most])))


def a_seeker(dice, at):
    births = [
        PartialDate(dice.choice([1950, 1985, 1999])),
        PartialDate(2015, 5),
        PartialDate(2008),
        None,
    ]
    members = tuple(
        Member(
            PersonId(k),
            dice.choices(births, [6, 3, 1, 1])[0],
            dice.choice([*Sex, Sex.FEMALE, None]),
        )
        for k in range(dice.randint(1, 4))
    )
    since = dice.choice([None, ON - timedelta(days=dice.randint(-3, 300))])
    anchor = dice.choice([None, *TOWNS[:4]])
    household = Household(
        HouseholdId(at), members, some(dice, Need), some(dice, LANGUAGES), since, anchor
    )
    return Seeker(
        f"h{at}", household, dice.choice([None, None, 0, 30, 70]), tier(household, ON),
        dice.choice(["", "", "", "a"]), dice.randint(0, 4), some(dice, TOWNS[:4]),
        dice.choice([None, True, False]),
    )  # fmt: skip


def a_home(dice, at):
    beds = dice.randint(0, 6)
    begin = dice.choice([None, None, ON + timedelta(days=dice.randint(-50, 90))])
    end = dice.choice([None, None, (begin or ON) + timedelta(days=dice.randint(0, 400))])
    unit = Unit(
        UnitId(at), SiteId(at), f"p{at}", PlaceKind.HOME, dice.choice(TOWNS), beds, beds,
        shared=dice.random() < 0.3, women_only=dice.random() < 0.15,
        minors_alone=dice.random() < 0.15, features=frozenset(dice.sample(list(Feature), 6)),
        available_from=begin, available_until=end,
    )  # fmt: skip
    return Home(
        f"p{at}", unit, dice.choice(["flat", "house"]), some(dice, LANGUAGES),
        dice.choice([LEGAL_BASES[0], *LEGAL_BASES]), some(dice, HOST_WISHES, 1),
    )  # fmt: skip


def a_search(seed, seekers=4, homes=5):
    dice = Random(seed)
    return HomeSearch(
        [a_seeker(dice, at) for at in range(dice.randint(1, seekers))],
        [a_home(dice, at) for at in range(dice.randint(1, homes))],
        POLICY, ON,
    )  # fmt: skip


def bands(seed):
    dice = Random(seed)
    spans = [(0, None), (0, None), (0, 2), (2, 5), (3, None)]
    return {town: dice.choice(spans) for town in dice.sample(TOWNS, 3)}


def solved(search, limits=None):
    """Households placed by tier, the highest first, then the value; and the plan by name."""
    market = market_of(search, limits)
    outcome = solve(market, lexicographic=True)
    counts = tuple(outcome.placed_by_tier.get(each, 0) for each in (3, 2, 1, 0))
    plan = {
        s.name: market.places[j]
        for s, j in zip(search.seekers, outcome.home, strict=True)
        if j >= 0
    }
    return (counts, outcome.value), plan, outcome


@pytest.mark.parametrize("small", [10**9, 0])
def test_all_pairs_at_once_are_the_pairs_one_by_one(monkeypatch, small):
    monkeypatch.setattr(room, "SMALL", small)
    pairs = 0
    for seed in range(150):
        search = a_search(seed, 12, 15)
        edges = market_of(search).edges
        found = {
            (i, int(edges.place[k])): int(edges.value[k])
            for i in range(len(search.seekers))
            for k in range(int(edges.first[i]), int(edges.first[i + 1]))
        }
        told = {
            (i, j): judge(seeker, home, POLICY, ON)
            for i, seeker in enumerate(search.seekers)
            for j, home in enumerate(search.homes)
        }
        assert found == {pair: each.points for pair, each in told.items() if not each.against}, seed
        pairs += len(found)
    assert pairs > 500


@pytest.mark.parametrize("block", range(10))
def test_homes_are_given_as_well_as_by_trying_every_plan(block):
    for seed in range(block * MANY // 10, (block + 1) * MANY // 10):
        search = a_search(seed)
        limits = bands(seed) if seed % 2 else {}
        market = market_of(search, limits, penalty=300)
        outcome = solve(market, lexicographic=True)
        counts, worth = best_by_tier(market)
        assert (tuple(outcome.placed_by_tier.values()), outcome.value) == (counts, worth), seed
        assert outcome.gap == 0


@pytest.mark.parametrize("seed", range(60))
def test_one_home_more_never_makes_a_plan_worse(seed):
    search, limits = a_search(seed, 6, 6), bands(seed)
    more = replace(search, homes=[*search.homes, a_home(Random(seed + 9000), 99)])
    assert solved(more, limits)[0] >= solved(search, limits)[0]


@pytest.mark.parametrize("seed", range(60))
def test_names_and_the_order_of_rows_change_nothing(seed):
    search, limits, dice = a_search(seed, 6, 6), bands(seed), Random(seed)
    value = solved(search, limits)[0]
    seekers = [replace(s, name=f"other {s.name}", group=s.group and "b") for s in search.seekers]
    homes = [replace(home, name=f"other {home.name}") for home in search.homes]
    dice.shuffle(seekers)
    dice.shuffle(homes)
    assert solved(HomeSearch(seekers, homes, POLICY, ON), limits)[0] == value


@pytest.mark.parametrize("seed", range(40))
def test_points_that_are_all_doubled_double_the_value(seed):
    counted = ("version", "waiting_days", "refusals", "spare_beds", "stay_weeks", "booked_ahead_days",
               "least_stay_days")  # fmt: skip
    twice = {
        each.name: 2 * getattr(POLICY, each.name)
        for each in fields(POLICY)
        if each.name not in counted
    }
    search = a_search(seed, 6, 6)
    (counts, value), _, _ = solved(search)
    assert solved(replace(search, policy=replace(POLICY, **twice)))[0] == (counts, 2 * value)


@pytest.mark.parametrize("seed", range(60))
def test_status_counts_for_homes_of_the_relaxed_norm_alone(seed):
    search = a_search(seed, 6, 6)
    ordinary = replace(
        search, homes=[replace(home, legal_basis="ordinary") for home in search.homes]
    )
    other = replace(
        ordinary, seekers=[replace(s, displaced=not s.displaced) for s in ordinary.seekers]
    )
    assert solved(other)[:2] == solved(ordinary)[:2]
    nobody = replace(search, seekers=[replace(s, displaced=None) for s in search.seekers])
    relaxed = {home.name for home in search.homes if home.legal_basis == "relaxed"}
    assert not relaxed & set(solved(nobody)[1].values())


def test_a_roof_tonight_knows_neither_status_nor_nationality():
    known = {each.name for each in (*fields(Household), *fields(Member))}
    assert known == {"id", "members", "needs", "languages", "waiting_since", "municipality", "person",
                     "born", "sex"}  # fmt: skip


@pytest.mark.parametrize("seed", range(80))
def test_homes_that_are_said_to_help_next_house_at_least_so_many(seed):
    search, limits = a_search(seed, 8, 3), bands(seed) if seed % 2 else {}
    limits = {town: (0, most) for town, (_, most) in limits.items()}
    market = market_of(search, limits)
    outcome = solve(market, lexicographic=True)
    for each in wanted(search, market, outcome):
        copies = [replace(each.home, name=f"new {k}") for k in range(each.households)]
        again = market_of(replace(search, homes=[*search.homes, *copies]), limits)
        most = solve(staying(again, outcome.home), lexicographic=True)
        assert most.placed >= outcome.placed + each.households, seed


def staying(market, home):
    """The market in which whoever has a home keeps it, and all tiers are one."""
    edges, first, place, value = market.edges, [0], [], []
    for i, j in enumerate(home):
        for k in range(edges.first[i], edges.first[i + 1]):
            if j < 0 or edges.place[k] == j:
                place.append(edges.place[k])
                value.append(edges.value[k])
        first.append(len(place))
    kept = Edges(edges.households, edges.places, first, place, value)
    return replace(market, edges=kept, tier=[0] * len(home))


def test_some_home_would_help_whoever_is_left_out():
    told = 0
    for seed in range(60):
        search = a_search(seed, 8, 3)
        market = market_of(search)
        told += bool(wanted(search, market, solve(market, lexicographic=True)))
    assert told > 40


@pytest.mark.parametrize("seed", range(100))
def test_who_is_left_out_hears_the_least_that_would_have_to_change(seed):
    search = a_search(seed, 6, 4)
    market = market_of(search)
    outcome = solve(market, lexicographic=True)
    for i, j in enumerate(outcome.home):
        if j >= 0:
            continue
        left = left_out(i, search, market)
        assert say(left.why, "uk")
        if left.why.key == "why.unplaced":
            assert market.edges.first[i] < market.edges.first[i + 1]
        elif left.drop:
            needs = search.seekers[i].household.needs - left.drop
            household = replace(search.seekers[i].household, needs=needs)
            free = replace(search.seekers[i], household=household)
            assert any(not judge(free, home, POLICY, ON).against for home in search.homes)
        else:
            assert left.against


def test_every_reason_of_a_home_is_said_in_six_languages():
    keys = set()
    for seed in range(200):
        search = a_search(seed, 8, 8)
        for seeker in search.seekers:
            for home in search.homes:
                told = judge(seeker, home, POLICY, ON)
                for each in (*told.against, *told.reasons):
                    keys.add(each.key)
                    assert all(
                        say(each, language) for language in ("nl", "fr", "de", "en", "uk", "ru")
                    )
    assert len(keys) > 35
