"""What is typed into the one box of the search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perron.vocabulary.sought import Sought, sought

DATES = [
    ("1985", "1985"), ("17/05/1992", "1992-05-17"), ("17.5.1992", "1992-05-17"), ("17-05-1992", "1992-05-17"),
    ("05.1992", "1992-05"), ("1992-05", "1992-05"), ("1992-05-17", "1992-05-17"), ("(1985)", "1985"),
]  # fmt: skip
NO_DATES = ["31/02/1992", "13.1992", "85", "0985", "12345", "1992-05-17-03", "5/92", "1/2/3"]


@pytest.mark.parametrize(("typed", "born"), DATES)
def test_a_date_is_read_as_far_as_it_is_known(typed, born):
    found = sought(f"Kovalenko {typed}")
    assert (found.names, str(found.born)) == ("Kovalenko", born)
    assert str(sought(typed).born) == born


@pytest.mark.parametrize("typed", NO_DATES)
def test_what_is_no_date_is_none(typed):
    assert sought(typed).born is None


def test_of_two_dates_the_last_one_counts():
    assert str(sought("Olena 1985 Marchuk 05.1992").born) == "1992-05"


@pytest.mark.parametrize(("typed", "number"), [("H-12", 12), (" h-7 ", 7), ("H-", None), ("H-12 x", None)])  # fmt: skip
def test_the_number_of_a_household_stands_alone(typed, number):
    assert sought(typed).household == number


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("Olena Marchuk", True), ("Marchuk 1992", True), ("Marchuk", False), ("1992", False), ("", False),
        ("El Khattabi", False), ("Abdul Rahman", False), ("H-12", False), ("Мар'яна Ткач", True), ("- ' 12", False),
    ],
)  # fmt: skip
def test_one_person_is_named_by_two_names_or_by_a_name_and_a_day_of_birth(typed, one):
    assert sought(typed).names_one_person is one


@given(st.text(max_size=400))
def test_anything_may_be_typed(typed):
    assert isinstance(sought(typed), Sought)
    assert sought(typed).names_one_person in {True, False}
