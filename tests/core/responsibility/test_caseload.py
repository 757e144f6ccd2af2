"""The caseload: who looks at a household, and from which day on."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from test_gaps import IN_EMERGENCY, ROOF, SUPPORT, november

from perron.responsibility.caseload import caseload
from perron.responsibility.gaps import foreseen
from perron.responsibility.net import Situation
from perron.vocabulary.intervals import Interval
from perron.vocabulary.organisations import OrganisationId
from perron.vocabulary.people import HouseholdId, PersonId

TODAY = november(20)
FEDASIL, CENTRE, OTHER = ROOF.responsible, SUPPORT.responsible, OrganisationId(9)


def told(*tracks, awaited=(), nights=(), promises=()):
    member = Situation(
        HouseholdId(7), PersonId(4), tracks, nights=tuple(nights), promises=tuple(promises)
    )
    return caseload([member], foreseen(member, TODAY), awaited, TODAY)


def test_whoever_holds_a_line_has_the_household_from_the_first_day_on_which_it_must_act():
    waits = replace(SUPPORT, taken_up_at=None, since=november(11))
    booked = [Interval(november(1), november(25))]
    assert told(waits, replace(IN_EMERGENCY, since=november(18)), nights=booked) == {
        CENTRE: november(11),
        FEDASIL: november(23),
    }


def test_a_clock_that_ends_before_any_gap_opens_comes_first():
    runs = replace(SUPPORT, due_on=november(21), since=november(19))
    assert told(runs) == {CENTRE: november(21)}
    assert told(replace(runs, due_on=None)) == {CENTRE: november(19) + timedelta(days=30)}


def test_an_answer_that_is_awaited_counts_also_without_a_line():
    runs = replace(SUPPORT, since=november(19))
    asked = [(OTHER, november(22)), (OTHER, november(21)), (CENTRE, november(18))]
    assert told(runs, awaited=asked) == {CENTRE: november(18), OTHER: november(21)}


def test_a_promise_of_whoever_holds_nothing_is_no_caseload():
    assert set(told(SUPPORT, promises=[(OTHER, november(3))])) == {CENTRE}


def test_nobody_with_an_open_line_is_nobodys_work():
    assert caseload([], [], [], TODAY) == {}


@given(
    st.lists(
        st.tuples(st.sampled_from([FEDASIL, CENTRE, OTHER]), st.dates(date(2026, 11, 1), date(2026, 12, 31))),
        max_size=6,
    ),
    st.permutations(range(6)),
)  # fmt: skip
def test_the_order_of_what_is_told_makes_no_difference(awaited, order):
    turned = [awaited[place] for place in order if place < len(awaited)]
    assert told(SUPPORT, ROOF, awaited=awaited) == told(ROOF, SUPPORT, awaited=turned)
