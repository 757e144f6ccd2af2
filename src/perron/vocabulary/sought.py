"""What somebody types into the one box of a search: names in any order, a date as far as it is known, or a number."""

import re
from dataclasses import dataclass

from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.spelling import plain

HOUSEHOLD = re.compile(r"h-(\d{1,15})", re.IGNORECASE)
YEAR_FIRST = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:[-./](?P<month>\d\d?)(?:[-./](?P<day>\d\d?))?)?"
)
DAY_FIRST = re.compile(r"(?:(?P<day>\d\d?)[-./])?(?P<month>\d\d?)[-./](?P<year>(?:19|20)\d\d)")
LONGEST = 250
"""Letters that are read; whoever pastes a letter searches for its beginning."""


@dataclass(frozen=True, slots=True)
class Sought:
    """The names as they were typed, the day of birth as far as it was, and the number of a household."""

    names: str = ""
    born: PartialDate | None = None
    household: int | None = None

    @property
    def names_one_person(self) -> bool:
        """Two names, or a name and a day of birth: not a part of a name that many have."""
        words = len(plain(self.names).split())
        return words > 1 or (words == 1 and self.born is not None)


def sought(typed: str) -> Sought:
    """Read the box. What is no date and no number is a name; of two dates the last one counts."""
    words = typed[:LONGEST].split()
    if len(words) == 1 and (number := HOUSEHOLD.fullmatch(words[0])):
        return Sought(household=int(number[1]))
    dates = {word: born for word in words if (born := birth(word)) is not None}
    names = " ".join(word for word in words if word not in dates)
    return Sought(names=names, born=next(reversed(dates.values()), None))


def birth(word: str) -> PartialDate | None:
    """``1985``, ``1992-05``, ``05.1992``, ``17/05/1992``: day before month, as in Belgium. None for anything else."""
    word = word.strip("(),;*")
    found = YEAR_FIRST.fullmatch(word) or DAY_FIRST.fullmatch(word)
    if found is None:
        return None
    year, month, day = (
        int(found[part]) if found[part] else None for part in ("year", "month", "day")
    )
    assert year is not None
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None
