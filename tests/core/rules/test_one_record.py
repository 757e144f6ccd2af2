"""Conditions on one and the same record: what is not about it stands beside it, and a no is told by the least."""

from datetime import date

import pytest

from perron.rules.evaluate import answer
from perron.rules.expressions import Constant, either, every, only_if
from perron.rules.facts import stated
from perron.rules.moments import Moment
from perron.rules.one_record import of_one_record
from perron.rules.routes import Route, Rulebook
from perron.rules.terms import Some, fact, leaves, some
from perron.vocabulary.verdicts import Verdict

LINKS = "family_links"
spouse = fact("family_links.kind").is_("spouse")
worker = fact("family_links.sponsor_title").is_("single_permit")
insured = fact("health_insured").is_(True)


def asked(*conditions, **known):
    cited = tuple(one.cite(f"c{n}", "invented", "D") for n, one in enumerate(conditions))
    route = Route("invented", cited, of_one=LINKS)
    return answer(route, stated(known), Moment(date(2026, 11, 25)), Rulebook("invented", (route,)))


def told(finding):
    return [dict(each.message.params)["condition"] for each in finding.because]


def test_what_is_not_about_the_record_stands_beside_it():
    assert of_one_record(LINKS, [spouse, insured]) == every(insured, some(LINKS, spouse))
    assert of_one_record(LINKS, [insured]) == insured
    inside = of_one_record(LINKS, [spouse, only_if(worker, insured)])
    assert not {
        name for leaf in leaves(inside) if isinstance(leaf, Some) for name in leaf.facts
    } - {LINKS}


def test_what_can_never_be_met_is_never_met():
    assert of_one_record(LINKS, [spouse & Constant(value=False)]) == Constant(value=False)


def test_what_counts_both_ways_is_refused():
    with pytest.raises(ValueError, match="health_insured"):
        of_one_record(LINKS, [either(spouse & insured, worker & ~insured)])


def test_two_members_who_meet_half_each_are_no_one():
    links = [
        {"kind": "spouse", "sponsor_title": "tp"},
        {"kind": "minor_child", "sponsor_title": "single_permit"},
    ]
    found = asked(spouse, worker, insured, family_links=links, health_insured=True)
    assert found.verdict is Verdict.NO
    assert told(found) == ["c0", "c1"]
    one = [{"kind": "spouse", "sponsor_title": "single_permit"}]
    assert (
        asked(spouse, worker, insured, family_links=one, health_insured=True).verdict is Verdict.YES
    )


def test_a_no_is_told_by_one_condition_that_nobody_meets_and_the_others_stand_beside_it():
    links = [{"kind": "minor_child", "sponsor_title": "tp"}]
    found = asked(spouse, worker, insured, family_links=links, health_insured=False)
    assert told(found) == ["c0"]
    assert [dict(each.message.params)["condition"] for each in found.against] == ["c1", "c2"]
    nobody = asked(spouse, worker, family_links=[])
    assert (told(nobody), nobody.against) == (["c0"], ())


def test_an_unknown_answer_names_what_is_open_and_asks_for_it():
    found = asked(spouse, worker, insured, family_links=[{"kind": "spouse"}], health_insured=True)
    assert (found.verdict, found.missing, told(found)) == (
        Verdict.UNKNOWN,
        ("family_links",),
        ["c1"],
    )
