"""The routes of one person in each course of the law, what a move changes, and the days on which something turns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from perron.rules.belgium.courses import another_law
from perron.rules.belgium.moves import Move, moves
from perron.rules.belgium.outlook import first_day
from perron.rules.earliest import EarliestKind
from perron.rules.facts import presumptions, stated
from perron.rules.moments import Moment
from perron.vocabulary.territory import Region
from perron.vocabulary.verdicts import Finding
from perron_site.queries.interview import Opening, Result, Way, the_route, way
from perron_site.queries.law import SCENARIOS, Scenario, in_force

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Path:
    """One route in each course, as adopted first; ``same``: whether a course answers it as the law as adopted does.

    ``moves``: what changes for the person while it is decided and after; empty where their title now is not known.
    """

    ways: tuple[Way, ...]
    same: tuple[bool, ...]
    moves: tuple[Move, ...]

    @property
    def here(self) -> Way:
        """As adopted."""
        return self.ways[0]

    @property
    def names(self) -> Names:
        """What it is called."""
        return self.here.office.names

    @property
    def elsewhere(self) -> tuple[tuple[Way, bool], ...]:
        """The later courses, and whether each has the same answer."""
        return tuple(zip(self.ways[1:], self.same[1:], strict=True))


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which a route ``opens``, or has its last day; ``courses``: in which, empty for all of them."""

    day: date
    names: Names
    opens: bool
    courses: tuple[Names, ...]


@dataclass(frozen=True, slots=True)
class Presumed:
    """What was taken as so because nobody said otherwise, and the routes that rest on it."""

    name: str
    value: bool
    routes: tuple[Names, ...]


def paths_of(
    result: Result,
    by_course: Sequence[tuple[Finding, ...]],
    facts: Mapping[str, object],
    title: str | None,
    region: Region | None,
) -> tuple[Path, ...]:
    """Every route; ``title``: under which the person stays now, None where that is not known."""
    found, moment = [], in_force(result.on)
    for here, *others in zip(result.ways, *by_course[1:], strict=True):
        courses = [
            elsewhere(here, finding, facts, replace(moment, scenario=name))
            for finding, name in zip(others, SCENARIOS[1:], strict=True)
        ]
        held = title is None or here.held.holds
        told = () if held else moves(title or "", here.id, moment, region)
        ways, same = zip((here, True), *courses, strict=True)
        found.append(Path(ways, same, told))
    return tuple(found)


def elsewhere(
    here: Way, finding: Finding, facts: Mapping[str, object], moment: Moment
) -> tuple[Way, bool]:
    """A route in another course: asked again only where the law differs."""
    route = the_route(here.id, moment)
    if not another_law(route, moment):
        return here, True
    there = way(facts, moment, finding, first_day(route, stated(facts), moment))
    return there, told(there) == told(here)


def told(way: Way) -> tuple[object, ...]:
    """What a page says of a route in one course."""
    found = way.finding
    return (
        way.opening,
        way.first,
        way.held,
        found.because,
        found.against,
        found.missing,
        found.weighed,
    )


def turns_of(paths: Sequence[Path], scenarios: Sequence[Scenario]) -> tuple[Turn, ...]:
    """The days to come on which something opens or has its last day, the nearest first."""
    found: dict[tuple[date, str, bool], list[Names]] = {}
    for path in paths:
        for here, scenario in zip(path.ways, scenarios, strict=True):
            for day, opens in days_of(here):
                found.setdefault((day, path.here.id, opens), []).append(scenario.names)
    named = {path.here.id: path.names for path in paths}
    return tuple(
        Turn(day, named[route], opens, () if len(where) == len(scenarios) else tuple(where))
        for (day, route, opens), where in sorted(found.items(), key=lambda each: each[0])
    )


def days_of(here: Way) -> tuple[tuple[date, bool], ...]:
    """The first day of a route to come, and its last one; that of a status held where the route names none."""
    on, first = here.finding.on, here.first
    opens = [first.day] if first.kind is EarliestKind.DATE and first.day and first.day > on else []
    last = first.closes or here.held.until
    return (*((day, True) for day in opens), *(((last, False),) if last else ()))


def presumed_of(paths: Sequence[Path]) -> tuple[Presumed, ...]:
    """What is presumed where nothing is stated, with the routes that rest on it."""
    return tuple(
        Presumed(name, value, routes)
        for name, value in presumptions().items()
        if (routes := tuple(path.names for path in paths if name in path.here.finding.assuming))
    )


def open_routes(paths: Sequence[Path]) -> Collection[Path]:
    """The routes that the person may take, now, later, or when more is known."""
    return [path for path in paths if path.here.opening is not Opening.CLOSED]
