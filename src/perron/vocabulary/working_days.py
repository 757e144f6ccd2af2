"""Working days in Belgium: Monday to Friday, but the ten legal holidays."""

from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

SATURDAY = 5
SUNDAYS_OF_A_FEAST = {"Easter Sunday", "Pentecost"}


@cache
def legal_holidays(year: int) -> frozenset[date]:
    """The ten legal holidays. Source: Royal Decree of 18 April 1974, art. 1 (M+).

    ``holidays`` adds two Sundays that the decree does not have.
    """
    calendar = country_holidays("BE", years=year, language="en_US")
    return frozenset(day for day, name in calendar.items() if name not in SUNDAYS_OF_A_FEAST)


def is_working_day(day: date) -> bool:
    """Whether a desk is open on it."""
    return day.weekday() < SATURDAY and day not in legal_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The count-th working day after the day; the day itself for a count of 0."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
