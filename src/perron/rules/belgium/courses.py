"""The courses that the law may take, side by side: a person is asked anew only where a course has another law."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from perron.rules.belgium.stays import PERIODS, SCHEME_END
from perron.rules.evaluate import answer, answers
from perron.rules.facts import stated
from perron.rules.law import overlay
from perron.rules.moments import Moment
from perron.rules.routes import Route, Rulebook, bind
from perron.vocabulary.verdicts import Finding


def another_law(route: Route, moment: Moment) -> bool:
    """Whether the scenario of a moment may answer a route otherwise than the law as adopted.

    A route that asks for periods of stay hangs on the end of the scheme too: a stay under protection ends with it.
    """
    proposed, added = overlay(moment.scenario)
    keys = proposed | {row.key for row in added}
    here = bind(route, moment)
    own = {key for leaf in here.plan.leaves for key in leaf.params}
    return bool(own & keys) or (SCHEME_END in keys and PERIODS in here.facts)


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
