"""Pending asylum files of Ukrainians: of whoever cannot have temporary protection first, by age (note B4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from perron.rules.belgium.ahead import verdicts_on
from perron.rules.belgium.clocks import oldest_first, too_old, waiting_group
from perron.rules.columns import People
from perron.rules.facts import Days
from perron.rules.moments import Moment
from perron.vocabulary.verdicts import Verdict

UKRAINE = "UA"
WAITS = ("pending", "suspended")


class Eligible(StrEnum):
    """Whether somebody may have temporary protection: by the decision on it, else by the rules."""

    REFUSED = "refused"
    NO = "no"
    HELD = "held"
    YES = "yes"
    AUTHORITY = "authority"
    UNKNOWN = "unknown"


APART = (Eligible.HELD, Eligible.YES, Eligible.AUTHORITY, Eligible.UNKNOWN)
"""Those who have temporary protection, may have it, or of whom that is not known."""


@dataclass(frozen=True, slots=True)
class PendingFile:
    """A file with its completed months; ``too_old`` None: its longest time is not known. ``group``: see BUCKETS."""

    person: int
    lodged: date
    months: int
    group: int
    too_old: bool | None
    eligible: Eligible


@dataclass(frozen=True, slots=True)
class Pending:
    """The files of those who cannot have temporary protection, the oldest first, and the others."""

    first: tuple[PendingFile, ...]
    apart: tuple[PendingFile, ...]

    @property
    def median_months(self) -> float | None:
        """The age in the middle of the first list."""
        return median(each.months for each in self.first) if self.first else None

    @property
    def older(self) -> int:
        """How many of the first list are past the longest time."""
        return sum(each.too_old is True for each in self.first)


def pending(people: People, moment: Moment) -> Pending:
    """The pending files of Ukrainians with a day of lodging, the oldest first."""
    asked = ("nationality", "asylum_state", "asylum_lodged_on", "tp_state")
    columns = {name: people.column(name) for name in asked}
    lodged: dict[int, date] = {}
    states: dict[int, object] = {}
    for person in range(people.size):
        value = {name: each.values[each.codes[person]] for name, each in columns.items()}
        day = value["asylum_lodged_on"]
        waits = value["asylum_state"] in WAITS and UKRAINE in (value["nationality"] or ())
        if waits and isinstance(day, Days) and day.last <= moment.on:
            lodged[person], states[person] = day.last, value["tp_state"]
    verdicts = dict(zip(lodged, tp_verdicts(people, lodged, moment), strict=True))
    found = [
        PendingFile(
            int(name), lodged[int(name)], age, waiting_group(lodged[int(name)], moment.on),
            too_old(lodged[int(name)], moment.on, moment.changes),
            eligible(states[int(name)], verdicts[int(name)]),
        )
        for name, age in oldest_first({str(n).zfill(9): day for n, day in lodged.items()}, moment.on)
    ]  # fmt: skip
    return Pending(
        tuple(each for each in found if each.eligible not in APART),
        tuple(each for each in found if each.eligible in APART),
    )


def tp_verdicts(people: People, those: Mapping[int, date], moment: Moment) -> list[Verdict]:
    """What the rules of temporary protection say of some people."""
    return verdicts_on("tp", people.some(list(those)), [moment.on] * len(those), moment)


def eligible(state: object, verdict: Verdict) -> Eligible:
    """A decision goes before what the rules say of the facts that are known."""
    decided = {"refused": Eligible.REFUSED, "granted": Eligible.HELD}
    return decided.get(str(state)) or Eligible(verdict.value)
