"""The routes answer their cases as the law says; each verdict that a route can have has one."""

import pytest
from routes_of_the_law import CASES, ROUTES, asked, conditions

CAPPED = {
    "international_protection": "the Commissioner General assesses it",
    "self_employed": "the Region weighs the plan",
    "humanitarian_9bis": "a favour",
    "medical_9ter": "a doctor of the Immigration Office assesses it",
    "uam_durable_solution": "the Immigration Office decides",
    "stateless": "the Immigration Office decides",
    "trafficking_victim": "the Immigration Office decides with the prosecutor",
    "naturalisation": "a favour of the Chamber",
    "tpd22_23": "a member state may allow it",
}
NO_DISCRETION = (
    *("tp_family", "single_permit", "blue_card", "student", "search_year", "family_tcn_unlimited"),
    *("family_tcn_limited", "family_eu_be", "ltr_eu", "settlement_k", "nationality", "voluntary_return"),
)  # fmt: skip
NEVER = {
    **{(name, "yes"): why for name, why in CAPPED.items()},
    **{(name, "authority"): "no condition is left to discretion" for name in NO_DISCRETION},
    ("self_employed", "authority"): "which income is sufficient is not known",
    (
        "international_protection",
        "unknown",
    ): "nothing that can be checked is open: exclusion is presumed absent",
    ("stateless", "unknown"): "everything is claimed, nothing is checked before filing",
}
"""Outcomes that cannot occur, with the reason."""


@pytest.mark.parametrize(
    ("route", "case"), CASES, ids=lambda each: each if isinstance(each, str) else each["case"]
)
def test_the_case_is_answered_as_the_law_says(route, case):
    finding, first = asked(ROUTES[route], case)
    assert finding.verdict == case["verdict"]
    assert set(case.get("because", ())) <= conditions(finding)
    assert set(case.get("missing", ())) <= set(finding.missing)
    assert case.get("unknown_because") in {None, finding.unknown_because}
    assert finding.because
    assert all(one.source.text and one.source.mark for one in finding.because)
    if "earliest" in case:
        assert str(case["earliest"]) == str(first.day or first.kind)


@pytest.mark.parametrize("route", sorted(set(ROUTES) - {"tp"}))
def test_each_verdict_has_a_case_or_a_reason_why_not(route):
    shown = {case["verdict"] for name, case in CASES if name == route}
    left_out = {verdict for name, verdict in NEVER if name == route}
    assert shown | left_out == {"yes", "no", "unknown", "authority"}
    assert not shown & left_out
