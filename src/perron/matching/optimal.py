"""The best plan for a night, proven: people tier by tier, then comfort."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from perron.matching.fit import Fit, fit
from perron.matching.greedy import finished
from perron.matching.plan import TIERS, Plan, in_order, tier, value_of
from perron.matching.solver import Model, Rule, maximise
from perron.vocabulary.errors import PerronError
from perron.vocabulary.people import Household
from perron.vocabulary.places import Unit, UnitId


@dataclass(frozen=True, slots=True)
class Night:
    """The choices of a night: each pair that fits, then for each household whether it is placed."""

    pairs: tuple[Fit, ...]
    households: tuple[Household, ...]
    tiers: tuple[int, ...]


def optimal(households: Iterable[Household], units: Iterable[Unit], on: date) -> Plan:
    """As many people as possible of the first tier, then of the next …, then the most comfort.

    Each tier is solved to a proven optimum, which is held while the next is solved. The plan is
    checked against the facts before it is returned: ``value == bound``. Raises PerronError where
    that fails.
    """
    families, places = in_order(households, units)
    answers = (fit(household, unit, on) for household in families for unit in places)
    pairs = tuple(answer for answer in answers if answer.fits)
    fitting = {pair.household.id for pair in pairs}
    placeable = tuple(household for household in families if household.id in fitting)
    night = Night(pairs, placeable, tuple(tier(household, on) for household in placeable))
    chosen, bound = solve(night)
    plan = finished(families, places, chosen, on, bound)
    check(plan, places)
    return plan


def solve(night: Night) -> tuple[list[Fit], tuple[int, ...]]:
    """Choose among the pairs that fit; each bound is proven under those before it."""
    count = len(night.pairs)
    rules = [*one_place_each(night), *beds(night.pairs)]
    taken = (0,) * (count + len(night.households))
    bound = []
    for each in TIERS:
        people = tuple(
            household.size if at == each else 0
            for household, at in zip(night.households, night.tiers, strict=True)
        )
        if not any(people):
            bound.append(0)
            continue
        goal = ((0,) * count) + people
        solution = maximise(Model(goal, tuple(rules), shut=later(night, each)))
        taken = solution.taken
        bound.append(solution.bound)
        rules += held(people, solution.value, count)
    if count:
        comfort = tuple(pair.comfort for pair in night.pairs) + (0,) * len(night.households)
        solution = maximise(Model(comfort, tuple(rules)))
        taken = solution.taken
        bound.append(solution.bound)
    else:
        bound.append(0)
    return [pair for pair, take in zip(night.pairs, taken, strict=False) if take], tuple(bound)


def held(people: Sequence[int], value: int, count: int) -> list[Rule]:
    """The people of a tier stay placed: each household where all are, else as many people."""
    terms = tuple((count + index, size) for index, size in enumerate(people) if size)
    if value == sum(people):
        return [Rule(((index, 1),), low=1, high=1) for index, _ in terms]
    return [Rule(terms, low=value, high=value)]


def later(night: Night, each: int) -> frozenset[int]:
    """The choices of tiers that come later: they cannot help this one."""
    at = {household.id: own for household, own in zip(night.households, night.tiers, strict=True)}
    pairs = (index for index, pair in enumerate(night.pairs) if at[pair.household.id] < each)
    count = len(night.pairs)
    return frozenset(pairs) | {count + index for index, own in enumerate(night.tiers) if own < each}


def one_place_each(night: Night) -> list[Rule]:
    """A household sleeps in one place, or is not placed."""
    placed = {
        household.id: len(night.pairs) + index for index, household in enumerate(night.households)
    }
    terms = {household: [(choice, -1)] for household, choice in placed.items()}
    for index, pair in enumerate(night.pairs):
        terms[pair.household.id].append((index, 1))
    return [Rule(tuple(each), low=0, high=0) for each in terms.values()]


def beds(pairs: Sequence[Fit]) -> list[Rule]:
    """A shared unit takes people until its beds are full, any other unit one household."""
    terms: dict[UnitId, list[tuple[int, int]]] = {}
    room: dict[UnitId, int] = {}
    for index, pair in enumerate(pairs):
        weight = pair.household.size if pair.unit.shared else 1
        terms.setdefault(pair.unit.id, []).append((index, weight))
        room[pair.unit.id] = pair.unit.free if pair.unit.shared else 1
    return [Rule(tuple(each), high=room[unit]) for unit, each in terms.items()]


def check(plan: Plan, units: tuple[Unit, ...]) -> None:
    """Hold the plan against the facts, not against the model; PerronError if anything is wrong."""
    free = {unit.id: unit.free for unit in units}
    for pair in plan.pairs:
        free[pair.unit.id] -= pair.household.size if pair.unit.shared else pair.unit.free
    alone = [pair.unit.id for pair in plan.pairs if not pair.unit.shared]
    sound = (
        plan.value == plan.bound == value_of(plan.pairs, plan.on)
        and all(pair.fits for pair in plan.pairs)
        and len({pair.household.id for pair in plan.pairs}) == len(plan.pairs)
        and len(set(alone)) == len(alone)
        and min(free.values(), default=0) >= 0
    )
    if not sound:
        raise PerronError("matching.not_proven")
