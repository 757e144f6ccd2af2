"""Pairs side by side: whoever sees both, and a fixed number of questions."""

from dataclasses import replace

import pytest
from builders import NOW, a_person, later, registrar
from django.db import connection
from django.test.utils import CaptureQueriesContext

from perron_site.actions.households import register_household
from perron_site.actions.merging import merge_people
from perron_site.queries.twice import twice
from perron_site.records import models

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


def found():
    return [
        (row.new.person_id, row.old.person_id, row.judgement.likeness) for row in twice(registrar())
    ]


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
    assert "Shown: 1 of 1." in page
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
