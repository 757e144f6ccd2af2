"""The law in force: what was entered and approved lies over the law of the files, each change from its day on."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from typing import Any

from perron.rules.entering import Entered, unit_of
from perron.rules.law import UNCHANGED, Changes, Parameter, series
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.law_changes import LawChangeState
from perron.vocabulary.territory import Region
from perron.vocabulary.verdicts import LawStatus, Mark
from perron_site.records import models

Rows = tuple[Parameter, ...]
ASKED: ContextVar[list[Rows] | None] = ContextVar("asked", default=None)
"""What was approved, once this request or command has asked."""

LAWS = 64


def law_in_force(on: date) -> Changes:
    """What lies over the files on a day, in the order of approval: the law by which everything on the site answers.

    One question; within ``asked_once`` one for all.
    """
    kept = ASKED.get()
    rows = kept[0] if kept else approved()
    if kept is not None and not kept:
        kept.append(rows)
    return laid_over(tuple(row for row in rows if row.known_since <= on))


@contextmanager
def asked_once() -> Iterator[None]:
    """Ask for the law once at most, as one request or command answers by one law."""
    before = ASKED.set(ASKED.get() or [])
    try:
        yield
    finally:
        ASKED.reset(before)


@contextmanager
def law_at_hand() -> Iterator[None]:
    """Ask for the law now and not again: for whoever may not ask while rows are put in (records/bulkload.py)."""
    with asked_once():
        law_in_force(date.max)
        yield


@lru_cache(LAWS)
def laid_over(rows: Rows) -> Changes:
    """The same rows are the same law, so that what was worked out under it is found again."""
    return Changes(rows) if rows else UNCHANGED


def approved() -> Rows:
    """Every approved change whose parameter the files still have, the one that was approved last at the end."""
    rows = models.LawChange.objects.filter(state=LawChangeState.APPROVED, key__in=list(series()[0]))
    return tuple(
        entered(row).as_parameter(day_in_brussels(row.decided_at))
        for row in rows.order_by("decided_at", "pk")
        if row.decided_at
    )


def entered(row: models.LawChange) -> Entered:
    """A row as it was entered."""
    return Entered(
        key=row.key,
        region=Region(row.region) if row.region else None,
        value=from_stored(row.key, row.value),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        takes_effect_on=row.takes_effect_on,
        status=LawStatus(row.status),
        mark=Mark(row.mark),
        act=row.act,
        article=row.article,
        published_on=row.published_on,
        note=row.note,
    )


def stored(value: object) -> object:
    """A value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def from_stored(key: str, value: Any) -> Any:  # noqa: ANN401 - as the parameter is
    """A value as the law has it."""
    if key in series()[0] and unit_of(key) == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    return value
