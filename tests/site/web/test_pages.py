"""What every page keeps: its rule, a fixed number of questions to the database, its headers, its language."""

import re

import builders
import pytest
from builders import a_family_of_four, a_home, a_household, a_site, dispatcher, town
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from perron.vocabulary.visits import Party
from perron_site.actions.links import give_link
from perron_site.actions.roofs import propose_tonight, take_all
from perron_site.actions.visits import take_number
from perron_site.records import models
from perron_site.web.squares import square

pytestmark = pytest.mark.django_db
ROOMS = {
    "arrivals": {"registrar"},
    "register_household": {"registrar"},
    "tonight": {"dispatcher"},
    "places": {"dispatcher", "gent", "ocmw_gent"},
    "my_people": {"registrar", "dispatcher", "gent", "ocmw_gent"},
    "net": {"registrar", "dispatcher", "gent", "ocmw_gent"},
}


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("who", ["registrar", "dispatcher", "gent", "ocmw_gent"])
def test_a_room_opens_for_its_roles_alone(desk, room, who):
    answer = desk(who).get(reverse(room))
    assert answer.status_code == (200 if who in ROOMS[room] else 403)


@pytest.mark.parametrize("room", ROOMS)
def test_a_stranger_signs_in_first(db, room):
    answer = Client().get(reverse(room))
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/account/login/?next=/")


def test_an_act_of_a_stranger_is_not_repeated_after_sign_in(db):
    answer = Client().post(reverse("accept_all"))
    assert answer.headers["location"] == "/account/login/?next=/"


MOST, ASKED_FOR_MORE = 15, 18
"""So many questions a page may ask, and one that searches or shows what is drawn when asked."""
NO_QUESTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "select set_config", "select coalesce")
"""What makes a request one transaction of one organisation."""


