"""Why is my file pending: what the person and their adviser read, and nobody else."""

import builders
import pytest
from builders import NOW, a_household, dispatcher, registrar, tracks_of
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from perron.vocabulary.people import HouseholdId
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.escalations import escalate_handovers
from perron_site.actions.handovers import offer_handover
from perron_site.actions.links import give_link
from perron_site.actions.tracks import set_step, take_up
from perron_site.queries.household import household as page_of
from perron_site.queries.my_line import my_line
from perron_site.queries.organisations import the_system
from perron_site.records import models
from perron_site.records.context import as_organisation, as_person
from perron_site.web import clock

pytestmark = pytest.mark.django_db
WHY = "Why does it take so long?"


def person_of(household):
    return (
        models.HouseholdMember.objects.filter(household=household).order_by("pk").first().person_id
    )


def link_of(household):
    token = give_link(registrar(), person_id=person_of(household))
    return reverse("my_line", args=[token])


def main_of(client, address):
    return client.get(address).content.decode().split("<main")[1]


def by_link(household):
    return main_of(english(), link_of(household))


def english():
    client = Client()
    client.post("/language/", {"language": "en", "next": "/"})
    return client


def row_of(rows, kind):
    (row,) = [each for each in rows if each.kind is kind]
    return row


def keys(rows):
    return [each.message.key for each in rows]


def offered(household, receiver):
    """The roof of a household, taken up by Fedasil and offered to another."""
    roofs = [track.pk for track in tracks_of(household, TrackKind.ROOF)]
    for each in roofs:
        take_up(dispatcher(), track_id=each)
    return offer_handover(
        dispatcher(), household_id=HouseholdId(household), receiver_id=receiver.organisation,
        track_ids=tuple(roofs), why="x", consent=True,
    )  # fmt: skip


def test_the_person_reads_who_has_not_said_yes_and_since_when():
    text = by_link(a_household())
    assert WHY in text
    assert "Nobody has said yes to this yet, since 25 November 2026" in text
    assert "They are no promise" in text
    assert "First temporary protection must be granted" in text
    assert "No municipality is noted yet" in text


def test_the_reasons_follow_what_people_do():
    household = a_household(municipality=builders.GENT)
    (track,) = tracks_of(household, TrackKind.PROTECTION)
    take_up(registrar(), track_id=track.pk)
    set_step(registrar(), track_id=track.pk, step=Step.PROTECTION_PENDING)
    rows = my_line(person_of(household), NOW.date()).pending
    assert keys(row_of(rows, TrackKind.PROTECTION).why) == [
        "why.no_clock.no_legal_limit_found", "why.at_work",
    ]  # fmt: skip
    town = row_of(rows, TrackKind.MUNICIPALITY)
    assert "why.first.protection.granted" in keys(town.why)
    set_step(registrar(), track_id=track.pk, step=Step.PROTECTION_GRANTED)
    rows = my_line(person_of(household), NOW.date()).pending
    assert row_of(rows, TrackKind.PROTECTION).why == ()
    town = row_of(rows, TrackKind.MUNICIPALITY)
    assert "why.first.protection.granted" not in keys(town.why)
    assert "why.bring.protection.granted" in keys(town.can_do)
    assert [row.kind for row in rows][-1] is TrackKind.PROTECTION
    assert "Nothing is awaited here" in by_link(household)


def test_a_late_answer_is_told_with_everybody_to_whom_it_was_brought(monkeypatch):
    household = a_household(municipality=builders.GENT)
    offered(household, builders.town(builders.MECHELEN))
    (handover,) = models.Handover.objects.all()
    late = builders.later(days=(handover.due_on - NOW.date()).days + 10)
    for _ in range(3):
        escalate_handovers(the_system(late), on=late.date())
    number = person_of(household)
    with as_person(number):
        mine = row_of(my_line(number, late.date()).pending, TrackKind.ROOF)
    brought = list(models.Escalation.objects.select_related("organisation"))
    told = [each for each in mine.why if each.message.key.startswith("why.brought.")]
    assert brought
    (receiver,) = [each.holder for each in mine.why if each.message.key == "why.offered"]
    assert [(each.holder or receiver).name for each in told] == [
        each.organisation.name for each in brought
    ]
    assert "why.answer_late" in keys(mine.why)
    by = dispatcher(late)
    with as_organisation(by):
        theirs = row_of(page_of(household, by).pending, TrackKind.ROOF)
    assert theirs.why == mine.why
    monkeypatch.setattr(clock, "now", lambda: late)
    text = by_link(household)
    for each in brought:
        assert each.organisation.name in text


def test_who_stand_alike_are_told_once_and_who_differs_by_name():
    household = a_household(size=2, municipality=builders.GENT)
    first, _ = tracks_of(household, TrackKind.PROTECTION)
    take_up(registrar(), track_id=first.pk)
    set_step(registrar(), track_id=first.pk, step=Step.PROTECTION_GRANTED)
    with as_organisation(registrar()):
        rows = page_of(household, registrar()).pending
    towns = [row for row in rows if row.kind is TrackKind.MUNICIPALITY]
    assert sorted(row.who for row in towns) == ["Danylo 0", "Olena"]
    assert len([row for row in rows if row.kind is TrackKind.SUPPORT]) == 1


def test_the_adviser_reads_the_same_and_a_foreign_organisation_nothing(desk):
    household = a_household()
    address = reverse("household", args=[household])
    assert WHY in main_of(desk("registrar"), address)
    for who in ("ocmw_gent", "mechelen", "supervisor"):
        answer = desk(who).get(address)
        assert answer.status_code in {403, 404}
        assert WHY not in answer.content.decode()


def test_the_page_asks_the_same_with_and_without_a_late_offer():
    client = english()
    quiet, busy = (a_household(municipality=builders.GENT) for _ in range(2))
    offered(busy, builders.town(builders.MECHELEN))
    asked = []
    for household in (quiet, busy):
        address = link_of(household)
        client.get(address)
        with CaptureQueriesContext(connection) as questions:
            assert client.get(address).status_code == 200
        asked.append(len(questions))
    assert asked[0] == asked[1]
