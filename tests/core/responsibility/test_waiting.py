"""Why a line takes so long: each reason where the facts hold it, none where they do not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perron.messages.texts import texts
from perron.responsibility.matrix import ADOPTED, due_on, duty, matrix_of
from perron.responsibility.rows import FIRST_DAY
from perron.responsibility.waiting import Asked, Brought, Standing, can_do, why_waiting
from perron.vocabulary.organisations import OrganisationId, OrganisationKind
from perron.vocabulary.people import HouseholdId, PersonId
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import EscalationStage, Step, Track, TrackId
from perron.vocabulary.wording import message

HOLDER, RECEIVER, DESK = OrganisationId(1), OrganisationId(2), OrganisationId(3)
YES = datetime(2026, 11, 3, 9, tzinfo=UTC)
TODAY = date(2026, 11, 25)
SINCE = date(2026, 11, 2)
ROWS = matrix_of(ADOPTED).rows


def november(day):
    return date(2026, 11, day)


def at(step, *, yes=YES, region=Region.FLANDERS, since=SINCE, offer=None, others=None):
    kind = next(row.track for row in ROWS if row.step is step)
    here = duty(kind, step, region, max(TODAY, since))
    track = Track(
        id=TrackId(1), person=PersonId(4), household=HouseholdId(7), kind=kind, step=step,
        since=since, responsible=HOLDER, responsible_kind=here.organisation, taken_up_at=yes,
        due_on=due_on(here, since), region=region,
    )  # fmt: skip
    return Standing(track, offer, others or {})


def said(line, on=TODAY):
    return [each.message.key for each in why_waiting(line, on)]


def advised(line, on=TODAY):
    return [each.message.key for each in can_do(line, on)]


def test_nobody_has_said_yes_is_told_first():
    line = at(Step.SUPPORT_INQUIRY, yes=None)
    first = why_waiting(line, TODAY)[0]
    assert first.message == message("why.nobody", day=SINCE)
    assert "why.at_work" not in said(line)
    assert "why.do.ask_again" in advised(line)
    assert "why.do.ask_again" not in advised(line, SINCE)


def test_the_clock_of_a_step_is_told_with_its_source_and_as_over_only_after_its_day():
    line = at(Step.SUPPORT_INQUIRY)
    last = line.track.due_on
    (clock,) = [each for each in why_waiting(line, last) if each.source]
    assert clock.message == message("why.term_until", day=last)
    assert "30 days" in clock.source.text
    assert "why.do.ask_again" not in advised(line, last)
    after = last + timedelta(days=1)
    assert message("why.term_over", day=last) in [x.message for x in why_waiting(line, after)]
    assert "why.do.ask_again" in advised(line, after)


def test_without_a_clock_how_long_it_takes_is_unknown():
    assert said(at(Step.PROTECTION_PENDING)) == ["why.no_clock.no_legal_limit_found", "why.at_work"]
    assert said(at(Step.WORK_TO_REGISTER, region=Region.BRUSSELS)) == [
        "why.no_clock.the_person_asks"
    ]


def test_an_offer_waits_for_its_answer_and_says_to_whom_it_was_brought_when_late():
    offer = Asked(RECEIVER, november(10), november(17))
    line = at(Step.SUPPORT_RUNNING, offer=offer)
    assert said(line, november(17)) == ["why.offered", "why.answer_due"]
    assert "why.do.ask_again" not in advised(line, november(17))
    brought = tuple(
        Brought(stage, to, november(18 + day))
        for day, (stage, to) in enumerate(
            zip(EscalationStage, (RECEIVER, HOLDER, DESK), strict=True)
        )
    )
    late = at(Step.SUPPORT_RUNNING, offer=replace(offer, brought=brought))
    found = why_waiting(late, november(21))
    assert [(each.message.key, each.organisation) for each in found] == [
        ("why.offered", RECEIVER), ("why.answer_late", None), ("why.brought.reminder", None),
        ("why.brought.fallback", HOLDER), ("why.brought.desk", DESK),
    ]  # fmt: skip
    assert found[-1].message == message("why.brought.desk", day=november(20))
    assert "why.do.ask_again" in advised(late, november(21))


def test_a_line_that_rests_waits_for_nothing():
    for step in (Step.SUPPORT_RUNNING, Step.PROTECTION_GRANTED, Step.SCHOOL_ENROLLED):
        assert why_waiting(at(step), TODAY) == ()


def test_the_town_hall_waits_for_the_protection_and_then_asks_for_its_certificate():
    before = at(Step.MUNICIPALITY_TO_DECLARE, others={Step.PROTECTION_PENDING: frozenset()})
    assert "why.first.protection.granted" in said(before)
    assert "why.bring.protection.granted" not in advised(before)
    after = at(Step.MUNICIPALITY_TO_DECLARE, others={Step.PROTECTION_GRANTED: frozenset()})
    assert "why.first.protection.granted" not in said(after)
    assert "why.bring.protection.granted" in advised(after)
    (bring,) = [x for x in can_do(after, TODAY) if x.message.key.startswith("why.bring.")]
    assert "brussels.be" in bring.source.text
    gone = {Step.PROTECTION_ENDED: frozenset({Step.PROTECTION_GRANTED})}
    assert "why.first.protection.granted" in said(at(Step.MUNICIPALITY_TO_DECLARE, others=gone))


def test_support_waits_until_the_line_of_the_municipality_has_left_the_declaration():
    declared = frozenset({Step.MUNICIPALITY_TO_DECLARE})
    there = at(Step.SUPPORT_TO_ASK, others={Step.MUNICIPALITY_TO_DECLARE: frozenset()})
    again = at(Step.SUPPORT_TO_ASK, others={Step.MUNICIPALITY_TO_DECLARE: declared})
    past = at(Step.SUPPORT_TO_ASK, others={Step.MUNICIPALITY_ANNEX_15: declared})
    unknown = at(Step.SUPPORT_TO_ASK)
    first = "why.first.municipality.to_declare"
    assert [first in said(each) for each in (there, again, past, unknown)] == [
        True, True, False, True,
    ]  # fmt: skip


def test_a_refusal_names_the_term_of_the_appeal_and_no_promise_of_the_other_side():
    line = at(Step.PROTECTION_REFUSED, since=november(20))
    assert said(line) == ["why.appeal_until"]
    assert advised(line) == ["my_line.do.protection.refused", "why.do.lawyer"]
    after = line.track.due_on + timedelta(days=1)
    assert said(line, after) == ["why.appeal_over"]
    assert "why.do.ask_again" not in advised(line, after)
    assert said(at(Step.PROTECTION_APPEALED))[0] == "why.appeal"


def test_no_address_and_no_municipality_are_said_where_they_hold_something_up():
    assert "why.no_address" in said(at(Step.MUNICIPALITY_NO_ADDRESS))
    nowhere = why_waiting(at(Step.SUPPORT_INQUIRY, region=None), TODAY)
    assert [x.organisation for x in nowhere if x.message.key == "why.no_municipality"] == [HOLDER]
    assert "why.no_municipality" not in said(at(Step.SUPPORT_INQUIRY))
    assert "why.no_municipality" not in said(at(Step.PROTECTION_PENDING, region=None))


@given(
    row=st.sampled_from(ROWS),
    region=st.sampled_from([*Region, None]),
    on=st.dates(FIRST_DAY, date(2027, 12, 31)),
    yes=st.booleans(),
    offered=st.booleans(),
)
def test_every_sentence_of_every_step_has_a_text_and_promises_no_day_of_its_own(
    row, region, on, yes, offered
):
    kind, step = row.track, row.step
    here = duty(kind, step, region, on)
    due = due_on(here, on)
    offer = Asked(RECEIVER, on, on + timedelta(days=5)) if offered else None
    taken = datetime(on.year, on.month, on.day, 12, tzinfo=UTC) if yes else None
    track = Track(
        TrackId(1), PersonId(4), HouseholdId(7), kind, step, on, HOLDER, OrganisationKind.OCMW,
        taken, due, region,
    )  # fmt: skip
    known = texts()
    given_days = {on, due, offer and offer.due_on}
    for day in (on, on + timedelta(days=400)):
        line = Standing(track, offer)
        why = why_waiting(line, day)
        assert not (here.closing and why)
        assert here.closing or here.resting or why
        for each in (*why, *can_do(line, day)):
            assert each.message.key in known
            assert {value for _, value in each.message.params} <= given_days


@pytest.mark.parametrize("stage", list(EscalationStage))
def test_every_stage_of_a_late_answer_has_its_sentence(stage):
    assert f"why.brought.{stage}" in texts()
