from datetime import timedelta

import pytest
from builders import (
    MECHELEN,
    NOW,
    STEP_FREE,
    a_family_of_four,
    a_home,
    a_site,
    an_emergency_room,
    dispatcher,
    later,
    registrar,
    town,
    tracks_of,
)
from django.db.backends.postgresql.psycopg_any import DateRange

from perron.vocabulary.errors import Refused
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.handovers import accept_handover, offer_handover
from perron_site.actions.homes import propose_home, refuse_home, take_home
from perron_site.actions.roofs import propose_tonight, take_proposal
from perron_site.actions.stays import cancel_stay, extend_stay, move_in
from perron_site.actions.tracks import take_up
from perron_site.queries.organisations import organisation
from perron_site.records import models

pytestmark = pytest.mark.django_db
TONIGHT = NOW.date()


@pytest.fixture
def family():
    """A family that sleeps in emergency reception; Mechelen has said yes to its roof."""
    a_site(None, an_emergency_room(4, features=STEP_FREE))
    household = a_family_of_four()
    propose_tonight(dispatcher(), night=TONIGHT)
    stay = take_proposal(dispatcher(), proposal_id=models.Proposal.objects.get(state="open").pk)
    move_in(dispatcher(), stay_id=stay)
    numbers = tuple(track.pk for track in tracks_of(household, TrackKind.ROOF))
    asked = offer_handover(
        dispatcher(),
        household_id=household,
        track_ids=numbers,
        receiver_id=organisation(OrganisationKind.MUNICIPALITY, MECHELEN),
        why="",
        consent=True,
    )
    accept_handover(town(MECHELEN), handover_id=asked)
    return household


def test_a_home_that_fits_is_proposed_with_its_reasons_and_moved_into(family):
    mechelen = town(MECHELEN, at=later(days=1))
    a_site(
        mechelen,
        a_home(4, "Stairs"),
        a_home(5, "Ground floor", STEP_FREE),
        municipality=MECHELEN,
        name="Dijle",
    )
    proposal = models.Proposal.objects.get(pk=propose_home(mechelen, household_id=family))
    assert proposal.unit.name == "Ground floor"
    assert proposal.reasons
    start = TONIGHT + timedelta(days=2)
    stay = take_home(mechelen, proposal_id=proposal.pk, start=start)
    emergency = models.Stay.objects.exclude(pk=stay).get()
    assert (emergency.state, emergency.end) == ("running", start)
    move_in(town(MECHELEN, at=later(days=2)), stay_id=stay)
    emergency.refresh_from_db()
    assert (emergency.state, emergency.end) == ("ended", start)
    assert {track.step for track in tracks_of(family, TrackKind.ROOF)} == {Step.ROOF_HOME}
    beds = models.BedNight.objects.filter(stay=stay)
    assert (beds.count(), beds.filter(person__isnull=True).count()) == (5, 1)


def test_where_no_home_fits_it_says_so(family):
    mechelen = town(MECHELEN)
    a_site(mechelen, a_home(4, "Stairs"), municipality=MECHELEN)
    with pytest.raises(Refused) as none:
        propose_home(mechelen, household_id=family)
    assert none.value.message.key == "home.none_fits"


def test_a_household_that_says_no_stays_where_it_is(family):
    mechelen = town(MECHELEN)
    a_site(mechelen, a_home(5, "Ground floor", STEP_FREE), municipality=MECHELEN)
    proposal = propose_home(mechelen, household_id=family)
    refuse_home(mechelen, proposal_id=proposal, despite="Too far from school")
    assert {track.step for track in tracks_of(family, TrackKind.ROOF)} == {Step.ROOF_EMERGENCY}
    assert models.Stay.objects.filter(household=family, state="running").count() == 1


