"""Pairs side by side: whoever sees both, and a fixed number of questions."""

import re
from dataclasses import replace

import pytest
from builders import NOW, a_person, held_by_gent, later, person_of, registrar, town
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from perron_site.actions.households import register_household
from perron_site.actions.merging import merge_people
from perron_site.queries import twice as queries
from perron_site.queries.twice import twice
from perron_site.records import models
from perron_site.records.context import as_organisation

pytestmark = pytest.mark.django_db
PAGE = "/people/twice/"


def registered(*people):
    """A household of each of these people; their numbers."""
    homes = [
        register_household(registrar(), people=(who,), arrived_on=NOW.date(), roof=False)
        for who in people
    ]
    rows = models.HouseholdMember.objects.filter(household__in=homes)
    return [rows.get(household=home).person_id for home in homes]


def found(by=None):
    with as_organisation(by or registrar()):
        return [(row.new.person, row.old.person, row.judgement.likeness) for row in twice().rows]


OLENA = a_person("Olena", "1992-05-03")
SPELT = replace(OLENA, given_name="Олена", family_name="Марчук")


def test_the_same_day_and_a_name_in_another_spelling_are_a_pair():
    first, second = registered(OLENA, SPELT)
    assert found() == [(second, first, "likely")]


@pytest.mark.parametrize(
    ("other", "likeness"),
    [
        (a_person("Olena", "1992-03-05"), ["likely"]),
        (a_person("Olena", None, telephone="0470"), ["likely"]),
        (a_person("Olena", "1992-05-04", telephone="0470"), ["likely"]),
        (a_person("Sofiia", "1992-05-03", telephone="0470"), []),
        (a_person("Olena", "1961-01-02"), []),
    ],
)
def test_what_makes_a_pair(other, likeness):
    registered(replace(OLENA, telephone="0470"), other)
    assert [each[2] for each in found()] == likeness


def test_a_twin_in_the_household_is_no_pair_and_one_entered_twice_is():
    twins = (a_person("Olena", "1992-05-03"), a_person("Sofiia", "1992-05-03"))
    register_household(registrar(), people=twins, arrived_on=NOW.date(), roof=False)
    assert found() == []
    register_household(registrar(), people=(OLENA, OLENA), arrived_on=NOW.date(), roof=False)
    assert len(found()) == 3


def test_once_they_are_one_record_they_are_no_pair():
    first, second = registered(OLENA, SPELT)
    merge_people(registrar(later(minutes=1)), person_id=first, double_id=second, why="Twice")
    assert found() == []


def test_the_page_shows_both_with_reasons_and_leads_to_the_page_that_merges(desk):
    first, second = registered(OLENA, SPELT)
    homes = [
        models.HouseholdMember.objects.get(person=each).household_id for each in (first, second)
    ]
    page = desk("registrar").get(PAGE).content.decode()
    assert "Pairs: 1. People looked through: 2." in page
    assert "The same birth date" in page
    assert f"/household/{homes[0]}/merge/?other={homes[1]}" in page
    assert set(models.Read.objects.values_list("person", flat=True)) == {first, second}


def test_a_foreign_desk_sees_no_pair_and_no_dispatcher_opens_the_page(desk):
    registered(OLENA, SPELT)
    page = desk("mechelen").get(PAGE)
    assert "Nobody of them seems to be registered twice." in page.content.decode()
    assert "Marchuk" not in page.content.decode()
    assert desk("dispatcher").get(PAGE).status_code == 403


def test_more_pairs_are_no_more_questions(desk):
    client, asked = desk("registrar"), []
    for _ in range(2):
        registered(OLENA, SPELT, OLENA)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_page_keeps_two_people_with_the_reason_and_takes_it_back(desk):
    first, second = registered(OLENA, SPELT)
    client = desk("registrar")
    told = {"person": second, "other": first, "why": "Cousins"}
    page = client.post("/people/twice/two/", told, follow=True).content.decode()
    assert "Pairs: 0." in page
    assert "Cousins" in page
    assert "registrar" in page
    number = models.TwoPeople.objects.get().pk
    assert desk("mechelen").post(f"/people/twice/{number}/take-back/").status_code == 404
    page = client.post(f"/people/twice/{number}/take-back/", follow=True).content.decode()
    assert "Pairs: 1." in page
    assert "taken back on 25 November 2026" in page


