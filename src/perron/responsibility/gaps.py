"""The net: where somebody is about to be forgotten. One function a way to be forgotten."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from perron.responsibility.matrix import duty
from perron.responsibility.presence import ENDS_ALL_LINES
from perron.vocabulary.intervals import Interval, day_in_brussels
from perron.vocabulary.organisations import OrganisationId
from perron.vocabulary.people import HouseholdId, PersonId, Presence
from perron.vocabulary.tracks import Step, Track, TrackKind
from perron.vocabulary.wording import Message, Param, message

WARN_NIGHTS: dict[Step, int] = {Step.ROOF_EMERGENCY: 2}
"""So many nights before such a roof ends the next one must be known (design, mark D)."""

WARN_NIGHTS_ELSE = 14
"""The same at every other step (design, mark D)."""


NOTHING_DONE: dict[Step, int] = {Step.ROOF_ASKED: 2, Step.ROOF_EMERGENCY: 10}
"""After so many days without any act of its holder nobody works on a line (design, mark D)."""

NOTHING_DONE_ELSE = 30
"""The same at every other step (design, mark D)."""


class GapKind(StrEnum):
    """The ways to be forgotten that are looked for."""

    NOT_TAKEN_UP = "not_taken_up"
    NO_ROOF_TONIGHT = "no_roof_tonight"
    ROOF_ENDS = "roof_ends"
    HOLDER_WITHOUT_USER = "holder_without_user"
    NOTHING_DONE = "nothing_done"
    PROMISE_BROKEN = "promise_broken"
    HANDOVER_OVERDUE = "handover_overdue"
    SHOULD_BE_BACK = "should_be_back"
    PLACE_WITHDRAWN = "place_withdrawn"


@dataclass(frozen=True, slots=True)
class Situation:
    """Where one person stands: open tracks, booked nights, and since when a roof is asked for.

    ``unmanned``: holders without any active user. ``acts``: the last day on which each organisation did
    something for this person. ``promises``: who promised, and by when, of those still open.
    ``offers``: the lines that wait for an answer, and its day.
    ``withdrawn``: the nights in places that receive nobody any more, and since when they do not.
    ``back_on``: the day on which somebody who is abroad should be here again.
    """

    household: HouseholdId
    person: PersonId
    tracks: tuple[Track, ...]
    nights: tuple[Interval, ...] = ()
    asked_roof_since: date | None = None
    unmanned: frozenset[OrganisationId] = frozenset()
    acts: tuple[tuple[OrganisationId, date], ...] = ()
    promises: tuple[tuple[OrganisationId, date], ...] = ()
    offers: tuple[tuple[TrackKind, date], ...] = ()
    withdrawn: tuple[tuple[Interval, date], ...] = ()
    presence: Presence = Presence.HERE
    back_on: date | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """One hole in the net, with who must close it."""

    kind: GapKind
    household: HouseholdId
    person: PersonId
    track: TrackKind
    since: date
    days_open: int
    responsible: OrganisationId
    message: Message


def gaps(situation: Situation, on: date, night: date | None = None) -> tuple[Gap, ...]:
    """Every gap of this person on the day, the oldest first; none of who is gone.

    ``night`` is the one for which a bed is sought: before six in the morning that of the day before. None: of the day.
    """
    night = night or on
    if situation.presence in ENDS_ALL_LINES:
        return ()
    found = [*not_taken_up(situation, on), *not_really_there(situation, on)]
    found += [*promises_broken(situation, on), *handovers_overdue(situation, on)]
    roofs = (no_roof_tonight(situation, night), roof_ends(situation, night))
    others = (place_withdrawn(situation, night), should_be_back(situation, on))
    found += [gap for gap in (*roofs, *others) if gap is not None]
    return tuple(sorted(found, key=lambda gap: (gap.since, gap.kind, gap.track)))


def not_taken_up(situation: Situation, on: date) -> tuple[Gap, ...]:
    """Open lines for which nobody has said yes: the default holder of the matrix must act."""
    return tuple(
        gap_of(situation, track, GapKind.NOT_TAKEN_UP, track.since, on)
        for track in situation.tracks
        if track.taken_up_at is None and track.since <= on and not ended(track, on)
    )


def not_really_there(situation: Situation, on: date) -> tuple[Gap, ...]:
    """Lines that somebody took up and on which nobody works: no user at the holder, or no act for long."""
    found = []
    for track in situation.tracks:
        if track.taken_up_at is None or ended(track, on):
            continue
        taken_up = day_in_brussels(track.taken_up_at)
        if track.responsible in situation.unmanned and taken_up <= on:
            kind = GapKind.HOLDER_WITHOUT_USER
            found.append(gap_of(situation, track, kind, taken_up, on))
        idle = idle_since(situation, track, max(taken_up, track.since), on)
        if idle is not None and idle <= on:
            days = (on - idle).days + waits(track.step)
            found.append(gap_of(situation, track, GapKind.NOTHING_DONE, idle, on, days=days))
    return tuple(found)


def idle_since(situation: Situation, track: Track, begun: date, on: date) -> date | None:
    """From which day nothing was done for too long; None where the line may rest.

    A clock that still runs is waited for.
    """
    if duty(track.kind, track.step, track.region, on, track.matrix).resting:
        return None
    acts = [day for organisation, day in situation.acts if organisation == track.responsible]
    idle = max([begun, *acts]) + timedelta(days=waits(track.step))
    return idle if track.due_on is None else max(idle, track.due_on + timedelta(days=1))


def waits(step: Step) -> int:
    """After how many days without an act a line at this step is a gap."""
    return NOTHING_DONE.get(step, NOTHING_DONE_ELSE)


def promises_broken(situation: Situation, on: date) -> tuple[Gap, ...]:
    """Promises whose day has passed and that nobody has kept: whoever promised must act."""
    found = []
    for organisation, due in situation.promises:
        held = [track for track in situation.tracks if track.responsible == organisation]
        for track in (held or situation.tracks)[:1]:
            if due < on:
                since = due + timedelta(days=1)
                gap = gap_of(situation, track, GapKind.PROMISE_BROKEN, since, on, due=due)
                found.append(replace(gap, responsible=organisation))
    return tuple(found)


def handovers_overdue(situation: Situation, on: date) -> tuple[Gap, ...]:
    """Lines that were offered and whose answer is late: the giver still holds the baton."""
    due = dict(situation.offers)
    return tuple(
        gap_of(
            situation,
            track,
            GapKind.HANDOVER_OVERDUE,
            due[track.kind] + timedelta(days=1),
            on,
            due=due[track.kind],
        )
        for track in situation.tracks
        if track.kind in due and due[track.kind] < on
    )


def no_roof_tonight(situation: Situation, on: date) -> Gap | None:
    """A person who is here, with an open roof line or a roof asked for, and no bed for the coming night."""
    roof = roof_track(situation)
    asked = situation.asked_roof_since
    if situation.presence is not Presence.HERE or any(on in each for each in situation.nights):
        return None
    if roof is not None and not ended(roof, on):
        since = without_since(situation, roof, on)
        return gap_of(situation, roof, GapKind.NO_ROOF_TONIGHT, since, on)
    if asked is not None and asked <= on and situation.tracks:
        track = roof or situation.tracks[0]
        return gap_of(situation, track, GapKind.NO_ROOF_TONIGHT, asked, on)
    return None


def roof_ends(situation: Situation, on: date) -> Gap | None:
    """A person with a bed tonight that ends soon, and no next bed and no own home after it."""
    roof = roof_track(situation)
    end = last_morning(situation.nights, on)
    if roof is None or end is None or ended(roof, on):
        return None
    since = end - timedelta(days=WARN_NIGHTS.get(roof.step, WARN_NIGHTS_ELSE))
    if on < since:
        return None
    return gap_of(situation, roof, GapKind.ROOF_ENDS, since, on, end=end)


def place_withdrawn(situation: Situation, on: date) -> Gap | None:
    """A person who sleeps tonight in a place that was withdrawn: whoever holds the roof must find another."""
    roof = roof_track(situation)
    since = [day for nights, day in situation.withdrawn if on in nights and day <= on]
    if roof is None or not since:
        return None
    return gap_of(situation, roof, GapKind.PLACE_WITHDRAWN, min(since), on, day=min(since))


def should_be_back(situation: Situation, on: date) -> Gap | None:
    """A person who is abroad for longer than was said: somebody must ask."""
    back = situation.back_on
    if situation.presence is not Presence.ABROAD or back is None or back >= on:
        return None
    going_on = [track for track in situation.tracks if not ended(track, on)]
    if not going_on:
        return None
    track = roof_track(situation) or going_on[0]
    return gap_of(situation, track, GapKind.SHOULD_BE_BACK, back, on, day=back)


def last_morning(nights: tuple[Interval, ...], on: date) -> date | None:
    """The first night without a bed, over bookings that follow each other.

    None when there is no bed tonight or the end is not known yet.
    """
    day = on
    while covering := [booked for booked in nights if day in booked]:
        ends = [booked.end for booked in covering if booked.end is not None]
        if len(ends) < len(covering):
            return None
        day = max(ends)
    return day if day > on else None


def without_since(situation: Situation, roof: Track, on: date) -> date:
    """The first night without a bed: after the last one slept in, or after asking."""
    ends = [booked.end for booked in situation.nights if booked.end not in {None, booked.start}]
    begins = situation.asked_roof_since or roof.since
    return min(max([begins, *(end for end in ends if end <= on)]), on)


def roof_track(situation: Situation) -> Track | None:
    """The roof line of the person."""
    return next((track for track in situation.tracks if track.kind is TrackKind.ROOF), None)


def ended(track: Track, on: date) -> bool:
    """Whether the line stands at a step that ends it."""
    return duty(track.kind, track.step, track.region, on, track.matrix).closing


def gap_of(
    situation: Situation,
    track: Track,
    kind: GapKind,
    since: date,
    on: date,
    **params: Param,
) -> Gap:
    """Put a gap together."""
    key = f"gap.{kind}.{track.kind}" if kind is GapKind.NOT_TAKEN_UP else f"gap.{kind}"
    return Gap(
        kind=kind,
        household=situation.household,
        person=situation.person,
        track=track.kind,
        since=since,
        days_open=(on - since).days,
        responsible=track.responsible,
        message=message(key, **params),
    )
