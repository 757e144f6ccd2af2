"""ETHOS Light at intake and exit: asked, shown, counted, carried along, taken back; a small count is not said."""

import pytest
from builders import NOW, a_household, acting, dispatcher, later, registrar, town
from django.db import connection
from django.urls import reverse

from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.housing import HousingMoment, LivingSituation
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.people import Presence
from perron_site.actions.households import state_living
from perron_site.actions.merging import merge_people, undo_moving
from perron_site.actions.presence import set_presence
from perron_site.actions.safety import set_safe_mode
from perron_site.actions.tracks import take_up_all
from perron_site.actions.undo import undo
from perron_site.queries.housing import housing
from perron_site.records import models
from perron_site.records.blanking import blank
from perron_site.records.context import as_organisation, as_person

pytestmark = pytest.mark.django_db
ARRIVAL, EXIT = HousingMoment.ARRIVAL, HousingMoment.EXIT
STREET, SHELTER = LivingSituation.PUBLIC_SPACE, LivingSituation.OVERNIGHT_SHELTER
FORM = {
    "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-given_name": "Olena",
    "form-0-family_name": "Marchuk", "roof": "no", "register": "",
}  # fmt: skip


def people(household):
    rows = models.HouseholdMember.objects.filter(household=household).order_by("person")
    return list(rows.values_list("person", flat=True))


def said(person):
    return dict(models.Fact.objects.filter(person=person).values_list("name", "value"))


def held(household):
    """The registrar holds every line of the household, so that it may note who left."""
    tracks = models.Track.objects.filter(person__in=people(household), kind="protection")
    take_up_all(registrar(), track_ids=tuple(tracks.order_by("pk").values_list("pk", flat=True)))


def test_at_intake_the_kind_of_place_is_asked_and_may_stay_open(desk):
    client = desk("registrar")
    client.post(reverse("register_household"), FORM)
    assert said(models.Person.objects.latest("pk").pk) == {}
    client.post(reverse("register_household"), FORM | {"lived": "unknown"})
    assert said(models.Person.objects.latest("pk").pk) == {"lived_before": "unknown"}
    client.post(reverse("register_household"), FORM | {"lived": "public_space"})
    last = models.Person.objects.latest("pk")
    assert said(last.pk) == {"lived_before": "public_space"}
    home = models.HouseholdMember.objects.get(person=last).household_id
    assert (
        "On the street or in another public place"
        in client.get(f"/household/{home}/").content.decode()
    )


def test_a_fault_elsewhere_keeps_what_was_chosen(desk):
    answer = desk("registrar").post(
        reverse("register_household"), FORM | {"roof": "", "lived": "overnight_shelter"}
    )
    assert answer.status_code == 422
    assert '<option value="overnight_shelter" selected>' in answer.content.decode()


def test_at_exit_the_kind_of_place_is_noted_with_who_left_and_goes_with_the_undo(desk):
    home = a_household(roof=False)
    person = people(home)[0]
    held(home)
    state_living(registrar(), person_id=person, moment=EXIT, situation=STREET)
    set_presence(
        registrar(later(minutes=1)), person_id=person, presence=Presence.LEFT, lives=SHELTER
    )
    assert said(person)["lives_after"] == "overnight_shelter"
    act = models.BulkAct.objects.get(kind="left")
    undo(registrar(later(minutes=2)), act_id=act.pk)
    assert said(person)["lives_after"] == "public_space"


def test_the_undo_of_an_exit_takes_back_what_only_the_exit_said():
    home = a_household(roof=False)
    person = people(home)[0]
    held(home)
    set_presence(registrar(), person_id=person, presence=Presence.LEFT, lives=SHELTER)
    undo(registrar(later(minutes=2)), act_id=models.BulkAct.objects.get(kind="left").pk)
    assert said(person) == {}


def test_only_who_leaves_is_asked_where_they_live_afterwards():
    home = a_household(roof=False)
    held(home)
    set_presence(registrar(), person_id=people(home)[0], presence=Presence.DIED, lives=SHELTER)
    assert said(people(home)[0]) == {}


def test_of_who_must_not_be_found_no_kind_of_place_is_written_afterwards():
    home = a_household(roof=False)
    person = people(home)[0]
    set_safe_mode(registrar(), person_id=person, from_whom="somebody", why="She says so")
    state_living(registrar(), person_id=person, moment=ARRIVAL, situation=STREET)
    with pytest.raises(Refused, match="not_after_hiding"):
        state_living(registrar(), person_id=person, moment=EXIT, situation=STREET)


