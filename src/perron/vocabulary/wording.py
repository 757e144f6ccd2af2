"""A message as data: a key and its parameters. The door puts it into the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Param = str | int | date
WORDS = "words:"
"""How the key of a message begins that is itself the English text."""


@dataclass(frozen=True, slots=True)
class Message:
    """What to say, without saying it in any language."""

    key: str
    params: tuple[tuple[str, Param], ...] = ()


def message(key: str, /, **params: Param) -> Message:
    """Build a message; parameters are kept in the order of their names, so that equal messages are equal."""
    return Message(key, tuple(sorted(params.items())))


def in_words(english: str) -> Message:
    """A message whose English text stands in a file of the law or of facts: the text is its own key."""
    return Message(WORDS + english)


def as_data(said: Message) -> dict[str, Any]:
    """A message as JSON; a day becomes ``{"day": "2026-11-25"}``."""
    return {
        "key": said.key,
        "params": {
            name: {"day": value.isoformat()} if isinstance(value, date) else value
            for name, value in said.params
        },
    }


def from_data(stored: Mapping[str, Any]) -> Message:
    """The message that was stored."""
    return message(
        stored["key"],
        **{
            name: date.fromisoformat(value["day"]) if isinstance(value, dict) else value
            for name, value in stored["params"].items()
        },
    )
