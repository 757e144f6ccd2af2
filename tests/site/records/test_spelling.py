"""The database folds names as the core does, whatever writes them."""

import pytest
from builders import NOW, a_household, registrar
from crowd import fifty
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perron.vocabulary.spelling import LOWER, UPPER, keys, plain
from perron_site.actions.households import correct_person
from perron_site.records import models
from perron_site.records.blanking import blank

pytestmark = pytest.mark.django_db
LETTERS = UPPER + LOWER + " -–'’ʼ.,;_\t\n12ßŁłøđæœıÉéçčšžÄöüñİﬁÀ\u0301\u0306\u00a0ЎўЁёЇїЙй"


def folded(name):
    with connection.cursor() as cursor:
        cursor.execute("select spelling_plain(%s), spelling_keys(%s)", [name, name])
        return cursor.fetchone()


def stored(person):
    with connection.cursor() as cursor:
        cursor.execute("select spelled from records_person where id = %s", [person])
        return frozenset(cursor.fetchone()[0])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.text(alphabet=LETTERS, max_size=60) | st.text(alphabet="aeiouyjkhsczt -abdlrn", max_size=60))  # fmt: skip
def test_the_database_folds_as_the_core_does(name):
    words, made = folded(name)
    assert words == plain(name)
    assert frozenset(made) == keys(name)
    assert len(made) == len(set(made))


def test_it_does_so_for_each_of_two_hundred_spellings():
    for names, written in fifty():
        for each in (" ".join(names), *written):
            assert folded(each)[0] == plain(each)
            assert frozenset(folded(each)[1]) == keys(each)


def test_no_way_of_writing_a_person_forgets_the_keys():
    person = models.HouseholdMember.objects.get(household=a_household()).person_id
    assert stored(person) == keys("Olena Marchuk")
    correct_person(
        registrar(),
        person_id=person,
        changes={"family_name": "Petrenko", "given_name_cyrillic": "Ярина"},
    )
    assert stored(person) == keys("Olena Petrenko Ярина")
    models.Person.objects.filter(pk=person).update(given_name="Iryna", given_name_cyrillic="")
    assert stored(person) == keys("Iryna Petrenko")


def test_erasure_leaves_none():
    person = models.HouseholdMember.objects.get(household=a_household()).person_id
    blank(models.Person.objects.get(pk=person), NOW)
    assert stored(person) == frozenset()


def test_a_list_of_people_does_not_fetch_them():
    assert "spelled" not in str(models.Person.objects.order_by("pk").query)
