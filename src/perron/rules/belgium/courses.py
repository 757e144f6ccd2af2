"""The courses that the law may take, side by side: a person is asked anew only where a course has another law."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from perron.rules.evaluate import answer, answers
from perron.rules.facts import stated
from perron.rules.law import overlay
from perron.rules.moments import Moment
from perron.rules.routes import Route, Rulebook, bind
from perron.vocabulary.verdicts import Finding


def another_law(route: Route, moment: Moment) -> bool:
    """Whether the scenario of a moment may answer a route otherwise than the law as adopted."""
    proposed, added = overlay(moment.scenario)
    keys = proposed | {row.key for row in added}
    return any(key in keys for leaf in bind(route, moment).plan.leaves for key in leaf.turning)


def in_each_course(
    rulebook: Rulebook,
    facts: Mapping[str, object],
    moments: Sequence[Moment],
    *,
    explained: bool = True,
) -> tuple[tuple[Finding, ...], ...]:
    """What every route answers in each course, the first of which is the law as adopted; all on one day.

    ``explained``: whether the law as adopted tells its reasons.
    """
    first, *others = moments
    known, adopted = stated(facts), answers(rulebook, facts, first, explained=explained)
    pairs = tuple(zip(rulebook.on(first.on), adopted, strict=True))
    return (
        adopted,
        *(
            tuple(
                answer(route, known, moment, rulebook)
                if another_law(route, moment)
                else replace(found, scenario=moment.scenario)
                for route, found in pairs
            )
            for moment in others
        ),
    )
