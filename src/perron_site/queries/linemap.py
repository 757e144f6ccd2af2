"""The line map as values: which lines run, where each stands, who holds the baton and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from perron.responsibility.matrix import Duty, duty
from perron.rules.law import protection_end
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.wording import Message, message
from perron_site.records import models
from perron_site.records.law import law_in_force


class StopState(StrEnum):
    """Where a stop lies, seen from today."""

    DONE = "done"
    HERE = "here"
    NEXT = "next"
    LATER = "later"
    END = "end"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the baton: an organisation by its official name; without one, only its kind may be told."""

    name: str
    kind: OrganisationKind


@dataclass(frozen=True, slots=True)
class Offer:
    """A handover of the line that waits for an answer."""

    to: Holder
    offered_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Stop:
    """A station. ``on`` is its day if known, ``when`` the same in words; ``holder`` whoever held the line there."""

    state: StopState
    label: Message
    on: date | None = None
    when: Message | None = None
    holder: Holder | None = None
    handed_over_from: Holder | None = None
    handed_over_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One track of one person, or of several who stand alike; ``who`` is empty for the whole household.

    When nobody has taken the line up, ``gap`` says so and ``holder`` is the default holder of the matrix.
    """

    track: TrackKind
    who: str
    holder: Holder
    taken_up: bool
    gap: Message | None
    stops: tuple[Stop, ...]
    offered: Offer | None = None


@dataclass(frozen=True, slots=True)
class LineMap:
    """The lines of a household on a day."""

    today: date
    arrived_on: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the drawing needs besides the tracks: names of members, where they live, the roof's own end."""

    names: dict[int, str]
    region: Region | None
    roof_until: date | None = None


def linemap(
    tracks: Sequence[models.Track], ground: Ground, *, arrived_on: date, on: date
) -> LineMap:
    """The lines of these tracks, people who stand alike drawn as one line; rows as ``track_rows`` loads them."""
    lines = tuple(
        line(alike, ground, everybody=len(alike) == len(ground.names), on=on)
        for alike in standing_alike(tracks)
    )
    return LineMap(today=on, arrived_on=arrived_on, lines=lines)


def standing_alike(tracks: Sequence[models.Track]) -> list[list[models.Track]]:
    """Tracks of one kind, with one past, one holder and one offer, in the order of the kinds."""
    order = {kind.value: place for place, kind in enumerate(TrackKind)}
    groups: dict[tuple[object, ...], list[models.Track]] = {}
    for track in sorted(tracks, key=lambda row: (order[row.kind], row.person_id)):
        offer = open_offer(track)
        past = tuple(
            (row.step, row.holder_id, row.taken_up, row.start, row.end) for row in passed(track)
        )
        alike = (track.kind, track.step, track.since, track.responsible_id, track.due_on, past)
        taken = track.taken_up_at is not None
        groups.setdefault((*alike, taken, offer and offer.pk), []).append(track)
    return list(groups.values())


def line(alike: list[models.Track], ground: Ground, *, everybody: bool, on: date) -> Line:
    """One line for people who stand alike."""
    track = alike[0]
    kind, step = TrackKind(track.kind), Step(track.step)
    here = duty(kind, step, ground.region, max(on, track.since), track.matrix)
    open_now = track.closed_on is None and not here.closing
    taken_up = track.taken_up_at is not None
    offer = open_offer(track)
    return Line(
        track=kind,
        who="" if everybody else ", ".join(ground.names[row.person_id] for row in alike),
        holder=holder_of(track.responsible),
        taken_up=taken_up,
        gap=message("linemap.nobody", since=track.since) if open_now and not taken_up else None,
        stops=(*travelled(track, ground, on), *ahead(track, here, on)),
        offered=offer_of(offer) if offer else None,
    )


def offer_of(offer: models.Handover) -> Offer:
    """To whom the line is offered, since when, and by when they answer."""
    return Offer(holder_of(offer.receiver), day_in_brussels(offer.offered_at), offer.due_on)


