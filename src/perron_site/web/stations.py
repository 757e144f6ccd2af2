"""The words of a line map, line by line: what the drawing shows and what its text twin says."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from perron.messages.days import day_and_month, written_out
from perron.messages.texts import say
from perron.messages.texts.labels import label
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.wording import Message, Param
from perron_site.queries.linemap import Holder, Line, LineMap, Offer, Stop, StopState
from perron_site.web.lettering import lines

ORG = {
    OrganisationKind.DVZ: "dvz",
    OrganisationKind.CGVS: "dvz",
    OrganisationKind.GUARDIANSHIP: "dvz",
    OrganisationKind.FEDASIL: "fedasil",
    OrganisationKind.MUNICIPALITY: "town",
    OrganisationKind.OCMW: "ocmw",
    OrganisationKind.REGION: "region",
    OrganisationKind.SCHOOL: "school",
    OrganisationKind.NGO: "ngo",
}
"""The colour of each kind, as the style sheet names it."""
LOST = "lost"
NAME_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Change:
    """The baton moved here, or is offered; ``said`` is the sentence of the twin."""

    giver: str
    taker: str
    day: str
    said: str


@dataclass(frozen=True, slots=True)
class Station:
    """A stop in words: its name, its day short and written out, the colour of its holder."""

    state: StopState
    name: str
    short: str
    when: str
    org: str
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line in words. With a ``gap`` nobody has taken it up, and ``holder`` is who should."""

    track: str
    who: str
    holder: str
    org: str
    gap: str
    gap_short: str
    stations: tuple[Station, ...]
    offered: Change | None
    from_arrival: bool

    @property
    def name(self) -> str:
        """The line, and whose it is unless it is everybody's."""
        return f"{self.track} · {self.who}" if self.who else self.track

    @property
    def title(self) -> tuple[str, ...]:
        """The name in lines of type, broken between the line and its people first."""
        if len(self.name) <= NAME_LIMIT:
            return (self.name,)
        return (*lines(self.track, NAME_LIMIT), *lines(self.who, NAME_LIMIT))

    @property
    def done(self) -> tuple[Station, ...]:
        """The stops behind."""
        return tuple(stop for stop in self.stations if stop.state is StopState.DONE)

    def at(self, state: StopState) -> Station | None:
        """The stop in this state, of which there is at most one."""
        return next((stop for stop in self.stations if stop.state is state), None)

    @property
    def ahead_org(self) -> str:
        """The colour of the line ahead: grey where nobody holds it."""
        return LOST if self.gap else self.org


def rows(map_: LineMap, language: str) -> tuple[Row, ...]:
    """The lines in the reader's language."""
    return tuple(row(line, map_, language) for line in map_.lines)


def row(line: Line, map_: LineMap, language: str) -> Row:
    """One line."""
    return Row(
        track=say(label(line.track), language),
        who=line.who,
        holder=holder_name(line.holder, language),
        org=ORG[line.holder.kind],
        gap=say(line.gap, language) if line.gap else "",
        gap_short=shortly(line.gap, map_.today, language),
        stations=tuple(station(stop, line, map_.today, language) for stop in line.stops),
        offered=offered(line.offered, line.holder, language) if line.offered else None,
        from_arrival=bool(line.stops) and line.stops[0].on == map_.arrived_on,
    )


def holder_name(holder: Holder, language: str) -> str:
    """Name an organisation, or its kind where its name may not be told."""
    return holder.name or say(label(holder.kind), language)


def station(stop: Stop, line: Line, today: date, language: str) -> Station:
    """One stop."""
    held = stop.holder or line.holder
    when = say(stop.when, language) if stop.when else ""
    if not when and stop.on:
        when = written_out(stop.on, language)
    ahead = stop.state in {StopState.NEXT, StopState.LATER, StopState.END}
    return Station(
        state=stop.state,
        name=say(stop.label, language),
        short=shortly(stop.when, today, language) or (brief(stop.on, today) if stop.on else ""),
        when=when,
        org=LOST if ahead and line.gap else ORG[held.kind],
        change=changed(stop, held, today, language),
    )


def changed(stop: Stop, held: Holder, today: date, language: str) -> Change | None:
    """The handover at this stop, if the baton moved there."""
    giver, day = stop.handed_over_from, stop.handed_over_on
    if giver is None:
        return None
    said = gettext("Handed over by %(giver)s to %(taker)s") % {
        "giver": holder_name(giver, language),
        "taker": holder_name(held, language),
    }
    if day:
        said = f"{said} · {written_out(day, language)}"
    return Change(ORG[giver.kind], ORG[held.kind], brief(day, today) if day else "", said)


def offered(offer: Offer, giver: Holder, language: str) -> Change:
    """The offer that waits for an answer."""
    said = gettext("Offered to %(taker)s on %(day)s, answer due on %(due)s") % {
        "taker": holder_name(offer.to, language),
        "day": written_out(offer.offered_on, language),
        "due": written_out(offer.due_on, language),
    }
    return Change(ORG[giver.kind], ORG[offer.to.kind], gettext("offered"), said)


def shortly(message: Message | None, today: date, language: str) -> str:
    """Say a message with its days short: the year only when it is not the present one."""
    if message is None:
        return ""
    params = tuple((name, plain(value, today, language)) for name, value in message.params)
    return say(Message(message.key, params), language)


def plain(value: Param, today: date, language: str) -> Param:
    """Leave the year out of a day of the present year."""
    if isinstance(value, date) and value.year == today.year:
        return day_and_month(value, language)
    return value


def brief(day: date, today: date) -> str:
    """Write a day with the month cut short."""
    return date_format(day, "j M" if day.year == today.year else "j M Y")
