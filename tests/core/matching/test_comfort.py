"""What makes one fitting place better than another."""

from dataclasses import replace
from datetime import date

import pytest

from perron.matching.comfort import comfort
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Household, HouseholdId, Member, Need, PersonId
from perron.vocabulary.places import Feature, PlaceKind, SiteId, Unit, UnitId

TONIGHT = date(2026, 11, 25)
COUPLE = Household(
    id=HouseholdId(1),
    members=(Member(PersonId(1), PartialDate(1987)), Member(PersonId(2), PartialDate(1990))),
)
ROOM = Unit(
    id=UnitId(1),
    site=SiteId(1),
    name="Room 1",
    kind=PlaceKind.EMERGENCY,
    municipality="44021",
    beds=2,
    free=2,
)
FULL_ROOM = 60 + 40


def points(household=COUPLE, **unit):
    return comfort(household, replace(ROOM, **unit), TONIGHT)[0]


@pytest.mark.parametrize(("beds", "expected"), [(2, 100), (3, 90), (7, 50), (8, 40), (12, 40)])
def test_a_bed_left_empty_behind_a_closed_door_costs_ten_up_to_six(beds, expected):
    assert points(beds=beds, free=beds) == expected


def test_beds_of_a_shared_unit_stay_free_for_others():
    assert points(beds=12, free=12, shared=True) == FULL_ROOM


def test_a_unit_without_steps_is_kept_for_those_who_need_it():
    step_free = frozenset({Feature.STEP_FREE})
    assert points(features=step_free) == FULL_ROOM - 40
    assert points(replace(COUPLE, needs=frozenset({Need.LIFT})), features=step_free) == FULL_ROOM


def test_staying_in_the_same_municipality_counts():
    assert points(replace(COUPLE, municipality="44021")) == FULL_ROOM + 50
    assert points(replace(COUPLE, municipality="11002")) == FULL_ROOM


@pytest.mark.parametrize(("day", "more"), [(26, 20), (25, 20), (24, 10), (23, 0)])
def test_a_place_that_was_confirmed_lately_counts(day, more):
    assert points(confirmed_on=date(2026, 11, day)) == FULL_ROOM + more


@pytest.mark.parametrize(
    ("since", "more"),
    [
        (date(2026, 11, 26), 0),
        (date(2026, 11, 25), 0),
        (date(2026, 11, 24), 2),
        (date(2026, 10, 26), 60),
        (date(2025, 1, 1), 60),
    ],
)
def test_each_day_of_waiting_counts_up_to_thirty(since, more):
    assert points(replace(COUPLE, waiting_since=since)) == FULL_ROOM + more


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ({}, {"comfort.own_unit_full", "comfort.not_confirmed"}),
        ({"beds": 3, "free": 3}, {"comfort.own_unit", "comfort.not_confirmed"}),
        ({"shared": True}, {"comfort.shared", "comfort.not_confirmed"}),
        ({"confirmed_on": TONIGHT}, {"comfort.own_unit_full", "comfort.confirmed"}),
    ],
)
def test_what_counts_is_said(unit, said):
    assert {item.key for item in comfort(COUPLE, replace(ROOM, **unit), TONIGHT)[1]} == said
