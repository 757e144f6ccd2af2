"""The proof of what reaches beyond a step: who may act, whom silence wakes, which other lines open."""

from collections.abc import Iterator

from perron.responsibility.charts import Chart, CounterExample
from perron.responsibility.tracks import kind_of
from perron.vocabulary.organisations import ROLES_OF, findable
from perron.vocabulary.tracks import TrackKind


def roles(chart: Chart) -> Iterator[CounterExample]:
    """Somebody of the organisation may act: at least one of the roles is found there."""
    for step in chart.ways:
        for row in chart.at(step):
            if row.roles and row.organisation and not row.roles & ROLES_OF[row.organisation]:
                named = ", ".join(sorted(row.roles))
                yield chart.fails(
                    "matrix.role_nobody_has", step, roles=named, organisation=row.organisation
                )


def escalations(chart: Chart) -> Iterator[CounterExample]:
    """When nothing happens at an open step, the question ends at the desk of a coordinator."""
    for step in chart.ways:
        for row in chart.at(step):
            if row.closing or row.organisation is None:
                continue
            if row.escalation is None:
                yield chart.fails("matrix.no_escalation", step)
            elif not any(
                kind is not row.organisation and findable(kind, chart.region)
                for kind in row.escalation.coordinator
            ):
                yield chart.fails("matrix.escalation_ends_nowhere", step)


def opened_lines(chart: Chart) -> Iterator[CounterExample]:
    """What a step opens is a line of this matrix."""
    known = {row.track for row in chart.rows if row.first}
    for step in chart.ways:
        for row in chart.at(step):
            for opening in row.opens:
                if opening.line not in known:
                    yield chart.fails("matrix.opens_nothing", step, line=opening.line)


def circles_of_lines(chart: Chart) -> Iterator[CounterExample]:
    """No line opens itself, however many lines lie between."""
    opens: dict[TrackKind, set[TrackKind]] = {}
    for row in chart.rows:
        opens.setdefault(row.track, set()).update(opening.line for opening in row.opens)
    for step in chart.ways:
        for opening in (opening for row in chart.at(step) for opening in row.opens):
            way = back(opens, opening.line, kind_of(step))
            if way:
                path = " → ".join((kind_of(step), *way))
                yield chart.fails("matrix.opens_itself", step, path=path)


def back(
    opens: dict[TrackKind, set[TrackKind]], line: TrackKind, goal: TrackKind
) -> tuple[TrackKind, ...]:
    """The shortest chain of openings from the line to the goal; empty when there is none."""
    ways: list[tuple[TrackKind, ...]] = [(line,)]
    seen = {line}
    for way in ways:
        if way[-1] is goal:
            return way
        for after in sorted(opens.get(way[-1], set()) - seen):
            seen.add(after)
            ways.append((*way, after))
    return ()
