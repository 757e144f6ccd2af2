"""The reasons that are named decide the answer by themselves, and none of them can be left out."""

from itertools import count
from random import Random

import pytest
from invented import moment, person, rulebook

from perron.rules.evaluate import answers
from perron.rules.expressions import And, Cited, Constant, Not, Or, children
from perron.rules.facts import facts
from perron.rules.routes import Route, Rulebook
from perron.rules.terms import fact, leaves
from perron.vocabulary.verdicts import Verdict

PERSON = set(person(Random(0), known=1.1))
FREE = [
    name
    for name, each in facts().items()
    if each.kind == "bool" and each.presumed is None and name not in PERSON
]
"""Facts that nobody states here: they can be so or not, whatever else is known."""


def cited(expr, dice, numbers):
    """The expression in which each condition, and here and there a group of them, is cited by a label of its own."""
    if isinstance(expr, Constant):
        return expr
    if isinstance(expr, Not):
        return Not(cited(expr.part, dice, numbers))
    made, group = expr, isinstance(expr, And | Or)
    if group:
        made = type(expr)(tuple(cited(each, dice, numbers) for each in expr.parts))
    return made.cite(f"c{next(numbers)}", "Invented") if not group or dice.random() < 0.2 else made


def labels(found):
    """The conditions that a finding names: of one that is not met its sentence holds it."""
    return {
        dict(each.message.params).get("condition") or each.message.key.removeprefix("rule.")
        for each in found.because
    }


def within(expr, named):
    """The leaves of the conditions with these labels."""
    if isinstance(expr, Cited) and expr.label in named:
        return set(leaves(expr))
    return {leaf for each in children(expr) for leaf in within(each, named)}


def freed(expr, kept, instead):
    """The expression in which every leaf outside of these is a fact of its own that nobody states."""
    if isinstance(expr, And | Or):
        return type(expr)(tuple(freed(each, kept, instead) for each in expr.parts))
    if isinstance(expr, Not | Cited):
        return (
            type(expr)(freed(expr.part, kept, instead))
            if isinstance(expr, Not)
            else freed(expr.part, kept, instead)
        )
    if isinstance(expr, Constant) or expr in kept:
        return expr
    return fact(instead.setdefault(expr, FREE[len(instead)])).is_(True)


def by_these_alone(route, known, at, kept):
    """The verdict where of all conditions these alone are known; whose field is known is known to be there."""
    there = {name.partition(".")[0] for one in kept for name in one.facts if "." in name}
    own = set().union(*map(leaves, route.table))
    kept = kept | {one for one in own if one.facts and one.facts[0] in there}
    instead = {}
    both = tuple(freed(each, kept, instead) for each in route.table)
    rules = Rulebook("freed", (Route("freed", (both[0],), table=both),))
    return answers(rules, known, at, explained=False)[0].verdict


@pytest.mark.parametrize("seed", range(60))
def test_the_reasons_decide_alone_and_each_is_needed(seed):
    dice, tried = Random(seed), 0
    for number in range(6):
        at, numbers = moment(dice), count()
        for bare in rulebook(1000 * seed + number).routes:
            both = tuple(cited(each, dice, numbers) for each in bare.table)
            route = Route(bare.id, (both[0],), table=both)
            own = set().union(*map(leaves, both))
            for _ in range(8):
                known = person(dice, known=dice.choice((0.6, 0.9)))
                found = answers(Rulebook("invented", (route,)), known, at)[0]
                if found.verdict is Verdict.UNKNOWN:
                    continue
                named = labels(found)
                told = {one: set().union(*(within(each, {one}) for each in both)) for one in named}
                law = {one for one in own if not one.facts} - set().union(*told.values())
                together = law.union(*told.values())
                assert by_these_alone(route, known, at, together) is found.verdict, (
                    route,
                    known,
                    at,
                )
                for one in named if len(named) > 1 else ():
                    fewer = law.union(*(told[each] for each in named - {one}))
                    assert by_these_alone(route, known, at, fewer) is Verdict.UNKNOWN, (
                        one,
                        route,
                        known,
                        at,
                    )
                tried += len(named)
    assert tried > 100
