"""The units that suit a household best, among many that are alike."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import groupby
from operator import attrgetter, itemgetter

from perron.matching.fit import Fit, fit, meets, minors_alone
from perron.vocabulary.people import Household
from perron.vocabulary.places import Unit

WHO = {"id", "site", "name"}
WHAT = attrgetter(*(each.name for each in fields(Unit) if each.name not in WHO))
"""All of a unit on which an answer rests."""


def alike(units: Iterable[Unit]) -> tuple[tuple[Unit, ...], ...]:
    """The units in groups that differ in nothing but which they are."""
    found: dict[object, list[Unit]] = {}
    for unit in units:
        found.setdefault(WHAT(unit), []).append(unit)
    return tuple(map(tuple, found.values()))


def best(
    household: Household, groups: Iterable[Sequence[Unit]], on: date, count: int
) -> tuple[Fit, ...]:
    """So many answers: units that fit first, then those with the fewest reasons against; then the most comfort.

    Of units alike one is asked, and those against which more speaks at a glance only where others do not suffice.
    """
    alone = minors_alone(household, on)
    waiting: dict[int, list[Sequence[Unit]]] = defaultdict(list)
    for units in groups:
        waiting[at_least(household, units[0], alone=alone)].append(units)
    found: list[Ranked] = []
    for against in sorted(waiting):
        found += (ranked(household, units, on) for units in waiting[against])
        if sum(len(units) for rank, _, units in found if rank[0] <= against) >= count:
            break
    return first(found, count)


def at_least(household: Household, unit: Unit, *, alone: bool | None) -> int:
    """How many reasons against the unit are seen at a glance; ``fit`` finds no fewer."""
    full = household.size > unit.free or not (unit.shared or unit.free == unit.beds)
    others = alone is None or unit.minors_alone is not alone
    return full + others + sum(not meets(need, unit) for need in household.needs)


Ranked = tuple[tuple[int, int], Fit, Sequence[Unit]]


def ranked(household: Household, units: Sequence[Unit], on: date) -> Ranked:
    """The answer for units that are alike, and what puts it before others."""
    answer = fit(household, units[0], on)
    return (len(answer.against), -answer.comfort), answer, units


def first(found: Iterable[Ranked], count: int) -> tuple[Fit, ...]:
    """The answers of the first units, those of one rank by number."""
    chosen: list[Fit] = []
    for _, same in groupby(sorted(found, key=itemgetter(0)), key=itemgetter(0)):
        pairs = [(unit, answer) for _, answer, units in same for unit in units]
        pairs.sort(key=lambda each: each[0].id)
        chosen += [replace(answer, unit=unit) for unit, answer in pairs[: count - len(chosen)]]
        if len(chosen) >= count:
            break
    return tuple(chosen)
