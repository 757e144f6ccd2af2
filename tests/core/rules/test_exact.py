"""One person, many people and every completion tried one by one give the same verdicts."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from random import Random

import numpy as np
import pytest
from completions import TooMany, turning, verdict_of
from invented import DAYS, moment, person, rulebook

from perron.rules.columns import people
from perron.rules.evaluate import answers
from perron.rules.moments import Moment
from perron.rules.planes import counts
from perron.rules.population import months, tallies, verdicts
from perron.rules.routes import Route, Rulebook
from perron.rules.terms import fact
from perron.vocabulary.verdicts import Verdict


@pytest.mark.parametrize("seed", range(400))
def test_a_verdict_is_what_every_completion_says(seed):
    """With 56 people a seed: 22,400 people and 1,600 rulebooks."""
    dice, tried = Random(seed), 0
    for number in range(4):
        rules, at = rulebook(1000 * seed + number), moment(dice)
        crowd = [person(dice, known=dice.choice((0.6, 0.8, 0.95))) for _ in range(14)]
        together = {
            (n, name): found for n, _, name, found in verdicts(rules, people(crowd), [at.on], at)
        }
        for row, asked in enumerate(crowd):
            alone = answers(rules, asked, at, explained=False)
            for route, found in zip(rules.routes, alone, strict=True):
                assert together[row, route.id] == found.verdict, (route, asked, at)
                with suppress(TooMany):
                    slow = verdict_of(route.yes, route.authority, asked, at)
                    assert found.verdict == slow, (route, asked, at)
                    tried += 1
    assert tried > 150, "nearly everything is small enough to be tried"


@pytest.mark.parametrize("seed", range(200))
def test_a_fact_is_asked_where_and_only_where_another_value_of_it_alone_changes_a_verdict(seed):
    dice, asked = Random(seed), 0
    for number in range(6):
        rules, at = rulebook(1000 * seed + number), moment(dice)
        for known in (person(dice, known=dice.choice((0.6, 0.8))) for _ in range(8)):
            for route, found in zip(
                rules.routes, answers(rules, known, at, explained=False), strict=True
            ):
                if found.verdict is Verdict.UNKNOWN:
                    with suppress(TooMany):
                        slow = turning(route.yes, route.authority, known, at)
                        assert set(found.missing) == slow - set(found.assuming), (route, known, at)
                        asked += len(slow)
    assert asked > 20


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


def test_more_days_than_a_word_has_bits_are_counted_alike():
    dice = Random(3)
    rules, at = rulebook(3, routes=6), moment(dice)
    crowd, days = people([person(dice) for _ in range(40)]), months(date(2025, 1, 1), 70)
    whole = tallies(rules, crowd, days, at)
    apart = [each for day in days for each in tallies(rules, crowd, [day], at)]
    assert whole == apart


def test_a_later_version_of_a_route_leaves_the_days_before_alone():
    insured, stable = fact("health_insured").is_(True), fact("means_stable").is_(True)
    first = Route("invented", (insured,))
    second = Route("invented", (insured, stable), valid_from=date(2026, 7, 1))
    rules = Rulebook("invented", (first, second))
    known, days = {"health_insured": True, "means_stable": False}, months(date(2026, 5, 1), 4)
    alone = [answers(rules, known, Moment(day))[0].verdict for day in days]
    assert alone == ["yes", "yes", "no", "no"]
    assert [each.yes for each in tallies(rules, people([known]), days, Moment(days[0]))] == [
        1,
        1,
        0,
        0,
    ]


@pytest.mark.parametrize("size", [0, 1, 254, 255, 256, 1999, 2000, 2001, 7777, 30_001])
def test_bits_are_counted_as_one_by_one(size):
    words = np.random.default_rng(size).integers(0, 2**64, size, np.uint64)
    one_by_one = [int(((words >> np.uint64(bit)) & np.uint64(1)).sum()) for bit in range(64)]
    assert counts(words, 64).tolist() == one_by_one
