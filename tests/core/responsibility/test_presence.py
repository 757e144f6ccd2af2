"""What may be noted of where somebody is: after where they were, with what was tried, until a day to come."""

from datetime import date, timedelta

import pytest

from perron.responsibility.presence import ENDS_ALL_LINES, FOLLOWS, may_be, of_one
from perron.vocabulary.people import Presence, Tried

TODAY = date(2026, 11, 25)
TOMORROW = TODAY + timedelta(days=1)


def refused(was, now, tried=(), until=None):
    reason = may_be(was, now, tried, until, TODAY).reason
    return reason and reason.key


@pytest.mark.parametrize("was", Presence)
@pytest.mark.parametrize("now", Presence)
def test_only_what_follows_may_be_noted(was, now):
    until = TOMORROW if now is Presence.ABROAD else None
    allowed = refused(was, now, set(Tried), until) is None
    assert allowed == (now in FOLLOWS[was])


def test_nobody_comes_back_from_the_dead_and_whoever_else_is_gone_may():
    assert not FOLLOWS[Presence.DIED]
    assert all(Presence.HERE in FOLLOWS[each] for each in ENDS_ALL_LINES - {Presence.DIED})


@pytest.mark.parametrize("until", [None, TODAY, TODAY - timedelta(days=1)])
def test_who_goes_abroad_has_a_day_to_be_back_that_must_still_come(until):
    key = "presence.back_on_a_day_to_come"
    assert refused(Presence.HERE, Presence.ABROAD, until=until) == key
    assert refused(Presence.HERE, Presence.ABROAD, until=TOMORROW) is None
    assert refused(Presence.ABROAD, Presence.ABROAD, until=TOMORROW) is None


def test_no_other_word_has_such_a_day():
    assert refused(Presence.HERE, Presence.LEFT, until=TOMORROW) is not None


def test_somebody_cannot_be_found_only_after_everything_was_tried():
    for missing in Tried:
        tried = set(Tried) - {missing}
        assert refused(Presence.HERE, Presence.UNTRACEABLE, tried) == "presence.not_tried_enough"
    assert refused(Presence.HERE, Presence.UNTRACEABLE, set(Tried)) is None


@pytest.mark.parametrize(
    ("first", "double", "now"),
    [
        (Presence.LEFT, Presence.HERE, Presence.HERE),
        (Presence.HERE, Presence.UNTRACEABLE, Presence.HERE),
        (Presence.UNTRACEABLE, Presence.ABROAD, Presence.ABROAD),
        (Presence.LEFT, Presence.DIED, Presence.DIED),
        (Presence.DIED, Presence.DIED, Presence.DIED),
        (Presence.DIED, Presence.HERE, None),
        (Presence.ABROAD, Presence.DIED, None),
    ],
)
def test_who_was_registered_twice_is_where_the_record_says_that_found_them_again(
    first, double, now
):
    assert of_one(first, double) is now
