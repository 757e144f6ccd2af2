"""Pupils whose right ends before their school year, students whose right ends before their studies (note B2-2)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from perron.rules.belgium.ahead import last_days, verdicts_on
from perron.rules.belgium.stays import ONE_DAY
from perron.rules.columns import People
from perron.rules.facts import Days
from perron.rules.moments import Moment
from perron.vocabulary.intervals import completed_years
from perron.vocabulary.verdicts import Verdict

FINISH, STUDENT = "tpd22_23", "student"
"""The routes by which a pupil may finish the school year (TPD art. 23(2)), and a student may go on."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Somebody whose right ends before a school year or studies do; ``next``: whether a route lets them finish."""

    person: int
    until: date
    ends: date
    next: Verdict


@dataclass(frozen=True, slots=True)
class Studying:
    """Whose right ends too early, by the last day; ``ages_unknown``: whose age leaves open whether they are a pupil."""

    pupils: tuple[Interrupted, ...]
    students: tuple[Interrupted, ...]
    ages_unknown: int


def studying(people: People, moment: Moment, *, at_school: Collection[int]) -> Studying:
    """Pupils and students whose right ends first; ``at_school``: of whom a school knows, whatever their age."""
    last = last_days(people, moment)
    born, enrolled = people.column("birth_date"), people.column("enrolment.to")
    pupils: dict[int, tuple[date, date]] = {}
    students: dict[int, tuple[date, date]] = {}
    year_of = {until: year(until, moment) for until in set(last) if until is not None}
    unknown = 0
    for person, until in enumerate(last):
        if until is None:
            continue
        studies = enrolled.values[enrolled.codes[person]]
        if isinstance(studies, Days) and until < studies.first:
            students[person] = until, studies.first
        year_ends, of_age = year_of[until]
        if year_ends is None or until >= year_ends:
            continue
        pupil = person in at_school or of_age(born.values[born.codes[person]])
        unknown += pupil is None
        if pupil:
            pupils[person] = until, year_ends
    return Studying(
        interrupted(people, pupils, FINISH, moment),
        interrupted(people, students, STUDENT, moment),
        unknown,
    )


def year(until: date, moment: Moment) -> tuple[date | None, Callable[[object], bool | None]]:
    """The end of the school year on the last day of a right, and who is of compulsory school age on it.

    None: that is not known.
    """
    on = replace(moment, on=until)
    low, below = on.value("school.compulsory_age_from"), on.value("school.compulsory_age_below")

    @cache
    def of_age(born: object) -> bool | None:
        if not isinstance(born, Days) or low is None or below is None:
            return None
        ages = {low <= completed_years(day, until) < below for day in (born.first, born.last)}
        return ages.pop() if len(ages) == 1 else None

    return on.value("school.period_end"), of_age


def interrupted(
    people: People, those: dict[int, tuple[date, date]], route: str, moment: Moment
) -> tuple[Interrupted, ...]:
    """With the verdict of the route that would let them finish, on the day after."""
    after = [until + ONE_DAY for until, _ in those.values()]
    verdicts = verdicts_on(route, people.some(list(those)), after, moment)
    found = [
        Interrupted(person, until, ends, verdict)
        for (person, (until, ends)), verdict in zip(those.items(), verdicts, strict=True)
    ]
    return tuple(sorted(found, key=lambda each: (each.until, each.person)))
