"""Whose turn it is at a desk, how long others wait, and which appointments are free."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import quantiles

from perron.vocabulary.intervals import BRUSSELS
from perron.vocabulary.verdicts import Decision
from perron.vocabulary.visits import DeskHours, Visit, VisitState
from perron.vocabulary.wording import message
from perron.vocabulary.working_days import legal_holidays

GRACE = timedelta(minutes=15)
"""Who comes so late still has the turn of the appointment (design, mark D)."""

ENOUGH, LAST = 4, 20
"""A waiting time is told from the last 20 visits of the day, and only once 4 are over (design, mark D)."""

LATELY = timedelta(hours=1)
ROUNDED = 5
"""A waiting time is told in steps of so many minutes."""

NEXT: Mapping[VisitState, frozenset[VisitState]] = {
    VisitState.BOOKED: frozenset({VisitState.WAITING, VisitState.MISSED, VisitState.CANCELLED}),
    VisitState.WAITING: frozenset({VisitState.CALLED, VisitState.LEFT, VisitState.BOOKED}),
    VisitState.CALLED: frozenset({VisitState.SERVED, VisitState.WAITING, VisitState.LEFT}),
    VisitState.SERVED: frozenset({VisitState.CALLED}),
    VisitState.LEFT: frozenset({VisitState.WAITING}),
    VisitState.MISSED: frozenset({VisitState.WAITING, VisitState.BOOKED}),
    VisitState.CANCELLED: frozenset({VisitState.BOOKED}),
}
"""Where a visit goes from each state; the way back is there because people err."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Between so many minutes and so many, as the visits of the day went until now."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment for which appointments are given, and how many are still free."""

    at: datetime
    free: int


def may_become(visit: Visit, to: VisitState) -> Decision:
    """Whether a visit goes on to this state; only an appointment is booked again."""
    if to in NEXT[visit.state] and not (to is VisitState.BOOKED and visit.slot_at is None):
        return Decision(allowed=True)
    return Decision(allowed=False, reason=message("visit.not_from_here", was=visit.state, to=to))


def turn(visit: Visit) -> datetime:
    """From when the turn counts: the appointment for who was there in time, else when they came."""
    assert visit.came_at is not None
    if visit.slot_at is not None and visit.came_at <= visit.slot_at + GRACE:
        return visit.slot_at
    return visit.came_at


def queue(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """Who waits, in the order in which they are called."""
    waiting = [visit for visit in visits if visit.state is VisitState.WAITING]
    return tuple(sorted(waiting, key=lambda visit: (turn(visit), visit.number)))


def wait(ahead: int, visits: Collection[Visit], at: datetime) -> Wait | None:
    """How long it takes until so many parties have been called, by the quartiles of the day; None is not known.

    The desks that work are those that called somebody within the last hour.
    """
    over = [visit for visit in visits if visit.state is VisitState.SERVED]
    spans = sorted(
        (visit.ended_at, (visit.ended_at - visit.called_at).total_seconds() / 60)
        for visit in over
        if visit.ended_at is not None and visit.called_at is not None
    )
    if len(spans) < ENOUGH:
        return None
    quick, _, slow = quantiles([minutes for _, minutes in spans[-LAST:]], n=4)
    called = [visit for visit in visits if visit.called_at and visit.called_at > at - LATELY]
    desks = len({visit.desk for visit in called}) or 1
    rounds = ahead // desks
    return Wait(rounded(rounds * quick), rounded((rounds + 1) * slow))


def rounded(minutes: float) -> int:
    """Minutes as they are told, up to the next step."""
    return -int(-minutes // ROUNDED) * ROUNDED


def slots(hours: Iterable[DeskHours], taken: Iterable[datetime], day: date) -> tuple[Slot, ...]:
    """The appointments of a day, with what is free of each; none on a legal holiday."""
    if day in legal_holidays(day.year):
        return ()
    given, places = Counter(taken), Counter[datetime]()
    for each in hours:
        if each.weekday != day.weekday():
            continue
        at = datetime.combine(day, each.opens, BRUSSELS)
        closes = datetime.combine(day, each.closes, BRUSSELS)
        while at + timedelta(minutes=each.minutes) <= closes:
            places[at] += each.desks
            at += timedelta(minutes=each.minutes)
    return tuple(Slot(at, max(places[at] - given[at], 0)) for at in sorted(places))
