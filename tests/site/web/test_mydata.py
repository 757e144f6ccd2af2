"""My data: the whole file of one person, nothing of others; asking for erasure and deciding about it."""

import io
import json
import zipfile

import pytest
from builders import GENT, NOW, a_person, registrar
from django.test import Client
from django.urls import reverse

from perron.vocabulary.people import Need
from perron_site.actions.households import correct_person, register_household, state_fact
from perron_site.actions.links import give_link
from perron_site.records import models

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    home = register_household(
        registrar(),
        people=(
            a_person("Olena", needs=[Need.COT], telephone="+32 2 777"),
            a_person("Danylo", "2017"),
        ),
        arrived_on=NOW.date(),
        municipality=GENT,
    )
    first, second = models.Person.objects.filter(householdmember__household=home).order_by("pk")
    correct_person(registrar(), person_id=first.pk, changes={"given_name": "Olenka"})
    correct_person(registrar(), person_id=second.pk, changes={"email": "danylo@example.org"})
    state_fact(registrar(), person_id=first.pk, name="resided_in_ua_before_20220224", value=True)
    return first.pk, second.pk


def taken(answer):
    assert answer["Content-Type"] == "application/zip"
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("my-data.json").decode("utf-8")
    return text, json.loads(text)


def exports(person):
    return models.Journal.objects.filter(event="person:exported", person=person).count()


def test_the_desk_that_holds_them_gives_the_whole_file_and_nothing_of_others(desk, people):
    olena, _ = people
    address = reverse("person_file", args=[olena])
    client = desk("registrar")
    page = client.get(address).content.decode()
    assert exports(olena) == 0
    text, data = taken(client.post(address))
    assert exports(olena) == 1
    assert data["person"]["given_name"] == "Olenka"
    assert data["person"]["needs"] == ["cot"]
    assert data["corrections"][0]["old"] == "Olena"
    assert {row["kind"] for row in data["steps"]} >= {"protection", "municipality", "support"}
    assert {row["event"] for row in data["acts"]} >= {
        "person:added",
        "person:corrected",
        "fact:stated",
    }
    for said in ("Olenka", "+32 2 777"):
        assert said in page
        assert said in text
    assert [said for said in ("Danylo", "danylo@example.org") if said in page or said in text] == []


def test_the_person_reads_and_takes_it_by_their_link(people):
    olena, danylo = people
    address = reverse("my_data", args=[give_link(registrar(), person_id=olena)])
    client = Client()
    page = client.get(address)
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "no-referrer"
    assert "Усе, що ми про вас зберігаємо" in page.content.decode()
    text, _ = taken(client.post(address))
    assert "Danylo" not in text
    assert (exports(olena), exports(danylo)) == (1, 0)


def test_a_link_that_is_wrong_gives_nothing(people):
    for answer in (Client().get("/line/nothing/data/"), Client().post("/line/nothing/data/")):
        assert answer.status_code == 404


def test_a_foreign_desk_gets_nothing(desk, people):
    client = desk("mechelen")
    for answer in (
        client.get(reverse("person_file", args=[people[0]])),
        client.post(reverse("person_file", args=[people[0]])),
        client.post(reverse("ask_erasure", args=[people[0]]), {"ground": "term_over"}),
    ):
        assert answer.status_code == 404
        assert b"Olenka" not in answer.content
    assert exports(people[0]) == 0


def test_an_erasure_is_asked_for_at_a_desk_and_decided_by_the_coordinator(desk, people):
    models.Household.objects.update(municipality=None)  # then the coordinator of Fedasil decides
    olena, danylo = people
    desk("registrar").post(reverse("ask_erasure", args=[olena]), {"ground": "asked_by_the_person"})
    coordinator = desk("coordinator")
    page = coordinator.get(reverse("erasures")).content.decode()
    assert f"P-{olena}" in page
    assert "Olenka" not in page
    assert "Erase the data" not in page
    refused = coordinator.post(reverse("erasures"), {"person": olena})
    assert refused.status_code == 409
    models.Track.objects.filter(person=olena).update(closed_on=NOW.date())
    assert "Erase the data" in coordinator.get(reverse("erasures")).content.decode()
    coordinator.post(reverse("erasures"), {"person": olena})
    assert models.Person.objects.get(pk=olena).given_name == "–"
    assert models.Person.objects.get(pk=danylo).given_name == "Danylo"
    assert desk("gent").get(reverse("erasures")).status_code == 403


def test_a_coordinator_declines_in_words_and_the_desk_withdraws(desk, people):
    models.Household.objects.update(municipality=None)  # then the coordinator of Fedasil decides
    olena, _ = people
    registrar, address = desk("registrar"), reverse("ask_erasure", args=[olena])
    own = reverse("person_file", args=[olena])
    registrar.post(address, {"ground": "asked_by_the_person"})
    assert "Do not ask for erasure any more" in registrar.get(own).content.decode()
    registrar.post(address, {"withdraw": "1"})
    assert "Ask for erasure" in registrar.get(own).content.decode()
    registrar.post(address, {"ground": "asked_by_the_person"})
    coordinator = desk("coordinator")
    coordinator.post(
        reverse("erasures"), {"person": olena, "decline": "1", "because": "Needed by a court"}
    )
    assert f"P-{olena}" not in coordinator.get(reverse("erasures")).content.decode()
    assert "Needed by a court" in registrar.get(own).content.decode()


def test_whoever_reads_the_file_at_a_desk_is_noted(desk, people):
    before = models.Read.objects.filter(person=people[0]).count()
    desk("registrar").get(reverse("person_file", args=[people[0]]))
    assert models.Read.objects.filter(person=people[0]).count() == before + 1
