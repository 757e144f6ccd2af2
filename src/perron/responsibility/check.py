"""The proof of a matrix: in every region, on every day, somebody must act, a way leads on, no roof waits.

Between two days on which a row begins or ends nothing changes, so those days stand for all.
"""

from collections import deque
from collections.abc import Iterator

from perron.responsibility.charts import Chart, CounterExample, Way, charts, ways
from perron.responsibility.reach import circles_of_lines, escalations, opened_lines, roles
from perron.responsibility.rows import FIRST_DAY, Matrix
from perron.responsibility.tracks import kind_of
from perron.vocabulary.organisations import findable
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.wording import Param, message

FOR_EVERYBODY = frozenset(
    {TrackKind.ROOF, TrackKind.PROTECTION, TrackKind.MUNICIPALITY, TrackKind.SUPPORT}
)
"""The lines that no matrix may lack; the others came later, and an old version does not have them."""

NO_CLOCK = {
    *("ends_with_the_protection", "no_legal_limit_found", "runs_until_reviewed"),
    *("the_line_ends_here", "the_person_asks", "the_stay_has_its_own_end"),
    *("ends_at_eighteen", "no_right_to_register"),
}
"""The reasons for which no clock runs."""


def counter_examples(matrix: Matrix) -> tuple[CounterExample, ...]:
    """The smallest for each kind of fault at each step, small before large; none: it is proven."""
    all_charts = list(charts(matrix))
    reached = {step for chart in all_charts for step in chart.ways}
    proofs = [openings, duties, clocks, followers, ways_out, circles, waiting_roofs]
    proofs += [roles, opened_lines, circles_of_lines]
    if any(row.escalation for row in matrix.rows):
        proofs.append(escalations)
    found = [example for chart in all_charts for proof in proofs for example in proof(chart)]
    found += misplaced(matrix, reached)
    smallest: dict[tuple[str, TrackKind, Step | None], CounterExample] = {}
    for example in sorted(found, key=lambda example: example.size):
        smallest.setdefault((example.message.key, example.track, example.step), example)
    return tuple(smallest.values())


def misplaced(matrix: Matrix, reached: set[Step]) -> Iterator[CounterExample]:
    """Rows under the wrong line, and rows of steps that no line ever reaches."""
    for row in matrix.rows:
        place = Chart(row.regions[0], max(row.start, FIRST_DAY), (row,), {})
        if kind_of(row.step) is not row.track:
            yield place.fails("matrix.foreign_step", row.step, track=row.track)
        if row.step not in reached:
            yield place.fails("matrix.never_reached", row.step)


def openings(chart: Chart) -> Iterator[CounterExample]:
    """Each line opens at one step."""
    known = FOR_EVERYBODY | {row.track for row in chart.rows}
    for track in (track for track in TrackKind if track in known):
        first = sorted({row.step for row in chart.rows if row.first and row.track is track})
        if len(first) == 1:
            continue
        where: dict[str, Param] = {"region": chart.region or "none", "on": chart.on, "track": track}
        if first:
            said = message("matrix.two_first_steps", first=first[0], second=first[1], **where)
        else:
            said = message("matrix.no_first_step", **where)
        yield CounterExample(said, track, None, chart.region, chart.on, ())


def duties(chart: Chart) -> Iterator[CounterExample]:
    """Each step has exactly one organisation, and its desk can be found."""
    for step in chart.ways:
        rows = chart.at(step)
        named = list(dict.fromkeys(row.organisation for row in rows if row.organisation))
        if not named:
            yield chart.fails("matrix.no_organisation", step)
        elif len(named) > 1:
            yield chart.fails("matrix.two_organisations", step, first=named[0], second=named[1])
        elif len(rows) > 1:
            yield chart.fails("matrix.two_rows", step)
        elif not findable(named[0], chart.region):
            yield chart.fails("matrix.no_desk", step, organisation=named[0])


