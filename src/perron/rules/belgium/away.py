"""If somebody is away from a day to a day: what happens to each right, by the rules of absence that have a source."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from perron.rules.belgium.counts import days_away, few_absences, short_absences
from perron.rules.belgium.lasting_counts import few_days_away, no_absence_too_long
from perron.rules.belgium.moves import PROTECTED, Right, right, said
from perron.rules.belgium.returning import Asked, visit
from perron.rules.binding import Unsettled
from perron.rules.facts import Stated, stated
from perron.rules.law import UNCHANGED, Changes
from perron.rules.moments import Moment
from perron.vocabulary.verdicts import Mark, Source
from perron.vocabulary.wording import Message, message

ABSENCES = "absences"
NOT_KNOWN = Source("belgium.md §2.5", Mark.UNKNOWN)
Absences = Sequence[Mapping[str, Any]]
Holds = Callable[[Stated, Moment], bool | Unsettled | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition on absences: its route and name there, how it is counted, the value of the law it rests on."""

    route: str
    condition: str
    holds: Holds
    key: str


RULES = (
    Rule("ltr_eu", "absence_longest", short_absences, "ltr.absence_longest_below_months"),
    Rule("ltr_eu", "absence_total", few_absences, "ltr.absence_total_max_months"),
    Rule(
        "nationality",
        "absence_longest",
        no_absence_too_long,
        "nationality.absence_longest_max_months",
    ),
    Rule("nationality", "absence_total", few_days_away, "nationality.absence_total_max_share"),
)
"""Every condition that counts absences."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A condition on absences on the day of return, without this absence and with it; None is not known."""

    route: str
    message: Message
    source: Source
    before: bool | None
    after: bool | None


@dataclass(frozen=True, slots=True)
class Away:
    """What an absence does. ``days``: the whole days abroad. ``own``: what is written of the title now; None: nothing.

    ``visit``: what the law would have to say under temporary protection. ``others``: whether earlier ones are known.
    """

    left: date
    back: date
    days: int
    title: str | None
    own: Right | None
    visit: tuple[Asked, ...]
    others: bool
    counted: tuple[Counted, ...]

    @property
    def of_title(self) -> Message:
        """What the title now says of being away."""
        return said("absence", self.own)


def away(
    facts: Mapping[str, Any],
    title: str | None,
    left: date,
    back: date,
    changes: Changes = UNCHANGED,
) -> Away:
    """What happens to each right; facts by the names and types of facts.yaml, ``title``: under which one stays now."""
    moment = Moment(back, changes=changes)
    before = facts.get(ABSENCES)
    trip = {"left_on": left.isoformat(), "back_on": back.isoformat()}
    after = [*(before or ()), trip]
    return Away(
        left=left,
        back=back,
        days=days_away(left, back),
        title=title,
        own=right("absence", title) if title else None,
        visit=visit(Moment(left, changes=changes)) if title in PROTECTED else (),
        others=before is not None,
        counted=tuple(counted(rule, before, after, moment) for rule in RULES),
    )


def counted(rule: Rule, before: Absences | None, after: Absences, moment: Moment) -> Counted:
    """One condition; where other absences are not known, one can only be broken for sure, never be kept."""
    then, row = answer(rule.holds, after, moment), moment.row(rule.key)
    return Counted(
        rule.route,
        message(f"rule.{rule.route}.{rule.condition}"),
        row.source if row else NOT_KNOWN,
        None if before is None else answer(rule.holds, before, moment),
        None if before is None and then else then,
    )


def answer(holds: Holds, absences: Absences, moment: Moment) -> bool | None:
    """Whether a condition holds with these absences."""
    found = holds(stated({ABSENCES: list(absences)}), moment)
    return found if isinstance(found, bool) else None
