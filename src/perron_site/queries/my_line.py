"""My line: what one person reads about themselves through their personal link, and nothing about others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from django.db import connection

from perron.responsibility.matrix import duty
from perron.responsibility.safety import shows_place
from perron.vocabulary.errors import NotFound
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import DeclineReason, HandoverState, Step, TrackKind
from perron.vocabulary.wording import Message, message
from perron_site.queries.clocks import Clock, clocks, region_of
from perron_site.queries.linemap import (
    Ground,
    Holder,
    LineMap,
    StopState,
    holder_of,
    linemap,
    passed,
)
from perron_site.queries.members import PersonRow, person_rows
from perron_site.queries.notices import NoticeRow, notice_rows
from perron_site.queries.protection import Remedy, remedy
from perron_site.queries.questions import Asked, asked_about
from perron_site.queries.reads import Looked, who_looked
from perron_site.queries.representation import Child, children_of
from perron_site.queries.safety import unnamed
from perron_site.queries.tracks import track_rows
from perron_site.queries.waiting import Pending, pending
from perron_site.records import models
from perron_site.records.safety import safe_among

SPOKEN_IN = {"ukr": "uk", "rus": "ru", "nld": "nl", "fra": "fr", "deu": "de", "eng": "en"}
CYRILLIC = ("uk", "ru")
OFFERED = frozenset(SPOKEN_IN.values())


@dataclass(frozen=True, slots=True)
class Held:
    """Who is responsible for one of my lines, and how to reach them."""

    kind: TrackKind
    step: Step
    holder: Holder
    telephone: str
    taken_up: bool
    since: date
    told: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes first, by when, and who answers for it."""

    label: Message
    by: date | None
    held: Held


@dataclass(frozen=True, slots=True)
class Declined:
    """A handover that was declined, in plain words: whoever asked keeps the responsibility."""

    kinds: tuple[TrackKind, ...]
    giver: Holder
    receiver: Holder
    reason: DeclineReason
    on: date


@dataclass(frozen=True, slots=True)
class MyRoof:
    """Where I sleep, and until when as far as it is known."""

    place: str
    street: str
    municipality: str
    telephone: str
    until: date | None


@dataclass(frozen=True, slots=True)
class MyLine:
    """Everything the page shows of one person. ``ask``: the telephone of the desk that gave the link."""

    person: PersonRow
    language: str
    on: date
    arrived_on: date
    day: int
    linemap: LineMap
    held: tuple[Held, ...]
    pending: tuple[Pending, ...]
    next: NextStep | None
    clocks: tuple[Clock, ...]
    roof: MyRoof | None
    ask: str
    notices: tuple[NoticeRow, ...]
    declined: tuple[Declined, ...]
    remedy: Remedy | None
    looked: tuple[Looked, ...]
    asked: tuple[Asked, ...]
    children: tuple[Child, ...]
    demonstration: bool

    @property
    def greeting(self) -> str:
        """The given name as the person writes it, as far as it is known."""
        cyrillic = self.language in CYRILLIC and self.person.given_name_cyrillic
        return cyrillic or self.person.given_name

    @property
    def gaps(self) -> tuple[Held, ...]:
        """The lines that nobody has taken up yet."""
        return tuple(row for row in self.held if not row.taken_up)


def link_holder(token: str, on: date) -> int:
    """To whom the link was given; NotFound for a link that is wrong, ended or too old."""
    digest = sha256(token.encode()).hexdigest()
    with connection.cursor() as cursor:
        found = cursor.execute("select perron_link_holder(%s, %s)", [digest, on]).fetchone()
    if found is None or found[0] is None:
        raise NotFound("link.not_valid")
    return int(found[0])


def my_line(number: int, on: date) -> MyLine:
    """The line of this person alone (NotFound); of who must not be found, no place and no name of a desk."""
    membership = (
        models.HouseholdMember.objects.filter(person=number, end__isnull=True)
        .select_related("person", "household__municipality")
        .first()
    )
    if membership is None:
        raise NotFound("link.not_valid")
    person, home = membership.person, membership.household
    tracks = track_rows([person.pk])
    shown = shows_place(safe=bool(safe_among([person.pk])))
    stay = roof_of(person, on) if shown else None
    names = {person.pk: person.given_name}
    ground = Ground(names, region_of(home), roof_until=stay.end if stay else None)
    drawing = linemap(tracks, ground, arrived_on=home.arrived_on, on=on)
    held = held_rows(tracks, drawing, ground.region, on)
    mine = MyLine(
        person=person_rows([person], tracks, on)[0],
        language=language_of(person.languages),
        on=on,
        arrived_on=home.arrived_on,
        day=(on - home.arrived_on).days,
        linemap=drawing,
        held=held,
        pending=pending(tracks, home, ground.names, on),
        next=next_step(drawing, held),
        clocks=clocks(tracks, ground, [stay] if stay else [], on),
        roof=my_roof(stay),
        ask=asked_at(person),
        notices=notice_rows([person.pk], ground.names),
        declined=declined(person),
        remedy=remedy(tracks, ground.region, on),
        looked=who_looked(person.pk),
        asked=asked_about(person.pk, words=False),
        children=children_of(person.pk, on),
        demonstration=person.demonstration,
    )
    return mine if shown else without_place(mine)


