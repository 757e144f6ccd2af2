"""A line moves only along its own stations."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perron.responsibility.matrix import adopted, duty
from perron.responsibility.rows import EVERYWHERE
from perron.responsibility.tracks import kind_of, may_step
from perron.vocabulary.organisations import OrganisationId, OrganisationKind
from perron.vocabulary.people import HouseholdId, PersonId
from perron.vocabulary.tracks import Step, Track, TrackId, TrackKind
from perron.vocabulary.wording import message

SINCE, TODAY = date(2026, 11, 20), date(2026, 11, 25)
FOLLOWS = {
    "roof.asked": "emergency home_proposed home own",
    "roof.emergency": "home_proposed home own asked",
    "roof.home_proposed": "home emergency asked own",
    "roof.home": "own home_proposed asked emergency",
    "roof.own": "",
    "protection.to_register": "granted pending refused withdrawn",
    "protection.pending": "granted refused withdrawn",
    "protection.granted": "ended withdrawn",
    "protection.refused": "appealed pending ended",
    "protection.appealed": "pending refused granted ended",
    "protection.withdrawn": "to_register pending ended",
    "protection.ended": "",
    "municipality.to_declare": "residence_check annex_15 no_address not_open",
    "municipality.residence_check": "annex_15 card to_declare no_address moved",
    "municipality.annex_15": "card residence_check annex_15 to_declare no_address moved not_open",
    "municipality.card": "annex_15 residence_check to_declare no_address moved not_open",
    "municipality.moved": "residence_check to_declare annex_15 no_address not_open",
    "municipality.no_address": "to_declare residence_check moved not_open",
    "municipality.not_open": "to_declare no_address",
    "support.to_ask": "inquiry not_needed",
    "support.inquiry": "running refused not_needed moved",
    "support.running": "health_fund inquiry not_needed refused moved",
    "support.health_fund": "inquiry running refused not_needed moved",
    "support.moved": "inquiry not_needed",
    "support.refused": "inquiry running health_fund not_needed moved",
    "support.not_needed": "",
    "guardian.to_report": "to_designate ended",
    "guardian.to_designate": "working ended",
    "guardian.working": "ended to_designate",
    "guardian.ended": "",
    "school.to_enrol": "enrolled waiting moved ended",
    "school.waiting": "enrolled to_enrol moved ended",
    "school.enrolled": "ended to_enrol moved",
    "school.moved": "enrolled to_enrol waiting ended",
    "school.ended": "",
    "language.to_ask": "waiting following ended",
    "language.waiting": "following to_ask ended",
    "language.following": "ended waiting to_ask",
    "language.ended": "",
    "work.to_register": "searching working not_now",
    "work.searching": "working not_now",
    "work.working": "searching not_now",
    "work.not_now": "to_register searching working",
    "care.to_ask": "found ended",
    "care.found": "ended to_ask",
    "care.ended": "",
    "durable.to_explore": "applied not_sought",
    "durable.applied": "granted refused to_explore",
    "durable.refused": "to_explore applied granted not_sought",
    "durable.granted": "",
    "durable.not_sought": "",
}


def standing_at(step, region=None):
    return Track(
        id=TrackId(1),
        person=PersonId(4),
        household=HouseholdId(7),
        kind=kind_of(step),
        step=step,
        since=SINCE,
        responsible=OrganisationId(1),
        responsible_kind=OrganisationKind.FEDASIL,
        taken_up_at=None,
        region=region,
    )


def test_every_station_is_on_the_map():
    assert set(FOLLOWS) == {step.value for step in Step}


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("region", EVERYWHERE)
def test_a_line_goes_to_the_steps_of_the_map_and_to_no_other(step, region):
    allowed = {f"{kind_of(step)}.{word}" for word in FOLLOWS[step].split()}
    track = standing_at(step, region)
    assert {to.value for to in Step if may_step(track, to, TODAY)} == allowed


@pytest.mark.parametrize("step", Step)
def test_each_refusal_says_which_rule_stands_in_the_way(step):
    closing = duty(kind_of(step), step, None, TODAY).closing
    for to in Step:
        decision = may_step(standing_at(step), to, TODAY)
        if kind_of(to) is not kind_of(step):
            assert decision.reason == message("track.step_of_another_line")
        elif closing:
            assert decision.reason == message("track.line_has_ended")
        elif not decision:
            assert decision.reason == message("track.step_does_not_follow")


def test_a_step_cannot_lie_before_the_last_one():
    track = standing_at(Step.ROOF_ASKED)
    assert may_step(track, Step.ROOF_EMERGENCY, SINCE)
    before = may_step(track, Step.ROOF_EMERGENCY, date(2026, 11, 19))
    assert before.reason == message("track.before_the_last_step", since=SINCE)


def test_a_refused_protection_changes_nothing_for_the_roof():
    roof = standing_at(Step.ROOF_ASKED)
    assert may_step(roof, Step.ROOF_EMERGENCY, TODAY)
    assert duty(TrackKind.ROOF, Step.ROOF_EMERGENCY, None, TODAY).waits_for == ()


@given(st.sampled_from(TrackKind), st.data())
def test_wherever_a_line_goes_it_can_still_end_or_rest(kind, data):
    track = standing_at(next(row.step for row in adopted().rows if row.first and row.track is kind))
    for _ in range(data.draw(st.integers(0, 8))):
        following = [to for to in Step if may_step(track, to, TODAY)]
        if not following:
            assert duty(kind, track.step, None, TODAY).closing
            return
        track = replace(track, step=data.draw(st.sampled_from(following)))
    seen, ahead = set(), {track.step}
    while ahead:
        step = ahead.pop()
        seen.add(step)
        ahead |= set(duty(kind, step, None, TODAY).next) - seen
    assert any(
        duty(kind, step, None, TODAY).closing or duty(kind, step, None, TODAY).resting
        for step in seen
    )
