"""Depend on me: what the route of one family member does to the routes and the stay of the others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from perron.rules.belgium.rulebook import belgium
from perron.rules.evaluate import answers
from perron.rules.moments import Moment
from perron.rules.routes import Rulebook, bind
from perron.vocabulary.verdicts import Finding, Mark, Source, Verdict
from perron.vocabulary.wording import Message, message

LINKS = "family_links"
FOLLOWS = {
    "tp_family": ("scheme", Source("belgium.md §2.7", Mark.DERIVED)),
    "family_tcn": ("sponsor", Source("belgium.md §2.8", Mark.DERIVED)),
}
"""Stays that hang on the sponsor; of any other stay nothing is written."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A route of the other person whose answer changes, with both answers."""

    before: Finding
    after: Finding

    @property
    def route(self) -> str:
        """The route."""
        return self.before.id

    @property
    def closes(self) -> bool:
        """Whether what was open is so no more."""
        return self.before.verdict in OPEN and self.after.verdict not in OPEN


OPEN = {Verdict.YES, Verdict.AUTHORITY}


@dataclass(frozen=True, slots=True)
class Hangs:
    """How the stay of the other person hangs on the one who moves."""

    message: Message
    source: Source


def on_the_other(
    member: Mapping[str, Any], place: int, title: str, moment: Moment
) -> tuple[Effect, ...]:
    """What changes for somebody when the family member at a place of their family_links moves to another title.

    ``member``: the other person's facts. Since when the family member stays, as the new title counts it, is in no
    source: it is taken as not known, so that a wait that depends on it is open. Raises IndexError for a wrong place.
    """
    rulebook = asking_for_family(moment)
    moved = {**member, LINKS: after_move(member[LINKS], place, title)}
    before, after = (answers(rulebook, each, moment) for each in (member, moved))
    return tuple(
        Effect(one, other)
        for one, other in zip(before, after, strict=True)
        if one.verdict is not other.verdict
    )


@cache
def asking_for_family(moment: Moment) -> Rulebook:
    """The routes that ask for family members: no other answer can change when one of them moves."""
    rulebook = belgium()
    return replace(
        rulebook,
        routes=tuple(each for each in rulebook.routes if LINKS in bind(each, moment).facts),
    )


def after_move(links: list[Mapping[str, Any]], place: int, title: str) -> list[dict[str, Any]]:
    """The family members, one of them with another title."""
    found = [dict(each) for each in links]
    found[place] = {
        name: value for name, value in found[place].items() if name != "sponsor_stay_from"
    }
    found[place]["sponsor_title"] = title
    return found


def hangs(title: str) -> Hangs | None:
    """How a stay hangs on the sponsor, None where nothing is written."""
    if title not in FOLLOWS:
        return None
    says, source = FOLLOWS[title]
    return Hangs(message(f"depend.{says}"), source)
