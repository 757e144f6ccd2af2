"""The audit finds each of twelve planted faults, and finds no fault in the real rules."""

from datetime import date

import pytest

from perron.rules.expressions import Constant, either, every
from perron.rules.moments import Moment
from perron.rules.routes import Route, Rulebook
from perron.rules.terms import fact, today, years_since

pytest.importorskip("z3", reason="the extra audit is not installed")

from perron.rules.audit import FAULTS, FoundKind, audit
from perron.rules.belgium.rulebook import belgium

AT = Moment(date(2026, 11, 23))
age = years_since("birth_date")


def said(expr, label):
    return expr.cite(label, f"source of {label}", "D")


adult, minor = said(age >= 18, "adult"), said(age < 18, "minor")
insured = said(fact("health_insured").is_(True), "insured")
stable = said(fact("means_stable").is_(True), "stable")
rich = said(fact("means_month") >= 2000, "rich")
enough = said(fact("means_month") >= 1000, "enough")
few = said(fact("dependants") < 1, "few")
many = said(fact("dependants") > 2, "many")
passport = said(fact("identity_document").one_of("valid_passport"), "passport")
papers = said(fact("identity_document").one_of("valid_passport", "identity_card"), "papers")
ukrainian = said(fact("nationality").has_any("UA"), "ukrainian")
later = said(fact("left_ua_on") >= date(2022, 2, 24), "later")
over = said(today() < date(2022, 4, 1), "over")
nothing = said(fact("dependants") < 0, "nothing")


def route(name, *conditions, **more):
    return Route(name, conditions, **more)


poor = said(fact("means_month") < 900, "poor")
no_papers = said(fact("identity_document").one_of("none"), "no papers")
both_ages = said(every(adult, minor), "both")
CLASH, IMPLIED = FoundKind.CONTRADICTION, FoundKind.IMPLIED

PLANTED = {
    "two ages at once": ([route("a", adult, insured, minor)], CLASH, {"adult", "minor"}),
    "two amounts at once": ([route("a", rich, poor)], CLASH, {"rich", "poor"}),
    "two words at once": ([route("a", passport, no_papers)], CLASH, {"passport", "no papers"}),
    "few and many": ([route("a", few, stable, many, capped=True)], CLASH, {"few", "many"}),
    "a day that is over": ([route("a", insured, over)], FoundKind.NEVER, {"over"}),
    "fewer than none": ([route("a", nothing)], FoundKind.NEVER, {"nothing"}),
    "a way that nobody can take": ([route("a", either(insured, both_ages))], FoundKind.NEVER, {"both"}),
    "said already by an amount": ([route("a", rich, enough)], IMPLIED, {"enough"}),
    "said already by a word": ([route("a", passport, stable, papers)], IMPLIED, {"papers"}),
    "a route within a route": ([route("a", insured, adult, stable), route("b", insured, adult)], IMPLIED, {"b"}),
    "nobody under 18 has a route": ([route("ltr_eu", adult)], FoundKind.NO_ROUTE, {"birth_date"}),
    "only one nationality": ([route("a", ukrainian, later)], FoundKind.DIFFERENCE, {"nationality"}),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name):
    routes, kind, about = PLANTED[name]
    found = audit(Rulebook("planted", tuple(routes)), AT)
    named = [
        set(one.conditions) | {each for each, _ in one.example} for one in found if one.kind is kind
    ]
    assert any(about <= each for each in named), found


def test_twelve_faults_are_planted():
    assert len(PLANTED) == 12


@pytest.mark.parametrize("scenario", ["adopted", "prolonged-2028", "note"])
def test_there_is_no_false_alarm_on_the_real_rules(scenario):
    found = audit(belgium(safe_return=True), Moment(date(2026, 11, 23), scenario))
    assert [one for one in found if one.kind in FAULTS] == []


def test_sound_rules_have_no_fault_and_differences_name_their_source():
    found = audit(
        Rulebook("sound", (route("a", ukrainian, adult), route("b", insured, stable))), AT
    )
    assert {one.kind for one in found} == {FoundKind.DIFFERENCE}
    assert found[0].sources == ("source of ukrainian",)


def test_what_can_never_be_is_found_in_a_table_too():
    table = route("a", adult, table=(every(adult, minor), Constant(value=False)))
    assert FoundKind.NEVER in {one.kind for one in audit(Rulebook("planted", (table,)), AT)}
