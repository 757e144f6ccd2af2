"""The sheet on which a line map is drawn: the signs it knows, and how words stand around them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from perron_site.queries.linemap import StopState
from perron_site.web.columns import HERE_LIMIT, TRUNK, Columns, Words
from perron_site.web.lettering import lines
from perron_site.web.stations import Station

STEP = 18
UP = {
    StopState.DONE: 19,
    StopState.HERE: 25,
    StopState.NEXT: 21,
    StopState.LATER: 21,
    StopState.END: 23,
}
"""How far above the line the lowest word of a stop stands."""
STYLES = {
    StopState.DONE: "halo",
    StopState.HERE: "strong",
    StopState.NEXT: "halo",
    StopState.LATER: "soft halo",
    StopState.END: "soft halo",
}
MARKS = {
    StopState.DONE: "done",
    StopState.HERE: "here",
    StopState.NEXT: "ring",
    StopState.LATER: "later",
    StopState.END: "end",
}


BELOW = {
    StopState.HERE: (35, "small"),
    StopState.NEXT: (33, "strong halo"),
    StopState.LATER: (31, "small"),
}
"""How far below the line the first line of the day stands, and its looks."""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of type."""

    x: int
    y: int
    text: str
    style: str = ""
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Way:
    """A piece of a line in one colour, at one height."""

    x: int
    y: int
    to: int
    org: str
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign on a line."""

    kind: str
    x: int
    y: int
    org: str


@dataclass(frozen=True, slots=True)
class Capsule:
    """A handover, done or offered."""

    x: int
    y: int
    giver: str
    taker: str
    offered: bool


@dataclass(frozen=True, slots=True)
class Lack:
    """A gap: from, height, to."""

    x: int
    y: int
    to: int

    @property
    def length(self) -> int:
        """Its length."""
        return self.to - self.x


@dataclass(slots=True)
class Sheet:
    """What is drawn, gathered row by row."""

    at: Columns
    words: Words
    texts: list[Text] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    capsules: list[Capsule] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)
    sleepers: list[int] = field(default_factory=list)
    trunk: list[int] = field(default_factory=list)

    @property
    def trunk_top(self) -> int:
        """The top of the capsule from which the first lines leave."""
        return self.trunk[0] - TRUNK

    @property
    def trunk_height(self) -> int:
        """Its height."""
        return self.trunk[-1] - self.trunk[0] + 2 * TRUNK


def limit(state: StopState) -> int:
    """How long a line of type may be at this kind of stop."""
    return HERE_LIMIT if state is StopState.HERE else 18


def stacked(sheet: Sheet, parts: Sequence[str], x: int, y: int, style: str) -> None:
    """Lines of type that grow upwards: the last stands at ``y``."""
    for place, part in enumerate(reversed(parts)):
        sheet.texts.append(Text(x, y - STEP * place, part, style))


def below(sheet: Sheet, parts: Sequence[str], x: int, y: int, style: str) -> None:
    """Lines of type that grow downwards: the first stands at ``y``."""
    for place, part in enumerate(parts):
        sheet.texts.append(Text(x, y + STEP * place, part, style))


def signs(sheet: Sheet, station: Station, x: int, y: int) -> None:
    """A stop with its name above and its day: above for a stop behind, below for the others."""
    state = station.state
    sheet.marks.append(Mark(MARKS[state], x, y, station.org))
    name = lines(station.name, limit(state))
    day = lines(station.short, limit(state))
    if state is StopState.DONE:
        stacked(sheet, day, x, y - 19, "small halo")
        stacked(sheet, name, x, y - 19 - STEP * len(day), STYLES[state])
    elif state is StopState.END:
        for place, part in enumerate(reversed(name)):
            sheet.texts.append(
                Text(x + 4, y - UP[state] - STEP * place, part, STYLES[state], "end")
            )
    else:
        stacked(sheet, name, x, y - UP[state], STYLES[state])
        down, style = BELOW[state]
        below(sheet, day, x, y + down, style)
