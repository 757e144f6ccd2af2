"""Whose turn it is, how long others wait, which appointments are free."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perron.responsibility.visits import GRACE, NEXT, may_become, queue, slots, turn, wait
from perron.vocabulary.intervals import BRUSSELS
from perron.vocabulary.visits import DeskHours, Visit, VisitState

NINE = datetime(2026, 11, 25, 9, tzinfo=BRUSSELS)
WAITING, CALLED, SERVED = VisitState.WAITING, VisitState.CALLED, VisitState.SERVED


def at(minutes):
    return NINE + timedelta(minutes=minutes)


def walk_in(number, came):
    return Visit(number, WAITING, came_at=at(came))


def appointment(number, slot, came):
    return Visit(number, WAITING, slot_at=at(slot), came_at=at(came))


def served(number, called, ended, desk="1"):
    return Visit(number, SERVED, came_at=at(0), called_at=at(called), ended_at=at(ended), desk=desk)


def test_an_appointment_keeps_its_turn_for_a_quarter_of_an_hour_and_then_waits_like_others():
    early, late, later = appointment(1, 30, 0), appointment(2, 30, 45), appointment(3, 30, 46)
    assert [turn(each) for each in (early, late, later)] == [at(30), at(30), at(46)]
    assert timedelta(minutes=15) == GRACE


def test_the_queue_mixes_appointments_and_walk_ins_by_turn_and_leaves_out_who_does_not_wait():
    visits = [
        walk_in(9, 20), appointment(3, 10, 5), walk_in(2, 10), Visit(1, CALLED, came_at=at(0)),
        Visit(4, VisitState.BOOKED, slot_at=at(0)), appointment(5, 40, 2),
    ]  # fmt: skip
    assert [each.number for each in queue(visits)] == [2, 3, 9, 5]


@given(
    st.lists(st.tuples(st.integers(0, 300), st.one_of(st.none(), st.integers(0, 300))), max_size=30)
)
def test_nobody_overtakes_who_came_before_without_an_appointment(rows):
    visits = [
        Visit(n, WAITING, at(slot) if slot is not None else None, at(came))
        for n, (came, slot) in enumerate(rows)
    ]
    ordered = queue(visits)
    assert len(ordered) == len(visits)
    came = [each.came_at for each in ordered if each.slot_at is None]
    assert came == sorted(came)


def test_a_wait_is_not_known_before_four_visits_are_over():
    three = [served(n, 0, 10) for n in range(3)]
    assert wait(3, three, at(60)) is None
    assert wait(3, [*three, served(4, 0, 10)], at(60)) is not None


def test_a_wait_grows_with_who_is_ahead_and_shrinks_with_desks_that_work():
    over = [served(n, 0, 8 + n) for n in range(8)]
    nobody, four = wait(0, over, at(60)), wait(4, over, at(60))
    assert (nobody.least, nobody.most) == (0, 15)
    assert four.least > nobody.most
    assert four.least % 5 == four.most % 5 == 0
    working = [Visit(20 + n, CALLED, called_at=at(90), desk=str(n)) for n in range(4)]
    assert wait(4, over + working, at(95)).most < four.most
    assert wait(4, over + working, at(200)) == four


def test_only_the_last_visits_count():
    slow = [served(n, 0, 60) for n in range(30)]
    quick = [served(40 + n, 100, 105 + n % 3) for n in range(20)]
    assert wait(0, slow + quick, at(110)).most <= 10


MONDAY = date(2026, 11, 30)
HOURS = (DeskHours(0, time(8, 30), time(10), 40, 2), DeskHours(2, time(9), time(12), 30, 1))


def test_slots_of_a_day_fit_between_opening_and_closing_and_count_what_is_taken():
    first = datetime(2026, 11, 30, 8, 30, tzinfo=BRUSSELS)
    second = first + timedelta(minutes=40)
    found = slots(HOURS, [second, second.astimezone(UTC), second], MONDAY)
    assert [(slot.at, slot.free) for slot in found] == [(first, 2), (second, 0)]
    assert slots(HOURS, [], date(2026, 12, 1)) == ()
    assert len(slots(HOURS, [], date(2026, 12, 2))) == 6


def test_no_appointment_on_a_legal_holiday():
    assert date(2026, 12, 25).weekday() == 4
    friday = (DeskHours(4, time(9), time(10), 30, 1),)
    assert slots(friday, [], date(2026, 12, 25)) == ()
    assert len(slots(friday, [], date(2026, 12, 18))) == 2


@pytest.mark.parametrize("was", VisitState)
def test_whatever_is_pressed_by_mistake_an_appointment_comes_back_to_where_it_was(was):
    for pressed in NEXT[was]:
        reached, before = {pressed}, set()
        while reached != before:
            before = set(reached)
            reached |= {
                to
                for state in before
                for to in VisitState
                if may_become(Visit(1, state, slot_at=NINE), to)
            }
        assert was in reached
    refused = may_become(Visit(1, was, slot_at=NINE), was)
    assert not refused
    assert refused.reason.key == "visit.not_from_here"


def test_a_walk_in_is_never_booked():
    assert not may_become(walk_in(1, 0), VisitState.BOOKED)
    assert may_become(appointment(1, 0, 0), VisitState.BOOKED)
