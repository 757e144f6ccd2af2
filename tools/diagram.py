"""The state diagram of one line: its stations one below the other, and of each the way to those that may follow."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from perron.messages.texts import say
from perron.responsibility.rows import Row
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.wording import message

TOP, ROW, LINE, LANES, LANE, MARGIN, LETTER = 84, 52, 30, 64, 44, 24, 7.4
INK, PAPER = "#14181f", "#ffffff"
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
    ' height="{height}" role="img" aria-labelledby="title twin" font-family="sans-serif"'
    ' font-size="14" fill="{ink}" stroke="{ink}" stroke-width="0">'
)
READ = "From the dot of a station along its lane to each arrow; a filled arrow is the usual way."


@dataclass(frozen=True, slots=True)
class Station:
    """One step: what it is called, what kind of station it is, and what may follow, the usual one first."""

    step: Step
    name: str
    first: bool
    resting: bool
    closing: bool
    next: tuple[Step, ...]

    @property
    def said(self) -> str:
        """The kind of station in words; empty for one like any other."""
        words = (
            (self.first, "the line opens here"),
            (self.resting, "may stay here"),
            (self.closing, "the line ends here"),
        )
        return ", ".join(word for holds, word in words if holds)


def stations(rows: Iterable[Row], kind: TrackKind) -> tuple[Station, ...]:
    """The stations of a line in the order of the matrix; what may follow in any region, without repeats."""
    steps: dict[Step, list[Row]] = {}
    for row in rows:
        if row.track is kind:
            steps.setdefault(row.step, []).append(row)
    return tuple(
        Station(
            step=step,
            name=say(message(f"step.{step}"), "en"),
            first=any(row.first for row in found),
            resting=any(row.resting for row in found),
            closing=any(row.closing for row in found),
            next=tuple(dict.fromkeys(after for row in found for after in row.next)),
        )
        for step, found in steps.items()
    )


def twin(line: Iterable[Station]) -> Iterator[str]:
    """The same in words: each station with what may follow."""
    line = tuple(line)
    names = {station.step: station.name for station in line}
    for station in line:
        kind = f" ({station.said})" if station.said else ""
        after = "; ".join(names[step] for step in station.next)
        yield f"- **{station.name}**{kind}: " + (f"then {after}." if after else "nothing follows.")


def drawn(kind: TrackKind, line: tuple[Station, ...]) -> str:
    """The drawing as SVG. Shapes and words tell the stations apart, no colour does."""
    title = f"{say(message(f'track.{kind}'), 'en')}: what may follow each step"
    heights = {station.step: TOP + ROW * place for place, station in enumerate(line)}
    longest = max(len(f"{station.name}") for station in line)
    words = max(longest * LETTER, max(len(station.said) for station in line) * LETTER * 0.85)
    start = LINE + LANES + round(words)
    leaving = [station for station in line if station.next]
    lanes = {station.step: start + LANE * place for place, station in enumerate(leaving)}
    width, height = start + LANE * len(leaving) + MARGIN, TOP + ROW * len(line)
    said = " ".join(each.removeprefix("- ").replace("**", "") for each in twin(line))
    parts = [
        HEAD.format(width=width, height=height, ink=INK),
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="twin">{escape(said)}</desc>',
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
        f'<text x="{MARGIN}" y="26" font-size="16" font-weight="bold">{escape(title)}</text>',
        f'<text x="{MARGIN}" y="47" font-size="12">{READ}</text>',
        f'<path d="M{LINE} {TOP}V{TOP + ROW * (len(line) - 1)}" fill="none" stroke-width="4"/>',
    ]
    for station in line:
        parts += placed(station, heights[station.step], width - MARGIN)
    for station in leaving:
        parts += lane(station, lanes[station.step], heights)
    return "\n".join([*parts, "</svg>"]) + "\n"


def placed(station: Station, y: int, end: int) -> Iterator[str]:
    """A station: a ring, a double ring where a line may rest, a buffer where it ends, a triangle where it opens."""
    if station.closing:
        yield f'<path d="M{LINE - 11} {y - 6}H{LINE + 11}V{y + 6}H{LINE - 11}Z"/>'
    else:
        yield f'<circle cx="{LINE}" cy="{y}" r="9" fill="{PAPER}" stroke-width="3"/>'
    if station.resting:
        yield f'<circle cx="{LINE}" cy="{y}" r="4" fill="{PAPER}" stroke-width="2"/>'
    if station.first:
        yield f'<path d="M{LINE - 4} {y - 5}L{LINE + 5} {y}L{LINE - 4} {y + 5}Z"/>'
    yield f'<text x="{LINE + 24}" y="{y + 1}" font-weight="bold">{escape(station.name)}</text>'
    if station.said:
        yield f'<text x="{LINE + 24}" y="{y + 17}" font-size="12">{escape(station.said)}</text>'
    guide = LINE + 24 + round(len(station.name) * LETTER * 1.12) + 8
    yield f'<path d="M{guide} {y - 4}H{end}" fill="none" stroke-width="1" stroke-dasharray="1 5"/>'


def lane(station: Station, x: int, heights: Mapping[Step, int]) -> Iterator[str]:
    """The way out of a station: a dot in its row, an arrow in the row of each that may follow."""
    own = heights[station.step] - 4
    rows = [own, *(heights[step] - 4 for step in station.next)]
    yield f'<path d="M{x} {min(rows)}V{max(rows)}" fill="none" stroke-width="2"/>'
    yield f'<circle cx="{x}" cy="{own}" r="6"/>'
    for place, step in enumerate(station.next):
        y = heights[step] - 4
        if y == own:  # the same station once more: a loop beside its dot
            yield f'<path d="M{x} {y}h12v14h-20" fill="none" stroke-width="2"/>'
            y += 14
        fill = INK if place == 0 else PAPER
        yield (
            f'<path d="M{x} {y}h-6M{x - 6} {y - 6}v12l-12 -6Z" fill="{fill}" stroke-width="2"'
            ' stroke-linejoin="round"/>'
        )
