"""The queue of a desk: numbers, appointments, turns; two colleagues never give the same one."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from builders import GENT, NOW, dispatcher, later, registrar, town
from django.db import IntegrityError, transaction

from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.intervals import BRUSSELS
from perron.vocabulary.visits import Party, VisitState
from perron_site.actions.visits import (
    book_visit,
    close_desk,
    open_desk,
    set_visit,
    take_number,
)
from perron_site.queries.visits import (
    desk_queue,
    free_slots,
    open_days,
    visit_of,
    waiting_room,
)
from perron_site.records import models

pytestmark = pytest.mark.django_db
ONE = Party(1)
THURSDAY = date(2026, 11, 26)
FIRST = datetime(2026, 11, 26, 9, tzinfo=BRUSSELS)


def open_on_thursday(desks=1):
    return open_desk(
        registrar(), weekday=3, opens=time(9), closes=time(10), minutes=30, desks=desks
    )


def numbers(rows):
    return [row.number for row in rows]


def test_numbers_of_a_day_follow_each_other_and_begin_anew_at_each_desk_and_day():
    first, second = take_number(registrar(), party=ONE), take_number(registrar(), party=ONE)
    other = take_number(dispatcher(), party=ONE)
    tomorrow = take_number(registrar(later(days=1)), party=ONE)
    given = dict(models.Visit.objects.values_list("pk", "number"))
    assert [given[each] for each in (first, second, other, tomorrow)] == [1, 2, 1, 1]
    row = models.Visit.objects.get(pk=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Visit.objects.create(
            organisation_id=row.organisation_id, on=row.on, number=1, state="waiting", people=1
        )


def test_a_party_is_called_served_and_back_again_when_somebody_pressed_too_soon():
    number = take_number(registrar(), party=Party(4, "uk", interpreter=True))
    by = registrar(later(minutes=7))
    assert desk_queue(by).waiting[0].minutes == 7
    set_visit(by, visit_id=number, state=VisitState.CALLED, desk=" 3 ")
    called = desk_queue(by).called[0]
    assert (called.desk, called.language, called.interpreter, called.people) == ("3", "uk", True, 4)
    set_visit(registrar(later(minutes=20)), visit_id=number, state=VisitState.SERVED)
    assert models.Visit.objects.get().ended_at == later(minutes=20)
    set_visit(registrar(later(minutes=21)), visit_id=number, state=VisitState.CALLED)
    row = models.Visit.objects.get()
    assert (row.called_at, row.ended_at, row.desk) == (later(minutes=7), None, "3")
    assert [line.details["state"] for line in models.Journal.objects.filter(event="visit:set")] == [
        "called", "served", "called",
    ]  # fmt: skip


def test_what_cannot_follow_is_refused_and_a_foreign_desk_finds_nothing():
    number = take_number(registrar(), party=ONE)
    with pytest.raises(Refused) as refused:
        set_visit(registrar(), visit_id=number, state=VisitState.SERVED)
    assert refused.value.message.key == "visit.not_from_here"
    for act in (
        lambda: set_visit(town(GENT), visit_id=number, state=VisitState.CALLED),
        lambda: visit_of(town(GENT), number),
        lambda: close_desk(town(GENT), hours_id=open_on_thursday()),
    ):
        with pytest.raises(NotFound):
            act()
    assert desk_queue(town(GENT)).waiting == ()


@pytest.mark.parametrize("people", [0, -1, 31])
def test_a_party_has_between_one_and_thirty_people(people):
    with pytest.raises(Refused):
        take_number(registrar(), party=Party(people))


def test_an_appointment_is_given_as_often_as_there_are_desks_and_is_free_again_when_cancelled():
    open_on_thursday(desks=2)
    by = registrar()
    assert open_days(by)[0] == THURSDAY
    booked = [book_visit(by, slot_at=FIRST, party=ONE) for _ in range(2)]
    assert [slot.free for slot in free_slots(by, THURSDAY)] == [0, 2]
    with pytest.raises(Refused) as refused:
        book_visit(by, slot_at=FIRST, party=ONE)
    assert refused.value.message.key == "visit.slot_is_taken"
    set_visit(by, visit_id=booked[0], state=VisitState.CANCELLED)
    assert free_slots(by, THURSDAY)[0].free == 1


@pytest.mark.parametrize("minutes", [-30, 15, 60])
def test_a_moment_that_is_none_is_refused(minutes):
    open_on_thursday()
    with pytest.raises(Refused):
        book_visit(registrar(), slot_at=FIRST + timedelta(minutes=minutes), party=ONE)
    with pytest.raises(Refused) as refused:
        book_visit(registrar(), slot_at=NOW - timedelta(minutes=1), party=ONE)
    assert refused.value.message.key == "visit.slot_has_passed"


def test_who_has_an_appointment_is_expected_and_has_its_turn_before_a_walk_in_that_came_later():
    open_on_thursday()
    booked = book_visit(registrar(), slot_at=FIRST.astimezone(UTC), party=ONE)
    by = registrar(FIRST + timedelta(minutes=5))
    assert numbers(desk_queue(by).expected) == [1]
    take_number(registrar(FIRST + timedelta(minutes=2)), party=ONE)
    set_visit(by, visit_id=booked, state=VisitState.WAITING)
    assert numbers(desk_queue(by).waiting) == [1, 2]
    set_visit(by, visit_id=booked, state=VisitState.BOOKED)
    assert numbers(desk_queue(by).waiting) == [2]


def test_hours_that_end_take_no_appointment_away():
    hours = open_on_thursday()
    book_visit(registrar(), slot_at=FIRST, party=ONE)
    close_desk(registrar(), hours_id=hours)
    assert free_slots(registrar(), THURSDAY) == ()
    assert numbers(desk_queue(registrar(FIRST)).expected) == [1]


@pytest.mark.parametrize(
    "changed",
    [{"closes": time(8)}, {"minutes": 0}, {"desks": 0}, {"weekday": 7}, {"weekday": -1}],
)
def test_hours_that_never_open_are_refused(changed):
    wanted = {"weekday": 3, "opens": time(9), "closes": time(10), "minutes": 30, "desks": 1}
    with pytest.raises(Refused):
        open_desk(registrar(), **(wanted | changed))
    assert not models.OpeningHours.objects.exists()


def test_the_waiting_room_shows_numbers_and_minutes_and_no_party():
    by = registrar()
    for minute in range(5):
        visit = take_number(by, party=Party(2, "uk"))
        for to, at in ((VisitState.CALLED, minute), (VisitState.SERVED, minute + 10)):
            set_visit(registrar(later(minutes=at)), visit_id=visit, state=to, desk="1")
    take_number(by, party=ONE)
    room = waiting_room(by.organisation, by.at, by.on)
    assert (room.waiting, room.called) == (1, ())
    assert (room.wait.least, room.wait.most) == (10, 20)
    with pytest.raises(NotFound):
        waiting_room(999_999, by.at, by.on)
