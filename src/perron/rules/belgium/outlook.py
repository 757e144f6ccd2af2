"""Where a person stands: the routes that are open, who decides others, and a named gap where nothing lasting opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from perron.rules.belgium.rulebook import belgium
from perron.rules.earliest import Earliest, EarliestKind, earliest
from perron.rules.evaluate import answers
from perron.rules.facts import Stated, stated
from perron.rules.moments import Moment
from perron.rules.routes import DURABLE, Route
from perron.vocabulary.verdicts import Finding, Mark, Source, Verdict
from perron.vocabulary.wording import Message, message

PASSPORT_TRAP = Source("belgium.md §2.4", Mark.VERIFIED)
"""Since 18 May 2024 Ukraine ties consular services for men of 18 to 60 abroad to military registration."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The answers of all routes and their first days, the first of a lasting one, and the gap where there is none.

    ``gap``: None where a lasting route opens on a day; else why not: never, facts or law. ``warnings``: with source.
    """

    findings: tuple[Finding, ...]
    firsts: Mapping[str, Earliest]
    lasting_from: date | None
    gap: Message | None
    warnings: tuple[tuple[Message, Source], ...]

    def those(self, verdict: Verdict) -> frozenset[str]:
        """The routes with one answer."""
        return frozenset(each.id for each in self.findings if each.verdict is verdict)

    def of(self, route: str) -> Finding:
        """The answer of one route (StopIteration)."""
        return next(each for each in self.findings if each.id == route)


def outlook(
    facts: Mapping[str, object],
    moment: Moment,
    findings: Sequence[Finding] = (),
    *,
    safe_return: bool = False,
) -> Outlook:
    """Where a person stands on a day; facts by the names and types of facts.yaml.

    ``findings``: what all routes answer, where that was asked already.
    """
    rulebook, known = belgium(safe_return=safe_return), stated(facts)
    firsts = {route.id: first_day(route, known, moment) for route in rulebook.on(moment.on)}
    lasting = [first for name, first in firsts.items() if name in DURABLE]
    days = [first.day for first in lasting if first.day is not None]
    open_ = [first for first in lasting if first.kind is EarliestKind.DEPENDS]
    return Outlook(
        findings=tuple(findings) or answers(rulebook, facts, moment),
        firsts=firsts,
        lasting_from=min(days, default=None),
        gap=None if days else gap_of(open_),
        warnings=warnings(facts),
    )


def first_day(route: Route, known: Stated, moment: Moment) -> Earliest:
    """The first day of a route; for a lasting one also on what it depends."""
    return earliest(route, known, moment, explained=route.id in DURABLE)


def gap_of(open_: Sequence[Earliest]) -> Message:
    """Why no lasting route opens on a day that can be named."""
    if not open_:
        return message("outlook.never")
    return message("outlook.facts" if any(each.facts for each in open_) else "outlook.law")


def warnings(facts: Mapping[str, object]) -> tuple[tuple[Message, Source], ...]:
    """What stops several files at once: a passport that cannot be had."""
    if facts.get("passport_obtainable") is not False:
        return ()
    return ((message("outlook.passport"), PASSPORT_TRAP),)
