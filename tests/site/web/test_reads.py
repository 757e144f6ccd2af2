"""Whoever opens a page about somebody leaves a trace that this person can read."""

import builders
import pytest
from builders import a_household, later, registrar
from django.db import transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import reverse

from perron_site.actions.links import give_link
from perron_site.queries.reads import who_looked
from perron_site.records import models
from perron_site.records.context import as_person
from perron_site.records.reads import forget_reads

pytestmark = pytest.mark.django_db


@pytest.fixture
def household(desk):
    return a_household()


def person_of(household):
    return models.HouseholdMember.objects.get(household=household).person_id


PAGES = (
    ("household", "household"),
    ("offer", "household"),
    ("slip", "household"),
    ("correct_person", "person"),
)


@pytest.mark.parametrize(("page", "about"), PAGES)
def test_each_page_about_a_person_is_noted_once_in_a_quarter_of_an_hour(desk, page, about):
    household = a_household()
    client = desk("registrar")
    number = household if about == "household" else person_of(household)
    for _ in range(2):
        assert client.get(reverse(page, args=[number])).status_code == 200
    read = models.Read.objects.get(person=person_of(household))
    assert (read.organisation_id, read.page) == (registrar().organisation, about)
    assert read.at == builders.NOW.replace(minute=30)


def test_a_page_that_did_not_open_is_not_noted(desk):
    household = a_household()
    assert desk("gent").get(reverse("household", args=[household])).status_code == 404
    assert models.Read.objects.count() == 0


def test_the_person_sees_which_organisation_looked_on_which_day_and_no_name_of_staff(desk):
    household = a_household()
    person = person_of(household)
    desk("registrar").get(reverse("household", args=[household]))
    desk("dispatcher").get(reverse("household", args=[household]))
    token = give_link(registrar(), person_id=person)
    reader = Client()
    reader.cookies["django_language"] = "en"
    text = reader.get(reverse("my_line", args=[token])).content.decode()
    section = text.split("Who looked at your data")[1]
    assert "Fedasil" in section
    assert section.count("25 Nov") == 2
    assert "registrar" not in section
    with as_person(person):
        assert len(who_looked(person)) == 2
    with as_person(person + 1):
        assert who_looked(person) == ()


def test_who_looked_is_only_added_to_and_forgotten_after_a_year(desk):
    household = a_household()
    desk("registrar").get(reverse("household", args=[household]))
    read = models.Read.objects.get()
    for change in (read.delete, lambda: models.Read.objects.update(page="file")):
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            change()
    assert forget_reads(builders.NOW) == 0
    models.Read.objects.create(
        at=later(days=-400), user_id=read.user_id, organisation_id=read.organisation_id,
        purpose=read.purpose, person_id=read.person_id, page="household",
    )  # fmt: skip
    assert forget_reads(builders.NOW) == 1
    assert models.Read.objects.count() == 1
