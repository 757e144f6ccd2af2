"""Fewer read what a social welfare centre wrote, and what a need says of somebody's health; nothing is lost by it."""

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
    registrar,
    town,
    tracks_of,
)

from perron.vocabulary.contacts import ContactOutcome, ContactWay
from perron.vocabulary.errors import Refused
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.people import Need
from perron.vocabulary.places import CheckOutcome, HostCheckKind
from perron.vocabulary.tracks import TrackKind
from perron_site.actions.contacts import NewPromise, correct_contact, write_contact
from perron_site.actions.handovers import accept_handover, offer_handover
from perron_site.actions.homes import propose_home
from perron_site.actions.hosts import write_host_check
from perron_site.actions.households import end_need, set_need
from perron_site.actions.merging import merge_people, undo_moving
from perron_site.actions.tracks import take_up_all
from perron_site.queries.file import file_for
from perron_site.queries.household import household as page
from perron_site.records import models
from perron_site.records.context import as_organisation, as_person

pytestmark = pytest.mark.django_db
SECRET = "Owes three months of rent"
WRITTEN = (models.Contact, models.Promise, models.Revision)


def ocmw(nis=GENT, at=NOW):
    return acting(OrganisationKind.OCMW, Role.CASE_WORKER, nis, at)


def hand_over(home, giver, to, kind):
    with as_organisation(giver):
        lines = tuple(track.pk for track in tracks_of(home, kind))
        offer = offer_handover(
            giver, household_id=home, track_ids=lines, receiver_id=to.organisation,
            why="They live there", consent=True,
        )  # fmt: skip
    with as_organisation(to):
        accept_handover(to, handover_id=offer)


def person_of(home):
    return models.HouseholdMember.objects.get(household=home, end__isnull=True).person_id


def wrote(by, person):
    with as_organisation(by):
        number = write_contact(
            by, person_id=person, on=by.on, way=ContactWay.VISIT, outcome=ContactOutcome.REACHED,
            note=SECRET, promise=NewPromise(SECRET, later(days=9).date()),
        )  # fmt: skip
        correct_contact(by, contact_id=number, changes={"note": f"{SECRET}, and gas"})


def reads(by):
    with as_organisation(by):
        return {model.__name__ for model in WRITTEN if model.objects.exists()}


ALL, NONE = {"Contact", "Promise", "Revision"}, set()


def test_what_a_centre_wrote_is_read_by_itself_and_by_the_one_that_takes_over_the_support():
    home = a_household(roof=False)
    person = person_of(home)
    hand_over(home, dispatcher(), ocmw(), TrackKind.SUPPORT)
    wrote(ocmw(), person)
    assert reads(ocmw()) == ALL
    assert reads(dispatcher()) == reads(registrar()) == reads(ocmw(MECHELEN)) == NONE
    with as_organisation(dispatcher()):
        told = page(home, dispatcher(), whole=True)
        assert told.contacts == ()
        assert "event.contact:written" in {line.what.key for line in told.story}
        assert SECRET not in repr(told)
    hand_over(home, ocmw(), ocmw(MECHELEN), TrackKind.SUPPORT)
    assert reads(ocmw(MECHELEN)) == reads(ocmw()) == ALL
    assert reads(dispatcher()) == NONE


def test_what_others_wrote_is_read_by_all_who_hold_a_line_and_by_the_centre():
    home = a_household(roof=False)
    hand_over(home, dispatcher(), ocmw(), TrackKind.SUPPORT)
    wrote(dispatcher(), person_of(home))
    assert reads(ocmw()) == reads(registrar()) == reads(dispatcher()) == ALL


def test_the_person_reads_all_of_it_by_their_own_link_and_a_desk_only_its_part():
    home = a_household(roof=False, needs=[Need.WHEELCHAIR, Need.COT])
    person = person_of(home)
    hand_over(home, dispatcher(), ocmw(), TrackKind.SUPPORT)
    hand_over(home, registrar(), town(), TrackKind.MUNICIPALITY)
    wrote(ocmw(), person)
    with as_person(person):
        assert models.Contact.objects.get().note == f"{SECRET}, and gas"
        assert models.Need.objects.count() == 2
    for by, knows in ((ocmw(), True), (town(), False)):
        with as_organisation(by):
            found = file_for(person, by)
        assert (SECRET in repr(found)) is knows
        assert (Need.WHEELCHAIR in found.person.needs) is knows
        assert Need.COT in found.person.needs


def needs_read(by, home):
    with as_organisation(by):
        return set(page(home, by).people[0].needs)


