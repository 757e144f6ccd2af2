"""Day-exact clocks: the same as dateutil, leap days and ends of months included."""

from datetime import date, timedelta
from random import Random

import pytest
from dateutil.relativedelta import relativedelta

from perron.rules.evaluate import answers
from perron.rules.moments import Moment
from perron.rules.routes import Route, Rulebook
from perron.rules.terms import fact, months_since, years_since
from perron.vocabulary.intervals import completed_months, latest_start


def test_three_hundred_thousand_cut_offs_agree_with_dateutil():
    dice, wrong = Random(9), 0
    edges = [date(year, 2, day) for year in range(1996, 2041) for day in (27, 28)]
    edges += [date(year, 2, 29) for year in range(1996, 2041, 4)]
    edges += [
        date(year, month, 1) - timedelta(days=1)
        for year in range(2000, 2040)
        for month in range(1, 13)
    ]
    for number in range(300_000):
        begun = (
            dice.choice(edges)
            if number % 3
            else date(1930, 1, 1) + timedelta(days=dice.randrange(40_000))
        )
        term = dice.choice((1, 2, 3, 6, 12, 18, 24, 60, 120, 216, 252))
        on = (
            begun
            + relativedelta(months=term)
            + timedelta(days=dice.choice((-2, -1, 0, 1, 2, 31, -31)))
        )
        wrong += (begun <= latest_start(on, term)) != (begun + relativedelta(months=term) <= on)
    assert wrong == 0


@pytest.mark.parametrize(
    ("begun", "months", "complete"),
    [
        (date(2020, 2, 29), 60, date(2025, 2, 28)),
        (date(2020, 2, 29), 48, date(2024, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2022, 3, 10), 60, date(2027, 3, 10)),
        (date(2025, 1, 10), 6, date(2025, 7, 10)),
    ],
)
def test_a_term_is_complete_on_its_last_day_and_not_before(begun, months, complete):
    assert begun <= latest_start(complete, months)
    assert begun > latest_start(complete - timedelta(days=1), months)
    assert (
        completed_months(begun, complete)
        >= months
        > completed_months(begun, complete - timedelta(days=1))
    )


def verdict(expr, known, on):
    rules = Rulebook("invented", (Route("invented", (expr,)),))
    return answers(rules, known, Moment(on))[0].verdict


def test_the_birthday_is_the_first_day_of_an_age():
    adult = years_since("birth_date") >= 18
    known = {"birth_date": "2008-11-25"}
    assert verdict(adult, known, date(2026, 11, 24)) == "no"
    assert verdict(adult, known, date(2026, 11, 25)) == "yes"


def test_a_leap_day_is_kept_on_the_last_day_of_february():
    adult = years_since("birth_date") >= 18
    known = {"birth_date": "2008-02-29"}
    assert verdict(adult, known, date(2026, 2, 27)) == "no"
    assert verdict(adult, known, date(2026, 2, 28)) == "yes"


def test_a_month_is_known_only_when_all_its_days_agree():
    adult = years_since("birth_date") >= 18
    known = {"birth_date": "2008-02"}
    assert verdict(adult, known, date(2026, 1, 31)) == "no"
    assert verdict(adult, known, date(2026, 2, 1)) == "unknown"
    assert verdict(adult, known, date(2026, 2, 27)) == "unknown"
    assert verdict(adult, known, date(2026, 2, 28)) == "yes"


@pytest.mark.parametrize("known", [{}, {"birth_date": "2008"}, {"birth_date": "2008-11-25"}])
def test_older_or_younger_is_always_decided(known):
    age = years_since("birth_date")
    assert verdict((age < 18) | (age >= 18), known, date(2026, 11, 25)) == "yes"
    assert verdict((age < 18) & (age >= 18), known, date(2026, 11, 25)) == "no"


def test_or_not_is_always_decided():
    insured = fact("health_insured").is_(True)
    assert verdict(insured | ~insured, {}, date(2026, 11, 25)) == "yes"
    assert verdict(insured & ~insured, {}, date(2026, 11, 25)) == "no"


def test_a_threshold_that_changes_on_the_day_a_clock_completes_is_the_new_one():
    waited = (months_since("register_entry_on") >= 24) & (fact("means_month") >= 1000)
    known = {"register_entry_on": "2023-12-31", "means_month": 1000}
    assert verdict(waited, known, date(2025, 12, 30)) == "no"
    assert verdict(waited, known, date(2025, 12, 31)) == "yes"
