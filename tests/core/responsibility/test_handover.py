"""The baton moves only when the receiver says yes."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perron.responsibility.handover import (
    TRANSITIONS,
    answer_due,
    holder,
    may_answer,
    may_offer,
    may_read_until,
    stages_due,
    usual_reading,
)
from perron.vocabulary.organisations import OrganisationId, OrganisationKind
from perron.vocabulary.people import HouseholdId, PersonId
from perron.vocabulary.tracks import (
    EscalationStage,
    Handover,
    HandoverId,
    HandoverState,
    Step,
    Track,
    TrackId,
    TrackKind,
)

FEDASIL, GENT, MECHELEN = OrganisationId(1), OrganisationId(2), OrganisationId(3)
REGION = OrganisationId(4)
OFFERED_AT = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
OFFER = Handover(
    id=HandoverId(1),
    giver=FEDASIL,
    receiver=GENT,
    household=HouseholdId(7),
    tracks=(TrackId(1),),
    state=HandoverState.OFFERED,
    offered_at=OFFERED_AT,
    due_on=date(2026, 11, 13),
)
ROOF = Track(
    id=TrackId(1),
    person=PersonId(4),
    household=HouseholdId(7),
    kind=TrackKind.ROOF,
    step=Step.ROOF_EMERGENCY,
    since=date(2026, 11, 9),
    responsible=FEDASIL,
    responsible_kind=OrganisationKind.FEDASIL,
    taken_up_at=None,
)
STATES = st.sampled_from(HandoverState)
ORGANISATIONS = st.integers(1, 4).map(OrganisationId)


def in_state(state):
    return replace(OFFER, state=state)


@given(STATES, ORGANISATIONS, ORGANISATIONS)
def test_the_giver_holds_the_baton_in_every_state_but_accepted(state, giver, receiver):
    handover = replace(OFFER, state=state, giver=giver, receiver=receiver)
    expected = receiver if state is HandoverState.ACCEPTED else giver
    assert holder(handover) == expected


@given(STATES, STATES, ORGANISATIONS)
def test_the_baton_never_moves_by_the_will_of_anybody_but_the_receiver(state, to, organisation):
    before = in_state(state)
    if may_answer(before, organisation, to) and holder(replace(before, state=to)) != holder(before):
        assert (organisation, to) == (before.receiver, HandoverState.ACCEPTED)


@given(STATES, STATES, ORGANISATIONS)
def test_a_refusal_has_a_reason_and_a_permission_has_none(state, to, organisation):
    decision = may_answer(in_state(state), organisation, to)
    assert decision.allowed == (decision.reason is None)


@pytest.mark.parametrize("state", HandoverState)
@pytest.mark.parametrize("to", HandoverState)
def test_an_answer_is_given_once(state, to):
    offered = replace(in_state(state), desk=REGION)
    answered = any(may_answer(offered, each, to) for each in (GENT, FEDASIL, REGION))
    open_and_moving = state is HandoverState.OFFERED and to is not HandoverState.OFFERED
    assert bool(answered) == open_and_moving == (to in TRANSITIONS[state])


@pytest.mark.parametrize(
    ("organisation", "to", "reason"),
    [
        (GENT, HandoverState.ACCEPTED, None),
        (GENT, HandoverState.DECLINED, None),
        (FEDASIL, HandoverState.WITHDRAWN, None),
        (FEDASIL, HandoverState.ACCEPTED, "handover.only_receiver_answers"),
        (FEDASIL, HandoverState.DECLINED, "handover.only_receiver_answers"),
        (GENT, HandoverState.WITHDRAWN, "handover.only_giver_withdraws"),
        (MECHELEN, HandoverState.ACCEPTED, "handover.only_receiver_answers"),
        (MECHELEN, HandoverState.WITHDRAWN, "handover.only_giver_withdraws"),
        (GENT, HandoverState.OFFERED, "handover.already_answered"),
    ],
)
def test_each_side_may_do_its_own_part_of_an_open_offer(organisation, to, reason):
    decision = may_answer(OFFER, organisation, to)
    assert decision.allowed == (reason is None)
    assert (decision.reason and decision.reason.key) == reason


@pytest.mark.parametrize(
    ("tracks", "giver", "receiver", "reason"),
    [
        ((ROOF,), FEDASIL, GENT, None),
        ((), FEDASIL, GENT, "handover.nothing_offered"),
        ((ROOF,), FEDASIL, FEDASIL, "handover.to_yourself"),
        ((ROOF,), GENT, MECHELEN, "handover.not_yours_to_give"),
        ((ROOF, replace(ROOF, responsible=GENT)), FEDASIL, GENT, "handover.not_yours_to_give"),
        (
            (ROOF, replace(ROOF, household=HouseholdId(8))),
            FEDASIL,
            GENT,
            "handover.two_households",
        ),
    ],
)
def test_an_organisation_offers_what_it_holds_of_one_household(tracks, giver, receiver, reason):
    decision = may_offer(tracks, giver, receiver)
    assert decision.allowed == (reason is None)
    assert (decision.reason and decision.reason.key) == reason


@pytest.mark.parametrize(
    ("offered_at", "due"),
    [
        (datetime(2026, 11, 10, 9, tzinfo=UTC), date(2026, 11, 13)),
        (datetime(2026, 11, 10, 23, 30, tzinfo=UTC), date(2026, 11, 13)),
        (datetime(2026, 11, 9, 22, 59, tzinfo=UTC), date(2026, 11, 12)),
        (datetime(2026, 11, 9, 23, 30, tzinfo=UTC), date(2026, 11, 13)),
        (datetime(2026, 11, 20, 12, tzinfo=UTC), date(2026, 11, 24)),
    ],
)
def test_two_working_days_to_answer_counted_from_the_day_in_brussels(offered_at, due):
    assert answer_due(offered_at) == due


@pytest.mark.parametrize(
    ("day", "stages"),
    [
        (date(2026, 11, 13), ()),
        (date(2026, 11, 14), ("reminder",)),
        (date(2026, 11, 17), ("reminder",)),
        (date(2026, 11, 18), ("reminder", "fallback")),
        (date(2026, 11, 19), ("reminder", "fallback")),
        (date(2026, 11, 20), ("reminder", "fallback", "desk")),
        (date(2027, 11, 20), ("reminder", "fallback", "desk")),
    ],
)
def test_a_late_answer_goes_one_desk_further_every_two_working_days(day, stages):
    assert stages_due(OFFER.due_on, day) == tuple(EscalationStage(each) for each in stages)


def test_whoever_a_late_answer_was_brought_to_may_say_yes_and_only_the_desk_may_ask_another():
    late = replace(OFFER, fallback=MECHELEN, desk=REGION)
    assert may_answer(late, MECHELEN, HandoverState.ACCEPTED)
    assert not may_answer(late, MECHELEN, HandoverState.DECLINED)
    assert not may_answer(late, MECHELEN, HandoverState.REASSIGNED)
    assert may_answer(late, REGION, HandoverState.REASSIGNED)
    assert not may_answer(late, REGION, HandoverState.ACCEPTED)
    assert not may_answer(OFFER, MECHELEN, HandoverState.ACCEPTED)
    assert not may_answer(OFFER, REGION, HandoverState.REASSIGNED)


def test_a_giver_reads_at_most_a_year_and_never_until_a_day_that_has_passed():
    today = date(2026, 11, 25)
    assert usual_reading(today) == date(2027, 2, 23)
    days = [date(2026, 11, 24), today, usual_reading(today), date(2027, 11, 25), date(2027, 11, 26)]
    assert [bool(may_read_until(day, today)) for day in days] == [False, True, True, True, False]
