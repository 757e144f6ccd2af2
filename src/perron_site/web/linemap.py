"""The line map as a drawing: geometry here, looks in the style sheet, words in ``stations``."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from perron.messages.days import day_and_month, written_out
from perron_site.queries.linemap import LineMap, StopState
from perron_site.web.columns import (
    HERE_LIMIT,
    HOLDER_LIMIT,
    MARGIN,
    Words,
    at_column,
    columns,
)
from perron_site.web.lettering import lines
from perron_site.web.sheet import (
    STEP,
    UP,
    Capsule,
    Lack,
    Mark,
    Sheet,
    Text,
    Way,
    below,
    limit,
    signs,
    stacked,
)
from perron_site.web.stations import LOST, Row, Station, brief, rows

HEAD = 66
ABOVE, BELOW, PAD = 52, 36, 5


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that the template needs; ``rows`` are those of the twin."""

    prefix: str
    title: str
    description: str
    height: int
    rows: tuple[Row, ...]
    sheet: Sheet


def draw(map_: LineMap, language: str, prefix: str = "map") -> Drawing:
    """Draw the map and say it, from the same rows."""
    found = rows(map_, language)
    arrival = gettext("Registered")
    words = Words(arrival, gettext("offered"), gettext("Nobody"))
    sheet = Sheet(columns(found, words), words)
    top = HEAD
    for line in found:
        up, down = room(line, first=not sheet.trunk and line.from_arrival)
        sheet.sleepers.append(top)
        draw_row(sheet, line, top + up + PAD)
        top += up + down + 2 * PAD
    headings(sheet, day_and_month(map_.today, language), found)
    arrival_sign(sheet, brief(map_.arrived_on, map_.today))
    return Drawing(
        prefix=prefix,
        title=news(found, written_out(map_.today, language)),
        description=" ".join(worst_first(found)),
        height=top,
        rows=found,
        sheet=sheet,
    )


def room(line: Row, *, first: bool) -> tuple[int, int]:
    """How much a row needs above and below its line."""
    up, down = [ABOVE, 6 + 20 * len(line.title)], [BELOW]
    for station in line.stations:
        count = len(lines(station.name, limit(station.state)))
        dated = STEP if station.state is StopState.DONE and station.short else 0
        up.append(UP[station.state] + dated + STEP * (count - 1) + 14)
        down.append(20 + STEP * len(lines(station.short, limit(station.state))))
    if line.gap:
        up.append(27 + STEP * (len(lines(line.gap_short, HERE_LIMIT)) - 1) + 14)
    up.append(58 if first else 0)
    down.append(28 + STEP * (len(lines(line.holder, HOLDER_LIMIT)) - (0 if line.gap else 1)))
    return max(up), max(down)


def headings(sheet: Sheet, today: str, found: Sequence[Row]) -> None:
    """The words over the columns."""
    at = sheet.at
    sheet.texts += [
        Text(at.here, 24, gettext("The platform"), "strong"),
        Text(at.here, 45, gettext("today, %(day)s") % {"day": today}),
    ]
    if at.done and any(row.done for row in found):
        middle = (at.done[0] + at.done[-1]) // 2
        sheet.texts.append(Text(middle, 30, gettext("Done"), "strong soft"))
    if any(row.at(StopState.NEXT) for row in found):
        sheet.texts.append(Text(at.next, 30, gettext("Next"), "strong soft"))
    if any(row.at(StopState.LATER) for row in found):
        sheet.texts.append(Text(at.later, 30, gettext("Then"), "strong soft"))
    if any(row.at(StopState.END) for row in found):
        sheet.texts.append(Text(at.end + 4, 30, gettext("Where it goes"), "strong soft", "end"))


def arrival_sign(sheet: Sheet, day: str) -> None:
    """The words over the trunk from which the first lines leave."""
    if sheet.trunk:
        top = sheet.trunk[0]
        sheet.texts.append(Text(sheet.at.trunk, top - 42, sheet.words.arrival, "halo strong"))
        sheet.texts.append(Text(sheet.at.trunk, top - 24, day, "halo strong"))


def draw_row(sheet: Sheet, line: Row, y: int) -> None:
    """One line with all its signs."""
    name_and_holder(sheet, line, y)
    start = travelled(sheet, line, y)
    platform(sheet, line, y, start)
    ahead(sheet, line, y)
    if line.from_arrival:
        sheet.trunk.append(y)


def name_and_holder(sheet: Sheet, line: Row, y: int) -> None:
    """The left column: which line, and who holds the baton today; it never lacks a holder."""
    own = line.title
    for place, part in enumerate(own):
        sheet.texts.append(
            Text(MARGIN, y - 6 - 20 * (len(own) - 1 - place), part, "track", "start")
        )
    holder = lines(line.holder, HOLDER_LIMIT)
    said = (sheet.words.nobody, *holder) if line.gap else holder
    for place, part in enumerate(said):
        style = "alarm" if line.gap and not place else "small" if line.gap else ""
        sheet.texts.append(Text(MARGIN + 24, y + 22 + STEP * place, part, style, "start"))
    sheet.marks.append(Mark("stick", MARGIN, y, "none" if line.gap else line.org))


