"""Why a route on one and the same record, such as a family member, is answered as it is."""

from collections.abc import Sequence

from perron.rules.exact import ONLY, situation
from perron.rules.explain import Deciding
from perron.rules.facts import Stated
from perron.rules.routes import Bound, Branch, Identity, bound_alone
from perron.vocabulary.verdicts import Verdict

Two = tuple[tuple[Deciding, ...], tuple[Deciding, ...]]


def of_one_record(here: Bound, known: Stated, verdict: Verdict) -> Two:
    """The conditions that decide, and those each of which would stand in the way by itself.

    A no is told by one condition that no record meets, else by a smallest set that no record meets together.
    """
    every = tuple(range(len(here.route.conditions)))
    if verdict is Verdict.YES:
        return named(here, every, True), ()
    alone = {at: truths(here, known, (at,)) for at in every}
    if verdict is Verdict.UNKNOWN:
        return named(here, [at for at in every if len(alone[at]) > 1], None), ()
    failing = [at for at in every if alone[at] == ONLY[False]]
    if not failing:
        return named(here, together(here, known, every), False), ()
    empty = known.get(here.route.of_one) == ()
    return named(here, failing[:1], False), () if empty else named(here, failing[1:], False)


def together(here: Bound, known: Stated, places: tuple[int, ...]) -> tuple[int, ...]:
    """A smallest set of conditions that no record meets together."""
    needed = places
    for at in places:
        fewer = tuple(each for each in needed if each != at)
        if truths(here, known, fewer) == ONLY[False]:
            needed = fewer
    return needed


def truths(here: Bound, known: Stated, places: tuple[int, ...]) -> frozenset[bool]:
    """Whether some record can meet these conditions, whatever it is with the others."""
    plan, node = bound_alone(Identity(here.route), here.moment, places)
    return situation(plan, known).can(node)


def named(here: Bound, places: Sequence[int], truth: bool | None) -> tuple[Deciding, ...]:  # noqa: FBT001 - how it came out
    """Conditions by their places, as they are told."""
    return tuple((Branch(here.route.conditions[at], False, ()), truth) for at in places)
