"""What the law answers anybody, from what they say now: the next question, and every route. It reads no row."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from perron.rules.belgium.courses import in_each_course
from perron.rules.belgium.filing import Filing, filing
from perron.rules.belgium.holding import Holding, holding_on, title_now
from perron.rules.belgium.moves import Move, moves
from perron.rules.belgium.outlook import outlook
from perron.rules.belgium.returning import ReturnTrack, return_track
from perron.rules.belgium.rulebook import belgium, version_of
from perron.rules.belgium.stays import ONE_DAY
from perron.rules.earliest import Earliest, EarliestKind
from perron.rules.evaluate import answers as answers_of
from perron.rules.facts import facts, stated
from perron.rules.interview import LATER, next_question
from perron.rules.law import protection_end
from perron.rules.moments import Moment
from perron.rules.routes import Route
from perron.vocabulary.verdicts import Finding, Mark, Source, Verdict
from perron.vocabulary.wording import Message
from perron_site.queries.law import SCENARIOS, Scenario, in_force, scenario

SENSITIVE = frozenset(name for name, fact in facts().items() if fact.sensitivity in LATER)
"""Facts that are asked only when somebody chooses to answer them."""

REFUSABLE = MappingProxyType(
    {
        "tp_state": "tp",
        "asylum_state": "international_protection",
        "professional_card": "self_employed",
    }
)
"""What can be stated to be refused, and the route whose remedy counts then."""

Answers = Mapping[str, Any]
"""By fact; None: asked, and not known."""


class Opening(StrEnum):
    """Where a route stands."""

    NOW = "now"
    FROM = "from"
    DEPENDS = "depends"
    AUTHORITY = "authority"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Step:
    """The next fact to ask, None when no question is left, and how many routes are decided already."""

    fact: str | None
    decided: int
    routes: int


@dataclass(frozen=True, slots=True)
class Way:
    """One route on a day; ``moves``: what changes with it, as far as the present title is known.

    Nobody is asked where they live: what hangs on the region of the home is not known.
    """

    id: str
    opening: Opening
    finding: Finding
    first: Earliest
    held: Holding
    office: Filing
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The routes on which the scenarios do not agree on a day: names, and the verdict in each scenario."""

    on: date
    rows: tuple[tuple[Mapping[str, str], tuple[Verdict, ...]], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Every route, and what the answer rests on; ``lasting_from``, ``gap`` and ``warnings`` are the outlook.

    ``courses``: the scenarios compared, today and on the day after temporary protection ends by the adopted law.
    ``track``: return, beside the routes. ``law``: the version by which all was answered.
    ``refused``: the routes on which they were refused, where a remedy is sourced.
    ``next_question``: what could still be asked; ``next_sensitive``: the same with what is asked only by choice.
    """

    on: date
    known_until: date
    ways: tuple[Way, ...]
    scenarios: tuple[Scenario, ...]
    presumed: tuple[str, ...]
    missing: tuple[str, ...]
    rests_on: tuple[str, ...]
    next_question: str | None
    next_sensitive: str | None
    lasting_from: date | None
    gap: Message | None
    warnings: tuple[tuple[Message, Source], ...]
    track: ReturnTrack
    law: str
    refused: tuple[Filing, ...] = ()
    courses: tuple[Course, ...] = ()

    def those(self, opening: Opening) -> tuple[Way, ...]:
        """The routes that stand alike."""
        return tuple(each for each in self.ways if each.opening is opening)


def known(answers: Answers) -> dict[str, Any]:
    """What is stated."""
    return {name: value for name, value in answers.items() if value is not None}


def findings(said: Mapping[str, Any], moment: Moment) -> tuple[Finding, ...]:
    """What every route answers, without its reasons."""
    if not said:
        return of_nobody(moment)
    return answers_of(belgium(), said, moment, explained=False)


@lru_cache(len(SCENARIOS))
def of_nobody(moment: Moment) -> tuple[Finding, ...]:
    """What the law answers whoever has said nothing yet: the same for everybody, so it is remembered."""
    return answers_of(belgium(), {}, moment, explained=False)


def step(answers: Answers, on: date, *, sensitive: bool) -> Step:
    """The next question; ``sensitive``: whether they chose to go on with what is asked only then."""
    said = known(answers)
    asked = {*answers} if sensitive else {*answers, *SENSITIVE}
    found: list[tuple[Finding, ...]] = []
    fact = None
    for name in SCENARIOS:
        found.append(findings(said, in_force(on, name)))
        if fact := first_asked(found[-1:], asked):
            break
    decided = sum(1 for each in found[0] if each.verdict is not Verdict.UNKNOWN)
    return Step(fact, decided, len(found[0]))


def first_asked(found: Iterable[tuple[Finding, ...]], asked: Collection[str]) -> str | None:
    """The next question of the adopted law, else of the next scenario; nothing that was asked is asked again."""
    questions = (next_question(each, asked) for each in found)
    return next((each.fact for each in questions if each), None)


def opening_of(finding: Finding, first: Earliest) -> Opening:
    """Where a route stands by its answer and its first day."""
    if finding.verdict is Verdict.NO:
        later = first.kind is EarliestKind.DATE
        return Opening.FROM if later else Opening.CLOSED
    return {
        Verdict.YES: Opening.NOW,
        Verdict.AUTHORITY: Opening.AUTHORITY,
        Verdict.UNKNOWN: Opening.DEPENDS,
    }[finding.verdict]


def result(answers: Answers, on: date) -> Result:
    """Everything that can be said from these answers on a day, and the courses of the law compared."""
    rulebook, said = belgium(), known(answers)
    now = [in_force(on, name) for name in SCENARIOS]
    after = max(on, protection_end(on, changes=now[0].changes).value + ONE_DAY)
    later = [replace(moment, on=after) for moment in now]
    today = in_each_course(rulebook, said, now)
    then = in_each_course(rulebook, said, later, explained=False)
    found = result_of(answers, on, today)
    return replace(found, courses=(course(today, now[0]), course(then, later[0])))


def result_of(answers: Answers, on: date, by_scenario: Sequence[tuple[Finding, ...]]) -> Result:
    """The same from what each scenario answered; no courses are compared."""
    said, here = known(answers), in_force(on)
    seen = outlook(said, here, by_scenario[0])
    ways = tuple(way(said, here, found, seen.firsts[found.id]) for found in seen.findings)
    own = [each.finding for each in ways]
    hopeful = [each for each in own if each.verdict in {Verdict.YES, Verdict.AUTHORITY}]
    return Result(
        on=on,
        known_until=belgium().known_until,
        ways=ways,
        scenarios=tuple(scenario(name) for name in SCENARIOS),
        presumed=tuple(sorted({name for each in own for name in each.assuming})),
        missing=in_order(name for each in own for name in each.missing),
        rests_on=in_order(
            name.partition(".")[0]
            for each in hopeful
            for reason in each.because
            for name, _ in reason.facts
        ),
        next_question=first_asked(by_scenario, {*answers, *SENSITIVE}),
        next_sensitive=first_asked(by_scenario, answers),
        lasting_from=seen.lasting_from,
        gap=seen.gap,
        warnings=seen.warnings,
        track=return_track(said, here),
        law=version_of(here.changes),
        refused=tuple(each.office for each in ways if was_refused(each, said)),
    )


def was_refused(way: Way, said: Mapping[str, Any]) -> bool:
    """Whether a refusal on this route is stated against which a source names a remedy."""
    stated_ = any(
        route == way.id and said.get(name) == "refused" for name, route in REFUSABLE.items()
    )
    return stated_ and way.office.remedy["mark"] != Mark.UNKNOWN


def course(by_scenario: Iterable[tuple[Finding, ...]], moment: Moment) -> Course:
    """The scenarios compared on a day."""
    rows = (
        (filing(found[0].id, moment).names, tuple(each.verdict for each in found))
        for found in zip(*by_scenario, strict=True)
    )
    return Course(moment.on, tuple(row for row in rows if len(set(row[1])) > 1))


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Facts once each, in the order of the table."""
    found = set(names)
    return tuple(name for name in facts() if name in found)


def way(said: Mapping[str, Any], moment: Moment, found: Finding, first: Earliest) -> Way:
    """One route with its office; ``found``, ``first``: its answer and its first day in this scenario."""
    route, read = the_route(found.id, moment), stated(said)
    opening, before = opening_of(found, first), title_now(read, moment)
    shown = before if opening not in {Opening.CLOSED, Opening.DEPENDS} else None
    changes = moves(shown, route.id, moment) if shown else ()
    return Way(
        id=route.id,
        opening=opening,
        finding=found,
        first=first,
        held=holding_on(route, read, moment),
        office=filing(route.id, moment),
        moves=tuple(each for each in changes if each.status != before),
    )


def the_route(name: str, moment: Moment) -> Route:
    """A route as it stands in the law of a day."""
    return next(each for each in belgium().on(moment.on) if each.id == name)
