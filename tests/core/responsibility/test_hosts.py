"""Whether a site receives people, by its checks."""

from datetime import date

import pytest

from perron.responsibility.hosts import HostCheck, closed, latest, to_renew
from perron.vocabulary.places import CheckOutcome, HostCheckKind

DWELLING, RECORD = HostCheckKind
YES, NO = CheckOutcome


def check(kind, outcome, day, holds_until=None):
    return HostCheck(kind, outcome, date(2026, 11, day), holds_until)


@pytest.mark.parametrize(
    ("checks", "shut"),
    [
        ([], False),
        ([check(DWELLING, YES, 1)], False),
        ([check(RECORD, NO, 1)], True),
        ([check(RECORD, NO, 1), check(RECORD, YES, 2)], False),
        ([check(RECORD, YES, 2), check(RECORD, NO, 1)], False),
        ([check(RECORD, YES, 2), check(RECORD, NO, 2)], True),
        ([check(RECORD, NO, 2), check(RECORD, YES, 2)], False),
        ([check(RECORD, NO, 1), check(DWELLING, YES, 2)], True),
    ],
)
def test_the_last_check_of_each_kind_counts_and_one_no_is_enough(checks, shut):
    assert closed(checks) is shut


def test_the_last_of_each_kind_stands_in_the_order_of_the_kinds():
    late, early = check(RECORD, YES, 9), check(RECORD, NO, 2)
    first = check(DWELLING, YES, 5)
    assert latest([late, first, early]) == (first, late)


def test_a_check_is_renewed_the_day_after_it_held_last_and_never_where_no_day_was_said():
    ends = check(DWELLING, YES, 1, date(2026, 11, 20))
    assert not to_renew(ends, date(2026, 11, 20))
    assert to_renew(ends, date(2026, 11, 21))
    assert not to_renew(check(DWELLING, YES, 1), date(2036, 1, 1))
