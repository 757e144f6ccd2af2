"""The best plan for a night, held against every plan there is; and the plan of a careful desk."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perron.matching.fit import fit
from perron.matching.greedy import greedy
from perron.matching.optimal import optimal
from perron.matching.plan import TIERS, tier, value_of
from perron.vocabulary.errors import PerronError
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Household, HouseholdId, Member, Need, PersonId, Sex
from perron.vocabulary.places import Feature, PlaceKind, SiteId, Unit, UnitId

TONIGHT = date(2026, 11, 25)
GROWN, CHILD, OLD = PartialDate(1987, 3, 10), PartialDate(2016, 5, 1), PartialDate(1950)
ROOM = Unit(
    id=UnitId(1),
    site=SiteId(1),
    name="Room",
    kind=PlaceKind.EMERGENCY,
    municipality="44021",
    beds=2,
    free=2,
)


def household(number, births, needs=(), since=None, sex=Sex.FEMALE):
    return Household(
        id=HouseholdId(number),
        members=tuple(
            Member(PersonId(10 * number + index), born, sex) for index, born in enumerate(births)
        ),
        needs=frozenset(needs),
        waiting_since=since,
    )


def unit(number, beds=2, free=None, **more):
    return replace(ROOM, id=UnitId(number), beds=beds, free=beds if free is None else free, **more)


MEMBERS = st.lists(st.sampled_from([GROWN, GROWN, CHILD, OLD, None]), min_size=1, max_size=4)
NEEDS = st.frozensets(
    st.sampled_from([Need.WHEELCHAIR, Need.COT, Need.OWN_UNIT, Need.WOMEN_ONLY]), max_size=2
)
SINCE = st.sampled_from([None, date(2026, 11, 20), date(2026, 11, 1)])
FAMILY = st.tuples(MEMBERS, NEEDS, SINCE, st.sampled_from([Sex.FEMALE, Sex.FEMALE, Sex.MALE]))
FEATURES = st.frozensets(st.sampled_from([Feature.WHEELCHAIR, Feature.COT]))
PLACE = st.fixed_dictionaries(
    {
        "beds": st.integers(1, 6),
        "taken": st.integers(0, 3),
        "shared": st.booleans(),
        "women_only": st.sampled_from([False, False, True]),
        "minors_alone": st.sampled_from([False, False, False, True]),
        "features": FEATURES,
        "confirmed_on": st.sampled_from([None, TONIGHT]),
    }
)


@st.composite
def nights(draw):
    """Up to five households and four units, as they may stand on any evening."""
    families = [
        household(number, *drawn)
        for number, drawn in enumerate(draw(st.lists(FAMILY, max_size=5)), start=1)
    ]
    places = []
    for number, drawn in enumerate(draw(st.lists(PLACE, max_size=4)), start=1):
        free = max(0, drawn["beds"] - drawn.pop("taken"))
        places.append(unit(number, free=free, **drawn))
    return families, places


def is_valid(plan, families, places):
    """Held against the beds, one by one; written apart from the engine."""
    known = {place.id: place for place in places}
    placed = [pair.household.id for pair in plan.pairs]
    people, guests = Counter(), Counter()
    for pair in plan.pairs:
        people[pair.unit.id] += pair.household.size
        guests[pair.unit.id] += 1
    return (
        len(placed) == len(set(placed))
        and {*placed, *(left.household.id for left in plan.unplaced)}
        == {family.id for family in families}
        and len(placed) + len(plan.unplaced) == len(families)
        and all(fit(pair.household, known[pair.unit.id], TONIGHT).fits for pair in plan.pairs)
        and all(people[place.id] <= place.free for place in places)
        and all(place.shared or guests[place.id] <= 1 for place in places)
    )


def every_value(families, places):
    """What each possible plan is worth: every household in every unit or nowhere."""
    answers = {
        (family.id, place.id): fit(family, place, TONIGHT)
        for family in families
        for place in places
    }
    for choice in product([None, *places], repeat=len(families)):
        pairs = [
            answers[family.id, place.id]
            for family, place in zip(families, choice, strict=True)
            if place is not None
        ]
        people, guests = Counter(), Counter()
        for pair in pairs:
            people[pair.unit.id] += pair.household.size
            guests[pair.unit.id] += 1
        if all(pair.fits for pair in pairs) and all(
            people[place.id] <= place.free and (place.shared or guests[place.id] <= 1)
            for place in places
        ):
            yield value_of(pairs, TONIGHT)


@given(nights())
@settings(max_examples=120)
def test_the_best_plan_is_the_best_of_all_plans_and_proves_it(night):
    families, places = night
    plan = optimal(families, places, TONIGHT)
    assert is_valid(plan, families, places)
    assert plan.value == plan.bound == max(every_value(families, places))


@given(nights())
def test_the_desk_makes_a_valid_plan_that_is_never_better_than_the_best(night):
    families, places = night
    plan = greedy(families, places, TONIGHT)
    assert is_valid(plan, families, places)
    assert plan.bound is None
    assert plan.value <= optimal(families, places, TONIGHT).value


@given(nights(), st.randoms(use_true_random=False))
def test_the_order_in_which_they_come_does_not_matter(night, chance):
    families, places = night
    best, desk = optimal(families, places, TONIGHT), greedy(families, places, TONIGHT)
    chance.shuffle(families)
    chance.shuffle(places)
    assert optimal(families, places, TONIGHT) == best
    assert greedy(families, places, TONIGHT) == desk


def test_the_best_plan_houses_more_than_the_desk_where_the_desk_spoils_a_place():
    lone, family = household(1, [GROWN]), household(2, [GROWN, GROWN, GROWN])
    early = replace(lone, waiting_since=date(2026, 11, 1), municipality="44021")
    places = [unit(1, beds=3), unit(2, beds=1, municipality="11002")]
    desk, best = greedy([early, family], places, TONIGHT), optimal([early, family], places, TONIGHT)
    assert [left.household.id for left in desk.unplaced] == [2]
    assert best.unplaced == ()
    assert best.value > desk.value


def test_who_has_an_urgent_need_goes_before_more_people_without():
    urgent = household(1, [GROWN], needs={Need.WHEELCHAIR})
    many = household(2, [GROWN, GROWN])
    places = [unit(1, features=frozenset({Feature.WHEELCHAIR}))]
    for plan in (greedy([many, urgent], places, TONIGHT), optimal([many, urgent], places, TONIGHT)):
        assert [pair.household.id for pair in plan.pairs] == [1]


def test_a_bed_that_one_of_two_urgent_households_gets_is_not_traded_for_more_people_without():
    urgent = [household(number, [GROWN], needs={Need.WHEELCHAIR}) for number in (1, 2)]
    many = household(3, [GROWN, GROWN])
    plan = optimal([many, *urgent], [unit(1, features=frozenset({Feature.WHEELCHAIR}))], TONIGHT)
    assert plan.value[:-1] == (0, 1, 0, 0)
    assert plan.bound == plan.value


def test_among_equals_the_desk_takes_who_waited_longest_then_the_larger_then_the_lower_number():
    places = [unit(1)]
    late, early = (household(1, [GROWN]), household(2, [GROWN], since=date(2026, 11, 1)))
    assert greedy([late, early], places, TONIGHT).pairs[0].household.id == 2
    small, large = household(1, [GROWN]), household(2, [GROWN, GROWN])
    assert greedy([small, large], places, TONIGHT).pairs[0].household.id == 2
    assert greedy([small, household(2, [GROWN])], places, TONIGHT).pairs[0].household.id == 1


@pytest.mark.parametrize("engine", [greedy, optimal])
def test_a_shared_unit_fills_bed_by_bed_and_a_room_takes_one_household(engine):
    families = [household(number, [GROWN]) for number in (1, 2, 3)]
    shared = engine(families, [unit(1, beds=2, shared=True)], TONIGHT)
    assert len(shared.pairs) == 2
    alone = engine(families, [unit(1, beds=2)], TONIGHT)
    assert len(alone.pairs) == 1


@pytest.mark.parametrize("engine", [greedy, optimal])
@pytest.mark.parametrize("places", [[], [unit(1, free=0)], [unit(1, beds=4, free=1)]])
def test_a_night_with_nothing_free_leaves_everybody_with_a_reason(engine, places):
    families = [household(1, [GROWN, CHILD]), household(2, [GROWN])]
    plan = engine(families, places, TONIGHT)
    assert plan.pairs == ()
    assert plan.value == (0,) * (len(TIERS) + 1)
    assert plan.bound in {None, plan.value}
    why = "matching.nothing_fits" if places else "matching.no_unit"
    assert [left.why.key for left in plan.unplaced] == [why, why]


@pytest.mark.parametrize("engine", [greedy, optimal])
def test_a_night_without_anybody_is_an_empty_plan(engine):
    plan = engine([], [unit(1)], TONIGHT)
    assert (plan.pairs, plan.unplaced, sum(plan.value)) == ((), (), 0)


@pytest.mark.parametrize("engine", [greedy, optimal])
@pytest.mark.parametrize(
    ("families", "places"),
    [
        ([household(1, [GROWN]), household(1, [GROWN])], [unit(1)]),
        ([household(1, [GROWN])], [unit(1), unit(1)]),
    ],
)
def test_a_number_that_stands_there_twice_is_refused(engine, families, places):
    with pytest.raises(PerronError, match=r"matching\.same_id"):
        engine(families, places, TONIGHT)


@pytest.mark.parametrize(
    ("births", "needs", "expected"),
    [
        ([CHILD], (), 3),
        ([CHILD, CHILD], {Need.WHEELCHAIR}, 3),
        ([GROWN], {Need.WHEELCHAIR}, 2),
        ([GROWN, CHILD], {Need.QUIET_ROOM}, 2),
        ([GROWN, CHILD], (), 1),
        ([GROWN], {Need.LIFT}, 1),
        ([GROWN, OLD], (), 1),
        ([GROWN, None], (), 1),
        ([None], (), 1),
        ([PartialDate(1956, 11, 25)], (), 1),
        ([PartialDate(1956, 11, 26)], (), 0),
        ([GROWN], {Need.COT}, 0),
        ([GROWN, GROWN], (), 0),
    ],
)
def test_who_goes_first_rests_on_ages_and_needs_alone(births, needs, expected):
    assert tier(household(1, births, needs), TONIGHT) == expected
