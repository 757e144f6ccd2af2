"""Any fact of the table as fields of a form, and what is typed there as its value; what cannot be read is named."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from perron.rules.facts import DATES, NONE, NUMBERS, Days, Fact
from perron.rules.reading import value_of
from perron.vocabulary.wording import Message, message

Typed = Mapping[str, Sequence[str]]
"""What stands in the fields of a form, by their names."""

ANSWER = "answer"
"""The name of the field of a fact; a field of a record is ``answer.region``, one of records ``answer.0.title``."""
MOST_ROWS = 40
FEWER_ROWS = {"family_links": 8}
"""More records than anybody needs are refused: each family member more is asked of several routes, which takes time."""
PARTS = ("y", "m", "d")
FOUR = re.compile(r"\d{4}")
COUNTRY = re.compile(r"[A-Z]{2}")
SEPARATORS = re.compile(r"[\s,;]+")
COUNTRIES = (
    "UA", "BY", "RU", "MD", "GE", "AM", "AZ", "KZ", "UZ", "TR", "SY", "AF", "IN", "CN", "VN", "NG", "MA", "DZ",
    "CM", "CD", "PL", "RO", "BE",
)  # fmt: skip
"""The nationalities that a list offers; any other is typed as its code."""
IN_ORDER = (("from", "to"), ("contract_from", "contract_to"), ("left_on", "back_on"))
"""Fields of a record of which the second may not lie before the first."""


def text(typed: Typed, name: str) -> str:
    """What stands in one field."""
    return (typed.get(name) or ("",))[-1].strip()


def most_rows(fact: Fact) -> int:
    """How many records of a fact are taken."""
    return FEWER_ROWS.get(fact.name, MOST_ROWS)


def rows(fact: Fact, typed: Typed, name: str) -> int:
    """How many records stand in the form."""
    begin = f"{name}."
    found = [key[len(begin) :].partition(".")[0] for key in typed if key.startswith(begin)]
    return min(
        max((int(each) + 1 for each in found if each.isdecimal()), default=0), most_rows(fact)
    )


@dataclass(slots=True)
class Reading:
    """A form being read: what was typed, and by field what is wrong with it."""

    typed: Typed
    faults: dict[str, Message] = field(default_factory=dict)

    def value(self, fact: Fact, name: str = ANSWER) -> Any:  # noqa: ANN401 - as the fact is
        """The value of a fact by the names and types of the table; None where nothing is typed or it has a fault."""
        if fact.may_be_none and text(self.typed, f"{name}.none"):
            return [] if fact.kind == "list" else NONE
        if fact.kind == "record":
            return self.fields(fact, name)
        if fact.records:
            found = [
                self.fields(fact, f"{name}.{row}") for row in range(rows(fact, self.typed, name))
            ]
            return [each for each in found if each] or None
        if fact.kind == "list":
            return self.items(fact, name)
        typed = self.day(name) if fact.kind in DATES else text(self.typed, name)
        return self.word(fact, name, typed) if typed else None

    def fields(self, fact: Fact, name: str) -> dict[str, Any] | None:
        """The known fields of a record; None where none is."""
        found = {each: self.value(one, f"{name}.{each}") for each, one in fact.fields.items()}
        known = {each: value for each, value in found.items() if value is not None}
        for first, last in IN_ORDER:
            days = [known.get(each, NONE) for each in (first, last)]
            if NONE not in days and Days.of(days[1]).last < Days.of(days[0]).first:
                self.faults[f"{name}.{last}"] = message("asked.order")
        return known or None

    def items(self, fact: Fact, name: str) -> list[str] | None:
        """The items that are chosen, and the codes of countries that are typed."""
        chosen = [each for each in self.typed.get(name, ()) if each in offered(fact)]
        codes = [
            each for each in SEPARATORS.split(text(self.typed, f"{name}.other").upper()) if each
        ]
        if not all(COUNTRY.fullmatch(each) for each in codes):
            self.faults[f"{name}.other"] = message("asked.country")
        return [*dict.fromkeys([*chosen, *codes])] or None

    def day(self, name: str) -> str:
        """A day as the core reads it, from its three fields."""
        year, month, day = (text(self.typed, f"{name}.{part}") for part in PARTS)
        if not (day or month or year):
            return ""
        year = year if FOUR.fullmatch(year) else "?"
        parts = (year, month.zfill(2), day.zfill(2)) if day else (year, month.zfill(2))
        return "-".join(parts if day or month else (year,))

    def word(self, fact: Fact, name: str, typed: str) -> Any:  # noqa: ANN401 - as the fact is
        """One value from its text, or a fault."""
        if fact.kind in NUMBERS:
            typed = re.sub(r"[\s\u00a0€]", "", typed).replace(",", ".")
        try:
            return value_of(fact, typed, item=True)
        except (ValueError, KeyError):
            self.faults[name] = message(f"asked.{fact.kind}")
            return None


def offered(fact: Fact) -> tuple[str, ...]:
    """The answers among which one chooses."""
    if fact.kind == "bool":
        return ("true", "false")
    return fact.values or (COUNTRIES if fact.kind == "list" and not fact.fields else ())


def typed_of(fact: Fact, value: Any, name: str = ANSWER) -> dict[str, list[str]]:  # noqa: ANN401 - as the fact is
    """What stands in the form for a value: what ``Reading.value`` reads as the same."""
    if value is None:
        return {}
    if value == NONE or (fact.kind == "list" and not value):
        return {f"{name}.none": ["yes"]}
    if fact.fields:
        records = enumerate(value) if fact.records else [(None, value)]
        each = (
            typed_fields(fact, one, name if row is None else f"{name}.{row}")
            for row, one in records
        )
        return dict(pair for pairs in each for pair in pairs)
    if fact.kind == "list":
        more = [item for item in value if item not in offered(fact)]
        return {name: list(value)} | ({f"{name}.other": [" ".join(more)]} if more else {})
    if fact.kind in DATES:
        parts = zip(PARTS, str(value).split("-"), strict=False)
        return {f"{name}.{part}": [str(int(one))] for part, one in parts}
    return {name: [str(value).lower() if isinstance(value, bool) else str(value)]}


def typed_fields(
    fact: Fact, value: Mapping[str, Any], name: str
) -> Iterator[tuple[str, list[str]]]:
    """What stands in the form for a record."""
    for each, inner in value.items():
        yield from typed_of(fact.fields[each], inner, f"{name}.{each}").items()
