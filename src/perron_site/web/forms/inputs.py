"""The fields of a form for any fact, in words of the reader, with what stands in them and what is wrong there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import get_language

from perron.messages.days import written_out
from perron.messages.texts import say, texts
from perron.rules.facts import DATES, NONE, Fact
from perron.vocabulary.wording import Message, in_words, message
from perron_site.web.forms.asking import ANSWER, Typed, most_rows, offered, rows, text

WORDS = {True: "yes", False: "no", "true": "yes", "false": "no"}


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Input:
    """A field: ``shape`` radios, select, checks, day, number, record or records; ``parts`` the fields of each record.

    ``none``: how it is said that there is none, where that can be. ``exact``: a day that must be whole.
    """

    name: str
    label: str
    shape: str
    text: str = ""
    choices: tuple[Choice, ...] = ()
    none: Choice | None = None
    day: tuple[str, str, str] = ("", "", "")
    months: tuple[Choice, ...] = ()
    exact: bool = False
    other: str | None = None
    parts: tuple[tuple["Input", ...], ...] = ()
    error: Message | None = None


def reader() -> str:
    """The language of the reader."""
    return get_language() or "en"


def word_of(fact: Fact, value: object) -> str:
    """A value of a fact, in words: those of this fact, those of any, or as it stands."""
    said = WORDS.get(value, value) if isinstance(value, bool | str) else value
    for key in (f"fact_value.{fact.name}.{said}", f"fact_value.{said}"):
        if key in texts():
            return say(message(key), reader())
    return str(said)


def spoken(fact: Fact, value: Any) -> tuple[str, ...]:  # noqa: ANN401 - as the fact is
    """What was answered, in words: a line for each record; nothing for what is not known."""
    if value is None:
        return ()
    if value == NONE or (fact.kind == "list" and not value):
        return (none_of(fact),)
    if fact.kind == "record":
        return (record_line(fact, value),)
    if fact.records:
        return tuple(record_line(fact, each) for each in value)
    if fact.kind == "list":
        return (", ".join(word_of(fact, each) for each in value),)
    return (day_in_words(str(value)) if fact.kind in DATES else word_of(fact, value),)


def record_line(fact: Fact, fields: Mapping[str, Any]) -> str:
    """The known fields of a record in one line."""
    said = (
        f"{field_label(name)}: {', '.join(spoken(inner, fields[name]))}"
        for name, inner in fact.fields.items()
        if name in fields
    )
    return "; ".join(said)


def day_in_words(text: str) -> str:
    """A day written out; a month by its name; a year."""
    year, *rest = text.split("-")
    if len(rest) > 1:
        return written_out(date.fromisoformat(text), reader())
    return f"{MONTHS[int(rest[0])]} {year}" if rest else year


def none_of(fact: Fact) -> str:
    """What it is called that there is none."""
    said = say(in_words(fact.none), reader())
    return said[:1].upper() + said[1:]


def field_label(name: str) -> str:
    """The name of a field of a record."""
    return say(message(f"fact_field.{name}"), reader())


def shape_of(fact: Fact, *, inside: bool) -> str:
    """How a fact is asked; inside a record more tightly."""
    if fact.records:
        return "records"
    if fact.kind in {"record", "list"}:
        return "record" if fact.kind == "record" else "checks"
    if fact.kind in DATES:
        return "day"
    if offered(fact):
        return "select" if inside else "radios"
    return "number"


def input_of(
    fact: Fact,
    typed: Typed,
    faults: Mapping[str, Message],
    name: str = ANSWER,
    *,
    label: str = "",
    more: int = 0,
) -> Input:
    """The field of a fact; ``more``: empty records beside those that stand there."""
    own = typed.get(name, ())
    month = text(typed, f"{name}.m")
    none = Choice("yes", none_of(fact), bool(text(typed, f"{name}.none")))
    return Input(
        name=name,
        label=label,
        shape=shape_of(fact, inside=bool(label)),
        text=text(typed, name),
        choices=tuple(Choice(each, word_of(fact, each), each in own) for each in offered(fact)),
        none=none if fact.may_be_none else None,
        day=(text(typed, f"{name}.d"), month, text(typed, f"{name}.y")),
        months=tuple(
            Choice(str(number), str(said), str(number) == month.lstrip("0"))
            for number, said in MONTHS.items()
        )
        if fact.kind in DATES
        else (),
        exact=fact.kind == "date",
        other=text(typed, f"{name}.other") if fact.kind == "list" and not fact.values else None,
        parts=records(fact, typed, faults, name, more),
        error=faults.get(name) or faults.get(f"{name}.other"),
    )


def records(
    fact: Fact, typed: Typed, faults: Mapping[str, Message], name: str, more: int
) -> tuple[tuple[Input, ...], ...]:
    """The fields of each record that stands in the form, and of those that may be filled in."""
    if not fact.fields:
        return ()
    count = min(max(rows(fact, typed, name), 1) + more, most_rows(fact)) if fact.records else 1
    begins = [f"{name}.{row}" for row in range(count)] if fact.records else [name]
    return tuple(
        tuple(
            input_of(one, typed, faults, f"{begin}.{each}", label=field_label(each))
            for each, one in fact.fields.items()
        )
        for begin in begins
    )
