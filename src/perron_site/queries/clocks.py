"""The clocks of a household: what must be done or ends by which day, where the term comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from perron.responsibility.matrix import duty
from perron.rules.law import proposed_ends, protection_end
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.verdicts import Mark, Source
from perron.vocabulary.wording import Message, message
from perron_site.queries.handovers import HandoverRow
from perron_site.queries.linemap import Ground, standing_alike
from perron_site.records import models
from perron_site.records.law import law_in_force

AGREED = Source("design", Mark.DERIVED)


@dataclass(frozen=True, slots=True)
class Clock:
    """A day that comes nearer. ``since`` None: it is not known when the term began."""

    label: Message
    until: date
    on: date
    since: date | None
    source: Source | None
    note: Message | None = None
    who: str = ""

    @property
    def days_left(self) -> int:
        """Days left, negative when the day has passed."""
        return (self.until - self.on).days

    @property
    def days(self) -> int | None:
        """How long the whole term is."""
        return (self.until - self.since).days if self.since else None

    @property
    def days_gone(self) -> int | None:
        """How much of it has passed, never more than all of it."""
        if self.since is None:
            return None
        return min(max((self.on - self.since).days, 0), (self.until - self.since).days)


def clocks(
    tracks: Sequence[models.Track], ground: Ground, stays: Iterable[models.Stay], on: date
) -> tuple[Clock, ...]:
    """All clocks, the nearest first."""
    found = [clock for alike in standing_alike(tracks) for clock in step_clock(alike, ground, on)]
    found += [clock for stay in stays for clock in stay_clock(stay, on)]
    if any(track.step == Step.PROTECTION_GRANTED for track in tracks):
        found += protection_clock(tracks, on)
    return tuple(sorted(found, key=lambda clock: (clock.until, clock.label.key)))


def step_clock(alike: list[models.Track], ground: Ground, on: date) -> Iterable[Clock]:
    """The term of a step, by the matrix."""
    track = alike[0]
    if track.due_on is None or track.closed_on is not None:
        return ()
    kind, step, day = TrackKind(track.kind), Step(track.step), max(on, track.since)
    here = duty(kind, step, ground.region, day, track.matrix)
    everybody = len(alike) == len(ground.names)
    return (
        Clock(
            label=message(f"step.{track.step}"),
            until=track.due_on,
            on=on,
            since=track.since,
            source=here.clock_source,
            who="" if everybody else ", ".join(ground.names[row.person_id] for row in alike),
        ),
    )


def stay_clock(stay: models.Stay, on: date) -> Iterable[Clock]:
    """The end of a stay that runs."""
    if stay.state != models.StayState.RUNNING or stay.end is None:
        return ()
    label = message("clock.stay", place=stay.unit.site.name)
    note = message("clock.as_booked")
    return (Clock(label, until=stay.end, on=on, since=stay.start, source=None, note=note),)


def protection_clock(tracks: Sequence[models.Track], on: date) -> list[Clock]:
    """The last adopted day of temporary protection; a later one is named as only proposed."""
    law = law_in_force(on)
    adopted = protection_end(on, changes=law)
    if not isinstance(adopted.value, date):
        return []
    later = [end.value for end in proposed_ends(on, law) if isinstance(end.value, date)]
    since = min(track.since for track in tracks if track.step == Step.PROTECTION_GRANTED)
    return [
        Clock(
            label=message("clock.protection"),
            until=adopted.value,
            on=on,
            since=since,
            source=adopted.source,
            note=message("clock.only_proposed", day=max(later)) if later else None,
        )
    ]


def answer_clock(handover: HandoverRow, on: date) -> Clock:
    """The day by which an offer must be answered."""
    return Clock(
        label=message("clock.answer", giver=handover.giver.name),
        until=handover.due_on,
        on=on,
        since=handover.offered_on,
        source=AGREED,
    )


def region_of(household: models.Household) -> Region | None:
    """The region of a household; None while it has no municipality."""
    town = household.municipality
    return None if town is None else Region(town.region)
