"""What changes for a person on a move between statuses: rights and duties won and lost, and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from perron.rules.belgium.filing import described
from perron.rules.belgium.holding import NO_STATUS
from perron.rules.belgium.rulebook import belgium
from perron.rules.moments import Moment
from perron.vocabulary.errors import NotFound
from perron.vocabulary.verdicts import Mark, Source
from perron.vocabulary.wording import Message, message

RIGHTS = Path(__file__).with_name("rights.yaml")
PROTECTED = frozenset({"tp", "tp_family"})


class Turn(StrEnum):
    """How a right or duty changes; unknown where either side is not known."""

    WON = "won"
    LOST = "lost"
    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Right:
    """What a status means for one subject: a sentence with its source; ``size``: more is more right or less duty."""

    says: str
    size: int
    source: Source


@dataclass(frozen=True, slots=True)
class Change:
    """One subject before and after; None is not known."""

    subject: str
    before: Right | None
    after: Right | None

    @property
    def turn(self) -> Turn:
        """Whether something is won or lost."""
        if self.before is None or self.after is None:
            return Turn.UNKNOWN
        if self.before.says == self.after.says:
            return Turn.SAME
        if self.before.size == self.after.size:
            return Turn.OTHER
        return Turn.WON if self.after.size > self.before.size else Turn.LOST

    @property
    def messages(self) -> tuple[Message, Message, Message]:
        """The subject, what was, what will be."""
        subject = message(f"right.{self.subject}")
        return subject, said(self.subject, self.before), said(self.subject, self.after)


@dataclass(frozen=True, slots=True)
class Move:
    """A move into one status.

    ``keeps_protection``: whether temporary protection may be held beside it. ``fallback``: whether temporary protection
    may be asked again while the scheme runs. Both None where that is not known, which is never a promise.
    """

    status: str
    changes: tuple[Change, ...]
    keeps_protection: bool | None
    keeps_source: Source
    fallback: bool | None
    fallback_source: Source

    def those(self, turn: Turn) -> tuple[str, ...]:
        """The subjects that change in one way."""
        return tuple(each.subject for each in self.changes if each.turn is turn)


def said(subject: str, right: Right | None) -> Message:
    """What a right says, or that it is not known."""
    return message("right.unknown" if right is None else f"right.{subject}.{right.says}")


@cache
def content() -> dict[str, Any]:
    """The file of rights."""
    found: dict[str, Any] = yaml.safe_load(RIGHTS.read_text(encoding="utf-8"))
    return found


def subjects() -> tuple[str, ...]:
    """Everything that is compared, in the order of the file."""
    return tuple(content()["rights"])


def regions_of(subject: str) -> tuple[str | None, ...]:
    """The Regions by which a subject differs, in the order of the file; None alone where it does not."""
    rows = content()["rights"][subject]
    return tuple(dict.fromkeys(each for row in rows for each in row.get("regions", ()))) or (None,)


def right(subject: str, status: str, region: str | None = None) -> Right | None:
    """What a status means for a subject; None where it is not known, or differs by Region and none is named."""
    for row in content()["rights"][subject]:
        if status in row["status"] and ("regions" not in row or region in row["regions"]):
            return Right(row["says"], row["size"], sourced(row))
    return None


def sourced(row: Mapping[str, Any]) -> Source:
    """Where a row is written."""
    return Source(row.get("source", content()["source"]), Mark(row["mark"]))


def changes(before: str, after: str, region: str | None = None) -> tuple[Change, ...]:
    """Every subject on a move from one status to another; titles as in facts.yaml, ``none`` for no status."""
    return tuple(
        Change(subject, right(subject, before, region), right(subject, after, region))
        for subject in subjects()
    )


def moves(before: str, route: str, moment: Moment, region: str | None = None) -> tuple[Move, ...]:
    """What a route changes for somebody with a status: while it is decided, where that is a status too, and after.

    ``region``: VLG, BRU, WAL or DG. Raises NotFound for a route that does not exist.
    """
    if route not in described():
        raise NotFound("rules.no_such_route", route=route)
    about = described()[route]
    own = next(one for one in belgium(safe_return=True).routes if one.id == route)
    pending = (about["pending_status"],) if "pending_status" in about else ()
    after = (*pending, *own.holds_status) or (NO_STATUS,)
    return tuple(move(before, status, about, moment, region) for status in after)


def move(
    before: str, after: str, about: Mapping[str, Any], moment: Moment, region: str | None
) -> Move:
    """A move into one status of a route."""
    keeps = about["may_hold_with_tp"]
    fallback, source = way_back(after, moment)
    return Move(
        status=after,
        changes=changes(before, after, region),
        keeps_protection=keeps["value"],
        keeps_source=Source(keeps["source"], Mark(keeps["mark"])),
        fallback=fallback,
        fallback_source=source,
    )


def way_back(status: str, moment: Moment) -> tuple[bool | None, Source]:
    """Whether temporary protection may be asked again after leaving it; no rule was found, so never promise it."""
    for row in content()["fallback"]:
        if status in row["status"]:
            return True, sourced(row)
    found = moment.row(content()["way_back"]["param"])
    if found is None:
        return None, Source(content()["way_back"]["source"], Mark.UNKNOWN)
    return found.value, found.source
