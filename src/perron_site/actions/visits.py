"""The queue of a desk: a number is taken, an appointment is booked, somebody is called and served."""

from datetime import date, datetime, time

from perron.responsibility.visits import may_become, slots
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.visits import Party, VisitState
from perron_site.actions.handovers import must_be
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.locking import desk_lock
from perron_site.records.settling import act
from perron_site.records.visiting import hours_of, taken, visit

MOST_PEOPLE = 30


@act
def take_number(by: Acting, *, party: Party) -> int:
    """Give somebody who comes without an appointment a number; the visit."""
    row = new_visit(by, by.on, VisitState.WAITING, party)
    row.came_at = by.at
    row.save(update_fields=["came_at"])
    return int(row.pk)


@act
def book_visit(by: Acting, *, slot_at: datetime, party: Party) -> int:
    """Book an appointment that is still free; the visit."""
    on = day_in_brussels(slot_at)
    if slot_at < by.at:
        raise Refused("visit.slot_has_passed")
    desk_lock(by.organisation)
    free = {slot.at: slot.free for slot in slots(hours_of(by), taken(by, on), on)}
    if not free.get(slot_at):
        raise Refused("visit.slot_is_taken")
    row = new_visit(by, on, VisitState.BOOKED, party)
    row.slot_at = slot_at
    row.save(update_fields=["slot_at"])
    return int(row.pk)


def new_visit(by: Acting, on: date, state: VisitState, party: Party) -> models.Visit:
    """Write a visit with the next number of the day."""
    if not 1 <= party.people <= MOST_PEOPLE:
        raise Refused("visit.how_many_people", most=MOST_PEOPLE)
    desk_lock(by.organisation)
    last = models.Visit.objects.filter(organisation=by.organisation, on=on).last()
    row = models.Visit.objects.create(
        organisation_id=by.organisation, on=on, number=last.number + 1 if last else 1, state=state,
        people=party.people, language=party.language, interpreter=party.interpreter,
    )  # fmt: skip
    record(by, Event.VISIT_OPENED, visit=row.pk, number=row.number)
    return row


@act
def set_visit(by: Acting, *, visit_id: int, state: VisitState, desk: str = "") -> None:
    """Say how far a visit is: came, called to a desk, served, left, missed, cancelled; or back again."""
    rows = models.Visit.objects.select_for_update().filter(organisation=by.organisation)
    row = rows.filter(pk=visit_id).first()
    if row is None:
        raise NotFound("not_found.visit")
    was = row.state
    must_be(may_become(visit(row), state))
    if state is VisitState.WAITING and was in {VisitState.BOOKED, VisitState.MISSED}:
        row.came_at = by.at
    if state is VisitState.CALLED and was == VisitState.WAITING:
        row.called_at, row.desk = by.at, desk.strip()
    row.ended_at = by.at if state in {VisitState.SERVED, VisitState.LEFT} else None
    row.state = state
    row.save(update_fields=["state", "came_at", "called_at", "ended_at", "desk"])
    record(by, Event.VISIT_SET, visit=row.pk, state=state, was=was)


@act
def open_desk(
    by: Acting, *, weekday: int, opens: time, closes: time, minutes: int, desks: int
) -> int:
    """Say when we receive by appointment on a weekday."""
    if not (0 <= weekday < 7 and opens < closes and minutes >= 1 and desks >= 1):  # noqa: PLR2004 - a week
        raise Refused("visit.hours_open_and_close")
    row = models.OpeningHours.objects.create(
        organisation_id=by.organisation, weekday=weekday, opens=opens, closes=closes,
        minutes=minutes, desks=desks,
    )  # fmt: skip
    record(by, Event.HOURS_SET, hours=row.pk)
    return int(row.pk)


@act
def close_desk(by: Acting, *, hours_id: int) -> None:
    """Receive no longer in these hours; appointments that were given stay."""
    row = models.OpeningHours.objects.filter(organisation=by.organisation, pk=hours_id).first()
    if row is None:
        raise NotFound("not_found.hours")
    record(by, Event.HOURS_ENDED, hours=row.pk)
    row.delete()