def without_place(mine: MyLine) -> MyLine:
    """The same page, where no name or telephone of an organisation says the town."""
    held = tuple(replace(row, telephone="") for row in mine.held)
    waits = tuple(replace(row, telephone="") for row in mine.pending)
    first = mine.next and replace(mine.next, held=replace(mine.next.held, telephone=""))
    kept = unnamed(replace(mine, held=held, pending=waits, next=first))
    assert isinstance(kept, MyLine)
    return kept


def asked_at(person: models.Person) -> str:
    """The telephone of the desk that gave the link, unless it stands in a town: its number would say which."""
    links = models.PersonalLink.objects.filter(person=person, ended_at__isnull=True)
    desks = links.filter(given_by__municipality__isnull=True).order_by("pk")
    return desks.values_list("given_by__telephone", flat=True).first() or ""


def language_of(languages: Sequence[str]) -> str:
    """The first of the person's languages in which Perron speaks; empty when there is none."""
    spoken = [SPOKEN_IN.get(word, word) for word in languages]
    return next((word for word in spoken if word in OFFERED), "")


def roof_of(person: models.Person, on: date) -> models.Stay | None:
    """The stay in which this person has a bed on the day."""
    night = (
        models.BedNight.objects.filter(person=person, nights__contains=on)
        .select_related("stay__unit__site__municipality")
        .order_by("pk")
        .first()
    )
    return night.stay if night else None


def my_roof(stay: models.Stay | None) -> MyRoof | None:
    """The place as the person needs it."""
    if stay is None:
        return None
    site = stay.unit.site
    return MyRoof(
        place=f"{site.name}, {stay.unit.name}",
        street=site.street,
        municipality=site.municipality.name,
        telephone=site.telephone,
        until=stay.end,
    )


def held_rows(
    tracks: Sequence[models.Track], drawing: LineMap, region: Region | None, on: date
) -> tuple[Held, ...]:
    """Who is responsible for each open line, in the order of the map; a line that has ended needs nobody."""
    rows = {row.kind: row for row in tracks if row.closed_on is None}
    return tuple(
        Held(
            kind=line.track,
            step=Step(rows[line.track].step),
            holder=line.holder,
            telephone=rows[line.track].responsible.telephone,
            taken_up=line.gap is None,
            since=passed(rows[line.track])[-1].start,
            told=told(rows[line.track], region, on),
        )
        for line in drawing.lines
        if line.track.value in rows
    )


def told(track: models.Track, region: Region | None, on: date) -> str:
    """What the matrix tells the person where the line stands."""
    day = max(on, track.since)
    here = duty(TrackKind(track.kind), Step(track.step), region, day, track.matrix)
    return here.tells.person


def next_step(drawing: LineMap, held: Sequence[Held]) -> NextStep | None:
    """The next stop with the nearest day; without any day, the first line that has a next stop."""
    holders = {row.kind: row for row in held}
    found = [
        (stop.on or date.max, place, line.track, stop)
        for place, line in enumerate(drawing.lines)
        for stop in line.stops
        if stop.state is StopState.NEXT and line.track in holders
    ]
    if not found:
        return None
    _, _, track, stop = min(found, key=lambda row: row[:2])
    return NextStep(message(holders[track].told), stop.on, holders[track])


def declined(person: models.Person) -> tuple[Declined, ...]:
    """The offers of my lines that were declined, the newest first; the words of staff are not shown."""
    rows = (
        models.HandoverTrack.objects.filter(
            track__person=person, handover__state=HandoverState.DECLINED
        )
        .select_related("track", "handover__giver", "handover__receiver")
        .order_by("-handover__answered_at", "pk")
    )
    found: dict[int, list[models.HandoverTrack]] = {}
    for row in rows:
        found.setdefault(row.handover_id, []).append(row)
    return tuple(
        Declined(
            kinds=tuple(TrackKind(item.track.kind) for item in items),
            giver=holder_of(items[0].handover.giver),
            receiver=holder_of(items[0].handover.receiver),
            reason=DeclineReason(items[0].handover.decline_reason),
            on=day_in_brussels(items[0].handover.answered_at or items[0].handover.offered_at),
        )
        for items in found.values()
    )
