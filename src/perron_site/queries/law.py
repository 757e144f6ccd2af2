"""The law on which numbers rest: the scenarios by their names, and values with source and mark."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from perron.rules.belgium.stays import ONE_DAY
from perron.rules.law import overlay_content
from perron.rules.moments import ADOPTED, Moment
from perron.vocabulary.verdicts import Mark, Source
from perron.vocabulary.wording import Message, message
from perron_site.records.law import law_in_force

SCENARIOS = (ADOPTED, "prolonged-2028", "note")
"""The law as adopted, and what was proposed beside it."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A value of the law on which a number rests; ``value`` None: not known."""

    key: str
    value: object
    source: Source

    @property
    def message(self) -> Message:
        """What the value is."""
        return message(f"ahead.basis.{self.key}")

    @property
    def day(self) -> date | None:
        """The value where it is a day."""
        return self.value if isinstance(self.value, date) else None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A course that the law may take, by its name in six languages, with its source."""

    id: str
    names: Mapping[str, str]
    status: str
    source: Source


def scenario(name: str) -> Scenario:
    """A scenario as its file names it."""
    content = overlay_content(name)
    source = Source(content["source"], Mark(content["mark"]))
    return Scenario(name, content["name"], content["status"], source)


def in_force(on: date, scenario: str = ADOPTED) -> Moment:
    """Today under the law that is in force, or in a scenario over it: the one way to ask the law."""
    return Moment(on, scenario, changes=law_in_force(on))


def bases(moment: Moment, *keys: str) -> tuple[Basis, ...]:
    """The values of the law on the day; after a last day, also the next one where a scenario has it."""
    found: list[Basis] = []
    for key in keys:
        at, row = moment, moment.row(key)
        while row is not None and (not found or found[-1] != Basis(key, row.value, row.source)):
            found.append(Basis(key, row.value, row.source))
            last = found[-1].day
            if last is None or last < at.on:
                break
            at = replace(at, on=last + ONE_DAY)
            row = at.row(key)
    return tuple(found)
