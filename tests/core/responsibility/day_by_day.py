"""The net asked day by day: slow, and with no forecast in it. The gaps of the core must say the same each day."""

from dataclasses import replace
from datetime import timedelta

from perron.responsibility.gaps import (
    NOTHING_DONE,
    NOTHING_DONE_ELSE,
    WARN_NIGHTS,
    WARN_NIGHTS_ELSE,
    ended,
    roof_track,
)
from perron.responsibility.matrix import duty
from perron.responsibility.net import Gap, GapKind
from perron.responsibility.presence import ENDS_ALL_LINES
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.people import Presence
from perron.vocabulary.wording import message


def on_the_day(situation, on, night):
    if situation.presence in ENDS_ALL_LINES:
        return set()
    found = [*not_taken_up(situation, on), *not_really_there(situation, on)]
    found += [*promises_broken(situation, on), *handovers_overdue(situation, on)]
    roofs = (no_roof_tonight(situation, night), roof_ends(situation, night))
    others = (place_withdrawn(situation, night), should_be_back(situation, on))
    return {
        *found,
        *(replace(gap, days_open=(on - gap.since).days) for gap in (*roofs, *others) if gap),
    }


def not_taken_up(situation, on):
    return tuple(
        gap_of(situation, track, GapKind.NOT_TAKEN_UP, track.since, on)
        for track in situation.tracks
        if track.taken_up_at is None and track.since <= on and not ended(track, on)
    )


def not_really_there(situation, on):
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


def idle_since(situation, track, begun, on):
    if duty(track.kind, track.step, track.region, on, track.matrix).resting:
        return None
    acts = [day for organisation, day in situation.acts if organisation == track.responsible]
    idle = max([begun, *acts]) + timedelta(days=waits(track.step))
    return idle if track.due_on is None else max(idle, track.due_on + timedelta(days=1))


def waits(step):
    return NOTHING_DONE.get(step, NOTHING_DONE_ELSE)


def promises_broken(situation, on):
    found = []
    for organisation, due in situation.promises:
        held = [track for track in situation.tracks if track.responsible == organisation]
        for track in (held or situation.tracks)[:1]:
            if due < on:
                since = due + timedelta(days=1)
                gap = gap_of(situation, track, GapKind.PROMISE_BROKEN, since, on, due=due)
                found.append(replace(gap, responsible=organisation))
    return tuple(found)


def handovers_overdue(situation, on):
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


def no_roof_tonight(situation, on):
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


def roof_ends(situation, on):
    roof = roof_track(situation)
    end = last_morning(situation.nights, on)
    if roof is None or end is None or ended(roof, on):
        return None
    since = end - timedelta(days=WARN_NIGHTS.get(roof.step, WARN_NIGHTS_ELSE))
    if on < since:
        return None
    return gap_of(situation, roof, GapKind.ROOF_ENDS, since, on, end=end)


def place_withdrawn(situation, on):
    roof = roof_track(situation)
    since = [day for nights, day in situation.withdrawn if on in nights and day <= on]
    if roof is None or not since:
        return None
    return gap_of(situation, roof, GapKind.PLACE_WITHDRAWN, min(since), on, day=min(since))


def should_be_back(situation, on):
    back = situation.back_on
    if situation.presence is not Presence.ABROAD or back is None or back >= on:
        return None
    going_on = [track for track in situation.tracks if not ended(track, on)]
    if not going_on:
        return None
    track = roof_track(situation) or going_on[0]
    return gap_of(situation, track, GapKind.SHOULD_BE_BACK, back, on, day=back)


def last_morning(nights, on):
    day = on
    while covering := [booked for booked in nights if day in booked]:
        ends = [booked.end for booked in covering if booked.end is not None]
        if len(ends) < len(covering):
            return None
        day = max(ends)
    return day if day > on else None


def without_since(situation, roof, on):
    ends = [booked.end for booked in situation.nights if booked.end not in {None, booked.start}]
    begins = situation.asked_roof_since or roof.since
    return max([begins, *(end for end in ends if end <= on)])


def gap_of(situation, track, kind, since, on, **params):
    key = f"gap.{kind}.{track.kind}" if kind is GapKind.NOT_TAKEN_UP else f"gap.{kind}"
    return Gap(
        kind, situation.household, situation.person, track.kind, since, (on - since).days,
        track.responsible, message(key, **params),
    )  # fmt: skip
