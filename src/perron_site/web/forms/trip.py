"""From when to when somebody would be away: two whole days of a form, and what is wrong with them."""

from dataclasses import replace
from datetime import date

from perron.rules.facts import Days, Fact, facts
from perron.vocabulary.wording import Message, message
from perron_site.web.forms.asking import Reading, Typed
from perron_site.web.forms.inputs import Input, field_label, input_of

BEGIN = "away"
YEARS = range(2000, 2100)
"""Other years are slips of the pen."""


def fields() -> dict[str, Fact]:
    """The days of an absence as the table of facts has them, each to be known whole."""
    absence = facts()["absences"].fields
    return {
        f"{BEGIN}.{name}": replace(absence[name], kind="date", may_be_none=False)
        for name in ("left_on", "back_on")
    }


def trip_inputs(typed: Typed, faults: dict[str, Message]) -> tuple[Input, ...]:
    """The two fields, with what was typed."""
    return tuple(
        input_of(field, typed, faults, name, label=field_label(field.name))
        for name, field in fields().items()
    )


def read_trip(typed: Typed) -> tuple[tuple[date, date] | None, dict[str, Message]]:
    """The day of departure and that of return; None with what is wrong, by field."""
    reading, days = Reading(typed), []
    for name, field in fields().items():
        value = reading.value(field, name)
        day = None if value is None else Days.of(value).first
        if name not in reading.faults and (day is None or day.year not in YEARS):
            reading.faults[name] = message("asked.date")
        days.append(day)
    left, back = days
    if left is None or back is None or reading.faults:
        return None, reading.faults
    if back < left:
        reading.faults[name] = message("asked.order")
        return None, reading.faults
    return (left, back), {}
