"""What makes one fitting place better than another: whole points, each with its reason here."""

from datetime import date

from perron.vocabulary.people import Household, Need
from perron.vocabulary.places import Feature, Unit
from perron.vocabulary.wording import Message, message

SPARE_BED, SPARE_BEDS_COUNTED = 10, 6
"""For each bed, up to six, that is not left empty behind a closed door."""

STEP_FREE_KEPT = 40
"""A unit without steps stays free for those who need it."""

SAME_MUNICIPALITY = 50
"""School, work or kin is there: moving on from there is not needed."""

CONFIRMED_TODAY, CONFIRMED_YESTERDAY = 20, 10
"""A place that was confirmed lately is there when the family stands at the door."""

WAITING_DAY, WAITING_DAYS_COUNTED = 2, 30
"""Who waited longer goes first among equals."""

ACCESS = frozenset({Feature.STEP_FREE, Feature.WHEELCHAIR})
NEEDS_ACCESS = frozenset({Need.STEP_FREE, Need.WHEELCHAIR, Need.GROUND_FLOOR, Need.LIFT})


def comfort(household: Household, unit: Unit, on: date) -> tuple[int, tuple[Message, ...]]:
    """Points from 0 up, and what to say of them."""
    parts = (
        spare_beds(household, unit),
        step_free_kept(household, unit),
        same_municipality(household, unit),
        confirmed(unit, on),
        waiting(household, on),
    )
    return sum(points for points, _ in parts), tuple(said for _, said in parts if said)


def spare_beds(household: Household, unit: Unit) -> tuple[int, Message | None]:
    """Beds left empty; those of a shared unit stay free for others."""
    spare = 0 if unit.shared else unit.beds - household.size
    points = SPARE_BED * max(0, SPARE_BEDS_COUNTED - spare)
    if unit.shared:
        return points, message("comfort.shared")
    return points, message("comfort.own_unit") if spare else message("comfort.own_unit_full")


def step_free_kept(household: Household, unit: Unit) -> tuple[int, Message | None]:
    """Whether a scarce unit without steps is left alone."""
    if household.needs & NEEDS_ACCESS or not unit.features & ACCESS:
        return STEP_FREE_KEPT, None
    return 0, message("comfort.step_free_not_needed")


def same_municipality(household: Household, unit: Unit) -> tuple[int, Message | None]:
    """Whether they can stay where they are."""
    if household.municipality is not None and household.municipality == unit.municipality:
        return SAME_MUNICIPALITY, message("comfort.same_municipality")
    return 0, None


def confirmed(unit: Unit, on: date) -> tuple[int, Message | None]:
    """How fresh the last word of the place is."""
    if unit.confirmed_on is None:
        return 0, message("comfort.not_confirmed")
    days = (on - unit.confirmed_on).days
    points = {0: CONFIRMED_TODAY, 1: CONFIRMED_YESTERDAY}.get(max(days, 0), 0)
    return points, message("comfort.confirmed", day=unit.confirmed_on)


def waiting(household: Household, on: date) -> tuple[int, Message | None]:
    """How long they wait."""
    if household.waiting_since is None:
        return 0, None
    days = min(max((on - household.waiting_since).days, 0), WAITING_DAYS_COUNTED)
    return WAITING_DAY * days, None
