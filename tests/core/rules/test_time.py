"""The first day on which a route opens is the one that a search day by day finds."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from invented import clock, leaf, person, rulebook, tree

from perron.rules.belgium.rulebook import belgium
from perron.rules.columns import people
from perron.rules.earliest import EarliestKind, earliest
from perron.rules.evaluate import answer
from perron.rules.expressions import every
from perron.rules.facts import stated
from perron.rules.moments import Moment
from perron.rules.population import verdicts
from perron.rules.routes import Route, Rulebook
from perron.rules.terms import Param, fact, years_since
from perron.vocabulary.verdicts import Verdict

START = Moment(date(2026, 11, 1))


def agree(found, by_day, route, known):
    """The answer is what a search day by day finds in the verdicts of the days, one after the other."""
    opens = Verdict.YES if found.verdict is None else found.verdict
    for on, verdict in by_day:
        if verdict == opens:
            assert (found.kind, found.day) == (EarliestKind.DATE, on), (route, known, on)
            return
        if verdict is Verdict.UNKNOWN and found.kind is not EarliestKind.DATE:
            return
    assert found.day is None or found.day > on


@pytest.mark.parametrize("seed", range(100))
def test_the_first_day_is_that_of_a_search_day_by_day(seed):
    """With 200 people a seed: 20,000 people; that many people on a day are as each one alone, test_exact proves."""
    dice = Random(seed)
    for _ in range(4):
        route = Route("invented", (every(leaf(dice), leaf(dice)),))
        crowd = [person(dice, known=0.95) for _ in range(50)]
        by_day = [[] for _ in crowd]
        days = [START.on + timedelta(days=number) for number in range(420)]
        for row, on, _, verdict in verdicts(
            Rulebook("invented", (route,)), people(crowd), days, START
        ):
            by_day[row].append((on, verdict))
        for known, found in zip(crowd, by_day, strict=True):
            agree(earliest(route, stated(known), START), sorted(found), route, known)


def said_by(seen, days):
    """What the verdicts of the days say: how the route opens, on which day, and when it closes."""
    opens = next((on for on in days if seen[on] is not Verdict.NO), None)
    if opens is None or seen[opens] is Verdict.UNKNOWN:
        return opens and EarliestKind.DEPENDS, None, None
    ends = next((on for on in days if on > opens and seen[on] is not Verdict.YES), None)
    closes = ends - timedelta(days=1) if ends and seen[ends] is Verdict.NO else None
    return EarliestKind.DATE, opens, closes if ends else days[-1]


@pytest.mark.parametrize("seed", range(10))
def test_the_first_day_of_any_expression_and_the_day_on_which_it_closes_are_those_of_a_search(seed):
    """Whole trees: 8,000 people and 400 routes; what the search sees in 700 days, the answer has to say."""
    dice, later, closed = Random(seed), 0, 0
    days = [START.on + timedelta(days=number) for number in range(700)]
    for _ in range(40):
        own = [leaf(dice), clock(dice), dice.choice((leaf, clock))(dice)]
        route = Route("invented", (tree(dice, own, dice.choice((1, 2, 3))),))
        crowd, rules = [person(dice, known=0.95) for _ in range(20)], Rulebook("one", (route,))
        by_day = [{} for _ in crowd]
        for row, on, _, verdict in verdicts(rules, people(crowd), days, START):
            by_day[row][on] = verdict
        for known, seen in zip(crowd, by_day, strict=True):
            found = earliest(route, stated(known), START)
            kind, opens, closes = said_by(seen, days)
            if kind is None:
                assert found.day is None or found.day > days[-1], (route, known)
                continue
            assert (found.kind, found.day) == (kind, opens), (route, known)
            open_still = closes == days[-1] and (found.closes is None or found.closes > closes)
            assert open_still or found.closes == closes, (route, known)
            later, closed = later + (found.day not in {None, START.on}), closed + bool(found.closes)
    assert later > 1
    assert closed > 1


@pytest.mark.parametrize("seed", range(10))
def test_a_day_that_is_named_is_certain_and_no_earlier_day_was_possible(seed):
    dice = Random(seed)
    rules = rulebook(seed)
    for _ in range(6):
        known = stated(person(dice))
        for route in rules.routes:
            found = earliest(route, known, START)
            if found.kind is EarliestKind.DATE:
                before = [
                    START.on + timedelta(days=n)
                    for n in range(0, min((found.day - START.on).days, 300), 7)
                ]
                on = replace(START, on=found.day)
                assert answer(route, known, on, rules, explained=False).verdict == found.verdict
                for day in before:
                    verdict = answer(
                        route, known, replace(START, on=day), rules, explained=False
                    ).verdict
                    assert verdict is not found.verdict


def test_three_answers_are_kept_apart():
    route = Route("invented", (years_since("birth_date") >= 18, fact("health_insured").is_(True)))
    born = {"birth_date": "2010-05-06"}
    sure = earliest(route, stated({**born, "health_insured": True}), START)
    never = earliest(route, stated({**born, "health_insured": False}), START)
    open_ = earliest(route, stated(born), START)
    assert (sure.kind, sure.day) == ("date", date(2028, 5, 6))
    assert never.kind == "never"
    assert (open_.kind, open_.facts) == ("depends", ("health_insured",))


def test_a_window_that_closes_says_when():
    route = Route("invented", (years_since("birth_date") >= 17, years_since("birth_date") < 18))
    found = earliest(route, stated({"birth_date": "2009-12-24"}), START)
    assert (found.day, found.closes) == (date(2026, 12, 24), date(2027, 12, 23))


def test_a_parameter_that_ends_leaves_the_law_open():
    route = Route("invented", (fact("means_month") >= Param("ltr.means.month_person"),))
    found = earliest(route, stated({"means_month": 5000}), Moment(date(2025, 12, 1)))
    assert (found.day, found.closes) == (date(2025, 12, 1), None)
    later = earliest(route, stated({"means_month": 5000}), Moment(date(2026, 1, 1)))
    assert (later.kind, later.law) == ("depends", ("ltr.means.month_person",))


@pytest.mark.parametrize("scenario", ["adopted", "note"])
@pytest.mark.parametrize(
    "periods",
    [
        [{"title": "single_permit", "from": "2022-02-01", "to": "-", "card": "A"}],
        [{"title": "tp", "from": "2022-03-20", "to": "-", "card": "A"}],
        [
            {"title": "student", "from": "2020-10-01", "to": "2024-09-30", "card": "A"},
            {"title": "single_permit", "from": "2024-10-01", "to": "-", "card": "A"},
        ],
    ],
)  # fmt: skip
def test_the_real_clocks_agree_with_a_search_day_by_day(periods, scenario):
    known = stated({"stay_periods": periods, "absences": [], "asylum_state": "none", "asylum_lodged_on": "-",
                    "application_9ter_on": "-", "family_application_be_on": "-"})  # fmt: skip
    route = next(one for one in belgium().routes if one.id == "unlimited_stay")
    start = Moment(date(2026, 11, 1), scenario)
    days = [replace(start, on=start.on + timedelta(days=number)) for number in range(330)]
    by_day = [(at.on, answer(route, known, at, belgium(), explained=False).verdict) for at in days]
    agree(earliest(route, known, start), by_day, route, known)
