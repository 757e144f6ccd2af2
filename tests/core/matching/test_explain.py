"""A household without a place is told why, unit by unit, and the least that would have to change."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perron.matching.explain import left, smallest_drop, unplaced
from perron.matching.fit import fit
from perron.matching.greedy import greedy
from perron.matching.optimal import optimal
from perron.messages.texts import say
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Household, HouseholdId, Member, Need, PersonId
from perron.vocabulary.places import Feature, PlaceKind, SiteId, Unit, UnitId
from perron.vocabulary.wording import message

TONIGHT = date(2026, 11, 25)
ROOM = Unit(
    id=UnitId(1),
    site=SiteId(1),
    name="Room",
    kind=PlaceKind.EMERGENCY,
    municipality="44021",
    beds=2,
    free=2,
)
SHARED = replace(ROOM, id=UnitId(2), beds=5, free=5, shared=True)


def household(number=1, size=2, needs=()):
    members = tuple(
        Member(PersonId(10 * number + index), PartialDate(1987)) for index in range(size)
    )
    return Household(id=HouseholdId(number), members=members, needs=frozenset(needs))


def test_a_plan_leaves_a_shared_unit_with_fewer_beds_and_a_room_with_none():
    pairs = [fit(household(1), ROOM, TONIGHT), fit(household(2), SHARED, TONIGHT)]
    third = replace(ROOM, id=UnitId(3))
    assert [(unit.id, unit.free) for unit in left([ROOM, SHARED, third], pairs)] == [
        (1, 0),
        (2, 3),
        (3, 2),
    ]


@pytest.mark.parametrize("engine", [greedy, optimal])
def test_each_other_unit_is_named_with_what_stands_against_it(engine):
    first = household(1, size=2, needs={Need.WHEELCHAIR})
    second = household(2, size=4, needs={Need.COT})
    accessible = replace(ROOM, features=frozenset({Feature.WHEELCHAIR}))
    plan = engine([first, second], [accessible, SHARED], TONIGHT)
    (missed,) = plan.unplaced
    assert missed.household.id == 2
    assert missed.why == message("matching.nothing_fits")
    assert [
        (answer.unit.id, [reason.key for reason in answer.against]) for answer in missed.units
    ] == [
        (1, ["fit.taken", "fit.lacks.cot"]),
        (2, ["fit.lacks.cot"]),
    ]
    assert missed.drop == {Need.COT}


@pytest.mark.parametrize("engine", [greedy, optimal])
def test_who_would_have_fitted_is_told_that_others_went_first(engine):
    plan = engine([household(1), household(2)], [ROOM], TONIGHT)
    (missed,) = plan.unplaced
    assert missed.why == message("matching.all_taken")
    assert missed.drop is None
    assert say(missed.why, "en") == "The beds that fit went to households that go first"


@pytest.mark.parametrize(
    ("units", "why"),
    [
        ([], "matching.no_unit"),
        ([replace(ROOM, free=0)], "matching.nothing_fits"),
    ],
)
def test_nothing_free_is_said_as_it_is(units, why):
    answer = unplaced(household(), units, units, TONIGHT)
    assert answer.why == message(why)
    assert [item.fits for item in answer.units] == [False] * len(units)


def test_the_smallest_way_out_is_the_unit_that_lacks_least():
    needs = {Need.WHEELCHAIR, Need.COT, Need.PETS}
    with_one = replace(ROOM, features=frozenset({Feature.COT}))
    with_two = replace(ROOM, features=frozenset({Feature.COT, Feature.PETS}))
    assert smallest_drop(household(needs=needs), [ROOM, with_one, with_two], TONIGHT) == {
        Need.WHEELCHAIR
    }
    assert smallest_drop(household(size=9, needs=needs), [ROOM, with_two], TONIGHT) is None
    assert smallest_drop(household(), [replace(ROOM, free=0)], TONIGHT) is None


NEEDS = [Need.WHEELCHAIR, Need.COT, Need.PETS, Need.QUIET_ROOM, Need.OWN_UNIT]
UNITS = st.lists(
    st.builds(
        replace,
        st.sampled_from([ROOM, SHARED]),
        free=st.integers(0, 2),
        features=st.frozensets(
            st.sampled_from([Feature.WHEELCHAIR, Feature.COT, Feature.PETS, Feature.QUIET_ROOM])
        ),
    ),
    max_size=4,
)


@given(st.frozensets(st.sampled_from(NEEDS)), UNITS)
def test_no_smaller_set_of_needs_would_do(needs, units):
    family = household(needs=needs)
    if any(fit(family, unit, TONIGHT).fits for unit in units):
        return
    tried = (
        set(dropped)
        for count in range(1, len(needs) + 1)
        for dropped in combinations(sorted(needs), count)
        if any(
            fit(replace(family, needs=needs - set(dropped)), unit, TONIGHT).fits for unit in units
        )
    )
    smallest, found = next(tried, None), smallest_drop(family, units, TONIGHT)
    assert (found and len(found)) == (smallest and len(smallest))
    if found:
        lighter = replace(family, needs=needs - found)
        assert any(fit(lighter, unit, TONIGHT).fits for unit in units)
