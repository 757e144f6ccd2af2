from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from perron.rules.belgium import temporary_protection
from perron.rules.belgium.temporary_protection import scope
from perron.rules.law import UNCHANGED, Changes, parameter
from perron.vocabulary.errors import LawNotModelled
from perron.vocabulary.verdicts import LawStatus, Verdict

CASES = yaml.safe_load(
    (Path(__file__).parent / "temporary_protection" / "cases.yaml").read_text("utf-8")
)
MAN = next(case for case in CASES if case["case"] == "TP-m does not count as adopted")
ADOPTED = {
    "tp_m.counts": True,
    "tp_m.effective_from": date(2026, 9, 1),
    "tp_m.age_min": 25,
    "tp_m.age_max": 60,
    "tp_m.reserve_age_min": 23,
}
ENTERED = [
    {
        **MAN,
        "entered": ADOPTED,
        "facts": {**MAN["facts"], **facts},
        "verdict": said,
        "because": [row],
    }
    for facts, said, row in (
        ({"left_ua_on": "2026-09-01"}, "no", "TP-m"),
        ({"left_ua_on": "2026-08-31"}, "yes", "TP-a"),
        ({"birth_date": "2001-10-01"}, "no", "TP-m"),
        ({"birth_date": "2001-10-02", "on_reserve_list": False}, "yes", "TP-a"),
        ({"birth_date": "2003-10-01", "on_reserve_list": True}, "no", "TP-m"),
    )
]
"""What the narrower scope would do once the law desk had entered it with a day; no day is known as yet."""

DECIDED = {Verdict.YES, Verdict.NO, Verdict.AUTHORITY}


def facts_of(case):
    """Dates as a person file gives them; a null in a record is not known."""
    return {
        name: str(value) if hasattr(value, "isoformat") else value
        for name, value in case["facts"].items()
    }


def wrong(case):
    """What differs from what the case expects."""
    entered = tuple(
        replace(
            parameter(key, case["day"], scenario="prolonged-2028"),
            value=value,
            status=LawStatus.ADOPTED,
        )
        for key, value in case.get("entered", {}).items()
    )
    changes = Changes(entered) if entered else UNCHANGED
    found = scope(facts_of(case), case["day"], case.get("scenario", "adopted"), changes)
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


@pytest.mark.parametrize("case", ENTERED, ids=lambda case: str(case["facts"]["left_ua_on"]))
def test_a_narrower_scope_counts_from_its_day_once_it_is_entered_as_law(case):
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


@pytest.mark.parametrize("condition", sorted(conditions(), key=str), ids=str)
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
    assert any(wrong(case) for case in (*CASES, *ENTERED))


def rewritten():
    """Every other outcome that a row could have: its answer, its role, whether it is contested, or no row at all."""
    for row in temporary_protection.rows():
        name = row["id"]
        yield name, "left out", None
        if row["role"] == "ground":
            other = "authority" if row["answer"] == "Y" else "Y"
            yield name, f"{other} instead of {row['answer']}", {**row, "answer": other}
            yield name, "excludes", {**row, "role": "bar", "answer": "N"}
        if row["role"] == "bar":
            yield name, "contested or not", {**row, "contested": not row["contested"]}
            yield name, "a ground", {**row, "role": "ground", "answer": "Y"}
            yield name, "explains", {**row, "role": "explains"}
        if row["role"] == "explains":
            yield name, "excludes", {**row, "role": "bar"}
            yield name, "a ground", {**row, "role": "ground", "answer": "Y"}
        if row["role"] in temporary_protection.SAYING:
            yield name, "excludes", {**row, "role": "bar", "answer": "N"}
            yield name, "a ground", {**row, "role": "ground", "answer": "Y"}
        if row["status"] == "proposed":
            yield name, "adopted", {**row, "status": "adopted"}


def with_row(name, row):
    """The table with one row rewritten, or without it, also where another row names it."""
    for own in temporary_protection.rows():
        if own["id"] == name:
            if row is not None:
                yield row
        elif row is None and name in own.get("any_rule", ()):
            yield {**own, "any_rule": [each for each in own["any_rule"] if each != name]}
        else:
            yield own


@pytest.mark.parametrize(
    ("name", "how", "row"),
    tuple(rewritten()),
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_row_with_another_outcome_fails_a_case(name, how, row, monkeypatch):
    route = temporary_protection.route_of(tuple(with_row(name, row)))
    monkeypatch.setattr(temporary_protection, "protection", lambda: route)
    assert any(wrong(case) for case in (*CASES, *ENTERED)), how


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
