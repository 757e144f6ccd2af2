"""Ahead: names for a desk, counts for a coordinator, nothing for a foreign desk; as a file what the page shows."""

import csv
import io

import pytest
from builders import GENT, a_person, person_of, registrar
from django.urls import reverse

from perron_site.actions.households import register_household, state_facts

pytestmark = pytest.mark.django_db
LISTS = ("ending", "studying", "pending", "five_years", "lasting")


def somebody(given="Olena", born="1992-05-17", **facts):
    by = registrar()
    home = register_household(
        by, people=(a_person(given, born, nationalities=("UA",)),), arrived_on=by.on,
        municipality=GENT, roof=False,
    )  # fmt: skip
    state_facts(by, person_id=person_of(home, given), facts=facts)
    return home


def card(last="2026-12-31"):
    return [{"title": "single_permit", "from": "2025-01-01", "to": last}]


def page(client, **asked):
    answer = client.get(reverse("ahead"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(client, name, **asked):
    answer = client.get(reverse(f"ahead_{name}_csv"), asked)
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]


def test_a_desk_reads_names_with_the_way_to_the_household(desk):
    home = somebody(stay_periods=card())
    text = page(desk("registrar"))
    assert "Olena Marchuk" in text
    assert reverse("household", args=[home]) in text
    assert "31 December 2026" in text


def test_the_days_ahead_are_chosen(desk):
    somebody(stay_periods=card())
    client = desk("registrar")
    assert "Olena" not in page(client, days=10)
    assert rows(client, "ending", days="10") == []
    assert [row[1] for row in rows(client, "ending", days="90")] == ["Olena Marchuk"]


@pytest.mark.parametrize("name", LISTS)
def test_a_foreign_desk_reads_nothing(desk, name):
    somebody(stay_periods=card(), asylum_state="pending", asylum_lodged_on="2024-01-10")
    client = desk("mechelen")
    assert "Olena" not in page(client, list=name)
    assert not [row for row in rows(client, name) if "Olena" in "".join(row)]


@pytest.mark.parametrize("name", LISTS)
def test_whoever_coordinates_reads_no_name_and_no_small_number(desk, name):
    somebody(stay_periods=card(), asylum_state="pending", asylum_lodged_on="2024-01-10")
    text = page(desk("coordinator"), list=name)
    assert "Olena" not in text
    assert "hidden" in text or name in {"ending", "studying", "pending"}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("law", ["adopted", "prolonged-2028", "note"])
def test_each_list_names_its_scenario_with_source_and_mark(desk, name, law):
    text = page(desk("registrar"), list=name, scenario=law)
    assert f'<option value="{law}" selected>' in text
    assert "The law behind these numbers" in text
    assert 'class="trust' in text


def test_what_makes_no_sense_is_the_first_list_of_the_law_as_adopted(desk):
    text = page(desk("registrar"), list="nothing", scenario="../x", days="many")
    assert '<option value="adopted" selected>' in text
    assert 'name="days" inputmode="numeric" value="90"' in text


def test_an_asylum_file_stands_with_its_age(desk):
    somebody(
        asylum_state="pending", asylum_lodged_on="2024-01-10", lived_in_eu_before_20220224=True,
        resided_in_ua_before_20220224=False, ua_protection="none", family_links=[],
    )  # fmt: skip
    client = desk("registrar")
    (row,) = rows(client, "pending")
    assert row[1] == "Olena Marchuk"
    assert row[-2:] == ["2024-01-10", "34"]
    assert "10 January 2024" in page(client, list="pending")


def test_a_pupil_stands_with_the_end_of_the_school_year(desk):
    somebody("Danylo", "2016-03-01", stay_periods=card("2027-03-04"))
    client = desk("registrar")
    (row,) = rows(client, "studying")
    assert row[1:3] == ["Danylo Marchuk", "pupil"]
    assert row[4:6] == ["2027-03-04", "2027-06-30"]
    assert "30 June 2027" in page(client, list="studying")