def travelled(sheet: Sheet, line: Row, y: int) -> tuple[int, str]:
    """Draw the way behind in the colours of its holders; return its end and its last colour."""
    count = len(sheet.at.done)
    shown = [
        (column, station)
        for column in range(count)
        if (station := at_column(line, column, count)) is not None
    ]
    first = line.stations[0] if line.stations else None
    begun = line.from_arrival or len(line.done) > len(shown)
    x = sheet.at.trunk if begun else sheet.at.done[shown[0][0]] if shown else sheet.at.here
    org = before(line, len(shown)) or (first.org if first else line.org)
    for column, station in shown:
        to = sheet.at.done[column]
        x, org = piece(sheet, station, (x, to, (x + to) // 2, y), org)
        signs(sheet, station, to, y)
    return x, org


def before(line: Row, shown: int) -> str:
    """The colour of the last stop that is not drawn, if there is one."""
    hidden = line.done[: len(line.done) - shown]
    return hidden[-1].org if hidden else ""


def piece(
    sheet: Sheet, station: Station, span: tuple[int, int, int, int], org: str
) -> tuple[int, str]:
    """The way up to a stop, with the handover on it if there was one."""
    x, to, middle, y = span
    if station.change:
        sheet.ways.append(Way(x, y, middle, station.change.giver))
        sheet.ways.append(Way(middle, y, to, station.change.taker))
        sheet.capsules.append(
            Capsule(middle, y, station.change.giver, station.change.taker, offered=False)
        )
        sheet.texts.append(Text(middle, y - 21, station.change.day, "small halo"))
    elif to > x:
        sheet.ways.append(Way(x, y, to, org))
    return to, station.org


def platform(sheet: Sheet, line: Row, y: int, start: tuple[int, str]) -> None:
    """Where the line stands today; a gap crosses the platform, because it is today's problem."""
    here, (x, org) = line.at(StopState.HERE), start
    if line.gap:
        lack = Lack(sheet.at.left - 40, y, sheet.at.right + 34)
        if x < lack.x:
            sheet.ways.append(Way(x, y, lack.x, org if line.done else LOST))
        sheet.lacks.append(lack)
        sheet.marks.append(Mark("warn", sheet.at.here, y, "none"))
        stacked(sheet, lines(line.gap_short, HERE_LIMIT), sheet.at.here, y - 27, "alarm")
        if here:
            below(sheet, lines(here.name, HERE_LIMIT), sheet.at.here, y + 35, "small")
    elif here:
        piece(sheet, here, (x, sheet.at.here, sheet.at.left - 32, y), org)
        signs(sheet, here, sheet.at.here, y)


def ahead(sheet: Sheet, line: Row, y: int) -> None:
    """The way ahead, pale, in the colour of whoever holds it now; grey where nobody does."""
    coming = [
        (state, station)
        for state in (StopState.NEXT, StopState.LATER, StopState.END)
        if (station := line.at(state)) is not None
    ]
    places = {
        StopState.NEXT: sheet.at.next,
        StopState.LATER: sheet.at.later,
        StopState.END: sheet.at.end,
    }
    x = sheet.lacks[-1].to if line.gap else sheet.at.here
    if line.offered:
        x = offer(sheet, line, x, y)
    if coming:
        sheet.ways.append(Way(x, y, places[coming[-1][0]], line.ahead_org, ahead=True))
    for state, station in coming:
        signs(sheet, station, places[state], y)


def offer(sheet: Sheet, line: Row, x: int, y: int) -> int:
    """An offered baton: the line keeps the colour of the giver until the receiver says yes."""
    if line.offered is None:
        return x
    to = sheet.at.offer if not line.gap else sheet.lacks[-1].to + 26
    sheet.ways.append(Way(x, y, to, line.ahead_org))
    sheet.capsules.append(Capsule(to, y, line.offered.giver, line.offered.taker, offered=True))
    sheet.texts.append(Text(to, y - 21, line.offered.day, "small halo"))
    return to


def news(found: Sequence[Row], today: str) -> str:
    """The title: what is wrong comes first."""
    gaps = sum(1 for row in found if row.gap)
    if gaps:
        said = ngettext(
            "%(gaps)s of %(all)s lines has nobody", "%(gaps)s of %(all)s lines have nobody", gaps
        )
        return f"{said % {'gaps': gaps, 'all': len(found)}} · {today}"
    said = gettext("Line map: every line has somebody responsible")
    return f"{said} · {today}"


def worst_first(found: Sequence[Row]) -> list[str]:
    """The description: gaps, then offers without an answer, then where the words stand."""
    gaps = [f"{row.name}: {row.gap}." for row in found if row.gap]
    offers = [f"{row.name}: {row.offered.said}." for row in found if row.offered]
    return [*gaps, *offers, gettext("The same content follows as a list.")]
