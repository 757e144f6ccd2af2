from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from perron.rules.belgium import temporary_protection
from perron.rules.belgium.temporary_protection import scope
from perron.vocabulary.errors import LawNotModelled
from perron.vocabulary.verdicts import Verdict

CASES = yaml.safe_load(
    (Path(__file__).parent / "temporary_protection" / "cases.yaml").read_text("utf-8")
)
UNSEEN = {("TP-m", 1, None)}
"""Compared with a day that the law does not name: unknown either way round."""
DECIDED = {Verdict.YES, Verdict.NO, Verdict.AUTHORITY}


def facts_of(case):
    """Dates as a person file gives them; a null in a record is not known."""
    return {
        name: str(value) if hasattr(value, "isoformat") else value
        for name, value in case["facts"].items()
    }


def wrong(case):
    """What differs from what the case expects."""
    found = scope(facts_of(case), case["day"], case.get("scenario", "adopted"))
    rows = {reason.message.key.removeprefix("rule.") for reason in found.because}
    return [
        said
        for said, bad in (
            (f"verdict {found.verdict}", found.verdict != case["verdict"]),
            (f"because {rows}", not set(case.get("because", ())) <= rows),
            (f"because {rows} too", bool(set(case.get("not_because", ())) & rows)),
            (
                f"against {found.against}",
                not set(case.get("against", ()))
                <= {one.message.key.removeprefix("rule.") for one in found.against},
            ),
            (f"missing {found.missing}", not set(case.get("missing", ())) <= set(found.missing)),
            (
                f"unknown because {found.unknown_because}",
                case.get("unknown_because") not in {None, found.unknown_because},
            ),
            ("no source", not all(reason.source.text for reason in found.because)),
        )
        if bad
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_case_is_answered_as_the_law_says(case):
    assert wrong(case) == []


def conditions():
    """Every condition of the file, by row and place."""
    rows = yaml.safe_load(temporary_protection.TABLE.read_text("utf-8"))["tp_scope"]["rules"]
    for row in rows:
        for place, each in enumerate(row.get("when", ())):
            inner = range(len(each["any_of"])) if "any_of" in each else [None]
            yield from ((row["id"], place, one) for one in inner)


def turned(row, place, inner):
    """The row with one condition turned round."""
    row = deepcopy(row)
    group = row["when"] if inner is None else row["when"][place]["any_of"]
    at = place if inner is None else inner
    group[at] = {**group[at], "turned": True}
    return row


@pytest.mark.parametrize("condition", sorted(set(conditions()) - UNSEEN, key=str), ids=str)
def test_turning_a_condition_round_fails_a_case(condition, monkeypatch):
    row_id, place, inner = condition
    table = tuple(
        turned(row, place, inner) if row["id"] == row_id else row
        for row in temporary_protection.rows()
    )
    plain = temporary_protection.one

    def one(each):
        return ~plain(each) if "turned" in each else plain(each)

    monkeypatch.setattr(temporary_protection, "one", one)
    route = temporary_protection.route_of(table)
    monkeypatch.setattr(temporary_protection, "protection", lambda: route)
    assert any(wrong(case) for case in CASES)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CASES), st.data())
def test_forgetting_a_fact_never_creates_certainty(case, data):
    facts = facts_of(case)
    if not facts:
        return
    forgotten = data.draw(st.sampled_from(sorted(facts)))
    presumed = temporary_protection.presumed()
    scenario = case.get("scenario", "adopted")
    before = scope(facts, case["day"], scenario).verdict
    left = {name: value for name, value in facts.items() if name != forgotten}
    after = scope(left, case["day"], scenario).verdict
    if forgotten not in presumed and after in DECIDED:
        assert after == before


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(CASES), st.data())
def test_what_is_decided_stays_so_whatever_is_learnt(case, data):
    scenario = case.get("scenario", "adopted")
    found = scope(facts_of(case), case["day"], scenario)
    if found.verdict not in DECIDED:
        return
    learnt = {
        "sex": data.draw(st.sampled_from(["f", "m", "x"])),
        "ua_permit": data.draw(st.sampled_from(["none", "temporary", "permanent"])),
        "lived_in_eu_before_20220224": data.draw(st.booleans()),
        "safe_return_to_origin": data.draw(st.booleans()),
        "absence_reason_20220224": data.draw(st.sampled_from(["holiday", "moved_abroad"])),
    }
    more = {**learnt, **facts_of(case)}
    assert scope(more, case["day"], scenario).verdict == found.verdict


def test_an_or_not_is_decided():
    """Which of three nationalities somebody has does not matter where none is Ukrainian."""
    known = {"ua_protection": "none", "ua_permit": "none", "family_links": [], "left_ua_on": "-"}
    assert scope({**known, "nationality": ["MD"]}, CASES[-1]["day"]).verdict is Verdict.NO
    assert scope(known, CASES[-1]["day"]).verdict is Verdict.NO


def test_a_day_before_the_law_is_an_error():
    with pytest.raises(LawNotModelled):
        scope({}, date(2022, 3, 3))
