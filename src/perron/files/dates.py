"""Dates as desks write them: day first or ISO, as far as known. What can be read in two ways is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from perron.files.words import code_of
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.wording import Message, message

OLDEST = 120
FIRST_ARRIVAL = 1990
CENTURY, MONTHS = 100, 12
GAP = r"\s?[./\- ]\s?"
DAY_FIRST = re.compile(
    rf"^(?P<day>\d{{1,2}}){GAP}(?P<month>\d{{1,2}}){GAP}(?P<year>\d{{4}})$", re.ASCII
)
SHORT_YEAR = re.compile(rf"^(\d{{1,2}}){GAP}(\d{{1,2}}){GAP}(\d{{2}})$", re.ASCII)
ISO = re.compile(
    r"^(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?$", re.ASCII
)
MONTH_FIRST = re.compile(r"^(?P<month>\d{1,2})\s?[./\-]\s?(?P<year>\d{4})$", re.ASCII)
SERIAL = re.compile(r"^\d{5}$", re.ASCII)
WRITTEN = re.compile(
    r"^(?P<day>[0-9]{1,2})(?:er|e|\.|st|nd|rd|th)?\s+(?P<month>[^\W\d_]+)\.?,?\s+(?P<year>[0-9]{4})"
    r"(?:\s*(?:року|года|г\.?|р\.?))?$"
)
TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$")


@dataclass(frozen=True, slots=True)
class Taken:
    """A date with what must be told of how it was read; or why it is none."""

    value: PartialDate | None = None
    told: Message | None = None
    fault: Message | None = None


def read_date(text: str, day_zero: date, latest: int, earliest: int) -> Taken:
    """Read one date.

    Args:
        text: the cell.
        day_zero: the day from which the numbers of the spreadsheet count.
        latest: the last year that it can be.
        earliest: the first year that it can be; both decide whether a year of two digits is clear.
    """
    plain = TIME.sub("", text)
    told = message("file.time_left_out") if plain != text else None
    if SERIAL.match(plain):
        return serial(int(plain), day_zero)
    if found := SHORT_YEAR.match(plain):
        day, month, year = (int(part) for part in found.groups())
        return two_digits(day, month, year, latest, earliest)
    for pattern in (DAY_FIRST, ISO, MONTH_FIRST, WRITTEN):
        if found := pattern.match(plain):
            return parts(found.groupdict(), told)
    return Taken(fault=message("file.not_a_day"))


def parts(found: Mapping[str, str | None], told: Message | None) -> Taken:
    """The date of the parts that were found; a month may be written out."""
    month = found.get("month") or "0"
    number = month if month.isdecimal() else code_of("month", month)
    if number is None:
        return Taken(fault=message("file.not_a_day"))
    return existing(int(found["year"] or 0), int(number), int(found.get("day") or 0), told)


def serial(number: int, day_zero: date) -> Taken:
    """The day that a spreadsheet keeps under a number, which is told."""
    day = day_zero + timedelta(days=number)
    return Taken(PartialDate(day.year, day.month, day.day), message("file.serial_date", day=day))


def two_digits(day: int, month: int, year: int, latest: int, earliest: int) -> Taken:
    """A year of two digits is taken only where one century is possible, and that is told."""
    century = latest - latest % CENTURY
    possible = [
        full for full in (century + year, century - CENTURY + year) if earliest <= full <= latest
    ]
    if len(possible) != 1:
        return Taken(fault=message("file.century_unclear"))
    return existing(possible[0], month, day, message("file.century_taken", year=str(possible[0])))


def existing(year: int, month: int, day: int, told: Message | None) -> Taken:
    """The date if there is such a day; 0 for a month or a day that is not known."""
    if month > MONTHS and 1 <= day <= MONTHS:
        return Taken(fault=message("file.month_first"))
    if day and not month:
        return Taken(fault=message("file.not_a_day"))
    try:
        return Taken(PartialDate(year, month or None, day or None), told)
    except ValueError:
        return Taken(fault=message("file.no_such_day"))


def within(taken: Taken, on: date, earliest: int) -> Taken:
    """The same, refused where it lies after today or too far back."""
    value = taken.value
    if value is None:
        return taken
    if value.earliest > on:
        return Taken(fault=message("file.in_the_future"))
    return Taken(fault=message("file.too_long_ago")) if value.year < earliest else taken


def birth(text: str, day_zero: date, on: date) -> Taken:
    """A birth date, as far as it is known: not in the future, at most 120 years ago."""
    earliest = on.year - OLDEST
    return within(read_date(text, day_zero, on.year, earliest), on, earliest)


def past_day(text: str, day_zero: date, on: date) -> Taken:
    """A whole day up to today: an arrival."""
    return whole(within(read_date(text, day_zero, on.year, FIRST_ARRIVAL), on, FIRST_ARRIVAL))


def any_day(text: str, day_zero: date, on: date) -> Taken:
    """A whole day, also one to come: from when a place is free."""
    return whole(read_date(text, day_zero, on.year + 50, on.year - 49))


def whole(taken: Taken) -> Taken:
    """The same, refused where the day is not known."""
    if taken.value is not None and taken.value.day is None:
        return Taken(fault=message("file.day_needed"))
    return taken
