"""Who gets it when the clock runs out and nothing happens: a desk that can be found, never the silent one."""

from datetime import date

import pytest

from perron.responsibility.matrix import duty, escalation, matrix_of, versions
from perron.responsibility.rows import EVERYWHERE, Escalation, chain
from perron.responsibility.tracks import kind_of
from perron.vocabulary.organisations import OrganisationKind, findable
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import Step, TrackKind

TODAY = date(2026, 11, 25)
VLG = Region.FLANDERS
FEDASIL, OCMW, REGION = OrganisationKind.FEDASIL, OrganisationKind.OCMW, OrganisationKind.REGION
TOWN = OrganisationKind.MUNICIPALITY


@pytest.mark.parametrize("version", versions())
@pytest.mark.parametrize("region", EVERYWHERE)
def test_each_open_step_of_each_shipped_version_ends_at_a_desk_of_that_region(version, region):
    rows = [row for row in matrix_of(version).rows if region in row.regions and not row.closing]
    assert rows
    for row in rows:
        assert row.escalation is not None, row.step
        desks = chain(row.escalation, row.organisation, region)
        assert desks, row.step
        assert row.organisation not in desks
        assert all(findable(kind, region) for kind in desks)
        assert desks[-1] in row.escalation.coordinator


@pytest.mark.parametrize(
    ("step", "region", "desks"),
    [
        (Step.SUPPORT_INQUIRY, VLG, (TOWN, REGION)),
        (Step.MUNICIPALITY_TO_DECLARE, VLG, (OCMW, REGION)),
        (Step.ROOF_ASKED, VLG, (REGION,)),
        (Step.ROOF_ASKED, None, (OrganisationKind.DVZ,)),
        (Step.PROTECTION_REFUSED, VLG, (FEDASIL,)),
    ],
)
def test_the_neighbour_is_asked_first_then_the_coordinator(step, region, desks):
    assert escalation(duty(kind_of(step), step, region, TODAY)) == desks


def test_whoever_is_silent_or_cannot_be_found_is_passed_over():
    lists = Escalation(remind=2, fallback=(OCMW, REGION), coordinator=(REGION, FEDASIL))
    assert chain(lists, TOWN, VLG) == (OCMW, REGION)
    assert chain(lists, OCMW, VLG) == (REGION,)
    assert chain(lists, REGION, VLG) == (OCMW, FEDASIL)
    assert chain(lists, OrganisationKind.DVZ, None) == (FEDASIL,)


@pytest.mark.parametrize("version", versions())
def test_the_holder_is_reminded_before_the_clock_runs_out_wherever_it_runs_longer_than_that(
    version,
):
    for row in matrix_of(version).rows:
        if row.escalation is not None:
            assert row.escalation.remind > 0, row.step
    roof = duty(TrackKind.ROOF, Step.ROOF_EMERGENCY, VLG, TODAY, version)
    assert roof.escalation is not None
    assert (roof.escalation.remind, roof.days) == (2, 5)
