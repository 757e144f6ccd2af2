"""Knowing more never turns a decided answer round, forgetting never decides one, and questions lead to the end."""

from random import Random

import pytest
from invented import articles, moment, person, rulebook

from perron.rules.belgium.rulebook import belgium
from perron.rules.columns import people
from perron.rules.evaluate import answers
from perron.rules.facts import facts, presumptions
from perron.rules.interview import next_question
from perron.rules.moments import Moment
from perron.rules.population import months, verdicts
from perron.rules.scenarios import changes
from perron.vocabulary.verdicts import Verdict

DECIDED = {Verdict.YES, Verdict.NO, Verdict.AUTHORITY}


def by_id(rules, known, at):
    return {each.id: each for each in answers(rules, known, at, explained=False)}


@pytest.mark.parametrize("seed", range(40))
def test_a_stated_fact_never_flips_a_decided_verdict_unless_it_was_presumed(seed):
    """With 20 people a rulebook: 20,000 people and 1,000 rulebooks."""
    dice = Random(seed)
    for number in range(25):
        rules, at = rulebook(100 * seed + number), moment(dice)
        for _ in range(20):
            known = person(dice)
            before = by_id(rules, known, at)
            more = {**person(dice, known=0.9), **known}
            for name, found in by_id(rules, more, at).items():
                learnt = set(more) - set(known)
                if before[name].verdict in DECIDED and not learnt & set(before[name].assuming):
                    assert found.verdict == before[name].verdict


@pytest.mark.parametrize("seed", range(40))
def test_forgetting_never_creates_certainty(seed):
    """With 20 people a rulebook: 20,000 people and 1,000 rulebooks."""
    dice = Random(seed)
    for number in range(25):
        rules, at = rulebook(100 * seed + number), moment(dice)
        for _ in range(20):
            known = person(dice, known=0.9)
            gone = dice.choice(sorted(set(known) - set(presumptions())) or [None])
            before = by_id(rules, known, at)
            after = by_id(rules, {k: v for k, v in known.items() if k != gone}, at)
            for name, found in after.items():
                if found.verdict in DECIDED:
                    assert before[name].verdict == found.verdict


@pytest.mark.parametrize("seed", range(30))
def test_what_is_asked_can_matter_and_what_is_not_asked_cannot(seed):
    """A route that stays open after every missing fact is answered is open because of the law."""
    dice = Random(seed)
    for number in range(10):
        rules, known, at = rulebook(100 * seed + number), person(dice, known=0.5), moment(dice)
        whole = person(dice, known=1.1)
        before = by_id(rules, known, at)
        for name, found in before.items():
            if found.verdict is Verdict.UNKNOWN:
                assert found.missing or found.law_missing
                same = {
                    one: whole[one]
                    for one in whole
                    if one not in found.missing and one not in known
                }
                after = by_id(rules, {**known, **same}, at)[name]
                assert (
                    after.verdict is Verdict.UNKNOWN
                    or found.law_missing
                    or set(found.missing) & set(known)
                )


def interview(rules, truth, at, choose):
    """Ask until all is decided; the questions and the verdicts."""
    known, asked = {}, []
    while True:
        found = answers(rules, known, at, explained=False)
        name = choose(found, asked)
        if name is None:
            return asked, [each.verdict for each in found]
        asked.append(name)
        if name in truth:
            known[name] = truth[name]


def missing(found, asked):
    return sorted(
        {one for each in found if each.verdict is Verdict.UNKNOWN for one in each.missing}
        - set(asked)
    )


def ours(found, asked):
    question = next_question(found, asked)
    return question.fact if question else None


def test_the_interview_asks_at_most_85_of_100_questions_of_a_random_relevant_order():
    dice, mine, other = Random(4), 0, 0
    at = Moment(moment(dice).on)

    def random_order(found, asked):
        left = missing(found, asked)
        return dice.choice(left) if left else None

    for seed in range(120):
        rules, truth = articles(seed), person(dice, known=1.1)
        asked, verdicts = interview(rules, truth, at, ours)
        more, same = interview(rules, truth, at, random_order)
        assert verdicts == same
        mine, other = mine + len(asked), other + len(more)
    assert mine <= 0.85 * other


def test_an_interview_of_the_real_rules_ends_and_asks_nothing_twice():
    truth = {
        "nationality": ["UA"], "birth_date": "1990-05-01", "resided_in_ua_before_20220224": True,
        "left_ua_on": "2022-03-01", "job_offer": "-", "stay_periods": [], "identity_document": "valid_passport",
    }  # fmt: skip
    asked, verdicts = interview(belgium(), truth, Moment(moment(Random(1)).on), ours)
    assert len(asked) == len(set(asked))
    assert set(asked) <= set(facts()) - set(presumptions())
    assert verdicts[0] is Verdict.YES


def test_scenarios_differ_only_where_the_explanation_names_what_differs():
    dice = Random(2)
    rows = [person(dice, known=1.1) for _ in range(20_000)]
    rows += [person(dice, known=0.8) for _ in range(60)]
    rows.append({"stay_periods": [{"title": "tp", "from": "2022-03-20", "to": "-"}]})
    start = moment(dice).on.replace(year=2027, month=1, day=1)
    crowd, days, both = people(rows), months(start, 9)[::4], (Moment(start), Moment(start, "note"))
    adopted, note = (
        {(n, name, on): found for n, on, name, found in verdicts(belgium(), crowd, days, each)}
        for each in both
    )
    named = list(changes(belgium(), crowd, days, both))
    told = {(each.person, each.route, each.before, each.after) for each in named}
    assert told == {
        (*cell[:2], before, note[cell]) for cell, before in adopted.items() if note[cell] != before
    }
    assert all(each.parameters and each.why for each in named)
    assert {each.route for each in named} <= {
        *("tp", "tp_family", "ltr_eu", "unlimited_stay", "search_year", "tpd22_23"),
    }
