"""Asking the holder in writing, page by page, as both sides and the person see it."""

import re

import pytest
from builders import a_person, held_by_gent, later, only_gent_sees, person_of, town
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from perron_site.actions.households import register_household
from perron_site.actions.links import give_link
from perron_site.records import models
from perron_site.web import clock

pytestmark = pytest.mark.django_db
SENT = {"purpose": "family", "words": "Is she the mother of Zlata?"}


@pytest.fixture
def olena():
    number = held_by_gent()
    models.Track.objects.filter(person=person_of(number)).update(responsible=town().organisation)
    return person_of(number)


def found(client, words="Marchuk Olena"):
    """The address to ask in writing about the first hit."""
    text = client.get("/arrivals/", {"q": words}).content.decode()
    return re.search(r'href="(/arrivals/ask/\d+/)"', text)[1]


def asked(client):
    return client.post(found(client), SENT).url


def test_a_desk_asks_from_a_hit_and_reads_the_answer_in_its_inbox(desk, olena):
    asker, holder = desk("registrar"), desk("gent")
    form = asker.get(found(asker)).content.decode()
    assert "Olena Marchuk · born in 1992" in form
    assert "27 November 2026" in form
    page = asked(asker)
    assert "What we asked others" in asker.get("/inbox/").content.decode()
    inbox = holder.get("/inbox/").content.decode()
    assert "Questions to answer" in inbox
    assert SENT["words"] in inbox
    text = holder.get(page).content.decode()
    home = models.HouseholdMember.objects.get(person=olena).household_id
    assert f"/household/{home}/offer/" in text
    assert holder.post(f"{page}answer/", {"answer": "Yes, she is"}).status_code == 302
    assert "Yes, she is" in asker.get("/inbox/").content.decode()
    assert "Yes, she is" in asker.get(page).content.decode()
    assert asker.post(f"{page}read/").status_code == 302
    assert "Yes, she is" not in asker.get("/inbox/").content.decode()


def test_the_asker_reads_neither_number_nor_date_nor_household(desk, olena):
    asker = desk("registrar")
    address = found(asker)
    for text in (
        asker.get(address).content.decode(),
        asker.get(asked(asker)).content.decode(),
        asker.get("/inbox/").content.decode(),
        asker.get("/lists/inbox.csv").content.decode(),
    ):
        assert "1992-05" not in text
        assert "700700" not in text
        assert f"P-{olena}" not in text
        assert "/household/" not in text


def test_without_a_purpose_nothing_is_sent_and_what_was_typed_stands_there(desk, olena):
    client = desk("registrar")
    answer = client.post(found(client), {"words": SENT["words"]})
    assert answer.status_code == 422
    assert SENT["words"] in answer.content.decode()
    assert not models.Question.objects.exists()


def test_a_hit_of_another_desk_opens_nothing(desk, olena):
    address = found(desk("registrar"))
    other = desk("dispatcher")
    models.Membership.objects.filter(user__email="dispatcher@example.org").update(role="registrar")
    assert other.get(address).status_code == 404
    assert other.post(address, SENT).status_code == 404
    assert desk("mechelen").get(address).status_code == 403


def test_a_question_is_no_page_of_a_third_desk(desk, olena):
    page = asked(desk("registrar"))
    third = desk("mechelen")
    assert third.get(page).status_code == 404
    for act in ("answer", "withdraw", "read"):
        assert third.post(f"{page}{act}/", {"answer": "x"}).status_code == 404
    assert models.Question.objects.get().state == "open"


def test_a_late_answer_stands_out_on_both_sides(desk, olena, monkeypatch):
    asker, holder = desk("registrar"), desk("gent")
    page = asked(asker)
    monkeypatch.setattr(clock, "now", lambda: later(days=5))
    assert "Questions without an answer in time" in asker.get("/inbox/").content.decode()
    for client in (asker, holder):
        assert 'class="gapped"' in client.get("/inbox/").content.decode().split("<tbody>")[1]
        assert 'class="gapped"' in client.get(page).content.decode()
    assert asker.post(f"{page}withdraw/").status_code == 302
    assert "Questions without an answer in time (0)" in asker.get("/inbox/").content.decode()


def test_the_holder_who_opens_a_question_leaves_a_trace_and_whoever_asked_left_one_by_searching(
    desk, olena
):
    asker, holder = desk("registrar"), desk("gent")
    page = asked(asker)
    for client in (asker, holder):
        assert client.get(page).status_code == 200
    reads = models.Read.objects.filter(person=olena).order_by("pk")
    assert [(row.page, row.user.name) for row in reads] == [
        ("search", "registrar"),
        ("person", "gent"),
    ]


def test_the_person_reads_who_found_their_name_and_who_asked_whom_and_why(desk, olena):
    asked(desk("registrar"))
    token = give_link(town(), person_id=olena)
    reader = Client()
    reader.cookies["django_language"] = "en"
    text = reader.get(reverse("my_line", args=[token])).content.decode()
    looked, wrote = text.split("Who looked at your data")[1].split("Who asked about you in writing")
    assert "found your name in a search" in looked
    gent = models.Organisation.objects.get(pk=town().organisation).name
    assert f"asked {gent}" in wrote
    assert "Family of theirs is here" in wrote
    assert "Waits for an answer" in wrote
    assert SENT["words"] not in text
    assert "registrar" not in wrote


def test_the_holder_is_warned_that_somebody_must_not_be_found(desk, olena):
    asker, holder = desk("registrar"), desk("gent")
    page = asked(asker)
    assert "must not be found" not in holder.get(page).content.decode()
    models.SafeMode.objects.create(
        person_id=olena, why="x", set_by_id=town().organisation, since=later()
    )
    assert "must not be found" in holder.get(page).content.decode()
    assert "must not be found" not in asker.get(page).content.decode()


def test_the_inbox_asks_as_much_for_many_questions_as_for_one(desk, olena):
    asker, holder = desk("registrar"), desk("gent")

    def counted():
        found = []
        for client in (asker, holder):
            client.get("/inbox/")
            with CaptureQueriesContext(connection) as questions:
                assert client.get("/inbox/").status_code == 200
            found.append(len(questions))
        return found

    asked(asker)
    one = counted()
    for given in ("Iryna", "Nadiia", "Zlata"):
        number = register_household(
            town(), people=(a_person(given, "1971"),), arrived_on=town().on, roof=True
        )
        only_gent_sees(number)
        lines = models.Track.objects.filter(person=person_of(number, given))
        lines.update(responsible=town().organisation)
        asker.post(found(asker, f"Marchuk {given} 1971"), SENT)
    assert models.Question.objects.count() == 4
    assert counted() == one
