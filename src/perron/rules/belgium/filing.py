"""What else belongs to a route: its name, who decides, where to file, by when, and what it costs on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from perron.rules.moments import Moment
from perron.vocabulary.intervals import add_months

ROUTES = Path(__file__).with_name("routes")
NO_FEE = "none"


@dataclass(frozen=True, slots=True)
class Filing:
    """The office side of a route on a day; None is not known. ``fee`` in euro, 0 where none is asked.

    ``documents``: the papers that come of it; ``remedy``: against a refusal, with ``days`` and whether it suspends.
    """

    names: Mapping[str, str]
    authority: str
    file_at: Mapping[str, Any]
    deadline_days: int | None
    fee: float | None
    may_apply_with_tp: bool | None
    may_hold_with_tp: bool | None
    documents: tuple[str, ...]
    remedy: Mapping[str, Any]


@cache
def described() -> dict[str, dict[str, Any]]:
    """The routes by id, word for word as the files have them."""
    content = (yaml.safe_load(path.read_text("utf-8")) for path in sorted(ROUTES.glob("*.yaml")))
    return {row["id"]: row for each in content for row in each["routes"]}


def filing(route: str, moment: Moment) -> Filing:
    """What belongs to a route on a day; a term in months is counted from that day."""
    row = described()[route]
    terms = [one for one in row["deadlines"] if one["what"] == "decision" and runs(one, moment.on)]
    days = terms[0].get("days") if terms else None
    if terms and terms[0].get("months"):
        days = (add_months(moment.on, terms[0]["months"]) - moment.on).days
    fee = 0 if row["fee_key"] == NO_FEE else moment.value(row["fee_key"])
    return Filing(
        names=row["name"],
        authority=row["authority"],
        file_at={key: row["file_at"][key] for key in ("belgium", "abroad")},
        deadline_days=days,
        fee=fee,
        may_apply_with_tp=row["may_apply_with_tp"]["value"],
        may_hold_with_tp=row["may_hold_with_tp"]["value"],
        documents=tuple(row["documents"]),
        remedy=row["remedy"],
    )


def runs(term: Mapping[str, Any], lodged: date) -> bool:
    """Whether the rules of a term hold for a file lodged on a day: two sets lie around 12 June 2026."""
    before, since = term.get("rules_before"), term.get("rules_from")
    return (before is None or lodged < before) and (since is None or lodged >= since)