def test_a_home_from_the_day_on_which_the_emergency_stay_began_leaves_that_stay_no_night(family):
    mechelen = town(MECHELEN)
    a_site(mechelen, a_home(5, "Ground floor", STEP_FREE), municipality=MECHELEN)
    proposal = propose_home(mechelen, household_id=family)
    stay = take_home(mechelen, proposal_id=proposal, start=TONIGHT)
    move_in(mechelen, stay_id=stay)
    emergency = models.Stay.objects.exclude(pk=stay).get()
    assert (emergency.state, emergency.start, emergency.end) == ("ended", TONIGHT, TONIGHT)
    assert not models.BedNight.objects.filter(stay=emergency).exists()
    assert {track.step for track in tracks_of(family, TrackKind.ROOF)} == {Step.ROOF_HOME}


def test_a_stay_that_a_home_left_no_night_holds_its_beds_again_when_the_home_is_given_up(family):
    mechelen = town(MECHELEN)
    a_site(mechelen, a_home(5, "Ground floor", STEP_FREE), municipality=MECHELEN)
    emergency = models.Stay.objects.get(household=family)
    slept = set(models.BedNight.objects.filter(stay=emergency).values_list("person", flat=True))
    home = take_home(
        mechelen, proposal_id=propose_home(mechelen, household_id=family), start=emergency.start
    )
    cancel_stay(mechelen, stay_id=home)
    end = emergency.start + timedelta(days=3)
    extend_stay(mechelen, stay_id=emergency.pk, end=end)
    rows = models.BedNight.objects.filter(stay=emergency)
    assert {row.person_id for row in rows if row.person_id} == slept - {None}
    assert {(row.nights.lower, row.nights.upper) for row in rows} == {(emergency.start, end)}


def test_who_came_along_on_the_day_of_a_home_given_up_asks_for_a_roof_when_the_stay_goes_on(family):
    """The home cut the stay on the first night of the one who joined: no bed of the stay is left for them."""
    mechelen = town(MECHELEN)
    a_site(mechelen, a_home(5, "Ground floor", STEP_FREE), municipality=MECHELEN)
    emergency = models.Stay.objects.get(household=family)
    joined = models.BedNight.objects.filter(stay=emergency, person__isnull=False).first()
    later_on = emergency.start + timedelta(days=1)
    joined.nights = DateRange(later_on, joined.nights.upper)
    joined.save()
    home = take_home(
        mechelen, proposal_id=propose_home(mechelen, household_id=family), start=later_on
    )
    cancel_stay(mechelen, stay_id=home)
    extend_stay(mechelen, stay_id=emergency.pk, end=emergency.start + timedelta(days=3))
    assert not models.BedNight.objects.filter(stay=emergency, person=joined.person_id).exists()
    assert models.RoofRequest.objects.filter(household=family, state="open").count() == 1


def test_nobody_promises_a_home_that_another_town_keeps(family):
    a_site(town(), a_home(5, "In Gent", STEP_FREE), municipality="44021", name="Dampoort")
    with pytest.raises(Refused) as none:
        propose_home(town(MECHELEN), household_id=family)
    assert none.value.message.key == "home.none_fits"
    unit = models.Unit.objects.get(name="In Gent")
    with pytest.raises(Refused):
        propose_home(town(MECHELEN), household_id=family, unit_id=unit.pk)


def test_in_the_new_town_the_lines_that_nobody_took_up_are_for_its_own_desks(family):
    mechelen = town(MECHELEN)
    a_site(mechelen, a_home(5, "Ground floor", STEP_FREE), municipality=MECHELEN)
    taken = tracks_of(family, TrackKind.PROTECTION)[0]
    take_up(registrar(), track_id=taken.pk)
    stay = take_home(
        mechelen, proposal_id=propose_home(mechelen, household_id=family), start=TONIGHT
    )
    move_in(mechelen, stay_id=stay)
    assert models.Household.objects.get(pk=family).municipality_id == MECHELEN
    held = {
        track.kind: (track.responsible.name, track.taken_up_at is not None)
        for person in models.Person.objects.filter(pk=taken.person_id)
        for track in models.Track.objects.filter(person=person)
    }
    assert held == {
        "roof": ("Stad Mechelen", True),
        "protection": ("DVZ / OE", True),
        "municipality": ("Stad Mechelen", False),
        "support": ("OCMW Mechelen", False),
    }
