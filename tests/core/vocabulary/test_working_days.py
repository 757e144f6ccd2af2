"""Clocks in calendar days and in Belgian working days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perron.responsibility.matrix import due_on, duty
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.working_days import add_working_days, is_working_day, legal_holidays

EMERGENCY = duty(TrackKind.ROOF, Step.ROOF_EMERGENCY, None, date(2026, 11, 25))
PROPOSED = duty(TrackKind.ROOF, Step.ROOF_HOME_PROPOSED, None, date(2026, 11, 25))
DAYS = st.dates(date(2022, 3, 4), date(2040, 12, 31))


def test_belgium_has_ten_legal_holidays_a_year():
    assert legal_holidays(2026) == {
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 21),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    }


@pytest.mark.parametrize("year", [*range(2022, 2037)])
def test_a_year_has_ten_holidays_unless_two_fall_together(year):
    labour, ascension = date(year, 5, 1), easter(year) + timedelta(days=39)
    assert len(legal_holidays(year)) == 10 - (labour == ascension)


def easter(year):
    """Easter Sunday, by the anonymous Gregorian rule."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = moon + week - 7 * ((year % 19 + 11 * moon + 22 * week) // 451) + 114
    return date(year, shift // 31, shift % 31 + 1)


@pytest.mark.parametrize(
    ("since", "count", "due"),
    [
        (date(2026, 11, 25), 0, date(2026, 11, 25)),
        (date(2026, 11, 25), 1, date(2026, 11, 26)),
        (date(2026, 11, 10), 2, date(2026, 11, 13)),
        (date(2026, 11, 11), 2, date(2026, 11, 13)),
        (date(2026, 11, 6), 2, date(2026, 11, 10)),
        (date(2026, 11, 7), 1, date(2026, 11, 9)),
        (date(2026, 12, 24), 2, date(2026, 12, 29)),
        (date(2026, 4, 3), 1, date(2026, 4, 7)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 7, 20), 1, date(2026, 7, 22)),
    ],
)
def test_working_days_step_over_weekends_and_holidays(since, count, due):
    assert add_working_days(since, count) == due


def test_easter_sunday_and_pentecost_are_sundays_and_no_holidays_of_the_decree():
    assert date(2026, 4, 5) not in legal_holidays(2026)
    assert date(2026, 5, 24) not in legal_holidays(2026)


@given(DAYS, st.integers(1, 40))
def test_a_clock_in_working_days_ends_on_a_working_day_with_that_many_behind_it(since, count):
    due = add_working_days(since, count)
    between = [since + timedelta(days=ahead) for ahead in range(1, (due - since).days + 1)]
    assert is_working_day(due)
    assert sum(is_working_day(day) for day in between) == count


@given(DAYS, st.integers(0, 40))
def test_a_later_start_never_makes_an_earlier_end(since, count):
    assert add_working_days(since, count) <= add_working_days(since + timedelta(days=1), count)


def test_an_emergency_bed_has_five_calendar_days():
    assert EMERGENCY.working_days is False
    assert due_on(EMERGENCY, date(2026, 11, 6)) == date(2026, 11, 11)


def test_a_proposed_home_has_five_working_days():
    assert PROPOSED.working_days is True
    assert due_on(PROPOSED, date(2026, 11, 6)) == date(2026, 11, 16)


def test_a_roof_is_due_the_day_it_is_asked():
    asked = duty(TrackKind.ROOF, Step.ROOF_ASKED, Region.FLANDERS, date(2026, 11, 25))
    assert due_on(asked, date(2026, 11, 11)) == date(2026, 11, 11)


def test_without_a_clock_nothing_is_due():
    assert due_on(replace(EMERGENCY, days=None), date(2026, 11, 25)) is None
