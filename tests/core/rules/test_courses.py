"""The courses of the law side by side: asked again only where the law differs, and never otherwise than by itself."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from caseload import anybody

from perron.rules import moments
from perron.rules.belgium.courses import another_law, in_each_course
from perron.rules.belgium.rulebook import belgium
from perron.rules.earliest import earliest
from perron.rules.evaluate import answers
from perron.rules.facts import stated
from perron.rules.moments import Moment
from perron.rules.terms import Derived

COURSES = ("adopted", "prolonged-2028", "note")
DAYS = (date(2026, 11, 27), date(2027, 3, 5), date(2028, 3, 5))


@pytest.mark.parametrize("seed", range(6))
def test_each_course_answers_as_if_it_were_asked_alone(seed):
    dice, rulebook = Random(seed), belgium()
    for _ in range(8):
        person = anybody(dice, known=dice.choice((0.3, 0.7, 1.1)))
        moments = [Moment(dice.choice(DAYS), name) for name in COURSES[:1]]
        moments += [replace(moments[0], scenario=name) for name in COURSES[1:]]
        together = in_each_course(rulebook, person, moments)
        assert together == tuple(answers(rulebook, person, moment) for moment in moments)


@pytest.mark.parametrize("seed", range(4))
def test_a_route_of_the_same_law_opens_on_the_same_day_in_each_course(seed):
    dice, here = Random(seed), Moment(DAYS[0])
    for _ in range(4):
        known = stated(anybody(dice, known=dice.choice((0.5, 1.1))))
        for route in belgium().on(here.on):
            first = earliest(route, known, here, explained=False)
            for name in COURSES[1:]:
                there = replace(here, scenario=name)
                if not another_law(route, there):
                    assert earliest(route, known, there, explained=False) == first


def test_few_routes_are_asked_again_and_those_of_the_scheme_are():
    again = {
        name: {
            route.id for route in belgium().on(DAYS[0]) if another_law(route, Moment(DAYS[0], name))
        }
        for name in COURSES
    }
    assert again["adopted"] == set()
    assert {"tp", "tp_family"} <= again["prolonged-2028"] & again["note"]
    assert "ltr_eu" in again["note"]
    assert "stateless" not in again["note"]


def test_what_is_not_explained_has_the_same_day():
    known = stated({"birth_date": "1990"})
    for route in belgium().on(DAYS[0]):
        told = earliest(route, known, Moment(DAYS[0]))
        bare = earliest(route, known, Moment(DAYS[0]), explained=False)
        assert bare == replace(told, facts=(), law=())


def test_a_computed_condition_names_every_parameter_that_it_reads(monkeypatch):
    """Else a scenario would change an answer without being named, or be taken for the law as adopted."""
    dice, inside, unnamed = Random(5), [], set()
    compute, look_up = Derived.value, moments.row_on

    def computed(term, world, moment):
        inside.append(term)
        try:
            return compute(term, world, moment)
        finally:
            inside.pop()

    def looked_up(moment, key, region):
        if inside and key not in (*inside[-1].law, *inside[-1].reading):
            unnamed.add((inside[-1].name, key))
        return look_up(moment, key, region)

    monkeypatch.setattr(Derived, "value", computed)
    monkeypatch.setattr(moments, "row_on", looked_up)
    for _ in range(100):
        known = anybody(dice, known=dice.choice((0.5, 0.9, 1.1)))
        for scenario in ("adopted", "note"):
            on = date(2027, dice.randint(1, 12), 5)
            answers(belgium(), known, Moment(on, scenario), explained=False)
    assert not unnamed
