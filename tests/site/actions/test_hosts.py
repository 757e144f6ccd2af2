"""Checks of hosts: a no closes, a later yes opens, who lives there stays, and nobody but the town reads it."""

from datetime import timedelta

import pytest
from builders import (
    GENT,
    MECHELEN,
    NOW,
    a_home,
    a_household,
    a_site,
    acting,
    dispatcher,
    later,
    town,
)

from perron.responsibility.net import GapKind
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.places import CheckOutcome, HostCheckKind, PlaceState
from perron_site.actions.homes import propose_home, take_home
from perron_site.actions.hosts import write_host_check
from perron_site.actions.stays import move_in
from perron_site.queries.gaps import gaps
from perron_site.queries.hosts import host_site_of, host_sites
from perron_site.records import models
from perron_site.records.context import Round, as_organisation, as_round

pytestmark = pytest.mark.django_db
DWELLING, RECORD = HostCheckKind
YES, NO = CheckOutcome
TODAY = NOW.date()


@pytest.fixture
def site():
    return a_site(town(), a_home(2, "Attic"), a_home(4, "House"), municipality=GENT)


def write(site, kind, outcome, by=None, on=TODAY, **more):
    by = by or town()
    with as_organisation(by):
        return write_host_check(by, site_id=site, kind=kind, outcome=outcome, on=on, **more)


def states():
    rows = models.Unit.objects.order_by("name")
    return {row.name: (row.state, row.withdrawn_on) for row in rows}


OPEN, SHUT = (PlaceState.BOOKABLE, None), (PlaceState.WITHDRAWN, TODAY)


def test_a_no_closes_what_could_be_booked_and_a_later_yes_opens_it_again(site):
    write(site, DWELLING, YES)
    assert states() == {"Attic": OPEN, "House": OPEN}
    write(site, RECORD, NO, consented=True)
    assert states() == {"Attic": SHUT, "House": SHUT}
    write(site, DWELLING, YES)
    assert states() == {"Attic": SHUT, "House": SHUT}, "the other no still stands"
    write(site, RECORD, YES, consented=True)
    assert states() == {"Attic": OPEN, "House": OPEN}


def test_what_was_withdrawn_for_another_reason_stays_so(site):
    models.Unit.objects.filter(name="Attic").update(state=PlaceState.WITHDRAWN)
    write(site, DWELLING, NO)
    write(site, DWELLING, YES)
    assert states() == {"Attic": (PlaceState.WITHDRAWN, None), "House": OPEN}


def test_an_older_check_that_is_written_down_later_changes_nothing(site):
    write(site, DWELLING, YES)
    write(site, DWELLING, NO, on=TODAY - timedelta(days=400))
    assert states() == {"Attic": OPEN, "House": OPEN}


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"on": TODAY + timedelta(days=1)}, "host.checked_in_the_future"),
        ({"holds_until": TODAY - timedelta(days=1)}, "host.ends_before_its_day"),
        ({"kind": RECORD}, "host.every_adult_consents_first"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(site, more, key):
    with pytest.raises(Refused) as refused:
        write(site, **{"kind": DWELLING, "outcome": NO, **more})
    assert refused.value.message.key == key
    assert not models.HostCheck.objects.exists()
    assert states() == {"Attic": OPEN, "House": OPEN}


def test_who_lives_there_stays_and_whoever_holds_the_roof_sees_a_gap(site):
    by, home = dispatcher(), a_household(size=2, municipality=GENT)
    a_site(by, a_home(2, "Ours"), municipality=GENT, name="Ours")
    move_in(by, stay_id=take_home(by, proposal_id=propose_home(by, household_id=home), start=TODAY))
    lived_in = models.Stay.objects.get().unit.site_id
    write(lived_in, DWELLING, NO)
    assert models.Stay.objects.get().state == "running"
    with as_round(Round.COUNT):
        found = [gap for gap in gaps(TODAY) if gap.kind is GapKind.PLACE_WITHDRAWN]
    assert {(gap.household, gap.since, gap.responsible) for gap in found} == {
        (home, TODAY, town().organisation)
    }
    assert len(found) == 2
    write(lived_in, DWELLING, YES, by=town(at=later(hours=1)))
    with as_round(Round.COUNT):
        assert GapKind.PLACE_WITHDRAWN not in {gap.kind for gap in gaps(TODAY)}


def test_only_the_town_in_which_the_site_lies_checks_it(site):
    others = (
        town(MECHELEN), dispatcher(), acting(OrganisationKind.OCMW, Role.CASE_WORKER, GENT),
        acting(OrganisationKind.REGION, Role.COORDINATOR),
    )  # fmt: skip
    for by in others:
        with pytest.raises(NotFound):
            write(site, DWELLING, NO, by=by)
        with as_organisation(by):
            assert site not in {each.id for each in host_sites(by)}
            with pytest.raises(NotFound):
                host_site_of(by, site)
    assert states() == {"Attic": OPEN, "House": OPEN}


def test_the_town_sees_closed_sites_first_then_what_is_to_be_renewed_or_was_never_checked(site):
    renew = a_site(town(), a_home(), municipality=GENT, name="Renew")
    fine = a_site(town(), a_home(), municipality=GENT, name="Fine")
    never = a_site(town(), a_home(), municipality=GENT, name="Never")
    write(site, DWELLING, NO)
    ended = TODAY - timedelta(days=1)
    write(renew, DWELLING, YES, on=ended, holds_until=ended)
    write(renew, RECORD, YES, consented=True)
    for kind in HostCheckKind:
        write(fine, kind, YES, consented=True)
    with as_organisation(town()):
        found = host_sites(town())
        assert [each.id for each in found] == [site, renew, never, fine]
        assert found[0].closed
        assert found[1].standing[0].to_renew
        assert found[2].missing == tuple(HostCheckKind)
        history = host_site_of(town(), renew).history
    assert [each.kind for each in history] == [RECORD, DWELLING]


def test_the_journal_says_that_a_host_was_checked_and_not_with_what_outcome(site):
    number = write(site, RECORD, NO, consented=True)
    line = models.Journal.objects.get(event="host:checked")
    assert line.details == {"site": site, "check": number}
