"""One person, many people and every completion tried one by one give the same verdicts."""

from contextlib import suppress
from dataclasses import replace
from random import Random

import pytest
from completions import TooMany, verdict_of
from invented import DAYS, moment, person, rulebook

from perron.rules.columns import people
from perron.rules.evaluate import answers
from perron.rules.population import verdicts
from perron.vocabulary.verdicts import Verdict


@pytest.mark.parametrize("seed", range(60))
def test_a_verdict_is_what_every_completion_says(seed):
    dice = Random(seed)
    for number in range(4):
        rules = rulebook(1000 * seed + number)
        for _ in range(14):
            asked, at = person(dice, known=dice.choice((0.6, 0.8, 0.95))), moment(dice)
            for route, found in zip(
                rules.routes, answers(rules, asked, at, explained=False), strict=True
            ):
                with suppress(TooMany):
                    slow = verdict_of(route.yes, route.authority, asked, at)
                    assert found.verdict == slow, (route, asked, at)


@pytest.mark.parametrize("seed", range(40))
def test_many_people_have_the_verdicts_of_each_one(seed):
    dice = Random(seed)
    rules, at = rulebook(seed, routes=8), moment(dice)
    rows = [person(dice, known=dice.choice((0.3, 0.7, 1.0))) for _ in range(30)]
    alone = {
        (number, day, found.id): found.verdict
        for number, row in enumerate(rows)
        for day in DAYS
        for found in answers(rules, row, replace(at, on=day), explained=False)
    }
    together = {
        (n, day, name): verdict for n, day, name, verdict in verdicts(rules, people(rows), DAYS, at)
    }
    assert together == alone


def test_the_trials_have_every_verdict():
    dice = Random(1)
    found = {
        each.verdict
        for seed in range(30)
        for each in answers(rulebook(seed), person(dice), moment(dice), explained=False)
    }
    assert found == set(Verdict)
