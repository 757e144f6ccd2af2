"""The nouns of a plan for one night, and who goes first when beds are short."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from perron.matching.fit import Fit, minors_alone
from perron.vocabulary.errors import PerronError
from perron.vocabulary.intervals import completed_years
from perron.vocabulary.people import Household, Member, Need
from perron.vocabulary.places import Unit
from perron.vocabulary.wording import Message

OLD_AGE = 70
"""Years from which a person goes before others of no special need (design, mark D)."""

URGENT = frozenset(
    {
        Need.WHEELCHAIR,
        Need.HOSPITAL_NEAR,
        Need.ACCESSIBLE_BATHROOM,
        Need.QUIET_ROOM,
        Need.WOMEN_ONLY,
    }
)
CAREFUL = frozenset(
    {Need.STEP_FREE, Need.GROUND_FLOOR, Need.LIFT, Need.PHARMACY_NEAR, Need.OWN_UNIT}
)
TIERS = (3, 2, 1, 0)
"""Who goes first: minors alone; urgent needs; children, old age, careful needs; everyone else."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A household without a place: in one line why, then every unit, and the smallest way out.

    ``units`` are judged as the plan leaves them. ``drop``: the fewest needs without which one of
    them would take the household; None where no such set exists, empty never.
    """

    household: Household
    why: Message
    units: tuple[Fit, ...]
    drop: frozenset[Need] | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Who sleeps where. ``value``: people placed for each of TIERS, then comfort.

    ``bound`` is proven: no plan has more, compared from the left. None: nothing was proven.
    """

    on: date
    pairs: tuple[Fit, ...]
    unplaced: tuple[Unplaced, ...]
    value: tuple[int, ...]
    bound: tuple[int, ...] | None = None


def tier(household: Household, on: date) -> int:
    """How early the household goes, one of TIERS; it rests on needs and ages alone.

    An age that is not known counts as one that needs care.
    """
    if minors_alone(household, on):
        return 3
    if household.needs & URGENT:
        return 2
    if household.needs & CAREFUL or any(needs_care(member, on) for member in household.members):
        return 1
    return 0


def needs_care(member: Member, on: date) -> bool:
    """A child, an old person, or somebody who may be one."""
    if member.born is None or member.minor(on) is not False:
        return True
    return completed_years(member.born.earliest, on) >= OLD_AGE


def value_of(pairs: Iterable[Fit], on: date) -> tuple[int, ...]:
    """What a plan is worth: people placed for each tier, then comfort."""
    placed = [(tier(pair.household, on), pair) for pair in pairs]
    people = [sum(pair.household.size for at, pair in placed if at == each) for each in TIERS]
    return (*people, sum(pair.comfort for _, pair in placed))


def in_order(
    households: Iterable[Household], units: Iterable[Unit]
) -> tuple[tuple[Household, ...], tuple[Unit, ...]]:
    """Both by number, so that the order in which they come does not matter.

    Raises PerronError when a number stands there twice.
    """
    first = tuple(sorted(households, key=lambda household: household.id))
    second = tuple(sorted(units, key=lambda unit: unit.id))
    if len({item.id for item in first}) < len(first) or len({item.id for item in second}) < len(
        second
    ):
        raise PerronError("matching.same_id")
    return first, second
