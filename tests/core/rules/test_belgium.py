"""The routes of Belgium: the same for one person as for many, whole in their sources, and sound."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from caseload import anybody, fields
from completions import truth

from perron.messages.texts import texts
from perron.rules.belgium.filing import described, filing
from perron.rules.belgium.rulebook import belgium
from perron.rules.columns import people
from perron.rules.evaluate import answer, answers
from perron.rules.expressions import Cited, children
from perron.rules.facts import Days, facts, presumptions, stated
from perron.rules.moments import Moment
from perron.rules.population import verdicts
from perron.vocabulary.verdicts import UnknownBecause, Verdict

DAYS = (
    date(2024, 11, 23),
    date(2025, 8, 18),
    date(2025, 11, 23),
    date(2026, 11, 23),
    date(2027, 3, 5),
)
RULES = belgium(safe_return=True)
DECIDED = {Verdict.YES, Verdict.NO, Verdict.AUTHORITY}


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("scenario", ["adopted", "note"])
def test_many_people_have_the_verdicts_of_each_one(seed, scenario):
    dice, at = Random(seed), Moment(DAYS[0], scenario)
    rows = [anybody(dice, known=dice.choice((0.2, 0.6, 0.9, 1.1))) for _ in range(25)]
    alone = {
        (number, day, found.id): found.verdict
        for number, row in enumerate(rows)
        for day in DAYS
        for found in answers(RULES, row, replace(at, on=day), explained=False)
    }
    together = {
        (n, day, name): one for n, day, name, one in verdicts(RULES, people(rows), DAYS, at)
    }
    assert together == alone


@pytest.mark.parametrize("seed", range(12))
def test_what_is_learnt_flips_nothing_that_is_decided_and_what_is_forgotten_decides_nothing(seed):
    dice = Random(100 + seed)
    for _ in range(12):
        whole, at = anybody(dice, known=1.1), Moment(dice.choice(DAYS))
        some = {name: one for name, one in whole.items() if dice.random() < 0.7}
        before = answers(RULES, some, at, explained=False)
        after = answers(RULES, whole, at, explained=False)
        for one, other in zip(before, after, strict=True):
            learnt = set(whole) - set(some)
            if one.verdict in DECIDED and not learnt & {*presumptions(), *one.weighed}:
                assert other.verdict == one.verdict, one.id


@pytest.mark.parametrize("seed", range(6))
def test_every_answer_says_why_and_an_unknown_one_what_it_turns_on(seed):
    dice = Random(200 + seed)
    for _ in range(10):
        known, at = anybody(dice, known=dice.choice((0.3, 0.8))), Moment(dice.choice(DAYS))
        for found in answers(RULES, known, at):
            assert found.because, (found.id, known)
            assert all(one.source.text and one.source.mark for one in found.because)
            if found.verdict is Verdict.UNKNOWN:
                assert found.missing or found.law_missing, (found.id, known)
                facts = found.unknown_because in {UnknownBecause.FACTS, UnknownBecause.BOTH}
                assert facts is bool(found.missing)


def one_by_one(route, known, at):
    """The answer of a route on one record, record by record; everything is known."""
    world = {name: one.first if isinstance(one, Days) else one for name, one in known.items()}
    return any(
        all(
            truth(each, {**world, **exact(route.of_one, record)}, at, {})
            for each in route.conditions
        )
        for record in known[route.of_one]
    )


def exact(name, record):
    return {f"{name}.{field}": one.first if isinstance(one, Days) else one for field, one in record}


@pytest.mark.parametrize("seed", range(5))
def test_conditions_on_one_family_member_are_met_by_one_and_the_same(seed):
    dice, found = Random(300 + seed), set()
    routes = [each for each in RULES.routes if each.of_one]
    while len(found) < 5 or dice.random() < 0.98:
        row, at = anybody(dice, known=1.1), Moment(dice.choice(DAYS[1:3]), "adopted")
        links = [
            fields(dice, facts()["family_links"], known=1.1) for _ in range(dice.choice((1, 2, 3)))
        ]
        links = [{**each, "kind": dice.choice(("spouse", "minor_child"))} for each in links]
        titles = ("tp", "single_permit", "settled", "refugee")
        links = [{**each, "sponsor_title": dice.choice(titles)} for each in links]
        known = stated(
            {
                **row,
                "birth_date": "1990-05-01",
                "identity_document": "valid_passport",
                "family_links": links,
            }
        )
        for route in routes:
            verdict = answer(route, known, at, RULES, explained=False).verdict
            if route.id == "family_tcn_unlimited" and verdict is Verdict.UNKNOWN:
                continue  # the window of refugees: the law is silent
            slow = one_by_one(route, known, at)
            assert (verdict is Verdict.YES) is slow, (route.id, links)
            found.add((route.id, slow))


def cited(expr):
    if isinstance(expr, Cited):
        yield expr
    for each in children(expr):
        yield from cited(each)


def test_all_23_pathways_are_there_each_with_its_office_and_every_condition_with_its_sentence():
    ids = [route.id for route in RULES.routes]
    assert len(set(ids)) == 23
    assert set(ids) == set(described())
    for route in RULES.routes:
        found = [one for each in route.conditions for one in cited(each)]
        assert all(isinstance(each, Cited) for each in route.conditions) or route.id == "tp"
        assert all(one.source.text and one.source.mark for one in found)
        assert all(f"rule.{one.label}" in texts() for one in found)
        assert len({one.label for one in found}) == len(found), route.id


@pytest.mark.parametrize("name", sorted(described()))
def test_each_pathway_says_who_decides_where_by_when_and_at_what_price(name):
    row = described()[name]
    sourced = [
        row[key]
        for key in ("file_at", "remedy", "tp_time", "may_hold_with_tp", "may_apply_with_tp")
    ]
    for one in (*sourced, *row["deadlines"]):
        assert one["source"]
        assert one["mark"] in {"V", "P", "M+", "M", "M-", "U", "D"}
    assert set(row["name"]) == {"nl", "fr", "de", "en", "uk", "ru"}
    assert row["authority"]
    assert set(row["file_at"]) >= {"belgium", "abroad"}
    found = filing(name, Moment(date(2024, 6, 1)))
    assert found.fee is None or found.fee >= 0
