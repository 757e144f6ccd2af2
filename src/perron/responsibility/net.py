"""The nouns of the net: where a person stands, and each hole through which somebody may fall."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from perron.vocabulary.intervals import Interval
from perron.vocabulary.organisations import OrganisationId
from perron.vocabulary.people import HouseholdId, PersonId, Presence
from perron.vocabulary.tracks import Track, TrackKind
from perron.vocabulary.wording import Message, message


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
    """Where one person stands: open tracks, booked nights, and from which night on a roof is asked for.

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


BY_NIGHT = frozenset({GapKind.NO_ROOF_TONIGHT, GapKind.ROOF_ENDS, GapKind.PLACE_WITHDRAWN})
"""Gaps of a night, not of a day: before six in the morning the night of the day before is still the coming one."""


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


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A gap that is open from ``opens`` up to but not including ``closes`` if nobody does anything.

    ``since``: from when its days are counted. ``waited``: the days that had passed by then.
    """

    kind: GapKind
    household: HouseholdId
    person: PersonId
    track: TrackKind
    responsible: OrganisationId
    since: date
    opens: date
    closes: date | None = None
    waited: int = 0

    def is_open(self, on: date, night: date) -> bool:
        """Whether it is open on the day, or in the night for those that are of a night."""
        when = night if self.kind in BY_NIGHT else on
        return self.opens <= when and (self.closes is None or when < self.closes)

    def at(self, on: date) -> Gap:
        """The gap as it stands on the day."""
        days = (on - self.since).days
        return Gap(
            kind=self.kind,
            household=self.household,
            person=self.person,
            track=self.track,
            since=self.since,
            days_open=days,
            responsible=self.responsible,
            message=self.said(days),
        )

    def said(self, days: int) -> Message:
        """What it says after so many days."""
        key = f"gap.{self.kind}"
        day_before = self.since - timedelta(days=1)
        match self.kind:
            case GapKind.NOT_TAKEN_UP:
                return message(f"{key}.{self.track}")
            case GapKind.NOTHING_DONE:
                return message(key, days=days + self.waited)
            case GapKind.PROMISE_BROKEN | GapKind.HANDOVER_OVERDUE:
                return message(key, due=day_before)
            case GapKind.ROOF_ENDS if self.closes is not None:
                return message(key, end=self.closes)
            case GapKind.PLACE_WITHDRAWN | GapKind.SHOULD_BE_BACK:
                return message(key, day=self.since)
        return message(key)


def open_now(found: Iterable[Foreseen], on: date, night: date) -> tuple[Gap, ...]:
    """Those of these gaps that are open on the day and in its night, the oldest first."""
    shown = [each.at(on) for each in found if each.is_open(on, night)]
    return tuple(sorted(shown, key=lambda gap: (gap.since, gap.household, gap.person, gap.kind)))
