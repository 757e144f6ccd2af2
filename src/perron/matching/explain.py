"""Why a household has no place, and the least that would have to change."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from perron.matching.fit import Fit, fit
from perron.matching.plan import Unplaced
from perron.vocabulary.people import Household, Need
from perron.vocabulary.places import Unit, UnitId
from perron.vocabulary.wording import message


def left(units: Iterable[Unit], pairs: Iterable[Fit]) -> tuple[Unit, ...]:
    """The units as the plan leaves them; one that is not shared goes with its first household."""
    people: Counter[UnitId] = Counter()
    for pair in pairs:
        people[pair.unit.id] += pair.household.size if pair.unit.shared else pair.unit.free
    return tuple(
        replace(unit, free=unit.free - people[unit.id]) if unit.id in people else unit
        for unit in units
    )


def unplaced(
    household: Household, units: Sequence[Unit], remaining: Sequence[Unit], on: date
) -> Unplaced:
    """Explain one household; ``units`` as they were, ``remaining`` as the plan leaves them."""
    after = tuple(fit(household, unit, on) for unit in remaining)
    if not units:
        why = message("matching.no_unit")
    elif any(fit(household, unit, on).fits for unit in units):
        why = message("matching.all_taken")
    else:
        why = message("matching.nothing_fits")
    return Unplaced(household, why, after, smallest_drop(household, remaining, on))


def smallest_drop(household: Household, units: Iterable[Unit], on: date) -> frozenset[Need] | None:
    """The fewest needs without which one of the units takes the household.

    What a unit lacks must all go for that unit, so each unit has exactly one smallest set.
    """
    sets = [
        answer.lacking
        for answer in (fit(household, unit, on) for unit in units)
        if answer.lacking
        and fit(replace(household, needs=household.needs - answer.lacking), answer.unit, on).fits
    ]
    return min(sets, key=lambda needs: (len(needs), sorted(needs)), default=None)