def travelled(track: models.Track, ground: Ground, on: date) -> tuple[Stop, ...]:
    """The stops behind and the one where the line stands: one a step, whoever held it."""
    stops: list[Stop] = []
    before: models.Organisation | None = None
    for step, rows in groupby(passed(track), key=lambda row: row.step):
        held = list(rows)
        giver = moved_from(before, held)
        before = held[-1].holder
        last = held[-1].end is None
        stops.append(
            Stop(
                state=StopState.HERE if last else StopState.DONE,
                label=message(f"step.{step}"),
                on=held[0].start,
                when=here_when(track, ground, on) if last else None,
                holder=holder_of(before),
                handed_over_from=holder_of(giver) if giver else None,
                handed_over_on=held[-1].start if giver else None,
            )
        )
    return tuple(stops)


def moved_from(
    before: models.Organisation | None, held: list[models.TrackStep]
) -> models.Organisation | None:
    """Who held the baton before the present holder said yes to it."""
    earlier = [row.holder for row in held[:-1] if row.holder_id != held[-1].holder_id]
    giver = earlier[-1] if earlier else before
    if giver is None or giver.pk == held[-1].holder_id or not held[-1].taken_up:
        return None
    return giver


def here_when(track: models.Track, ground: Ground, on: date) -> Message:
    """The words below the stop where a line stands: until when, else since when."""
    if track.kind == TrackKind.ROOF and ground.roof_until:
        return message("linemap.until", day=ground.roof_until)
    if track.step == Step.PROTECTION_GRANTED:
        end = protection_end(on, changes=law_in_force(on)).value
        if isinstance(end, date):
            return message("linemap.until", day=end)
    if track.step == Step.MUNICIPALITY_ANNEX_15 and track.due_on:
        return message("linemap.valid_until", day=track.due_on)
    return message("linemap.since", day=track.since)


def ahead(track: models.Track, here: Duty, on: date) -> tuple[Stop, ...]:
    """At most two steps that usually follow, and where the line goes; nothing past its end."""
    if here.closing or track.closed_on is not None:
        return ()
    stops = []
    for state, step in zip((StopState.NEXT, StopState.LATER), usual(here, on), strict=False):
        day = due_of(track, step, on) if state is StopState.NEXT else None
        by = message("linemap.by", day=day) if day else None
        if step is Step.PROTECTION_ENDED and day:
            by = message("linemap.on", day=day)
        stops.append(Stop(state, message(f"step.{step}"), on=day, when=by))
    return (*stops, Stop(StopState.END, message(f"linemap.goal.{track.kind}")))


def usual(here: Duty, on: date) -> tuple[Step, ...]:
    """The steps that usually follow; a step back is possible but not shown as the way."""
    forward = list(Step)
    found: list[Step] = []
    while here.next:
        step = here.next[0]
        if forward.index(step) <= forward.index(here.step) or step is Step.ROOF_OWN:
            break
        found.append(step)
        here = duty(here.track, step, here.region, on, here.version)
    return tuple(found)


def due_of(track: models.Track, step: Step, on: date) -> date | None:
    """The day by which the next step must come."""
    if step is Step.PROTECTION_ENDED and track.step == Step.PROTECTION_GRANTED:
        end = protection_end(on, changes=law_in_force(on)).value
        return end if isinstance(end, date) else None
    return track.due_on


def passed(track: models.Track) -> list[models.TrackStep]:
    """The steps of a track, oldest first."""
    rows: list[models.TrackStep] = track.__dict__["steps"]
    return rows


def open_offer(track: models.Track) -> models.Handover | None:
    """The offer of this track that waits for an answer."""
    offer: models.Handover | None = track.__dict__["offer"]
    return offer


def holder_of(organisation: models.Organisation) -> Holder:
    """An organisation as a holder of the baton."""
    return Holder(organisation.name, OrganisationKind(organisation.kind))
