"""Whether a household can live in a unit: each reason for and against."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perron.matching.fit import MEETS, NEVER_SHARED, fit, minors_alone
from perron.messages.texts import say
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Household, HouseholdId, Member, Need, PersonId, Sex
from perron.vocabulary.places import Feature, PlaceKind, SiteId, Unit, UnitId
from perron.vocabulary.wording import message

TONIGHT = date(2026, 11, 25)
GROWN, CHILD = PartialDate(1987, 3, 10), PartialDate(2016, 5, 1)
TURNS_18_THIS_YEAR = PartialDate(2008)
ROOM = Unit(
    id=UnitId(1),
    site=SiteId(1),
    name="Room 1",
    kind=PlaceKind.EMERGENCY,
    municipality="44021",
    beds=4,
    free=4,
)
DORMITORY = replace(ROOM, beds=12, free=5, shared=True)


def household(*births, needs=(), sexes=()):
    sexes = (*sexes, *[None] * (len(births) - len(sexes)))
    return Household(
        id=HouseholdId(1),
        members=tuple(
            Member(PersonId(index), born, sex)
            for index, (born, sex) in enumerate(zip(births, sexes, strict=True))
        ),
        needs=frozenset(needs),
    )


COUPLE = household(GROWN, GROWN)


def against(family, unit, on=TONIGHT):
    answer = fit(family, unit, on)
    assert answer.fits == (not answer.against)
    return [reason.key for reason in answer.against]


def test_a_household_fits_a_free_room_and_is_told_why():
    answer = fit(COUPLE, ROOM, TONIGHT)
    assert answer.fits
    assert answer.reasons[0] == message("fit.beds", size=2, free=4)
    assert answer.lacking == frozenset()
    assert answer.call is False


@pytest.mark.parametrize(
    ("unit", "reasons"),
    [
        (replace(ROOM, beds=2, free=2), []),
        (replace(ROOM, beds=1, free=1), ["fit.too_few_beds"]),
        (replace(ROOM, free=3), ["fit.taken"]),
        (replace(ROOM, free=0), ["fit.taken"]),
        (replace(DORMITORY, free=2), []),
        (replace(DORMITORY, free=1), ["fit.too_few_beds"]),
        (replace(DORMITORY, free=0), ["fit.too_few_beds"]),
    ],
)
def test_a_room_is_given_whole_and_a_shared_unit_bed_by_bed(unit, reasons):
    assert against(COUPLE, unit) == reasons


def test_how_many_beds_are_missing_is_said_in_numbers():
    answer = fit(COUPLE, replace(DORMITORY, free=1), TONIGHT)
    assert answer.against == (message("fit.too_few_beds", size=2, free=1),)
    assert say(answer.against[0], "en") == "1 free bed, 2 needed"


def test_a_household_without_people_fits_nowhere():
    assert "fit.nobody_in_household" in against(household(), ROOM)


@pytest.mark.parametrize(
    ("start", "end", "reasons"),
    [
        (None, None, []),
        (date(2026, 11, 25), date(2026, 11, 26), []),
        (date(2026, 11, 26), None, ["fit.available_from"]),
        (None, date(2026, 11, 25), ["fit.available_until"]),
        (None, date(2026, 11, 20), ["fit.available_until"]),
    ],
)
def test_a_unit_is_there_from_its_first_night_up_to_its_last_morning(start, end, reasons):
    assert against(COUPLE, replace(ROOM, available_from=start, available_until=end)) == reasons


@pytest.mark.parametrize("need", Need)
def test_each_need_is_met_by_its_features_and_missed_without_them(need):
    family = household(GROWN, needs={need}, sexes=(Sex.FEMALE,))
    without = replace(ROOM, shared=need is Need.OWN_UNIT)
    assert against(family, without) == [f"fit.lacks.{need}"]
    assert fit(family, without, TONIGHT).lacking == {need}
    for feature in MEETS.get(need, {Feature.GARDEN}):
        able = replace(ROOM, features=frozenset({feature}), women_only=need is Need.WOMEN_ONLY)
        assert message(f"fit.has.{need}") in fit(family, able, TONIGHT).reasons


@pytest.mark.parametrize("need", sorted(NEVER_SHARED))
def test_quiet_and_a_unit_of_their_own_cannot_be_had_among_others(need):
    quiet = replace(DORMITORY, features=frozenset(Feature))
    assert against(household(GROWN, needs={need}), quiet) == [f"fit.lacks.{need}"]


def test_every_need_that_is_missing_is_named():
    family = household(GROWN, needs={Need.WHEELCHAIR, Need.COT})
    assert against(family, ROOM) == ["fit.lacks.cot", "fit.lacks.wheelchair"]


def test_a_need_and_a_bed_can_be_missing_at_once():
    family = household(GROWN, GROWN, needs={Need.COT})
    assert against(family, replace(DORMITORY, free=1)) == ["fit.too_few_beds", "fit.lacks.cot"]


@pytest.mark.parametrize(
    ("needs", "unit", "call"),
    [
        ({Need.ASSISTANCE_DOG}, ROOM, True),
        ({Need.ASSISTANCE_DOG}, replace(ROOM, features=frozenset({Feature.PETS})), False),
        ({Need.ASSISTANCE_DOG, Need.COT}, ROOM, False),
        ({Need.ASSISTANCE_DOG}, replace(ROOM, free=0), False),
        ({Need.PETS}, ROOM, False),
    ],
)
def test_a_phone_call_helps_where_only_an_assistance_dog_stands_in_the_way(needs, unit, call):
    assert fit(household(GROWN, needs=needs), unit, TONIGHT).call is call


@pytest.mark.parametrize(
    ("births", "alone"),
    [
        ((GROWN,), False),
        ((CHILD,), True),
        ((CHILD, GROWN), False),
        ((CHILD, CHILD), True),
        ((None,), None),
        ((CHILD, None), None),
        ((None, GROWN), False),
        ((TURNS_18_THIS_YEAR,), None),
        ((PartialDate(2008, 11, 25),), False),
        ((PartialDate(2008, 11, 26),), True),
        ((), False),
    ],
)
def test_minors_are_alone_when_surely_nobody_is_an_adult(births, alone):
    assert minors_alone(household(*births), TONIGHT) is alone


FOR_MINORS = replace(ROOM, minors_alone=True)


@pytest.mark.parametrize(
    ("births", "unit", "reasons"),
    [
        ((CHILD,), FOR_MINORS, []),
        ((CHILD,), ROOM, ["fit.not_for_minors_alone"]),
        ((GROWN,), FOR_MINORS, ["fit.only_for_minors_alone"]),
        ((CHILD, GROWN), FOR_MINORS, ["fit.only_for_minors_alone"]),
        ((CHILD, GROWN), ROOM, []),
        ((None,), ROOM, ["fit.age_not_known"]),
        ((None,), FOR_MINORS, ["fit.age_not_known"]),
        ((CHILD, None), ROOM, ["fit.age_not_known"]),
        ((None, GROWN), ROOM, []),
    ],
)
def test_minors_alone_and_adults_never_share_a_place(births, unit, reasons):
    assert against(household(*births), unit) == reasons


WOMEN = replace(ROOM, women_only=True)


@pytest.mark.parametrize(
    ("births", "sexes", "reasons"),
    [
        ((GROWN,), (Sex.FEMALE,), []),
        ((GROWN,), (Sex.MALE,), ["fit.women_only"]),
        ((GROWN,), (Sex.OTHER,), ["fit.women_only"]),
        ((GROWN,), (None,), ["fit.sex_not_known"]),
        ((GROWN, CHILD), (Sex.FEMALE, Sex.MALE), []),
        ((GROWN, CHILD), (Sex.FEMALE, None), []),
        ((GROWN, None), (Sex.FEMALE, Sex.MALE), ["fit.women_only"]),
        ((GROWN, None), (Sex.FEMALE, None), ["fit.sex_not_known"]),
        ((GROWN, GROWN), (Sex.FEMALE, Sex.MALE), ["fit.women_only"]),
    ],
)
def test_a_unit_for_women_takes_women_and_their_children(births, sexes, reasons):
    assert against(household(*births, sexes=sexes), WOMEN) == reasons


@pytest.mark.parametrize(
    ("sex", "reasons"),
    [
        (Sex.FEMALE, []),
        (Sex.MALE, ["fit.women_only"]),
        (None, ["fit.sex_not_known"]),
    ],
)
def test_a_unit_for_girls_alone_takes_no_boys(sex, reasons):
    girls = replace(WOMEN, minors_alone=True)
    assert against(household(CHILD, sexes=(sex,)), girls) == reasons


def test_a_unit_for_men_and_women_does_not_meet_the_need_for_women_only():
    family = household(GROWN, needs={Need.WOMEN_ONLY}, sexes=(Sex.FEMALE,))
    assert against(family, ROOM) == ["fit.lacks.women_only"]
    assert against(family, WOMEN) == []


BIRTHS = st.sampled_from([GROWN, CHILD, None, TURNS_18_THIS_YEAR])
FAMILIES = st.builds(
    lambda births, needs, sexes: household(*births, needs=needs, sexes=sexes[: len(births)]),
    st.lists(BIRTHS, max_size=4),
    st.frozensets(st.sampled_from(Need)),
    st.lists(st.sampled_from([*Sex, None]), min_size=4, max_size=4),
)
UNITS = st.builds(
    replace,
    st.sampled_from([ROOM, DORMITORY]),
    free=st.integers(0, 4),
    women_only=st.booleans(),
    minors_alone=st.booleans(),
    features=st.frozensets(st.sampled_from(Feature)),
)


@given(FAMILIES, UNITS)
def test_every_answer_has_reasons_on_one_side_and_each_can_be_said(family, unit):
    answer = fit(family, unit, TONIGHT)
    assert answer.fits == bool(answer.reasons) != bool(answer.against)
    assert answer.lacking <= family.needs
    assert answer.comfort >= 0
    assert all(say(reason, "en") for reason in (*answer.reasons, *answer.against))


@given(FAMILIES, UNITS, st.sampled_from(Need))
def test_one_need_more_never_opens_a_door(family, unit, need):
    more = replace(family, needs=family.needs | {need})
    if fit(more, unit, TONIGHT).fits:
        assert fit(family, unit, TONIGHT).fits


@given(FAMILIES, UNITS, st.integers(0, 3), st.sampled_from(["born", "sex"]))
def test_a_fact_that_is_forgotten_never_opens_a_door(family, unit, index, fact):
    members = tuple(
        replace(member, **{fact: None}) if member.person == index else member
        for member in family.members
    )
    if fit(replace(family, members=members), unit, TONIGHT).fits:
        assert fit(family, unit, TONIGHT).fits