def clocks(chart: Chart) -> Iterator[CounterExample]:
    """Each open step has a clock, or a known reason why there is none."""
    for step in chart.ways:
        for row in chart.at(step):
            if row.no_clock and row.no_clock not in NO_CLOCK:
                yield chart.fails("matrix.unexplained_clock", step, reason=row.no_clock)
            elif not (row.clock or row.no_clock or row.closing):
                yield chart.fails("matrix.no_clock", step)


def followers(chart: Chart) -> Iterator[CounterExample]:
    """Each open step has a next one on its own line; a closing step has none."""
    for step in chart.ways:
        for row in chart.at(step):
            if row.closing and row.next:
                yield chart.fails("matrix.closing_goes_on", step, next=row.next[0])
            elif not row.closing and not row.next:
                yield chart.fails("matrix.blind_step", step)
            for after in row.next:
                if kind_of(after) is not kind_of(step):
                    yield chart.fails("matrix.foreign_next", step, next=after)


def ways_out(chart: Chart) -> Iterator[CounterExample]:
    """From each step a way leads to the end of the line or to a step where it may rest."""
    good = {row.step for row in chart.rows if row.closing or row.resting}
    while more := {row.step for row in chart.rows if good & set(row.next)} - good:
        good |= more
    for step in chart.ways:
        if step not in good and any(row.next for row in chart.at(step)):
            yield chart.fails("matrix.no_way_out", step)


def passed(chart: Chart, still: TrackKind | None = None) -> set[Step]:
    """The steps that lines can pass when each waits for what it must; ``still`` never moves."""
    own = ways(chart.rows)
    openings = {step for step in chart.ways if len(own.get(step, (step,))) == 1}
    behind: set[Step] = set()
    while True:
        begun = openings | {step for row in chart.rows if row.step in behind for step in row.next}
        more = {
            row.step
            for row in chart.rows
            if row.step in begun - behind
            and kind_of(row.step) is not still
            and all(wait.step in behind for wait in row.waits_for)
        }
        if not more:
            return behind
        behind |= more


def causes(chart: Chart, step: Step, behind: set[Step]) -> list[Step]:
    """What keeps a line from passing the step: what it waits for, and the steps before it."""
    waits = [wait.step for row in chart.at(step) for wait in row.waits_for]
    before = [row.step for row in chart.rows if step in row.next]
    return [cause for cause in (*waits, *before) if cause in chart.ways and cause not in behind]


def chain(chart: Chart, step: Step, behind: set[Step], goal: set[Step]) -> Way | None:
    """The shortest chain of causes that begins with a wait of the step and comes to the goal."""
    waits = [wait.step for row in chart.at(step) for wait in row.waits_for]
    queue: deque[Way] = deque(
        (step, wait) for wait in waits if wait not in behind and wait in chart.ways
    )
    seen = set()
    while queue:
        way = queue.popleft()
        if way[-1] in goal:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            queue += [(*way, cause) for cause in causes(chart, way[-1], behind)]
    return None


def circles(chart: Chart) -> Iterator[CounterExample]:
    """No step waits for itself, however many lines lie between, nor for a step that never comes."""
    behind = passed(chart)
    for step in chart.ways:
        for wait in (wait for row in chart.at(step) for wait in row.waits_for):
            if wait.step not in chart.ways:
                yield chart.fails("matrix.waits_for_nothing", step, other=wait.step)
        way = None if step in behind else chain(chart, step, behind, {step})
        if way:
            yield chart.fails("matrix.circular_wait", step, way, path=" → ".join(way))


def waiting_roofs(chart: Chart) -> Iterator[CounterExample]:
    """A person whose protection never moves, or is refused, can still go every way to a roof."""
    behind = passed(chart, still=TrackKind.PROTECTION)
    protection = {step for step in chart.ways if kind_of(step) is TrackKind.PROTECTION}
    for step in chart.ways:
        if kind_of(step) is TrackKind.ROOF and step not in behind:
            way = chain(chart, step, behind, protection)
            if way:
                yield chart.fails("matrix.roof_waits", step, way, path=" → ".join(way))