def questions(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as told:
        assert client.get(address).status_code == 200
    asked = [each["sql"] for each in told if not each["sql"].startswith(NO_QUESTION)]
    assert len(asked) <= (ASKED_FOR_MORE if "?" in address else MOST), asked
    return len(asked)


def many(count):
    for _ in range(count):
        a_household(size=2, municipality=builders.GENT)
        take_number(builders.registrar(), party=Party(1))
        a_site(None, builders.an_emergency_room(2))
        a_site(town(), a_home(2), municipality=builders.GENT, name="Dampoort")
    propose_tonight(dispatcher(), night=builders.NOW.date())
    open_now = models.Proposal.objects.filter(state="open").values_list("pk", flat=True)
    take_all(dispatcher(), proposal_ids=tuple(open_now[: count // 2]))


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("registrar", "/arrivals/?q=marchuk"), ("registrar", "/arrivals/"),
        ("registrar", "/queue/"), ("gent", "/inbox/"), ("dispatcher", "/places/?q=dampoort"),
        ("registrar", "/paper/"), ("dispatcher", "/paper/"),
        ("dispatcher", "/tonight/"), ("dispatcher", "/places/"),
        ("gent", "/places/"), ("gent", "/places/hosts/"),
        ("gent", "/my-people/"), ("dispatcher", "/my-people/"), ("dispatcher", "/net/"),
    ],
)  # fmt: skip
def test_a_page_asks_the_same_number_of_questions_for_one_household_and_for_ten(desk, who, address):
    client = desk(who)
    many(2)
    few = questions(client, address)
    many(8)
    assert questions(client, address) == few


def test_the_page_of_a_household_asks_the_same_for_one_and_for_six_people(desk):
    client = desk("registrar")
    small, large = a_household(), a_household(size=6)
    for asked in ("", "?story=1"):
        few = questions(client, reverse("household", args=[small]) + asked)
        assert questions(client, reverse("household", args=[large]) + asked) == few


def test_the_slip_carries_the_address_of_the_file_as_a_square(desk):
    household = a_household()
    text = desk("registrar").get(f"/arrivals/{household}/slip/").content.decode()
    assert square(f"http://testserver/household/{household}/") in text


def test_every_answer_carries_a_strict_policy(desk):
    for client, address in (
        (Client(), "/"),
        (desk("dispatcher"), "/tonight/"),
        (Client(), "/nowhere"),
    ):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "http" not in policy


def test_no_page_carries_style_or_script_of_its_own(desk):
    household = a_family_of_four()
    pages = [
        ("dispatcher", "/tonight/"),
        ("dispatcher", f"/household/{household}/"),
        ("registrar", "/arrivals/new/"),
    ]
    clients = {who: desk(who) for who in ("dispatcher", "registrar")}
    for who, address in pages:
        text = clients[who].get(address).content.decode()
        assert " style=" not in text
        assert "<style" not in text
        assert "onclick" not in text


def test_the_chosen_language_is_that_of_the_whole_page(desk):
    client = desk("dispatcher")
    client.post("/language/", {"language": "nl", "next": "/tonight/"})
    text = client.get("/tonight/").content.decode()
    assert '<html lang="nl">' in text
    client.post("/language/", {"language": "uk", "next": "/tonight/"})
    assert '<html lang="uk">' in client.get("/tonight/").content.decode()


def test_a_personal_link_shows_one_person_and_an_old_one_nothing(db):
    household = a_family_of_four()
    olena = models.Person.objects.get(given_name="Olena")
    token = give_link(builders.registrar(), person_id=olena.pk)
    answer = Client().get(reverse("my_line", args=[token]))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Olena" in text
    assert "Nina" not in text
    assert not re.search(rf"H-{household}\b", text)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    give_link(builders.registrar(), person_id=olena.pk)
    gone, wrong = (Client().get(reverse("my_line", args=[each])) for each in (token, "x" * 43))
    assert gone.status_code == wrong.status_code == 404
    same = [
        each.content.decode().replace(token, "").replace("x" * 43, "") for each in (gone, wrong)
    ]
    assert same[0].split("<main")[1] == same[1].split("<main")[1]


def test_what_the_core_refuses_is_a_page_that_says_so_and_nothing_is_saved(desk):
    household = a_household()
    before = models.Journal.objects.count()
    client = desk("dispatcher")
    answer = client.post(reverse("give_bed", args=[household]), {"unit": "1", "despite": ""})
    assert answer.status_code == 409
    assert "Give a reason. It stays with the decision" in answer.content.decode()
    assert "Nothing was saved" in answer.content.decode()
    assert models.Journal.objects.count() == before + 1


def test_ten_wrong_passwords_are_enough(db):
    get_user_model().objects.create_user(
        "x@example.org", "correct horse battery", joined_at=builders.NOW
    )
    client = Client()
    answers = [
        client.post("/account/login/", {"login": "x@example.org", "password": "wrong wrong wrong"})
        for _ in range(6)
    ]
    assert "Too many failed" in answers[-1].content.decode()
    refused = client.post(
        "/account/login/", {"login": "x@example.org", "password": "correct horse battery"}
    )
    assert refused.status_code == 200


def test_a_request_leaves_a_line_without_a_name_or_an_address(db, caplog):
    a_family_of_four()
    olena = models.Person.objects.get(given_name="Olena")
    token = give_link(builders.registrar(), person_id=olena.pk)
    with caplog.at_level("INFO", logger="perron.request"):
        Client().get(reverse("my_line", args=[token]))
        Client().get("/arrivals/?q=Marchuk")
    text = " ".join(str(each.msg) for each in caplog.records)
    assert "line/<str:token>/" in text
    assert token not in text
    assert "Marchuk" not in text


def test_the_health_page_answers_without_details(db):
    answer = Client().get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"well": True, "database": True, "migrations": True, "worker": False}


def test_an_act_on_several_lines_is_done_for_all_or_for_none(desk):
    household = a_household(size=2)
    client = desk("registrar")
    lines = (
        models.Track.objects.filter(kind="protection").order_by("pk").values_list("pk", flat=True)
    )
    other = models.Track.objects.filter(kind="support").first()
    wrong = client.post(
        reverse("take_up", args=[household]), {"tracks": f"{lines[0]},{other.pk},{lines[1]}"}
    )
    assert wrong.status_code == 409
    assert "Nothing was saved" in wrong.content.decode()
    assert not models.Track.objects.filter(taken_up_at__isnull=False).exists()
    right = client.post(reverse("take_up", args=[household]), {"tracks": f"{lines[0]},{lines[1]}"})
    assert right.status_code == 302
    assert models.Track.objects.filter(kind="protection", taken_up_at__isnull=False).count() == 2


def test_an_offer_of_nothing_to_nobody_says_what_is_missing(desk):
    household = a_household()
    client = desk("dispatcher")
    nobody = client.post(reverse("send_offer", args=[household]), {"tracks": "1", "consent": "1"})
    assert "Choose the organisation" in nobody.content.decode()
    gent = models.Organisation.objects.get(name="Stad Gent").pk
    nothing = client.post(
        reverse("send_offer", args=[household]), {"receiver": str(gent), "consent": "1"}
    )
    assert nothing.status_code == 409
    assert not models.Handover.objects.exists()


def test_a_statement_that_is_no_date_keeps_the_others_from_being_written(desk):
    household = a_household()
    person = models.Person.objects.get()
    answer = desk("registrar").post(
        reverse("state_fact", args=[person.pk]),
        {"resided_in_ua_before_20220224": "yes", "left_ua_on": "yesterday"},
    )
    assert answer.status_code == 409
    assert not models.Fact.objects.exists()
    assert household


def test_two_desks_that_lock_each_other_out_are_told_to_try_once_more(desk, monkeypatch):
    from django.db import OperationalError
    from psycopg.errors import DeadlockDetected

    def locked(*_, **__):
        raise OperationalError("deadlock") from DeadlockDetected()

    monkeypatch.setattr("perron_site.web.dispatcher.propose_tonight", locked)
    answer = desk("dispatcher").post(reverse("propose_tonight"))
    assert answer.status_code == 409
    assert "Two desks changed the same thing" in answer.content.decode()
