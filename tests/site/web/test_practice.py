"""The training site says so on every page, in every file and on every sheet; the real site never does."""

import csv
import io
import json
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import builders
import pytest
import walk
from builders import NOW
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from perron_site.actions.demonstration import declare_demonstration
from perron_site.actions.households import register_household
from perron_site.actions.links import give_link
from perron_site.queries.organisations import the_system
from perron_site.records import models
from perron_site.web.lists import LISTS

pytestmark = pytest.mark.django_db
BANNER = '<aside class="practice"'
SAID = "Practice: everybody is invented"
WHO = ("registrar", "dispatcher", "coordinator", "gent", "ocmw_gent", "supervisor")
NO_PAGE = {"health", "robots"}
"""Answers without words for a reader; their header names the site."""


@pytest.fixture
def practice(settings):
    settings.TRAINING = True


@pytest.fixture
def household():
    """Somebody for whom there is something on each page and in each list."""
    builders.a_site(None, builders.an_emergency_room(2))
    builders.a_site(builders.town(), builders.a_home(), municipality=builders.GENT)
    declare_demonstration(the_system(NOW), people=1, seed=1)
    return register_household(
        builders.registrar(), people=(builders.a_person("Olena"),), arrived_on=NOW.date(), roof=True
    )


def answers(desk, number, desks=WHO):
    """Every address as these desks open it, with this number wherever it asks for one."""
    for who in desks:
        client = desk(who)
        for route, pattern in walk.addresses():
            address = walk.filled(route, pattern)
            if address is not None and not address.startswith("/admin/"):
                here = address.replace(str(walk.FIRST), str(number))
                yield pattern.name, client.get(here)


def words_of(answer):
    """What stands in an answer: a page, a table, a workbook."""
    data = answer.content
    if data.startswith(b"PK"):
        return str([[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).active])
    return data.decode("utf-8-sig")


def test_every_page_and_every_file_that_opens_is_marked(desk, household, practice):
    opened, unmarked = set(), set()
    for name, answer in answers(desk, household):
        assert answer.headers["Perron-Site"] == "training"
        if answer.status_code in {301, 302, 405} or name in NO_PAGE:
            continue
        given = answer.headers.get("Content-Disposition", "")
        marked = SAID if given else BANNER
        if marked not in words_of(answer) or (given and 'filename="training-' not in given):
            unmarked.add((name, answer.status_code))
        if answer.status_code == 200:
            opened.add(name)
    assert unmarked == set()
    assert {f"{each.name}_{form}" for each in LISTS for form in ("csv", "xlsx")} <= opened
    assert {"slip", "household", "paper", "arrivals", "net", "places", "glass_csv"} <= opened
    assert len(opened) > 50


def test_the_real_site_marks_nothing(desk, household):
    for name, answer in answers(desk, household, ("registrar", "coordinator")):
        assert "Perron-Site" not in answer.headers
        if name not in NO_PAGE:
            words = words_of(answer)
            assert BANNER not in words
            assert SAID not in words
            assert "training-" not in answer.headers.get("Content-Disposition", "")


def test_each_row_of_a_list_says_that_it_is_practice(desk, household, practice):
    client = desk("registrar")
    client.cookies["django_language"] = "nl"
    text = client.get(reverse("arrivals_csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) > 1
    assert {row[0] for row in rows} == {"Oefening: iedereen is verzonnen"}
    assert rows[0][1] == "huishouden"


def test_the_line_of_a_person_and_their_file_are_marked(household, practice):
    person = models.Person.objects.get(householdmember__household=household).pk
    token = give_link(builders.registrar(), person_id=person)
    client = Client(headers={"accept-language": "en"})
    assert BANNER in client.get(reverse("my_line", args=[token])).content.decode()
    taken = client.post(reverse("my_data", args=[token]))
    assert f'filename="training-P-{person}.zip"' in taken.headers["Content-Disposition"]
    inside = zipfile.ZipFile(io.BytesIO(taken.content)).read("my-data.json")
    assert json.loads(inside)["practice"] == SAID


def test_pages_that_need_no_database_and_the_records_are_marked(practice):
    assert BANNER in render_to_string("400.html")
    assert BANNER in render_to_string("500.html")
    user = get_user_model().objects.create_user("root@example.org", "x" * 20, joined_at=NOW)
    user.is_staff = user.is_superuser = True
    user.save()
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert BANNER in client.get("/admin/").content.decode()


def test_the_title_of_a_page_begins_with_it(desk, practice):
    page = desk("registrar").get("/arrivals/").content.decode()
    assert "<title>Practice: Arrivals · Perron</title>" in page


FAULTY = "Voornaam;Familienaam;Geboortedatum\nOlena;Marchuk;17/05/1992\nIryna;Koval;31/02/1961\n"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_of_practice_goes_into_no_real_list(desk, settings, form):
    client = desk("registrar")
    settings.TRAINING = True
    waiting = sent_in(client, FAULTY.encode(), "csv")
    back = client.get(f"/files/{waiting.pk}/faults/")
    assert 'filename="training-lijst-faults.csv"' in back.headers["Content-Disposition"]
    assert SAID in back.content.decode("utf-8-sig")
    waiting.delete()
    corrected = back.content.decode("utf-8-sig").replace("31/02/1961", "1961")
    data = corrected.encode() if form == "csv" else in_a_workbook(corrected)
    settings.TRAINING = False
    assert taken_in(client, data, form).status_code == 409
    assert not models.Person.objects.exists()
    settings.TRAINING = True
    assert taken_in(client, data, form).status_code == 302
    assert models.Person.objects.count() == 2


def in_a_workbook(text):
    """The same table as a spreadsheet program keeps it."""
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    for row in csv.reader(io.StringIO(text), delimiter=";"):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def sent_in(client, data, form):
    sent = SimpleUploadedFile(f"lijst.{form}", data)
    client.post("/files/", {"file": sent, "kind": "arrivals"})
    return models.WaitingFile.objects.latest("pk")


def taken_in(client, data, form):
    waiting = sent_in(client, data, form)
    return client.post(f"/files/{waiting.pk}/", {"yes": "1"})


@contextmanager
def listening(**headers):
    """A program that answers any question on a port of its own; where it listens."""

    class Answers(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.send_response(200)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_account_page_leads_to_the_training_site_while_it_runs(desk, settings):
    client = desk("registrar")
    with listening(Perron_Site="training") as there:
        settings.BESIDE = there
        link = f'href="http://testserver:{there.rpartition(":")[2]}/"'
        assert link in client.get("/account/").content.decode()
        settings.BESIDE_ADDRESS = "https://practise.perron.example"
        assert 'href="https://practise.perron.example"' in client.get("/account/").content.decode()
    assert "training site" not in client.get("/account/").content.decode()


def test_nothing_else_that_listens_there_is_taken_for_one(desk, settings):
    with listening() as settings.BESIDE:
        assert "training site" not in desk("registrar").get("/account/").content.decode()


def test_the_banner_leads_back_to_the_real_site(desk, settings, practice):
    settings.BESIDE = "127.0.0.1:8000"
    page = desk("registrar").get("/arrivals/").content.decode()
    assert '<a href="http://testserver:8000/">To the real work</a>' in page
