"""Every list as a file: for the roles of its page, with what the page shows, and no formula in it."""

import csv
import io
from datetime import date

import pytest
from builders import (
    GENT,
    NOW,
    a_home,
    a_household,
    a_person,
    a_site,
    an_emergency_room,
    registrar,
    town,
)
from django.urls import reverse
from openpyxl import load_workbook

from perron.vocabulary.places import CheckOutcome, HostCheckKind
from perron.vocabulary.visits import Party
from perron_site.actions.demonstration import declare_demonstration
from perron_site.actions.hosts import write_host_check
from perron_site.actions.households import register_household, state_facts
from perron_site.actions.visits import take_number
from perron_site.queries.organisations import the_system
from perron_site.records import models
from perron_site.web.lists import LISTS

pytestmark = pytest.mark.django_db
WHO = {"tonight": "dispatcher", "places": "gent", "hosts": "gent", "queue": "registrar"}
NAMES = [each.name for each in LISTS]


@pytest.fixture
def country():
    """Something for every list."""
    a_site(None, an_emergency_room(2))
    site = a_site(town(), a_home(), municipality=GENT, name="=Oostakker")
    write_host_check(
        town(),
        site_id=site,
        kind=HostCheckKind.DWELLING,
        outcome=CheckOutcome.PASSED,
        on=NOW.date(),
    )
    take_number(registrar(), party=Party(2, "uk"))
    declare_demonstration(the_system(NOW), people=1, seed=1)
    evil = a_person('=HYPERLINK("http://x")', "2012", nationalities=("UA",))
    home = register_household(registrar(), people=(evil,), arrived_on=NOW.date(), roof=True)
    state_facts(registrar(), person_id=evil_of(home), facts=ENDS_SOON)
    return home


ENDS_SOON = {
    "stay_periods": [{"title": "student", "from": "2025-01-01", "to": "2026-12-31"}],
    "asylum_state": "pending", "asylum_lodged_on": "2024-01-10",
}  # fmt: skip
"""What puts somebody on the lists of what lies ahead."""


def evil_of(home):
    return models.HouseholdMember.objects.get(household=home).person_id


def text(client, name, **asked):
    answer = client.get(reverse(f"{name}_csv"), asked)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def sheet(client, name):
    answer = client.get(reverse(f"{name}_xlsx"))
    assert answer.status_code == 200
    return list(load_workbook(io.BytesIO(answer.content)).active.iter_rows())


@pytest.mark.parametrize("name", NAMES)
def test_each_list_says_the_same_in_both_forms_and_no_cell_is_a_formula(desk, country, name):
    client = desk(WHO.get(name, "registrar"))
    rows, cells = text(client, name), sheet(client, name)
    assert len(rows) == len(cells) > 1
    assert [cell.value for cell in cells[0]] == rows[0]
    assert all(word == word.strip() != "" for word in rows[0])
    assert {cell.data_type for row in cells for cell in row} <= {"s", "n", "d"}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("who", ["registrar", "dispatcher", "gent", "supervisor"])
def test_a_list_opens_for_its_roles_alone(desk, country, name, who):
    roles = next(each.roles for each in LISTS if each.name == name)
    role = {
        "registrar": "registrar", "dispatcher": "dispatcher", "gent": "housing_officer",
        "supervisor": "supervisor",
    }[who]  # fmt: skip
    answer = desk(who).get(reverse(f"{name}_xlsx"))
    assert answer.status_code == (200 if role in roles else 403)


def test_a_day_is_a_day_in_a_workbook_and_the_words_are_those_of_the_reader(desk, country):
    client = desk("registrar")
    header, row = sheet(client, "arrivals")[:2]
    day = row[[cell.value for cell in header].index("arrival")]
    assert (day.is_date, day.value.date()) == (True, date(2026, 11, 25))
    client.cookies["django_language"] = "nl"
    assert text(client, "arrivals")[0][0] == "huishouden"


@pytest.mark.parametrize("name", ["my_people", "inbox", "paper", "net"])
def test_a_foreign_desk_finds_nobody_in_a_list(desk, country, name):
    a_household()
    answer = desk("mechelen").get(reverse(f"{name}_csv"))
    assert "HYPERLINK" not in answer.content.decode()
    assert "Marchuk" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "who", "words"), [("places", "gent", "oostakker"), ("inbox", "registrar", "h-")]
)
def test_a_list_holds_what_was_searched_for_and_the_page_leads_to_it(
    desk, country, name, who, words
):
    client, address = desk(who), reverse(f"{name}_csv")
    page = client.get(reverse(name), {"q": words}).content.decode()
    assert f'href="{address}?q={words}"' in page
    assert text(client, name) == text(client, name, q=words)
    assert len(text(client, name, q="nowhere")) == 1 < len(text(client, name))
