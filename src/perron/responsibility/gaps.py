"""The net: where somebody is about to be forgotten. One function a way to be forgotten.

Each function says from which day its gaps are open if nobody does anything; time alone changes nothing else, so that
what is foreseen can be kept until somebody acts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from perron.responsibility.matrix import Duty, duty
from perron.responsibility.net import Foreseen, Gap, GapKind, Situation, open_now
from perron.responsibility.presence import ENDS_ALL_LINES
from perron.vocabulary.intervals import Interval, day_in_brussels
from perron.vocabulary.people import Presence
from perron.vocabulary.tracks import Step, Track, TrackKind

Nights = tuple[date, date | None]
Hole = tuple[date | None, date | None]

WARN_NIGHTS: dict[Step, int] = {Step.ROOF_EMERGENCY: 2}
"""So many nights before such a roof ends the next one must be known (design, mark D)."""

WARN_NIGHTS_ELSE = 14
"""The same at every other step (design, mark D)."""


NOTHING_DONE: dict[Step, int] = {Step.ROOF_ASKED: 2, Step.ROOF_EMERGENCY: 10}
"""After so many days without any act of its holder nobody works on a line (design, mark D)."""

NOTHING_DONE_ELSE = 30
"""The same at every other step (design, mark D)."""


def gaps(situation: Situation, on: date, night: date | None = None) -> tuple[Gap, ...]:
    """Every gap of this person on the day, the oldest first; none of who is gone.

    ``night`` is the one for which a bed is sought: before six in the morning that of the day before. None: of the day.
    """
    return open_now(foreseen(situation, on), on, night or on)


def foreseen(situation: Situation, on: date) -> tuple[Foreseen, ...]:
    """Every gap of this person that is open on the day or opens later if nobody does anything; none of who is gone.

    The steps of a line are read as the matrix has them on the day.
    """
    if situation.presence in ENDS_ALL_LINES:
        return ()
    return (
        *not_taken_up(situation, on),
        *holder_without_user(situation, on),
        *nothing_done(situation, on),
        *promises_broken(situation),
        *handovers_overdue(situation),
        *no_roof(situation, on),
        *roof_ends(situation, on),
        *place_withdrawn(situation),
        *should_be_back(situation, on),
    )


def not_taken_up(situation: Situation, on: date) -> Iterator[Foreseen]:
    """Open lines for which nobody has said yes: the default holder of the matrix must act."""
    for track in situation.tracks:
        if track.taken_up_at is None and not ended(track, on):
            yield gap_of(situation, track, GapKind.NOT_TAKEN_UP, track.since)


def holder_without_user(situation: Situation, on: date) -> Iterator[Foreseen]:
    """Lines that an organisation took up in which nobody can sign in."""
    for track in situation.tracks:
        taken_up = track.taken_up_at
        if taken_up and track.responsible in situation.unmanned and not ended(track, on):
            since = day_in_brussels(taken_up)
            yield gap_of(situation, track, GapKind.HOLDER_WITHOUT_USER, since)


def nothing_done(situation: Situation, on: date) -> Iterator[Foreseen]:
    """Lines that somebody took up and on which nobody did anything for too long.

    A line at rest may wait, and a clock that still runs is waited for.
    """
    for track in situation.tracks:
        if track.taken_up_at is None or duty_of(track, on).closing or duty_of(track, on).resting:
            continue
        waited = NOTHING_DONE.get(track.step, NOTHING_DONE_ELSE)
        acts = [day for organisation, day in situation.acts if organisation == track.responsible]
        begun = max([day_in_brussels(track.taken_up_at), track.since, *acts])
        since = begun + timedelta(days=waited)
        if track.due_on is not None:
            since = max(since, track.due_on + timedelta(days=1))
        yield gap_of(situation, track, GapKind.NOTHING_DONE, since, waited=waited)


def promises_broken(situation: Situation) -> Iterator[Foreseen]:
    """Promises whose day has passed and that nobody has kept: whoever promised must act."""
    for organisation, due in situation.promises:
        held = [track for track in situation.tracks if track.responsible == organisation]
        for track in (held or situation.tracks)[:1]:
            since = due + timedelta(days=1)
            gap = gap_of(situation, track, GapKind.PROMISE_BROKEN, since)
            yield replace(gap, responsible=organisation)


def handovers_overdue(situation: Situation) -> Iterator[Foreseen]:
    """Lines that were offered and whose answer is late: the giver still holds the baton."""
    due = dict(situation.offers)
    for track in situation.tracks:
        if track.kind in due:
            since = due[track.kind] + timedelta(days=1)
            yield gap_of(situation, track, GapKind.HANDOVER_OVERDUE, since)


def no_roof(situation: Situation, on: date) -> Iterator[Foreseen]:
    """Nights without a bed of a person who is here, with an open roof line or a roof asked for."""
    roof, asked = roof_track(situation), situation.asked_roof_since
    if situation.presence is not Presence.HERE:
        return
    if roof is not None and not ended(roof, on):
        for hole in holes(situation.nights):
            yield from without_bed(situation, roof, hole)
    elif asked is not None and situation.tracks:
        track = roof or situation.tracks[0]
        for last_bed, closes in holes(situation.nights):
            if closes is None or asked < closes:
                opens = max(asked, last_bed or asked)
                yield gap_of(
                    situation, track, GapKind.NO_ROOF_TONIGHT, asked, opens=opens, closes=closes
                )


def without_bed(situation: Situation, roof: Track, hole: Hole) -> Iterator[Foreseen]:
    """A row of nights without a bed: it counts from the last night slept in, or anew from asking.

    A line that begins before six in the morning lacks a bed for the night that is not over.
    """
    last_bed, closes = hole
    asked = situation.asked_roof_since
    first = max(last_bed or date.min, roof.since - timedelta(days=1))
    begun = max(last_bed or roof.since, roof.since)
    if asked is None:
        parts = [(begun, first, closes)]
    elif asked <= first:
        parts = [(max(asked, last_bed or asked), first, closes)]
    else:
        parts = [(begun, first, earlier(asked, closes)), (asked, asked, closes)]
    for since, opens, until in parts:
        if until is None or opens < until:
            yield gap_of(situation, roof, GapKind.NO_ROOF_TONIGHT, since, opens=opens, closes=until)


def earlier(one: date, other: date | None) -> date:
    """The first of two days; None is no day."""
    return one if other is None else min(one, other)


def roof_ends(situation: Situation, on: date) -> Iterator[Foreseen]:
    """Beds that end soon with no next bed and no own home after them."""
    roof = roof_track(situation)
    if roof is None or ended(roof, on):
        return
    for start, end in slept(situation.nights):
        if end is not None:
            since = end - timedelta(days=WARN_NIGHTS.get(roof.step, WARN_NIGHTS_ELSE))
            yield gap_of(
                situation, roof, GapKind.ROOF_ENDS, since, opens=max(start, since), closes=end
            )


def place_withdrawn(situation: Situation) -> Iterator[Foreseen]:
    """Nights in a place that was withdrawn: whoever holds the roof must find another."""
    roof = roof_track(situation)
    if roof is None:
        return
    for nights, since in situation.withdrawn:
        opens = max(nights.start, since)
        if nights.end is None or opens < nights.end:
            yield gap_of(
                situation, roof, GapKind.PLACE_WITHDRAWN, since, opens=opens, closes=nights.end
            )


def should_be_back(situation: Situation, on: date) -> Iterator[Foreseen]:
    """A person who is abroad for longer than was said: somebody must ask."""
    back = situation.back_on
    going_on = [track for track in situation.tracks if not ended(track, on)]
    if situation.presence is Presence.ABROAD and back is not None and going_on:
        track = roof_track(situation) or going_on[0]
        opens = back + timedelta(days=1)
        yield gap_of(situation, track, GapKind.SHOULD_BE_BACK, back, opens=opens)


def slept(booked: Iterable[Interval]) -> list[Nights]:
    """Bookings joined where they touch or overlap; an end of None is not known yet."""
    joined: list[Nights] = []
    for each in sorted((each for each in booked if each.start != each.end), key=by_start):
        if joined and (joined[-1][1] is None or each.start <= joined[-1][1]):
            start, end = joined.pop()
            ends = None if end is None or each.end is None else max(end, each.end)
            joined.append((start, ends))
        else:
            joined.append((each.start, each.end))
    return joined


def by_start(booked: Interval) -> date:
    """Where a booking begins."""
    return booked.start


def holes(booked: Iterable[Interval]) -> list[Hole]:
    """The nights between bookings, before the first (from None) and after the last (up to None)."""
    found: list[Hole] = []
    begins: date | None = None
    for start, end in slept(booked):
        found.append((begins, start))
        if end is None:
            return found
        begins = end
    return [*found, (begins, None)]


def roof_track(situation: Situation) -> Track | None:
    """The roof line of the person."""
    return next((track for track in situation.tracks if track.kind is TrackKind.ROOF), None)


def ended(track: Track, on: date) -> bool:
    """Whether the line stands at a step that ends it."""
    return duty_of(track, on).closing


def duty_of(track: Track, on: date) -> Duty:
    """What the matrix says of the line."""
    return duty(track.kind, track.step, track.region, on, track.matrix)


def gap_of(
    situation: Situation,
    track: Track,
    kind: GapKind,
    since: date,
    *,
    opens: date | None = None,
    closes: date | None = None,
    waited: int = 0,
) -> Foreseen:
    """Put a gap together; without ``opens`` it is open since then."""
    return Foreseen(
        kind=kind,
        household=situation.household,
        person=situation.person,
        track=track.kind,
        responsible=track.responsible,
        since=since,
        opens=opens or since,
        closes=closes,
        waited=waited,
    )
