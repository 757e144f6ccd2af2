"""If I am away: what an absence would do, on the page of options; nothing of it is written, nothing foreign shown."""

import re
from html import unescape

import pytest
from builders import NOW, a_person, person_of, registrar
from django.urls import reverse

from perron_site.actions.households import register_household, state_facts
from perron_site.records import models

pytestmark = pytest.mark.django_db
TRIP = {
    "away.left_on.d": "10", "away.left_on.m": "1", "away.left_on.y": "2027",
    "away.back_on.d": "10", "away.back_on.m": "8", "away.back_on.y": "2027",
}  # fmt: skip


@pytest.fixture
def olena(desk):
    home = register_household(
        registrar(),
        people=(a_person("Olena", "1992-05-17", nationalities=("UA",)),),
        arrived_on=NOW.date(),
    )
    stays = [{"title": "tp", "from": "2022-03-20", "to": "-", "card": "A"}]
    said = {"tp_state": "granted", "tp_certificate_on": "2022-03-20", "stay_periods": stays, "absences": [],
            "left_ua_on": "2022-03-02", "resided_in_ua_before_20220224": True}  # fmt: skip
    state_facts(registrar(), person_id=person_of(home), facts=said)
    return person_of(home)


def asked(client, person, **other):
    answer = client.post(reverse("away_option", args=[person]), TRIP | other)
    page = answer.content.decode()
    part = page[page.index('id="away"') : page.index('id="depending"')]
    return answer.status_code, re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", part)))


def test_seven_months_break_the_years_and_protection_ends_meanwhile(desk, olena):
    stated = models.Journal.objects.filter(event="fact:stated")
    before = (models.Fact.objects.count(), stated.count())
    status, said = asked(desk("registrar"), olena)
    assert status == 200
    for words in (
        "10 January 2027 – 10 August 2027", "211 whole days abroad",
        "The days of departure and of return count as days in Belgium.",
        "Temporary protection Not known", "How many days may one be away? Unknown belgium.md §1.2, §7 row 16 Unknown",
        "Are the rights kept during a visit to look around? Unknown",
        "May one come back under temporary protection after leaving it? Unknown",
        "4 March 2027 · Temporary protection : last day",
    ):  # fmt: skip
        assert words.replace(" :", ":") in said.replace(" :", ":"), words
    assert re.search(r"EU long-term resident Every absence .* Verified kept broken", said)
    assert re.search(
        r"No absence in these years was longer than six months .*? Press kept broken", said
    )
    assert re.search(r"All absences together are at most one fifth .*? Press kept kept", said)
    assert (models.Fact.objects.count(), stated.count()) == before


def test_what_cannot_be_read_is_said_and_kept_and_days_out_of_order_are_refused(desk, olena):
    client = desk("registrar")
    for wrong in ({"away.left_on.d": ""}, {"away.back_on.y": "2026"}, {"away.back_on.y": "9999"}):
        status, said = asked(client, olena, **wrong)
        assert status == 400
        assert "Something cannot be read" in said
        assert "whole days abroad" not in said
    answer = client.post(reverse("away_option", args=[olena]), TRIP | {"away.left_on.d": "x1"})
    assert 'value="x1"' in answer.content.decode()


def test_where_earlier_absences_are_not_known_only_what_is_broken_for_sure_is_said(desk, olena):
    models.Fact.objects.filter(person=olena, name="absences").delete()
    _, said = asked(desk("registrar"), olena)
    assert "Earlier absences are not known, so only this one can be judged." in said
    assert re.search(r"EU long-term resident Every absence .*? Verified cannot tell broken", said)
    assert re.search(r"one fifth of these years .*? Press cannot tell cannot tell", said)


def test_a_foreign_organisation_finds_nobody_and_no_days_stand_in_an_address(desk, olena):
    address = reverse("away_option", args=[olena])
    assert desk("ocmw_gent").post(address, TRIP).status_code == 404
    assert desk("gent").post(address, TRIP).status_code == 403
    assert desk("registrar").get(address, TRIP).status_code == 405
