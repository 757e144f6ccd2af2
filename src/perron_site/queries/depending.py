"""Depend on me: what a move of one person does to the others of the household, as far as it is stated and written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from perron.rules.belgium.dependants import LINKS, Hangs, hangs, on_the_other
from perron.rules.belgium.filing import described
from perron.rules.belgium.holding import title_now
from perron.rules.belgium.rulebook import belgium
from perron.rules.facts import Days, stated
from perron.rules.moments import Moment
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.verdicts import Verdict
from perron_site.queries.law import in_force
from perron_site.queries.members import PersonRow
from perron_site.queries.paths import Names, Path, open_routes

BORN = "sponsor_birth_date"


@dataclass(frozen=True, slots=True)
class Touched:
    """A route of the other person whose answer changes with a move."""

    names: Names
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class OnTheMove:
    """What one move does to the other person; nothing, where ``touched`` is empty."""

    names: Names
    touched: tuple[Touched, ...]


@dataclass(frozen=True, slots=True)
class Depending:
    """One other person. ``known``: whether their family members were stated.

    ``named``: whether one of these may be the person who moves; ``certain``: whether the birth date says so.
    """

    id: int
    name: str
    known: bool
    named: bool
    certain: bool
    stay: Hangs | None
    moves: tuple[OnTheMove, ...]


def depending(
    mover: PersonRow, other: PersonRow, facts: Mapping[str, Any], paths: Sequence[Path], on: date
) -> Depending:
    """What the open routes of one do to another of the household, whose facts are given."""
    links, moment = facts.get(LINKS), in_force(on)
    place, certain = which(links if isinstance(links, list) else [], mover.born)
    title = title_now(stated(facts), moment)
    told = () if place is None else moves_of(facts, place, paths, moment)
    return Depending(
        id=other.id,
        name=other.name,
        known=LINKS in facts,
        named=place is not None,
        certain=certain,
        stay=hangs(title) if title else None,
        moves=told,
    )


def which(links: Sequence[Mapping[str, Any]], born: PartialDate | None) -> tuple[int | None, bool]:
    """Which stated family member is the person, by birth date, and whether that is sure; none where several may be."""
    if born is None:
        return (0, False) if len(links) == 1 else (None, False)
    own = Days.of(born)
    may = [
        place
        for place, link in enumerate(links)
        if BORN not in link or overlap(Days.of(link[BORN]), own)
    ]
    if len(may) != 1:
        return None, False
    return may[0], BORN in links[may[0]]


def overlap(one: Days, other: Days) -> bool:
    """Whether two dates, each known in part, may be the same day."""
    return one.first <= other.last and other.first <= one.last


def moves_of(
    facts: Mapping[str, Any], place: int, paths: Sequence[Path], moment: Moment
) -> tuple[OnTheMove, ...]:
    """What changes for the other with each route that gives a status, each status once."""
    holds = {route.id: route.holds_status for route in belgium().on(moment.on)}
    return tuple(
        OnTheMove(
            path.names,
            tuple(
                Touched(described()[each.route]["name"], each.before.verdict, each.after.verdict)
                for each in on_the_other(facts, place, holds[path.here.id][0], moment)
            ),
        )
        for path in open_routes(paths)
        if holds[path.here.id] and not path.here.held.holds
    )
