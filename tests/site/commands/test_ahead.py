"""``perron ahead``: each list as CSV with its header and as JSON, numbers and no names."""

import json
from argparse import ArgumentTypeError, Namespace

import pytest
from builders import NOW, a_person, person_of, registrar

from perron_site.actions.households import register_household, state_facts
from perron_site.commands.ahead import LISTS, days
from perron_site.commands.listing import COLUMNS, tell_ahead

pytestmark = pytest.mark.django_db


def told(name, capsys, *, as_json=False, ahead=90):
    args = Namespace(list=name, on=None, scenario="adopted", days=ahead, json=as_json)
    assert tell_ahead(NOW, args) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", LISTS)
def test_each_list_has_its_header_also_where_it_is_empty(name, capsys):
    header, *_ = told(name, capsys).splitlines()
    assert header == ",".join(("scenario", *COLUMNS[name]))


def test_numbers_and_no_names(capsys):
    by = registrar()
    home = register_household(
        by, people=(a_person(nationalities=("UA",)),), arrived_on=by.on, roof=True
    )
    stay = [{"title": "single_permit", "from": "2025-01-01", "to": "2026-12-31"}]
    person = person_of(home)
    state_facts(by, person_id=person, facts={"stay_periods": stay})
    (row,) = json.loads(told("ending", capsys, as_json=True))
    assert (row["household"], row["person"]) == (f"H-{home}", f"P-{person}")
    assert row["until"] == "2026-12-31"
    text = told("ending", capsys)
    assert "Marchuk" not in text
    assert len(told("ending", capsys, ahead=10).splitlines()) == 1


@pytest.mark.parametrize("text", ["-5", "1101", "soon", ""])
def test_what_is_no_number_of_days_is_refused(text):
    with pytest.raises(ArgumentTypeError, match="no number of days"):
        days(text)