def test_a_need_of_health_is_read_by_who_finds_the_place_supports_or_registered():
    home = a_household(roof=False, needs=[Need.WHEELCHAIR, Need.COT])
    hand_over(home, registrar(), town(), TrackKind.MUNICIPALITY)
    hand_over(home, dispatcher(), ocmw(), TrackKind.SUPPORT)
    assert needs_read(town(), home) == {Need.COT}
    for by in (registrar(), ocmw()):
        assert needs_read(by, home) == {Need.WHEELCHAIR, Need.COT}
    with as_organisation(town()):
        told = page(home, town())
        assert not told.finds_a_place
        assert "wheelchair" not in repr(told).casefold()


def test_while_a_roof_is_asked_for_everybody_who_sees_them_reads_what_it_must_have():
    home = a_household(needs=[Need.WHEELCHAIR])
    hand_over(home, registrar(), town(), TrackKind.MUNICIPALITY)
    assert needs_read(town(), home) == {Need.WHEELCHAIR}
    models.RoofRequest.objects.update(state=models.RequestState.ANSWERED, answered_at=NOW)
    assert needs_read(town(), home) == set()


def test_who_does_not_read_a_need_neither_sets_it_nor_ends_it_nor_chooses_a_home():
    home = a_household(roof=False, needs=[Need.WHEELCHAIR])
    hand_over(home, registrar(), town(), TrackKind.MUNICIPALITY)
    a_site(town(), a_home(4), municipality=GENT, name="House")
    by, person = town(), person_of(home)
    with as_organisation(by):
        for act in (
            lambda: set_need(by, person_id=person, need=Need.LIFT),
            lambda: end_need(by, person_id=person, need=Need.WHEELCHAIR),
            lambda: propose_home(by, household_id=home),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.message.key == "need.only_who_finds_a_place"
        set_need(by, person_id=person, need=Need.COT)
    assert set(models.Need.objects.values_list("need", flat=True)) == {"wheelchair", "cot"}


def test_when_two_records_are_one_person_what_the_desk_may_not_read_goes_along_and_comes_back():
    first, second = a_household(roof=False), a_household(roof=False, needs=[Need.WHEELCHAIR])
    person, double = person_of(first), person_of(second)
    hand_over(second, dispatcher(), ocmw(), TrackKind.SUPPORT)
    wrote(ocmw(), double)
    for home in (first, second):
        hand_over(home, registrar(), town(), TrackKind.MUNICIPALITY)
    with as_organisation(town()):
        assert {
            model.__name__ for model in (*WRITTEN, models.Need) if model.objects.exists()
        } == set()
        merge_people(town(), person_id=person, double_id=double, why="Two spellings")
    belongs = (models.Contact, models.Promise, models.Need)
    assert {row.person_id for model in belongs for row in model.objects.all()} == {person}
    with as_organisation(town(at=later(minutes=2))):
        undo_moving(town(at=later(minutes=2)), household_id=first)
    assert {row.person_id for model in belongs for row in model.objects.all()} == {double}


def test_a_check_of_a_host_is_read_by_the_town_that_screens_and_by_nobody_else():
    site = a_site(dispatcher(), a_home(), municipality=GENT)
    by = town()
    with as_organisation(by):
        write_host_check(
            by, site_id=site, kind=HostCheckKind.RECORD, outcome=CheckOutcome.FAILED, on=by.on,
            consented=True,
        )  # fmt: skip
    read = {
        name: rows_of_checks(who)
        for name, who in {
            "town": town(), "keeper": dispatcher(), "another town": town(MECHELEN), "centre": ocmw(),
            "desk": registrar(),
        }.items()
    }  # fmt: skip
    assert read == {"town": 1, "keeper": 0, "another town": 0, "centre": 0, "desk": 0}


def rows_of_checks(by):
    with as_organisation(by):
        return models.HostCheck.objects.count()


def test_a_line_of_support_that_nobody_took_up_opens_no_notes():
    home = a_household(roof=False)
    hand_over(home, dispatcher(), ocmw(), TrackKind.SUPPORT)
    wrote(ocmw(), person_of(home))
    track = tracks_of(home, TrackKind.SUPPORT)[0]
    models.Track.objects.filter(pk=track.pk).update(
        responsible=ocmw(MECHELEN).organisation, taken_up_at=None
    )
    models.Sight.objects.create(
        organisation_id=ocmw(MECHELEN).organisation, person_id=track.person_id, why="responsible"
    )
    assert reads(ocmw(MECHELEN)) == NONE
    with as_organisation(ocmw(MECHELEN)):
        take_up_all(ocmw(MECHELEN), track_ids=(track.pk,))
    assert reads(ocmw(MECHELEN)) == ALL