def test_no_reason_no_number_and_a_foreign_desk_are_refused(desk):
    first, second = registered(OLENA, SPELT)
    client, pair = desk("registrar"), {"person": second, "other": first}
    assert client.post("/people/twice/two/", pair).status_code == 409
    assert client.post("/people/twice/two/", {"person": "x", "why": "x"}).status_code == 409
    foreign = desk("mechelen").post("/people/twice/two/", pair | {"why": "x"})
    assert foreign.status_code == 404
    assert models.TwoPeople.objects.count() == 0


def test_pairs_further_back_stand_on_the_next_page(monkeypatch):
    monkeypatch.setattr(queries, "SHOWN", 2)
    monkeypatch.setattr(queries, "LOOKED", 3)
    monkeypatch.setattr(queries, "STEP", 2)
    days = ("1970-05-03", "1970-05-03", "1984-06-14", "1984-06-14", "1991-07-25")
    people = registered(*[a_person("Olena", day) for day in days])
    with as_organisation(registrar()):
        first = twice()
        then = twice(first.before)
    assert [(row.new.person, row.old.person) for row in first.rows] == [(people[3], people[2])]
    assert (first.looked, first.before) == (3, people[2])
    assert [(row.new.person, row.old.person) for row in then.rows] == [(people[1], people[0])]
    assert (then.looked, then.before) == (2, None)


def test_a_page_that_is_full_ends_with_all_pairs_of_its_last_record(monkeypatch):
    monkeypatch.setattr(queries, "SHOWN", 1)
    people = registered(OLENA, OLENA, OLENA)
    with as_organisation(registrar()):
        first = twice()
        then = twice(first.before)
    assert {row.old.person for row in first.rows} == {people[0], people[1]}
    assert [(row.new.person, row.old.person) for row in then.rows] == [(people[1], people[0])]


@pytest.mark.parametrize(
    ("other", "paired"),
    [
        (a_person("Olena", "1992"), True),
        (a_person("Olena", None), True),
        (a_person("Olena", "1982-05-03"), True),
        (a_person("Olenna", "1992-05"), True),
        (a_person("Olena", "1982-05-04"), False),
        (a_person("Petro", "1992"), False),
        (replace(OLENA, born=None, telephone="+32 470/12.34.56"), True),
        (replace(OLENA, born=None, email="Olena@Example.org"), True),
    ],
)
def test_candidates_are_found_by_name_too_where_the_birth_date_is_not_the_same(other, paired):
    registered(replace(OLENA, telephone="+32470123456", email="olena@example.org"), other)
    assert bool(found()) is paired


ARRIVALS = "/arrivals/"


def test_arrivals_counts_the_likely_pairs_of_the_newest_people_in_one_question(desk):
    client = desk("registrar")

    def counted():
        client.get(ARRIVALS)
        with CaptureQueriesContext(connection) as questions:
            text = client.get(ARRIVALS).content.decode()
        shown = re.search(r"Likely the same person <strong class=\"figures\">(\d+)</strong>", text)
        mine = [each["sql"] for each in questions if "perron_likely" in each["sql"]]
        return len(mine), len(questions), int(shown[1]) if shown else 0

    registered(OLENA)
    assert counted()[::2] == (1, 0)
    registered(SPELT, a_person("Olena", "1961-01-02"))
    few = counted()
    assert few[2] == 1
    registered(OLENA, SPELT)
    assert counted() == (1, few[1], 6)


def test_what_is_counted_on_arrivals_is_what_the_page_of_pairs_calls_likely(desk):
    registered(
        replace(OLENA, telephone="0470"), SPELT, a_person("Olena", "1992-03-05"),
        a_person("Olena", None, telephone="0470"), a_person("Sofiia", "1992-05-03", telephone="0470"),
        a_person("Olena", "1992"), replace(OLENA, sex="m"), replace(SPELT, sex="f"),
    )  # fmt: skip
    with as_organisation(registrar()):
        likely = [row for row in twice().rows if row.judgement.likeness == "likely"]
        assert queries.likely_now() == len(likely) > 5


