"""Two records of one person: any spelling, swapped dates, and never a sister."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Sex
from perron.vocabulary.twice import Known, Likeness, alike, judge, that_stays

BORN = PartialDate(1985, 3, 10)
OLEKSANDR = Known("Oleksandr", "Kovalenko", born=BORN, telephone="+32 470 11 22 33", household=1)
DAYS = st.one_of(
    st.none(),
    st.builds(PartialDate, st.sampled_from([1985, 1986])),
    st.builds(PartialDate, st.just(1985), st.integers(1, 12), st.integers(1, 12)),
)
NAMES = st.sampled_from(
    ["Olena", "Olha", "Oleksandr", "Alexander", "Олена", "", "Kovalenko", "Al Ali"]
)
PEOPLE = st.builds(
    Known, NAMES, NAMES, NAMES, NAMES, DAYS, st.sampled_from([None, *Sex]),
    st.sampled_from(["", "0470", "04 70"]), st.sampled_from(["", "A@b.be", "a@b.be"]),
    st.sampled_from([None, 1, 2]),
)  # fmt: skip


def keys(said):
    return [each.key.removeprefix("twice.") for each in said]


@given(PEOPLE, PEOPLE)
def test_the_order_of_the_two_makes_no_difference(one, other):
    assert judge(one, other) == judge(other, one)


@given(PEOPLE, PEOPLE)
def test_in_one_household_only_the_same_name_and_day_is_a_pair(one, other):
    found = judge(replace(one, household=1), replace(other, household=1))
    if found.likeness is not Likeness.NO:
        assert {"name", "born_same"} <= set(keys(found.speaks_for))


@given(PEOPLE, PEOPLE)
def test_who_is_likely_has_a_reason_beside_the_name(one, other):
    found = judge(one, other)
    if found.likeness is Likeness.LIKELY:
        assert len(found.speaks_for) > 1
        assert found.against == ()


def test_nationality_status_and_need_are_not_even_known():
    assert {each.name for each in fields(Known)} == {
        "given", "family", "given_cyrillic", "family_cyrillic", "born", "sex", "telephone", "email", "household",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [("Oleksandr", "Aleksander"), ("Oleksandr", "Олександр"), ("Yevheniia", "Євгенія"), ("Serhii", "Sergiy"),
     ("Kovalenko", "Kowalenko"), ("Volodymyr", "Wolodymyr"), ("Anna Maria", "Anna")],
)  # fmt: skip
def test_one_name_in_two_spellings(one, other):
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna", "Inna"),
        ("Olena", "Olha"),
        ("Ivan", "Ihor"),
        ("", ""),
        ("", "Ivan"),
        ("Petro", "Pavlo"),
    ],
)
def test_two_names(one, other):
    assert not alike(one, other)


SPELT = replace(OLEKSANDR, given="Alexander", telephone="", household=2)


@pytest.mark.parametrize(
    ("other", "likeness", "speaks_for", "against"),
    [
        (SPELT, "likely", ["name", "born_same"], []),
        (replace(SPELT, given="Kovalenko", family="Олександр"), "likely", ["name", "born_same"], []),
        (replace(SPELT, born=PartialDate(1985, 10, 3)), "likely", ["name", "born_swapped"], []),
        (replace(SPELT, born=PartialDate(1985, 3, 11)), "possible", ["name", "born_digit"], []),
        (replace(SPELT, born=PartialDate(1985)), "possible", ["name", "born_fits"], []),
        (replace(SPELT, born=None), "possible", ["name"], []),
        (replace(SPELT, born=None, telephone="+32470112233"), "likely", ["name", "telephone"], []),
        (replace(SPELT, born=PartialDate(1961)), "no", ["name"], ["born_differs"]),
        (replace(SPELT, given="Ivan"), "no", ["born_same"], []),
    ],
)  # fmt: skip
def test_reasons(other, likeness, speaks_for, against):
    found = judge(OLEKSANDR, other)
    assert (found.likeness, keys(found.speaks_for), keys(found.against)) == (
        likeness,
        speaks_for,
        against,
    )


def test_another_sex_speaks_against_it():
    found = judge(replace(OLEKSANDR, sex=Sex.MALE), replace(SPELT, sex=Sex.FEMALE))
    assert (found.likeness, keys(found.against)) == (Likeness.POSSIBLE, ["sex"])


@pytest.mark.parametrize(
    ("taken_up", "stays"), [((), 3), ((3,), 3), ((8,), 8), ((3, 8), 3), ((99,), 3)]
)
def test_the_record_stays_of_which_a_line_was_taken_up_else_the_older_one(taken_up, stays):
    assert that_stays(3, 8, taken_up) == that_stays(8, 3, taken_up) == stays
