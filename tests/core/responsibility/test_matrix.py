"""Who must act: the matrix that comes with Perron, step by step, region by region, day by day."""

from datetime import date, timedelta

import pytest

from perron.responsibility.matrix import ADOPTED, adopted, duty, first_step, next_steps
from perron.responsibility.rows import EVERYWHERE, FIRST_DAY
from perron.vocabulary.errors import LawNotModelled
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.wording import message

TODAY = date(2026, 11, 25)
VLG, BRU, WAL, DG = Region.FLANDERS, Region.BRUSSELS, Region.WALLONIA, Region.GERMAN_SPEAKING
CIRCULAR = date(2022, 11, 30)


def line(step):
    return TrackKind(step.value.split(".")[0])


@pytest.mark.parametrize(
    ("step", "region", "organisation"),
    [
        (Step.ROOF_ASKED, VLG, "fedasil"),
        (Step.ROOF_ASKED, None, "fedasil"),
        (Step.ROOF_EMERGENCY, DG, "fedasil"),
        (Step.ROOF_HOME_PROPOSED, VLG, "municipality"),
        (Step.ROOF_HOME_PROPOSED, BRU, "region"),
        (Step.ROOF_HOME_PROPOSED, WAL, "region"),
        (Step.ROOF_HOME_PROPOSED, DG, "region"),
        (Step.ROOF_HOME_PROPOSED, None, "fedasil"),
        (Step.ROOF_HOME, VLG, "municipality"),
        (Step.ROOF_HOME, BRU, "region"),
        (Step.ROOF_HOME, WAL, "region"),
        (Step.ROOF_HOME, DG, "region"),
        (Step.ROOF_HOME, None, "fedasil"),
        (Step.PROTECTION_TO_REGISTER, BRU, "dvz"),
        (Step.PROTECTION_REFUSED, None, "dvz"),
        (Step.MUNICIPALITY_TO_DECLARE, VLG, "municipality"),
        (Step.MUNICIPALITY_TO_DECLARE, None, "dvz"),
        (Step.MUNICIPALITY_CARD, DG, "municipality"),
        (Step.SUPPORT_INQUIRY, WAL, "ocmw"),
        (Step.SUPPORT_INQUIRY, None, "fedasil"),
    ],
)
def test_who_must_act_depends_on_the_step_and_the_region(step, region, organisation):
    assert duty(line(step), step, region, TODAY).organisation == OrganisationKind(organisation)


@pytest.mark.parametrize("region", EVERYWHERE)
@pytest.mark.parametrize("step", Step)
def test_every_station_has_exactly_one_duty_in_every_region_since_the_first_day(step, region):
    turns = {day for row in adopted().rows for day in (row.start, row.end) if day is not None}
    for on in {FIRST_DAY, TODAY, *turns, *(day - timedelta(days=1) for day in turns)}:
        if on >= FIRST_DAY:
            found = duty(line(step), step, region, on)
            assert (found.step, found.region, found.version) == (step, region, ADOPTED)
            assert (found.days is None) == (found.no_clock is not None)


@pytest.mark.parametrize("step", Step)
def test_a_household_without_a_municipality_is_never_left_to_a_municipality(step):
    kinds = {OrganisationKind.FEDASIL, OrganisationKind.DVZ, OrganisationKind.GUARDIANSHIP}
    assert duty(line(step), step, None, TODAY).organisation in kinds


def test_the_day_before_the_matrix_is_not_modelled():
    assert duty(TrackKind.ROOF, Step.ROOF_ASKED, None, FIRST_DAY).days == 0
    with pytest.raises(LawNotModelled) as raised:
        duty(TrackKind.ROOF, Step.ROOF_ASKED, None, date(2022, 3, 3))
    assert raised.value.message == message(
        "matrix.before_first_day", on=date(2022, 3, 3), first=date(2022, 3, 4)
    )


@pytest.mark.parametrize(
    ("on", "days"), [(CIRCULAR - timedelta(days=1), None), (CIRCULAR, 90), (TODAY, 90)]
)
def test_the_term_to_declare_an_address_begins_with_its_circular(on, days):
    found = duty(TrackKind.MUNICIPALITY, Step.MUNICIPALITY_TO_DECLARE, VLG, on)
    assert found.days == days
    assert (found.no_clock == message("clock.none.no_legal_limit_found")) == (days is None)


def test_a_step_of_another_line_is_an_error():
    with pytest.raises(ValueError, match="no single duty"):
        duty(TrackKind.ROOF, Step.SUPPORT_INQUIRY, VLG, TODAY)


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        (TrackKind.ROOF, Step.ROOF_ASKED),
        (TrackKind.PROTECTION, Step.PROTECTION_TO_REGISTER),
        (TrackKind.MUNICIPALITY, Step.MUNICIPALITY_TO_DECLARE),
        (TrackKind.SUPPORT, Step.SUPPORT_TO_ASK),
    ],
)
def test_each_line_opens_at_its_first_step(kind, step):
    assert first_step(kind) is step


def test_the_usual_step_is_named_first():
    assert next_steps(TrackKind.ROOF, Step.ROOF_ASKED, VLG, TODAY)[0] is Step.ROOF_EMERGENCY
    assert next_steps(TrackKind.ROOF, Step.ROOF_OWN, VLG, TODAY) == ()


def test_no_roof_waits_for_anything():
    waiting = {row.step for row in adopted().rows if row.waits_for}
    assert waiting == {Step.MUNICIPALITY_TO_DECLARE, Step.SUPPORT_TO_ASK}


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.ROOF_ASKED])
def test_a_line_ends_or_rests_where_its_row_says_so(step):
    closing = {Step.ROOF_OWN, Step.PROTECTION_ENDED, Step.SUPPORT_NOT_NEEDED}
    closing |= {Step.GUARDIAN_ENDED, Step.SCHOOL_ENDED, Step.LANGUAGE_ENDED, Step.CARE_ENDED}
    closing |= {Step.DURABLE_GRANTED, Step.DURABLE_NOT_SOUGHT}
    resting = {Step.ROOF_HOME, Step.PROTECTION_GRANTED, Step.PROTECTION_WITHDRAWN}
    resting |= {Step.MUNICIPALITY_CARD, Step.MUNICIPALITY_NOT_OPEN, Step.SUPPORT_HEALTH_FUND}
    resting |= {Step.GUARDIAN_WORKING, Step.SCHOOL_ENROLLED, Step.LANGUAGE_FOLLOWING}
    resting |= {Step.WORK_SEARCHING, Step.WORK_WORKING, Step.WORK_NOT_NOW, Step.CARE_FOUND}
    found = duty(line(step), step, VLG, TODAY)
    assert found.closing == (step in closing)
    assert found.resting == (step in resting | {Step.SUPPORT_RUNNING})


def test_every_clock_has_a_source_of_its_own():
    clocks = [row.clock for row in adopted().rows if row.clock]
    assert len(clocks) > 10
    assert all(clock.source.text and clock.days >= 0 for clock in clocks)
