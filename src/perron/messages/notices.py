"""Which notice is due to a person, and its text in six languages: a folder a notice, a file a language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from perron.messages.days import written_out

CATALOGUE = Path(__file__).parent / "catalogue"
LANGUAGES = ("nl", "fr", "de", "en", "uk", "ru")
PROTECTION_ENDS, PROTECTION_REFUSED = "protection_ends", "protection_refused"
AHEAD = timedelta(days=180)
"""How long before the end a person is told (design, mark D)."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that is due: its kind, the day it is about, and what is filled in."""

    kind: str
    about_on: date
    params: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The text of a notice: a title, and paragraphs that are one sentence row or a list of points."""

    title: str
    parts: tuple[str | tuple[str, ...], ...]


def due(end: date | None, on: date) -> tuple[Notice, ...]:
    """What to tell a person whose protection was granted and ends, as adopted, on a day; None: not known."""
    if end is None or not on <= end <= on + AHEAD:
        return ()
    return (Notice(PROTECTION_ENDS, end, (("end", end),)),)


def refusal(last: date, on: date) -> tuple[Notice, ...]:
    """What to tell a person whose protection was refused, as long as they can still appeal: up to the last day."""
    return (Notice(PROTECTION_REFUSED, last, (("end", last),)),) if on <= last else ()


def language_for(spoken: tuple[str, ...]) -> str:
    """The first of the languages a person speaks in which notices exist, else English."""
    return next((each for each in spoken if each in LANGUAGES), "en")


def render(kind: str, params: Mapping[str, date], language: str) -> Letter:
    """The text in a language, with its days written out; KeyError for a parameter that is missing."""
    text = (CATALOGUE / kind / f"{language}.md").read_text(encoding="utf-8")
    filled = text.format_map({name: written_out(day, language) for name, day in params.items()})
    title, *blocks = [block.strip() for block in filled.strip().split("\n\n")]
    return Letter(title.removeprefix("# "), tuple(part(block) for block in blocks))


def part(block: str) -> str | tuple[str, ...]:
    """A paragraph, or the points of a list; the bold of the catalogue is for editors only."""
    plain = re.sub(r"\*\*(.+?)\*\*", r"\1", block)
    if plain.startswith("- "):
        return tuple(line.removeprefix("- ") for line in plain.splitlines())
    return " ".join(plain.splitlines())
