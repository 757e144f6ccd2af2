"""The track of return (TPD art. 21-23) beside the right that ends: visits, school, studies, health."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from perron.rules.belgium.filing import Filing, filing
from perron.rules.belgium.going_back import GROUNDS, STAY_AFTER_PROTECTION, VOLUNTARY_RETURN
from perron.rules.belgium.rulebook import belgium
from perron.rules.evaluate import answer
from perron.rules.facts import stated
from perron.rules.law import PROTECTION_END
from perron.rules.moments import Moment
from perron.rules.routes import Route
from perron.vocabulary.verdicts import Finding, Mark, Source
from perron.vocabulary.wording import Message, message

SCHOOL_END = "school.period_end"

BY_GROUND = tuple(Route(STAY_AFTER_PROTECTION.id, (each,)) for each in GROUNDS)
"""Staying on for one reason alone, reason by reason."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the track of return: its sentence, the value of the law (None: not known) and the source."""

    message: Message
    value: Any
    source: Source


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A school year or studies that go on after the right ends; ``days``: how many, from the day after the last one."""

    ends: date
    goes_on_until: date
    days: int
    source: Source


@dataclass(frozen=True, slots=True)
class ReturnTrack:
    """What the law says on return: going back, visiting first, and staying on where that cannot be asked yet.

    ``staying_on`` and each of its ``grounds`` are asked for the first day after the right, where that is to come.
    ``rule``: since when Belgium lets anybody stay on. ``school``: what the right of a pupil leaves unfinished.
    """

    going_back: Finding
    going_back_at: Filing
    visit: tuple[Asked, ...]
    staying_on: Finding
    staying_on_at: Filing
    grounds: tuple[Finding, ...]
    rule: Asked
    school: Interrupted | None


def return_track(facts: Mapping[str, object], moment: Moment) -> ReturnTrack:
    """Return for one person on a day; facts by the names and types of facts.yaml."""
    book, known = belgium(), stated(facts)
    end = last_right(moment)
    after = replace(moment, on=max(moment.on, end + timedelta(days=1))) if end else moment
    return ReturnTrack(
        going_back=answer(VOLUNTARY_RETURN, known, moment, book),
        going_back_at=filing(VOLUNTARY_RETURN.id, moment),
        visit=visit(moment),
        staying_on=answer(STAY_AFTER_PROTECTION, known, after, book),
        staying_on_at=filing(STAY_AFTER_PROTECTION.id, after),
        grounds=tuple(answer(each, known, after, book) for each in BY_GROUND),
        rule=asked("rule", "tpd22_23.rule_in_force_from", moment),
        school=school_interrupted(moment),
    )


def visit(moment: Moment) -> tuple[Asked, ...]:
    """What the law would have to say of a visit under temporary protection."""
    return (
        asked("rights_kept", "tp.rights_kept_during_visit", moment),
        asked("longest_absence", "tp.absence_max_days", moment),
        asked("way_back", "tp.reentry_allowed", moment),
    )


def asked(says: str, key: str, moment: Moment) -> Asked:
    """A value of the law as a question."""
    row = moment.row(key)
    source = Source("belgium.md §2.2", Mark.UNKNOWN) if row is None else row.source
    return Asked(message(f"visit.{says}"), None if row is None else row.value, source)


def last_right(moment: Moment) -> date | None:
    """The last day of temporary protection as known on a day, in a scenario: the last row that counts."""
    found: date | None = replace(moment, on=date.max).value(PROTECTION_END)
    return found


def school_interrupted(moment: Moment) -> Interrupted | None:
    """The school period that goes on after the right of a pupil ends; None where none does, or no end is known."""
    end = last_right(moment)
    row = None if end is None else replace(moment, on=end).row(SCHOOL_END)
    if end is None or row is None or row.value is None:
        return None
    return interrupted(end, row.value, row.source)


def studies_interrupted(until: date, moment: Moment) -> Interrupted | None:
    """Studies that go on after the right of a student ends; no rule lets them finish (belgium.md §3.1)."""
    end = last_right(moment)
    return None if end is None else interrupted(end, until, Source("belgium.md §3.1", Mark.UNKNOWN))


def interrupted(end: date, until: date, source: Source) -> Interrupted | None:
    """What goes on after the end."""
    return Interrupted(end, until, (until - end).days, source) if until > end else None
