"""What else belongs to a route: its name, who decides, where to file, by when, and what it costs on a day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from perron.rules.moments import Moment
from perron.vocabulary.intervals import add_months
from perron.vocabulary.wording import Message, in_words

ROUTES = Path(__file__).with_name("routes")
NO_FEE = "none"
SAID = frozenset({
    "authority", "belgium", "abroad", "documents", "what", "note", "from", "why", "also", "when_filed", "gives",
    "weights", "cap_reason", "fee_note", "stages",
})  # fmt: skip
"""The keys of the files under which a text stands that people read; the catalogues have them in every language."""


@dataclass(frozen=True, slots=True)
class Filing:
    """The office side of a route on a day; None is not known. ``fee`` in euro, 0 where none is asked.

    ``deadline_days``: until a decision; ``no_term``: the law itself sets none, which is known.

    ``file_at``: by ``belgium`` and ``abroad`` where to file, or whether one can. ``documents``: the papers that come of
    it; ``remedy``: against a refusal, with ``days`` and whether it suspends. ``notes``: what else one must know.
    ``stages``: the steps of the stay. ``work``: what work is allowed. ``clock``: how the years of the route are
    counted; ``tp_time``: what time under temporary protection counts for; ``unlimited_after``: when unlimited stay can
    follow. Texts in these are messages.
    """

    names: Mapping[str, str]
    authority: Message
    file_at: Mapping[str, Message | bool | None]
    deadline_days: int | None
    no_term: bool
    fee: float | None
    may_apply_with_tp: bool | None
    may_hold_with_tp: bool | None
    documents: tuple[Message, ...]
    remedy: Mapping[str, Any]
    notes: tuple[Message, ...]
    stages: tuple[Message, ...]
    work: Mapping[str, Any]
    clock: Mapping[str, Any]
    tp_time: Mapping[str, Any]
    unlimited_after: tuple[Mapping[str, Any], ...]


@cache
def described() -> dict[str, dict[str, Any]]:
    """The routes by id, word for word as the files have them."""
    content = (yaml.safe_load(path.read_text("utf-8")) for path in sorted(ROUTES.glob("*.yaml")))
    return {row["id"]: row for each in content for row in each["routes"]}


def filing(route: str, moment: Moment) -> Filing:
    """What belongs to a route on a day; a term in months is counted from that day."""
    row = described()[route]
    return Filing(
        names=row["name"],
        authority=in_words(row["authority"]),
        file_at={key: worded(row["file_at"])[key] for key in ("belgium", "abroad")},
        deadline_days=decided_within(row, moment.on),
        no_term=any(one.get("no_term", False) for one in decisions(row, moment.on)),
        fee=0 if row["fee_key"] == NO_FEE else moment.value(row["fee_key"]),
        may_apply_with_tp=row["may_apply_with_tp"]["value"],
        may_hold_with_tp=row["may_hold_with_tp"]["value"],
        documents=tuple(in_words(each) for each in row["documents"]),
        remedy=worded(row["remedy"]),
        notes=tuple(in_words(each) for each in notes(row)),
        stages=tuple(in_words(each) for each in row.get("stages", ())),
        work=worded(row.get("work", {})),
        clock=worded(row.get("clock", {})),
        tp_time=worded(row["tp_time"]),
        unlimited_after=tuple(worded(each) for each in as_list(row["unlimited_after"])),
    )


def worded(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its texts as messages."""
    return {
        key: in_words(value) if key in SAID and isinstance(value, str) else value
        for key, value in row.items()
    }


def as_list(rows: Any) -> list[Any]:  # noqa: ANN401 - as YAML has it
    """One row, several or none."""
    return rows if isinstance(rows, list) else [rows] if rows else []


def notes(row: Mapping[str, Any]) -> Iterator[str]:
    """Who decides freely, who pays, what holds beside temporary protection, what to bring."""
    yield from (row[key] for key in ("cap_reason", "fee_note") if key in row)
    yield from (
        row[part][key]
        for part, key in (
            ("may_apply_with_tp", "note"), ("reentry_after_leaving", "note"), ("bring", "what"),
        )
        if key in row.get(part, ())
    )  # fmt: skip


def decisions(row: Mapping[str, Any], lodged: date) -> list[Mapping[str, Any]]:
    """The terms for a decision on a file that is lodged on a day."""
    return [one for one in row["deadlines"] if one["what"] == "decision" and runs(one, lodged)]


def decided_within(row: Mapping[str, Any], lodged: date) -> int | None:
    """The days until a decision on a file that is lodged on a day; None is not known."""
    terms = decisions(row, lodged)
    if terms and terms[0].get("months"):
        return (add_months(lodged, terms[0]["months"]) - lodged).days
    return terms[0].get("days") if terms else None


def runs(term: Mapping[str, Any], lodged: date) -> bool:
    """Whether the rules of a term hold for a file lodged on a day: two sets lie around 12 June 2026."""
    before, since = term.get("rules_before"), term.get("rules_from")
    return (before is None or lodged < before) and (since is None or lodged >= since)
