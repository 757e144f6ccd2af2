"""The decision table of temporary protection in the manual, row by row, with its numbers and what is presumed."""

from collections.abc import Iterator, Mapping
from typing import Any

from in_words import amount, called

from perron.messages.texts import say
from perron.rules.belgium.temporary_protection import rows
from perron.rules.facts import facts
from perron.rules.law import KNOWN_UNTIL, protection_end, series
from perron.rules.law import called as names
from perron.vocabulary.wording import message

ROLES = {
    "bar": "excludes",
    "explains": "explains a no",
    "guard": "changes nothing, adds a sentence that protects",
    "evidence": "changes nothing, adds what to prove",
    "part": "a way to meet TP-c",
}
GROUNDS = {"Y": "ground for yes", "authority": "ground on which the authority decides"}
ORDER = (
    "The scheme has ended before that day: *no*, whatever row holds.",
    "A row that excludes holds: *no*.",
    "A row that excludes but is contested holds: the authority decides where some ground holds too, else *no*.",
    "A ground for yes holds: *yes*.",
    "A ground on which the authority decides holds: it decides.",
    "Nothing of this holds: *no*, and the rows that explain a no say why.",
)
COUNTED = {
    "conscription_age_at_exit": ("tp_m.age_min", "tp_m.age_max"),
    "reserve_age_at_exit": ("tp_m.reserve_age_min", "tp_m.age_min"),
}
"""The numbers behind two ages that the rules derive."""


def table_of_protection() -> Iterator[str]:
    """How the rows are weighed, and the rows."""
    yield "The rows of the table below are weighed in this order; the first that applies gives the answer:"
    yield ""
    yield from (f"{place}. {each}" for place, each in enumerate(ORDER, start=1))
    yield ""
    yield "A row that explains a no never excludes by itself: it is told only where no ground holds. Where a fact is"
    yield "not known the answer is *unknown*, unless it would be the same either way."
    yield ""
    yield "| row | what it does | says | source | mark | numbers |"
    yield "|---|---|---|---|---|---|"
    for row in rows():
        said = say(message(f"rule.{row['id']}"), "en")
        taken = dict.fromkeys(presumed(row))
        said += f" *(presumed until somebody says otherwise: {', '.join(taken)})*" if taken else ""
        numbers = "; ".join(dict.fromkeys(numbers_of(row))) or "–"
        yield f"| {row['id']} | {role(row)} | {said} | {row['source']} | {row['mark']} | {numbers} |"
    end = protection_end(KNOWN_UNTIL)
    yield ""
    yield (
        f"The scheme must still run on that day: its last day is {amount(end)} as adopted [{end.source.mark}; "
        f"{end.source.text}]."
    )


def role(row: Mapping[str, Any]) -> str:
    """What a row does."""
    said = GROUNDS[row["answer"]] if row["role"] == "ground" else ROLES[row["role"]]
    said = f"{said}, contested" if row["contested"] else said
    said = f"{said} (practice)" if row["status"] == "practice" and row["role"] == "ground" else said
    return f"{said} (only proposed)" if row["status"] == "proposed" else said


def conditions(row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every condition of a row, those of which one is enough included."""
    for each in row.get("when", ()):
        yield from each.get("any_of", (each,))


def presumed(row: Mapping[str, Any]) -> Iterator[str]:
    """What of a row is presumed."""
    for each in conditions(row):
        fact = facts().get(each["fact"])
        if fact is not None and fact.presumed is not None:
            yield f"{called(fact.name)}, {'yes' if fact.presumed else 'no'}"


def numbers_of(row: Mapping[str, Any]) -> Iterator[str]:
    """The dated values that a row compares with."""
    for each in conditions(row):
        for key in (each["param"],) if "param" in each else COUNTED.get(each["fact"], ()):
            value = series()[0][key][-1]
            yield f"{names()[key]}: {amount(value)} [{value.source.mark}]"
