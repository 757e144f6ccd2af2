"""For whom a line opens when another comes to a step. What is not known opens nothing by itself: a person may."""

from collections.abc import Iterable
from datetime import date, timedelta

from perron.responsibility.rows import Opening
from perron.vocabulary.intervals import ADULT_AGE, completed_years
from perron.vocabulary.people import Member


def meant(
    opening: Opening, who: Member, household: Iterable[Member], on: date, end: date | None
) -> bool:
    """Whether the line opens for this member on the day; ``end``: the last day of the protection."""
    if opening.from_age is not None and not is_at_least(who, opening.from_age, on):
        return False
    if opening.until_age is not None and not is_under(who, opening.until_age, on):
        return False
    if opening.alone and any(is_at_least(member, ADULT_AGE, on) for member in household):
        return False
    before = opening.days_before_end
    return before is None or (end is not None and on >= end - timedelta(days=before))


def is_at_least(member: Member, age: int, on: date) -> bool:
    """Whether the member is known to have that age."""
    return member.born is not None and completed_years(member.born.latest, on) >= age


def is_under(member: Member, age: int, on: date) -> bool:
    """Whether the member may well be younger: a doubt about a child works for the child."""
    return member.born is not None and completed_years(member.born.latest, on) < age
