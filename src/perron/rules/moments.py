"""The law on one day, in one scenario, as far as it was known: where a rule looks its values up."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from perron.rules.law import (
    MODELLED_FROM,
    UNCHANGED,
    Changes,
    Parameter,
    overlay,
    parameter,
    rows_of,
    series,
)
from perron.vocabulary.errors import LawNotModelled, NotFound

ADOPTED = "adopted"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, the scenario under which it is asked about, and the day as of which the law is taken (None: now).

    ``changes``: what lies over the law of the files.
    """

    on: date
    scenario: str = ADOPTED
    known_on: date | None = None
    changes: Changes = UNCHANGED

    def __post_init__(self) -> None:
        """Refuse a day before the law (LawNotModelled) and a scenario that does not exist (NotFound)."""
        if self.on < MODELLED_FROM:
            raise LawNotModelled("rules.not_modelled", on=self.on, since=MODELLED_FROM)
        overlay(self.scenario)

    def row(self, key: str, region: str | None = None) -> Parameter | None:
        """The row that counts, or None where no row is known for that day (NotFound: there is no such key)."""
        return row_on(self, key, region)

    def value(self, key: str, region: str | None = None) -> Any:  # noqa: ANN401 - as the parameter is
        """The value that counts, or None where the law is not known for that day."""
        row = row_on(self, key, region)
        return None if row is None else row.value

    def rows(self, key: str) -> tuple[Parameter, ...]:
        """Every row that may count on some day (NotFound: there is no such key)."""
        return rows_of(key, self.scenario, self.changes)

    def on_day(self, day: date) -> "Moment":
        """The same moment on another day; remembered, as searches ask the same days of everybody."""
        return moved(self, day)

    def as_adopted(self, keys: Collection[str]) -> "Moment":
        """The same moment without its scenario, where that leaves all of these parameters as they are."""
        adopted = replace(self, scenario=ADOPTED)
        return adopted if all(adopted.rows(key) == self.rows(key) for key in keys) else self

    def turning_days(self, key: str) -> tuple[date, ...]:
        """The days on which a parameter may change its value, in any region."""
        return turning_days(key, self.scenario, self.changes)


@cache
def moved(moment: Moment, day: date) -> Moment:
    """See ``Moment.on_day``."""
    return replace(moment, on=day)


@cache
def row_on(moment: Moment, key: str, region: str | None) -> Parameter | None:
    """See ``Moment.row``; remembered, as rules ask the same again and again."""
    if key not in series()[0]:
        raise NotFound("rules.no_such_parameter", parameter=key)
    try:
        return parameter(
            key,
            moment.on,
            known_on=moment.known_on,
            scenario=moment.scenario,
            region=region,
            changes=moment.changes,
        )
    except NotFound:  # no value on that day, or none was known then
        return None


@cache
def turning_days(key: str, scenario: str, changes: Changes) -> tuple[date, ...]:
    """See ``Moment.turning_days``; remembered for every day."""
    rows = rows_of(key, scenario, changes)
    found = {row.valid_from for row in rows}
    found |= {date.fromordinal(row.valid_to.toordinal() + 1) for row in rows if row.valid_to}
    return tuple(sorted(found))
