"""The columns of a line map: as wide as the words in them need, in the order of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perron_site.queries.linemap import StopState
from perron_site.web.lettering import lines, width
from perron_site.web.stations import Row, Station

TYPE, SMALL, NAME = 15, 14, 18
MARGIN, STICK, AIR = 24, 24, 12
WHOLE = 1180
"""Width at which the type stands at its own size in a page of 72 rem."""
TRUNK, CAPSULE, PLATFORM = 13, 62, 208
HOLDER_LIMIT, HERE_LIMIT = 22, 24
STATIONS = 2
"""Stops behind that are drawn; older ones stand in the list."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands; ``done`` from left to right."""

    trunk: int
    done: tuple[int, ...]
    left: int
    right: int
    next: int
    later: int
    end: int

    @property
    def here(self) -> int:
        """The middle of the platform."""
        return (self.left + self.right) // 2

    @property
    def platform(self) -> int:
        """The width of the platform."""
        return self.right - self.left

    @property
    def trunk_left(self) -> int:
        """The left side of the arrival."""
        return self.trunk - TRUNK

    @property
    def offer(self) -> int:
        """Where an offered baton is drawn."""
        return self.right + 30

    @property
    def width(self) -> int:
        """The whole drawing."""
        return self.end + 32


@dataclass(frozen=True, slots=True)
class Words:
    """What the columns must hold besides the rows themselves."""

    arrival: str
    offered: str
    nobody: str


def widest(texts: Iterable[str], size: float = TYPE, *, bold: bool = False) -> float:
    """The width of the widest of these."""
    return max((width(text, size, bold=bold) for text in texts), default=0)


def half(station: Station | None, *, bold: bool = False) -> float:
    """Half of what a stop needs for its words."""
    if station is None:
        return 0
    day = widest(lines(station.short), bold=True)
    return max(widest(lines(station.name), bold=bold), day) / 2


def columns(rows: Sequence[Row], words: Words) -> Columns:
    """Two stops behind if they fit at full type size, else one."""
    most = min(STATIONS, max((len(row.done) for row in rows), default=0))
    wanted = placed(rows, words, most)
    if wanted.width > WHOLE and most > 1:
        wanted = placed(rows, words, 1)
    return wanted


def placed(rows: Sequence[Row], words: Words, stations: int) -> Columns:
    """Place the columns from left to right, each as far from the last as its words ask."""
    trunk = round(
        MARGIN + names(rows, words) + max(TRUNK, width(words.arrival, TYPE, bold=True) / 2) + 8
    )
    done = stops(rows, words, trunk, stations)
    last = half_of_last(rows, stations) if done else width(words.arrival, TYPE, bold=True) / 2
    left = round((done[-1] if done else trunk) + max(50, last + AIR) + before_platform(rows))
    right = left + round(max(PLATFORM, platform(rows) + 2 * AIR))
    shift = width(words.offered, SMALL) + AIR if any(row.offered for row in rows) else 0
    coming = [row.at(StopState.NEXT) for row in rows]
    then = [row.at(StopState.LATER) for row in rows]
    next_ = right + max(90, max(map(half, coming), default=0) + AIR + shift)
    later = next_ + (max(map(both, zip(coming, then, strict=True)), default=0) if any(then) else 0)
    reach = max((after(row, next_, later) for row in rows), default=0)
    spare = max(0, WHOLE - 32 - max(reach, later + 120))
    later = later + spare * 0.4 if any(then) else next_
    end = max(WHOLE - 32, reach + spare)
    return Columns(trunk, done, left, right, round(next_), round(later), round(end))


def names(rows: Sequence[Row], words: Words) -> float:
    """The room of the names of lines and holders."""
    own = [part for row in rows for part in row.title]
    holders = [part for row in rows for part in lines(row.holder, HOLDER_LIMIT)]
    return max(150, widest(own, NAME, bold=True), widest([*holders, words.nobody]) + STICK)


def stops(rows: Sequence[Row], words: Words, trunk: int, stations: int) -> tuple[int, ...]:
    """The columns of the stops behind."""
    found: list[int] = []
    for column in range(stations):
        start = found[-1] if found else trunk
        needs = [90.0]
        for place, row in enumerate(rows):
            here, before = at_column(row, column, stations), at_column(row, column - 1, stations)
            if here is None:
                continue
            arrival = width(words.arrival, TYPE, bold=True) / 2 if place == 0 else TRUNK
            lead = half(before) if column else arrival
            needs.append(lead + half(here) + AIR + (CAPSULE if here.change else 0))
        found.append(round(start + max(needs)))
    return tuple(found)


def at_column(row: Row, column: int, stations: int) -> Station | None:
    """The stop of a row in a column: filled from the arrival on, or else up to the platform."""
    shown = row.done[-stations:] if stations else ()
    place = column if row.from_arrival else column - (stations - len(shown))
    return shown[place] if 0 <= place < len(shown) else None


def half_of_last(rows: Sequence[Row], stations: int) -> float:
    """Half of the widest stop in the last column of the stops behind."""
    return max((half(at_column(row, stations - 1, stations)) for row in rows), default=0)


def before_platform(rows: Sequence[Row]) -> float:
    """Room for a capsule, or for the buffer of a gap, before the platform."""
    heres = [row.at(StopState.HERE) for row in rows]
    return CAPSULE if any(row.gap for row in rows) or any(h and h.change for h in heres) else 0


def platform(rows: Sequence[Row]) -> float:
    """The widest word on the platform."""
    heres = [here for row in rows if (here := row.at(StopState.HERE))]
    bold = [part for here in heres for part in lines(here.name, HERE_LIMIT)]
    bold += [part for row in rows for part in lines(row.gap_short, HERE_LIMIT)]
    plain = [part for here in heres for part in lines(here.short, HERE_LIMIT)]
    return max(widest(bold, bold=True), widest(plain, SMALL))


def both(pair: tuple[Station | None, Station | None]) -> float:
    """How far the two stops ahead of one row must stand apart."""
    return max(120, half(pair[0]) + half(pair[1]) + AIR)


def after(row: Row, next_: float, later: float) -> float:
    """How far right the end of this row must stand so that its words touch no others."""
    goal = row.at(StopState.END)
    words = widest(lines(goal.name)) if goal else 0
    then, coming = row.at(StopState.LATER), row.at(StopState.NEXT)
    reached = later + half(then) if then else next_ + half(coming)
    return reached + AIR + words
