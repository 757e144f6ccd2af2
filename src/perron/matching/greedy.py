"""What a careful desk does by hand: the most vulnerable first, each into the best place left."""

from collections.abc import Iterable
from datetime import date

from perron.matching.explain import left, unplaced
from perron.matching.fit import Fit, fit
from perron.matching.plan import Plan, in_order, tier, value_of
from perron.vocabulary.people import Household
from perron.vocabulary.places import Unit


def greedy(households: Iterable[Household], units: Iterable[Unit], on: date) -> Plan:
    """A plan for the night that begins on the day; good, readable, not proven."""
    families, places = in_order(households, units)
    pairs: list[Fit] = []
    for household in sorted(families, key=lambda family: turn(family, on)):
        answers = [fit(household, unit, on) for unit in left(places, pairs)]
        fitting = [answer for answer in answers if answer.fits]
        if fitting:
            pairs.append(max(fitting, key=lambda answer: (answer.comfort, -answer.unit.id)))
    return finished(families, places, pairs, on)


def turn(household: Household, on: date) -> tuple[int, date, int, int]:
    """Who goes when: by tier, then by waiting, then the larger household, then by number."""
    return (-tier(household, on), household.waiting_since or on, -household.size, household.id)


def finished(
    households: tuple[Household, ...],
    units: tuple[Unit, ...],
    pairs: Iterable[Fit],
    on: date,
    bound: tuple[int, ...] | None = None,
) -> Plan:
    """Put a plan together: pairs by household, and who is left with the reasons."""
    known = {unit.id: unit for unit in units}
    placed = tuple(
        fit(pair.household, known[pair.unit.id], on)
        for pair in sorted(pairs, key=lambda pair: pair.household.id)
    )
    housed = {pair.household.id for pair in placed}
    remaining = left(units, placed)
    return Plan(
        on=on,
        pairs=placed,
        unplaced=tuple(
            unplaced(household, units, remaining, on)
            for household in households
            if household.id not in housed
        ),
        value=value_of(placed, on),
        bound=bound,
    )
