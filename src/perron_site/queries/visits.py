"""The queue of a desk: who is called, who waits and how long, who is expected; appointments that are free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from perron.responsibility.visits import Slot, Wait, queue, slots, wait
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.organisations import OrganisationId
from perron.vocabulary.visits import VisitState
from perron_site.queries.linemap import Holder, holder_of
from perron_site.records import models
from perron_site.records.visiting import hours_of, taken, visit

AHEAD = timedelta(weeks=4)
"""So far ahead the days are offered on which the desk receives by appointment."""


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit as the desk sees it; ``minutes`` since when they wait, or are at the desk."""

    id: int
    number: int
    state: VisitState
    people: int
    language: str
    interpreter: bool
    slot_at: datetime | None
    desk: str
    minutes: int


@dataclass(frozen=True, slots=True)
class DeskQueue:
    """The day at a desk; ``wait`` is for somebody who comes now, None while it is not known."""

    called: tuple[VisitRow, ...]
    waiting: tuple[VisitRow, ...]
    expected: tuple[VisitRow, ...]
    over: tuple[VisitRow, ...]
    wait: Wait | None


@dataclass(frozen=True, slots=True)
class WaitingRoom:
    """What everybody in the room may read: numbers and minutes."""

    organisation: int
    desk: Holder
    called: tuple[VisitRow, ...]
    waiting: int
    wait: Wait | None


@dataclass(frozen=True, slots=True)
class HoursRow:
    """When we receive by appointment."""

    id: int
    weekday: int
    opens: str
    closes: str
    minutes: int
    desks: int


def desk_queue(by: Acting) -> DeskQueue:
    """Today at our desk, in one question."""
    rows = visits_of(by.organisation, by.on)
    return DeskQueue(
        called=shown(rows, by.at, VisitState.CALLED),
        waiting=in_turn(rows, by.at),
        expected=shown(rows, by.at, VisitState.BOOKED),
        over=shown(
            rows, by.at, VisitState.SERVED, VisitState.LEFT, VisitState.MISSED, VisitState.CANCELLED
        ),
        wait=wait_now(rows, by.at),
    )


def waiting_room(organisation: int, at: datetime, on: date) -> WaitingRoom:
    """What hangs in the room and stands on a telephone."""
    desk = models.Organisation.objects.filter(pk=organisation).first()
    if desk is None:
        raise NotFound("not_found.organisation")
    rows = visits_of(OrganisationId(organisation), on)
    waiting = in_turn(rows, at)
    called = shown(rows, at, VisitState.CALLED)
    return WaitingRoom(desk.pk, holder_of(desk), called, len(waiting), wait_now(rows, at))


def visits_of(organisation: OrganisationId, on: date) -> list[models.Visit]:
    """Every visit of a day, by number."""
    rows = models.Visit.objects.filter(organisation=organisation, on=on)
    return list(rows.order_by("number"))


def wait_now(rows: Sequence[models.Visit], at: datetime) -> Wait | None:
    """How long somebody waits who comes now."""
    nouns = [visit(row) for row in rows]
    return wait(len(queue(nouns)), nouns, at)


def in_turn(rows: Sequence[models.Visit], at: datetime) -> tuple[VisitRow, ...]:
    """Who waits, in the order in which they are called."""
    by_number = {row.number: row for row in rows}
    turns = queue(visit(row) for row in rows)
    return tuple(visit_row(by_number[each.number], at) for each in turns)


def shown(rows: Sequence[models.Visit], at: datetime, *states: VisitState) -> tuple[VisitRow, ...]:
    """The visits in these states, by appointment or number."""
    found = [row for row in rows if row.state in states]
    found.sort(key=lambda row: (row.slot_at is None, row.slot_at or at, row.number))
    return tuple(visit_row(row, at) for row in found)


def visit_row(row: models.Visit, at: datetime) -> VisitRow:
    """One visit."""
    since = row.called_at if row.state == VisitState.CALLED else row.came_at
    minutes = int((at - since).total_seconds() // 60) if since else 0
    return VisitRow(
        row.pk, row.number, VisitState(row.state), row.people, row.language, row.interpreter,
        row.slot_at, row.desk, max(minutes, 0),
    )  # fmt: skip


def visit_of(by: Acting, number: int) -> VisitRow:
    """One visit of our desk, to be printed."""
    row = models.Visit.objects.filter(organisation=by.organisation, pk=number).first()
    if row is None:
        raise NotFound("not_found.visit")
    return visit_row(row, by.at)


def free_slots(by: Acting, day: date) -> tuple[Slot, ...]:
    """The appointments of a day that lie ahead."""
    found = slots(hours_of(by), taken(by, day), day)
    return tuple(slot for slot in found if slot.at >= by.at)


def open_days(by: Acting) -> tuple[date, ...]:
    """The days of the next weeks on which a moment for an appointment lies ahead."""
    hours = hours_of(by)
    days = (by.on + timedelta(days=number) for number in range(AHEAD.days))
    return tuple(day for day in days if any(slot.at >= by.at for slot in slots(hours, (), day)))


def opening_hours(by: Acting) -> tuple[HoursRow, ...]:
    """When we receive by appointment, in the order of the week."""
    rows = models.OpeningHours.objects.filter(organisation=by.organisation)
    return tuple(
        HoursRow(
            row.pk, row.weekday, f"{row.opens:%H:%M}", f"{row.closes:%H:%M}", row.minutes, row.desks
        )
        for row in rows
    )
