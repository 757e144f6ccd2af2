"""Days, nights, partial dates and half-open intervals: the one place where calendar arithmetic is done."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
SMALL_HOURS_END = time(6)
PARTS_OF_A_DATE = 3
LEAP_DAY = 29
ADULT_AGE = 18  # Belgian Civil Code art. 388 (M+)


@dataclass(frozen=True, slots=True)
class Interval:
    """Days or nights from ``start`` up to but not including ``end``; ``end`` None means not known yet."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        """Refuse an interval that ends before it starts (ValueError)."""
        if self.end is not None and self.end < self.start:
            raise ValueError(f"an interval ends before it starts: {self.start} to {self.end}")

    def __contains__(self, day: date) -> bool:
        """Whether the day (or the night that begins on it) lies inside."""
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share at least one day; an empty interval overlaps nothing."""
        if self.start == self.end or other.start == other.end:
            return False
        return (other.end is None or self.start < other.end) and (
            self.end is None or other.start < self.end
        )


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the day, or the month and the day, may be unknown: every day it may be."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse a date that cannot exist (ValueError)."""
        if self.day is not None and self.month is None:
            raise ValueError("a day without a month")
        date(
            self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day
        )

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``2022``, ``2022-03`` or ``2022-03-10``; anything else is a ValueError."""
        parts = text.strip().split("-")
        if not 1 <= len(parts) <= PARTS_OF_A_DATE or not all(part.isdecimal() for part in parts):
            raise ValueError(f"not a year, month or day: {text}")
        return cls(*(int(part) for part in parts))

    @property
    def earliest(self) -> date:
        """The first day it may be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it may be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """Write it as ISO 8601, as far as it is known."""
        known = [f"{self.year:04d}"]
        known += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(known)


def add_months(day: date, months: int) -> date:
    """Add calendar months; a day that the month does not have becomes its last day (facts.yaml, leap_day)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=1024)
def latest_start(on: date, months: int) -> date:
    """The last day from which a term of so many calendar months is complete on the day.

    A term begun on 29-02-2020 is complete on 28-02-2025 (leap_day), so the answer may lie up to three days after the
    same day of the month. This is what every clock of the law compares a day with.
    """
    found = add_months(on, -months)
    while add_months(found + timedelta(days=1), months) <= on:
        found += timedelta(days=1)
    return found


def completed_months(since: date, on: date) -> int:
    """Whole calendar months completed on the day; negative before the day on which they begin."""
    months = 12 * (on.year - since.year) + on.month - since.month
    return months if add_months(since, months) <= on else months - 1


def completed_years(since: date, on: date) -> int:
    """Whole years completed on the day; n years are complete on the n-th anniversary."""
    years = on.year - since.year
    if (since.month, since.day) <= (on.month, on.day):
        return years
    leap = since.day == LEAP_DAY and add_months(since, 12 * years) <= on
    return years if leap else years - 1


def age(born: PartialDate | None, on: date) -> int | None:
    """Age in completed years, or None when the known part of the birth date leaves it open."""
    if born is None:
        return None
    youngest, oldest = completed_years(born.latest, on), completed_years(born.earliest, on)
    return youngest if youngest == oldest else None


def is_minor(born: PartialDate | None, on: date) -> bool | None:
    """Whether under eighteen on the day; None when that is not known."""
    if born is None:
        return None
    youngest_adult = latest_start(on, 12 * ADULT_AGE)
    if born.earliest > youngest_adult:
        return True
    return False if born.latest <= youngest_adult else None


def day_in_brussels(at: datetime) -> date:
    """The legal day of an aware moment."""
    return at.astimezone(BRUSSELS).date()


def tonight(at: datetime) -> date:
    """The night for which a bed is sought.

    Night D runs from noon of D to noon of D+1. Before six in the morning the running night is meant, later the
    one that begins next (docs/adr/0013).
    """
    local = at.astimezone(BRUSSELS)
    return local.date() - timedelta(days=1) if local.time() < SMALL_HOURS_END else local.date()
