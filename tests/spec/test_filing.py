"""The fee, the terms, the documents and the remedy of each route, against a table written apart from the rules."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from perron.messages.texts import say
from perron.rules.belgium.filing import described, filing
from perron.rules.law import MODELLED_FROM, parameter, series
from perron.rules.moments import Moment

EXPECTED = yaml.safe_load((Path(__file__).parent / "filing.yaml").read_text("utf-8"))
FEES, ROUTES = EXPECTED["fees"], EXPECTED["routes"]
SUSPENDS = {
    True: "suspends",
    False: "does not suspend",
    None: "whether it suspends is not known",
}


def term(row):
    """A term as the table words it."""
    unit = next((one for one in ("days", "months", "working_days") if row.get(one)), None)
    length = f"{row[unit]} {unit.replace('_', ' ')}" if unit else row.get("param")
    length = length or ("none by law" if row.get("no_term") else "not known")
    before = f", lodged before {row['rules_before']}" if "rules_before" in row else ""
    since = f", lodged from {row['rules_from']}" if "rules_from" in row else ""
    return f"{row['what']}: {length} from {row['from']}{before}{since} ({row['mark']})"


def remedy(row):
    """A remedy as the table words it."""
    days = "term not known" if row["days"] is None else f"{row['days']} days"
    return f"{row['what']}: {days}, {SUSPENDS[row['suspensive']]} ({row['mark']})"


def test_the_table_is_about_all_23_routes_and_every_fee():
    assert set(ROUTES) == set(described())
    assert len(ROUTES) == 23
    assert set(FEES) == {key for key in series()[0] if key.startswith("fee.")}


@pytest.mark.parametrize("name", ROUTES)
def test_the_terms_the_documents_and_the_remedy_of_a_route_are_those_of_the_table(name):
    row, expected = described()[name], ROUTES[name]
    assert [term(each) for each in row["deadlines"]] == expected["terms"]
    assert row["documents"] == expected["documents"]
    assert remedy(row["remedy"]) == expected["remedy"]
    assert row["fee_key"] == expected["fee"]


@pytest.mark.parametrize("key", FEES)
def test_a_fee_is_that_of_the_day_of_filing_from_the_first_day_to_the_last(key):
    rows = FEES[key]
    for row in rows:
        last = row["until"] or date(2035, 1, 1)
        for day in (max(row["from"], MODELLED_FROM), last):
            found = parameter(key, day)
            assert (found.value, found.source.mark) == (row["amount"], row["mark"]), day
    for row, after in pairwise(rows):
        assert row["until"] + timedelta(days=1) == after["from"]


@pytest.mark.parametrize("name", ROUTES)
def test_who_asks_reads_the_fee_the_documents_and_the_remedy_of_the_table(name):
    for day in (date(2022, 6, 1), date(2023, 12, 31), date(2024, 1, 1), date(2026, 11, 25)):
        found, expected = filing(name, Moment(day)), ROUTES[name]
        own = FEES.get(expected["fee"], [{"from": date(2013, 1, 1), "amount": 0}])
        assert found.fee == [row for row in own if row["from"] <= day][-1]["amount"]
        assert [say(each, "en") for each in found.documents] == expected["documents"]
        assert say(found.remedy["what"], "en") == expected["remedy"].rsplit(": ", 1)[0]