def test_the_slip_says_who_of_a_new_household_may_be_known_already_and_is_not_printed(desk):
    first, second = registered(OLENA, SPELT)
    home = models.HouseholdMember.objects.get(person=second).household_id
    client = desk("registrar")
    text = client.get(f"/arrivals/{home}/slip/").content.decode()
    hint = text.split("Perhaps known already")[1].split("</section>")[0]
    assert f"P-{first}" in hint
    assert "Likely" in hint
    assert "unprinted" in text.split("Perhaps known already")[0].rsplit("<section", 1)[1]
    other = models.HouseholdMember.objects.get(person=first).household_id
    assert f"/household/{other}/merge/?other={home}" in hint
    alone = registered(a_person("Iryna", "1971-01-01"))
    home = models.HouseholdMember.objects.get(person=alone[0]).household_id
    assert "Perhaps known" not in client.get(f"/arrivals/{home}/slip/").content.decode()


def form(*people):
    rows = {
        f"form-{row}-{name}": value
        for row, person in enumerate(people)
        for name, value in person.items()
    }
    return rows | {"form-TOTAL_FORMS": str(len(people)), "form-INITIAL_FORMS": "0", "roof": "yes"}


def test_right_after_registering_others_are_asked_once_for_all_and_it_is_noted(desk):
    person = person_of(held_by_gent())
    models.Track.objects.filter(person=person).update(responsible=town().organisation)
    client = desk("registrar")
    typed = {"given_name": "Олена", "family_name": "Марчук", "born": "1992-05-17"}
    other = {"given_name": "Petro", "family_name": "Havryliuk", "born": "1970"}
    slip = client.post("/arrivals/new/", form(typed, other)).url
    hint = (
        client.get(slip).content.decode().split("Perhaps known already")[1].split("</section>")[0]
    )
    assert "Olena Marchuk, 1992" in hint
    assert models.Organisation.objects.get(pk=town().organisation).name in hint
    assert re.search(r"/arrivals/ask/\d+/", hint)
    assert "1992-05" not in hint
    line = models.Journal.objects.get(event="person:sought")
    assert line.details == {"hits": 1}
    third = {"given_name": "Iryna", "family_name": "Lysenko", "born": "1971"}
    later_one = client.post("/arrivals/new/", form(third)).url
    assert "Perhaps known" not in client.get(later_one).content.decode()
    assert "Perhaps known" not in client.get(slip).content.decode()


def test_the_preview_of_a_file_says_which_new_rows_may_be_known_already(desk):
    (first,) = registered(OLENA)
    client = desk("registrar")
    rows = "given name;family name;birth date\nАлена;Марчук;03/05/1992\nPetro;Havryliuk;1970\n"
    sent = SimpleUploadedFile("list.csv", rows.encode(), "text/csv")
    page = client.post("/files/", {"kind": "people", "file": sent}).url
    with CaptureQueriesContext(connection) as questions:
        text = client.get(page).content.decode()
    assert "New: 2." in text
    hint = text.split("New rows of people who may be known already")[1].split("</section>")[0]
    assert f"P-{first} Olena Marchuk" in hint
    assert "Petro" not in hint
    assert len([each for each in questions if "perron_typed" in each["sql"]]) == 1


def test_merging_proposes_the_two_that_are_alike_and_keeps_the_one_that_somebody_took_up(desk):
    old = registered(OLENA)[0]
    home = register_household(
        registrar(), people=(a_person("Nina", "1959"), SPELT), arrived_on=NOW.date(), roof=False
    )
    new = models.HouseholdMember.objects.get(household=home, person__given_name="Олена").person_id
    there = models.HouseholdMember.objects.get(person=old).household_id
    client = desk("registrar")

    def chosen(here, other):
        text = client.get(f"/household/{here}/merge/", {"other": other}).content.decode()
        return [int(number) for number in re.findall(r'<option value="(\d+)" selected', text)]

    assert chosen(home, there) == chosen(there, home) == [old, new]
    models.Track.objects.filter(person=new).update(taken_up_at=NOW)
    assert chosen(home, there) == chosen(there, home) == [new, old]
    sent = {"person": new, "double": old, "why": "registered twice"}
    assert client.post(f"/household/{there}/same/", sent).url == f"/household/{home}/"
    assert chosen(home, home) == []