def test_a_page_writes_it_for_its_own_people_and_for_nobody_else(desk):
    home = a_household(roof=False)
    person = people(home)[0]
    address = reverse("state_living", args=[person])
    chosen = {"moment": "lived_before", "situation": "mobile_home"}
    assert desk("mechelen").post(address, chosen).status_code == 404
    client = desk("registrar")
    assert client.post(address, chosen | {"situation": ""}).status_code == 409
    assert client.post(address, chosen).status_code == 302
    assert said(person) == {"lived_before": "mobile_home"}
    with pytest.raises(NotFound):
        state_living(town("12025"), person_id=person, moment=ARRIVAL, situation=STREET)


def test_the_person_reads_it_in_their_file_and_erasure_takes_it(desk):
    home = a_household(roof=False)
    person = people(home)[0]
    state_living(registrar(), person_id=person, moment=ARRIVAL, situation=SHELTER)
    text = desk("registrar").get(reverse("person_file", args=[person])).content.decode()
    assert "In a night shelter" in text
    with as_person(person):
        assert said(person) == {"lived_before": "overnight_shelter"}
    blank(models.Person.objects.get(pk=person), NOW)
    assert said(person) == {}


def test_two_records_that_become_one_keep_it_and_the_undo_parts_them_again():
    one, two = a_household(roof=False), a_household(roof=False)
    (person,), (double,) = people(one), people(two)
    state_living(registrar(), person_id=double, moment=ARRIVAL, situation=SHELTER)
    merge_people(registrar(later(minutes=1)), person_id=person, double_id=double, why="Twice")
    assert (said(person), said(double)) == ({"lived_before": "overnight_shelter"}, {})
    undo_moving(registrar(later(minutes=2)), household_id=one)
    assert (said(person), said(double)) == ({}, {"lived_before": "overnight_shelter"})


def counted(by):
    with as_organisation(by):
        found = housing(by)
    rows = {row.situation: (row.before, row.after) for row in found.rows}
    return rows, found


def test_planners_count_the_whole_net_without_names_and_a_desk_those_it_sees():
    for situation, size in ((STREET, 6), (SHELTER, 5), (LivingSituation.MOBILE_HOME, 2)):
        for person in people(a_household(size=size, roof=False)):
            state_living(registrar(), person_id=person, moment=ARRIVAL, situation=situation)
    for person in people(a_household(size=7, roof=False)):
        state_living(registrar(), person_id=person, moment=EXIT, situation=SHELTER)
    region = acting(OrganisationKind.FEDASIL, Role.COORDINATOR)
    rows, found = counted(region)
    assert found.everywhere
    assert rows[STREET] == (6, 0)
    assert rows[SHELTER] == (None, 7)
    assert rows[LivingSituation.MOBILE_HOME] == (None, 0)
    assert rows[None] == (7, 0)
    assert (found.before, found.after) == (20, 7)
    own, found = counted(registrar())
    assert (found.everywhere, own) == (False, rows)
    assert counted(town("12025"))[1].before == 0


def test_the_question_of_planners_answers_nobody_who_names_no_round():
    state_living(
        registrar(), person_id=people(a_household(roof=False))[0], moment=ARRIVAL, situation=STREET
    )
    with as_organisation(town("12025")), connection.cursor() as cursor:
        rows = cursor.execute("select * from perron_housing() where people > 0").fetchall()
    assert rows == []


def test_a_merged_record_is_not_counted_twice():
    one, two = a_household(roof=False), a_household(roof=False)
    merge_people(dispatcher(), person_id=people(one)[0], double_id=people(two)[0], why="Twice")
    with as_organisation(registrar()), connection.cursor() as cursor:
        rows = cursor.execute("select * from perron_housing() where people > 0").fetchall()
    assert rows == [("lived_before", "", 1)]


def test_the_page_says_what_is_hidden_and_the_list_leaves_it_empty(desk):
    for person in people(a_household(size=3, roof=False)):
        state_living(registrar(), person_id=person, moment=ARRIVAL, situation=SHELTER)
    client = desk("coordinator")
    page = client.get(reverse("housing")).content.decode()
    assert "hidden" in page
    assert "ETHOS Light" in client.get(reverse("net")).content.decode()
    rows = client.get(reverse("housing_csv")).content.decode("utf-8-sig").splitlines()
    assert rows[0] == "what,category,before arrival,after leaving"
    assert "In a night shelter,In emergency accommodation,,0" in rows
