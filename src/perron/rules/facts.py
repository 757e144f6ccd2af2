"""The facts that a rule may ask, as facts.yaml declares them, and what a person stated of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from perron.vocabulary.intervals import PartialDate

TABLE = Path(__file__).resolve().parents[1] / "vocabulary" / "facts.yaml"
NONE: Final = "-"
"""How a fact says "known: none"."""

OWN_WORD: Final = "own statement"
"""How the table says that nothing but what the person says can prove a fact."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""The days that an unknown date may be."""

DATES = {"date", "partial_date"}
NUMBERS = {"int", "number", "money_month"}
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, or a field of one, with its type; ``presumed`` None where nothing is presumed.

    ``kind``: bool, date, partial_date, int, number, money_month, enum, list or record. ``values``: of an enum, or the
    items of a list where they are named. ``may_be_none``: whether it can be known that there is none, called ``none``.
    """

    name: str
    kind: str
    values: tuple[str, ...] = ()
    ordered: bool = False
    may_be_none: bool = False
    presumed: bool | None = None
    fields: Mapping[str, "Fact"] = field(default_factory=dict)
    question: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    proof: tuple[str, ...] = ()
    sensitivity: str = "personal"
    none: str = ""

    @property
    def sayings(self) -> tuple[str, ...]:
        """What the table says of it in English: why we ask, what proves it, what it is called that there is none."""
        said = (self.why, *self.proof, self.none, *(one.none for one in self.fields.values()))
        return tuple(each for each in said if each)

    @property
    def documents(self) -> tuple[str, ...]:
        """What somebody can have seen that proves it: the person's own word is no document."""
        return tuple(each for each in self.proof if each != OWN_WORD)

    @property
    def records(self) -> bool:
        """Whether it is a list of records."""
        return self.kind == "list" and bool(self.fields)


@cache
def declared() -> dict[str, dict[str, Any]]:
    """The facts by name, word for word as the table has them."""
    return {fact["name"]: fact for fact in content()["facts"]}


@cache
def content() -> dict[str, Any]:
    """The whole table: facts, derived facts, conventions."""
    found: dict[str, Any] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return found


@cache
def facts() -> Mapping[str, Fact]:
    """Every fact by name, in the order of the table."""
    return {name: fact_of(name, row) for name, row in declared().items()}


@cache
def variables() -> Mapping[str, Fact]:
    """What can be known by itself: each fact, and each field of a record or of records, as ``job_offer.region``."""
    found = {}
    for name, fact in facts().items():
        found[name] = fact
        found |= {f"{name}.{each}": one for each, one in fact.fields.items()}
    return found


def fact_of(name: str, row: Mapping[str, Any]) -> Fact:
    """One row of the table, or one field of a record."""
    items = row.get("items")
    values = row.get("values") or (items if isinstance(items, list) else ())
    if "enum_ref" in row:
        values = content()["enums"][row["enum_ref"]]
    presumed = row.get("presumed")
    return Fact(
        name=name,
        kind=row["type"],
        values=tuple(values),
        ordered=row.get("ordered", False),
        may_be_none="known_none" in row,
        presumed=presumed["value"] if presumed else None,
        fields={each: fact_of(each, inner) for each, inner in row.get("fields", {}).items()},
        question=row.get("question", {}),
        why=row.get("why_we_ask", ""),
        proof=tuple(row.get("proof", ())),
        sensitivity=row.get("sensitivity", "personal"),
        none=row.get("known_none", ""),
    )


def presumptions() -> dict[str, bool]:
    """What is presumed of whoever does not say otherwise."""
    return {name: fact.presumed for name, fact in facts().items() if fact.presumed is not None}


def nearest(name: str) -> list[str]:
    """The facts whose names are most like a name that does not exist."""
    return get_close_matches(name, variables(), n=NEAREST, cutoff=0.3)


WHOLE_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""A day that is known whole: nearly every date of a caseload, read at once."""


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """Every day a date may be, from the first through the last."""

    first: date
    last: date

    @classmethod
    def of(cls, text: object) -> "Days":
        """A day, month or year; a date that stands for itself (ValueError)."""
        if isinstance(text, str) and WHOLE_DAY.fullmatch(text):
            text = date.fromisoformat(text)
        if isinstance(text, date):
            return cls(text, text)
        partial = text if isinstance(text, PartialDate) else PartialDate.parse(str(text))
        return cls(partial.earliest, partial.latest)

    def __str__(self) -> str:
        """A day as such, else the first and the last."""
        return str(self.first) if self.first == self.last else f"{self.first}…{self.last}"


Stated = Mapping[str, Any]
"""Values by variable: bool, a word, a number, ``Days``, a tuple, ``NONE``; what is absent is unknown."""


def stated(known: Mapping[str, object]) -> dict[str, Any]:
    """What a person stated, by variable; the facts by the names and types of the table (ValueError).

    A record gives each of its fields, and whether there is one at all; None is not known.
    """
    found: dict[str, Any] = {}
    for name, value in known.items():
        found.update(parts(facts()[name], value))
    return found


def parts(fact: Fact, value: object) -> Iterator[tuple[str, Any]]:
    """One stated fact as its variables."""
    if value is None:
        return
    if fact.kind != "record":
        yield fact.name, of_kind(fact, value)
        return
    there = isinstance(value, Mapping)
    yield fact.name, True if there else NONE
    for each, inner in fact.fields.items():
        if not isinstance(value, Mapping):
            yield f"{fact.name}.{each}", NONE
        elif value.get(each) is not None:
            yield f"{fact.name}.{each}", of_kind(inner, value[each])


def of_kind(fact: Fact, value: object) -> Any:  # noqa: ANN401 - a value has the type of its fact
    """A value as the rules read it (ValueError)."""
    if fact.kind == "list":
        items = value if isinstance(value, list | tuple) else ()
        if fact.records:
            return tuple(record(fact, item) for item in items)
        return tuple(str(item) for item in items)
    if value == NONE:
        return NONE
    if fact.kind in DATES:
        return Days.of(value)
    if fact.kind == "int":
        return int(str(value))
    return float(str(value)) if fact.kind in NUMBERS else value


def record(fact: Fact, item: Mapping[str, object]) -> tuple[tuple[str, Any], ...]:
    """One record of a list, its known fields in the order of the table; hashable, so that equal ones are equal."""
    return tuple(
        (name, of_kind(inner, item[name]))
        for name, inner in fact.fields.items()
        if item.get(name) is not None
    )


def settled_value(name: str, value: object) -> bool:
    """Whether the value of a variable is complete: one day, and every field of every record."""
    if isinstance(value, Days):
        return value.first == value.last
    fields = variables()[name].fields
    if fields and isinstance(value, tuple):
        return all(len(each) == len(fields) and complete(each) for each in value)
    return value is not None


def complete(fields: tuple[tuple[str, Any], ...]) -> bool:
    """Whether no day of a record is known in part."""
    return all(not isinstance(one, Days) or one.first == one.last for _, one in fields)


def as_records(value: object) -> tuple[tuple[tuple[str, Any], ...], ...]:
    """The records of a list that is known."""
    return value if isinstance(value, tuple) else ()
