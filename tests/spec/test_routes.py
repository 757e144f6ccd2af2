"""The routes answer their cases as the law says; each verdict that a route can have has one."""

from pathlib import Path

import pytest
import yaml

from perron.rules.belgium.rulebook import belgium
from perron.rules.earliest import earliest
from perron.rules.evaluate import answer
from perron.rules.facts import stated
from perron.rules.moments import Moment

FILE = Path(__file__).parent / "routes" / "cases.yaml"
CASES = [
    (route, case)
    for route, cases in yaml.safe_load(FILE.read_text("utf-8")).items()
    for case in cases
]
NEVER = {
    ("single_permit", "authority"): "no condition is left to discretion",
    ("ltr_eu", "authority"): "no condition is left to discretion",
    ("uam_durable_solution", "yes"): "the Immigration Office decides",
    ("humanitarian_9bis", "yes"): "a favour",
}
"""Outcomes that cannot occur, with the reason."""


def named(value):
    """Days as a person file gives them."""
    if isinstance(value, dict):
        return {name: named(one) for name, one in value.items()}
    if isinstance(value, list):
        return [named(one) for one in value]
    return str(value) if hasattr(value, "isoformat") else value


def asked(name, case):
    rulebook = belgium(safe_return=True)
    route = next(one for one in rulebook.routes if one.id == name)
    known, moment = (
        stated(named(case["facts"])),
        Moment(case["day"], case.get("scenario", "adopted")),
    )
    return answer(route, known, moment, rulebook), earliest(route, known, moment)


def conditions(finding):
    """The conditions that are named, met or not."""
    return {
        dict(one.message.params).get("condition", one.message.key.removeprefix("rule."))
        for one in (*finding.because, *finding.against)
    }


@pytest.mark.parametrize(
    ("route", "case"), CASES, ids=lambda each: each if isinstance(each, str) else each["case"]
)
def test_the_case_is_answered_as_the_law_says(route, case):
    finding, first = asked(route, case)
    assert finding.verdict == case["verdict"]
    assert set(case.get("because", ())) <= conditions(finding)
    assert set(case.get("missing", ())) <= set(finding.missing)
    assert case.get("unknown_because") in {None, finding.unknown_because}
    if "earliest" in case:
        assert str(case["earliest"]) == str(first.day or first.kind)


@pytest.mark.parametrize("route", sorted({name for name, _ in CASES}))
def test_each_verdict_has_a_case_or_a_reason_why_not(route):
    shown = {case["verdict"] for name, case in CASES if name == route}
    left_out = {verdict for name, verdict in NEVER if name == route}
    assert shown | left_out == {"yes", "no", "unknown", "authority"}
    assert not shown & left_out


def test_every_reason_has_a_source_and_a_mark():
    for route, case in CASES:
        finding, _ = asked(route, case)
        assert all(one.source.text and one.source.mark for one in finding.because)
        assert finding.because
