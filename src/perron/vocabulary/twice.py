"""Whether two records are of one person: by names, birth, telephone and e-mail; never by nationality, status or need.

The weights are ours (mark D). A judgement only proposes: a person decides.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Sex
from perron.vocabulary.spelling import words
from perron.vocabulary.wording import Message, message

ALIKE = 0.7
"""The share of keys in common from which two words are one name in two spellings."""


class Likeness(StrEnum):
    """How likely two records are of one person."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Known:
    """What may be compared of a record. Unknown is None or empty, and speaks neither for nor against."""

    given: str
    family: str
    given_cyrillic: str = ""
    family_cyrillic: str = ""
    born: PartialDate | None = None
    sex: Sex | None = None
    telephone: str = ""
    email: str = ""
    household: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely it is, and what speaks for and against it."""

    likeness: Likeness
    speaks_for: tuple[Message, ...] = ()
    against: tuple[Message, ...] = ()


def that_stays(one: int, other: int, taken_up: Collection[int]) -> int:
    """The record to keep, as a first choice: the one of which a line was taken up, else the older number."""
    return min(one, other, key=lambda number: (number not in taken_up, number))


def judge(one: Known, other: Known) -> Judgement:
    """Compare two records; the order of the two makes no difference."""
    name, born, reached = same_name(one, other), birth(one.born, other.born), contacts(one, other)
    other_sex = one.sex is not None and other.sex is not None and one.sex != other.sex
    speaks_for = list(reached)
    against: list[Message] = []
    if name:
        speaks_for.insert(0, message("twice.name"))
    if born is not None:
        (against if born == "differs" else speaks_for).append(message(f"twice.born_{born}"))
    if other_sex:
        against.append(message("twice.sex"))
    likeness = weighed(name=name, born=born, reached=bool(reached))
    together = one.household is not None and one.household == other.household
    if together and not (name and born == "same"):
        likeness = Likeness.NO
    if other_sex:
        likeness = Likeness.POSSIBLE if likeness is Likeness.LIKELY else Likeness.NO
    return Judgement(likeness, tuple(speaks_for), tuple(against))


def weighed(*, name: bool, born: str | None, reached: bool) -> Likeness:
    """The names must agree; then the day of birth counts, and a telephone or e-mail in common."""
    if not name:
        return Likeness.NO
    if born in {"same", "swapped"} or (reached and born != "differs"):
        return Likeness.LIKELY
    if born == "differs" and not reached:
        return Likeness.NO
    return Likeness.POSSIBLE


def same_name(one: Known, other: Known) -> bool:
    """Given and family name agree, in one of the scripts, also where the two were swapped."""
    return any(
        (alike(a, c) and alike(b, d)) or (alike(a, d) and alike(b, c))
        for a, b in written(one)
        for c, d in written(other)
    )


def written(who: Known) -> tuple[tuple[str, str], ...]:
    """Given and family name in each script."""
    return ((who.given, who.family), (who.given_cyrillic, who.family_cyrillic))


def alike(one: str, other: str) -> bool:
    """Each word of the shorter name is one of the longer name, in some spelling; nothing is like an empty name."""
    few, many = sorted((words(one), words(other)), key=len)
    if len(few) == len(many):
        return bool(few) and covered(few, many) and covered(many, few)
    return bool(few) and covered(few, many)


def covered(few: list[frozenset[str]], many: list[frozenset[str]]) -> bool:
    """Whether each of these words has one like it among the others."""
    return all(
        any(2 * len(word & each) >= ALIKE * (len(word) + len(each)) for each in many)
        for word in few
    )


def birth(one: PartialDate | None, other: PartialDate | None) -> str | None:
    """``same``, ``fits`` as far as known, ``swapped``, ``digit`` or ``differs``; None where one is not known."""
    if one is None or other is None:
        return None
    if one == other and one.day is not None:
        return "same"
    if one.earliest <= other.latest and other.earliest <= one.latest:
        return "fits"
    if one.day is None or other.day is None:
        return "differs"
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return "swapped"
    wrong = sum(a != b for a, b in zip(str(one), str(other), strict=True))
    return "digit" if wrong == 1 else "differs"


def contacts(one: Known, other: Known) -> list[Message]:
    """By what both are reached."""
    told = []
    if number(one.telephone) and number(one.telephone) == number(other.telephone):
        told.append(message("twice.telephone"))
    if one.email.strip() and one.email.strip().lower() == other.email.strip().lower():
        told.append(message("twice.email"))
    return told


def number(telephone: str) -> str:
    """The digits of a telephone number."""
    return "".join(each for each in telephone if each in "0123456789")
