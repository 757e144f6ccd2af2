"""The matrix as charts: each region on each day on which something changes, and how a line comes to a step there."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from perron.responsibility.rows import EVERYWHERE, FIRST_DAY, Matrix, Row
from perron.responsibility.tracks import kind_of
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.wording import Message, Param, message

Way = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class CounterExample:
    """Where a matrix fails. ``way``: how a line comes there; the shorter, the smaller the example."""

    message: Message
    track: TrackKind
    step: Step | None
    region: Region | None
    on: date
    way: Way

    @property
    def size(self) -> tuple[int, date, int, int, int]:
        """Small before large: few steps, an early day, the order of the vocabulary."""
        lines, steps = list(TrackKind), list(Step)
        station = steps.index(self.step) if self.step else -1
        place = EVERYWHERE.index(self.region)
        return len(self.way), self.on, place, lines.index(self.track), station


@dataclass(frozen=True, slots=True)
class Chart:
    """The matrix in one region on one day; ``ways``: every step where a line can stand by then."""

    region: Region | None
    on: date
    rows: tuple[Row, ...]
    ways: Mapping[Step, Way]

    def at(self, step: Step) -> list[Row]:
        """What the matrix says of the step."""
        return [row for row in self.rows if row.step is step]

    def fails(
        self, wording: str, step: Step, way: Way | None = None, **params: Param
    ) -> CounterExample:
        """A counter-example at the step."""
        region = self.region or "none"
        said = message(wording, step=step, region=region, on=self.on, **params)
        reached = self.ways.get(step, (step,)) if way is None else way
        return CounterExample(said, kind_of(step), step, self.region, self.on, reached)


def charts(matrix: Matrix) -> Iterator[Chart]:
    """Every region on every day on which something changes, the days in their order.

    Where a line could stand yesterday, or in another region, it may stand today: people move.
    """
    turns = {day for row in matrix.rows for day in (row.start, row.end) if day is not None}
    standing: dict[Step, Way] = {}
    for on in sorted({FIRST_DAY, *(day for day in turns if day > FIRST_DAY)}):
        held = [row for row in matrix.rows if any(row.holds(place, on) for place in row.regions)]
        standing = ways(held, standing)
        for region in EVERYWHERE:
            rows = tuple(row for row in held if region in row.regions)
            yield Chart(region, on, rows, {**standing, **ways(rows)})


def ways(rows: Iterable[Row], standing: Mapping[Step, Way] | None = None) -> dict[Step, Way]:
    """A short way to each step: from the first one of its line, or from where a line stands."""
    rows = tuple(rows)
    begun = {row.track for row in rows if row.first}
    found = dict(standing or {})
    found |= {row.step: (row.step,) for row in rows if row.first or row.track not in begun}
    queue = deque(sorted(found.values(), key=len))
    while queue:
        way = queue.popleft()
        for row in rows:
            for step in row.next if row.step is way[-1] else ():
                if step not in found and kind_of(step) is kind_of(row.step):
                    found[step] = (*way, step)
                    queue.append(found[step])
    return found
