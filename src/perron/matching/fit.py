"""Whether a household can live in a unit, with every reason for and against."""

from dataclasses import dataclass
from datetime import date

from perron.matching.comfort import comfort
from perron.vocabulary.people import Household, Need, Sex
from perron.vocabulary.places import Feature, Unit
from perron.vocabulary.wording import Message, message

MEETS: dict[Need, frozenset[Feature]] = {
    Need.STEP_FREE: frozenset({Feature.STEP_FREE, Feature.WHEELCHAIR}),
    Need.WHEELCHAIR: frozenset({Feature.WHEELCHAIR}),
    Need.GROUND_FLOOR: frozenset({Feature.GROUND_FLOOR}),
    Need.LIFT: frozenset({Feature.LIFT, Feature.GROUND_FLOOR}),
    Need.ACCESSIBLE_BATHROOM: frozenset({Feature.ACCESSIBLE_BATHROOM}),
    Need.HOSPITAL_NEAR: frozenset({Feature.HOSPITAL_NEAR}),
    Need.PHARMACY_NEAR: frozenset({Feature.PHARMACY_NEAR}),
    Need.QUIET_ROOM: frozenset({Feature.QUIET_ROOM}),
    Need.COT: frozenset({Feature.COT}),
    Need.PETS: frozenset({Feature.PETS}),
    Need.ASSISTANCE_DOG: frozenset({Feature.ASSISTANCE_DOG, Feature.PETS}),
}
"""The features of which one is enough for a need; the others are questions to the unit itself."""

NEVER_SHARED = frozenset({Need.QUIET_ROOM, Need.OWN_UNIT})


@dataclass(frozen=True, slots=True)
class Fit:
    """An answer for one household and one unit on one night.

    ``call``: a phone call may open the unit, because only an assistance dog stands in the way.
    """

    household: Household
    unit: Unit
    fits: bool
    reasons: tuple[Message, ...]
    against: tuple[Message, ...]
    comfort: int = 0
    lacking: frozenset[Need] = frozenset()
    call: bool = False


def fit(household: Household, unit: Unit, on: date) -> Fit:
    """Whether the unit can take the household for the night that begins on the day."""
    lacking = frozenset(need for need in household.needs if not meets(need, unit))
    others = (
        *beds_against(household, unit),
        *dates_against(unit, on),
        *minors_against(household, unit, on),
        *women_against(household, unit, on),
    )
    against = (*others, *(lacks(need) for need in sorted(lacking)))
    if against:
        call = not others and lacking == {Need.ASSISTANCE_DOG}
        return Fit(
            household, unit, fits=False, reasons=(), against=against, lacking=lacking, call=call
        )
    points, said = comfort(household, unit, on)
    met = tuple(message(f"fit.has.{need}") for need in sorted(household.needs))
    beds = message("fit.beds", size=household.size, free=unit.free)
    return Fit(household, unit, fits=True, reasons=(beds, *met, *said), against=(), comfort=points)


def meets(need: Need, unit: Unit) -> bool:
    """Whether the unit has what is needed; a feature that nobody verified is not there."""
    if need in NEVER_SHARED and unit.shared:
        return False
    if need is Need.OWN_UNIT:
        return True
    if need is Need.WOMEN_ONLY:
        return unit.women_only
    return bool(MEETS[need] & unit.features)


def lacks(need: Need) -> Message:
    """What is missing, as a reason against."""
    return message(f"fit.lacks.{need}")


def beds_against(household: Household, unit: Unit) -> tuple[Message, ...]:
    """Enough beds; a unit that is not shared is given whole, so nobody may be in it."""
    if household.size == 0:
        return (message("fit.nobody_in_household"),)
    if not unit.shared and unit.free < unit.beds:
        return (message("fit.taken"),)
    if household.size > unit.free:
        return (message("fit.too_few_beds", size=household.size, free=unit.free),)
    return ()


def dates_against(unit: Unit, on: date) -> tuple[Message, ...]:
    """Available that night: from a day up to, not including, another; None sets no bound."""
    if unit.available_from is not None and on < unit.available_from:
        return (message("fit.available_from", day=unit.available_from),)
    if unit.available_until is not None and unit.available_until <= on:
        return (message("fit.available_until", day=unit.available_until),)
    return ()


def minors_alone(household: Household, on: date) -> bool | None:
    """Whether no adult is with them; None when only an unknown age could be the adult."""
    minors = [member.minor(on) for member in household.members]
    if any(minor is False for minor in minors):
        return False
    return None if None in minors else bool(minors)


def minors_against(household: Household, unit: Unit, on: date) -> tuple[Message, ...]:
    """Minors without an adult go to units for them and nowhere else; adults never go there.

    An unknown age counts neither as adult nor as minor.
    """
    alone = minors_alone(household, on)
    if alone is None:
        return (message("fit.age_not_known"),)
    if alone and not unit.minors_alone:
        return (message("fit.not_for_minors_alone"),)
    if unit.minors_alone and not alone:
        return (message("fit.only_for_minors_alone"),)
    return ()


def women_against(household: Household, unit: Unit, on: date) -> tuple[Message, ...]:
    """A unit for women takes women and their children (domain report 1.4: women/children only).

    Where minors stay without an adult it is for girls.
    """
    if not unit.women_only:
        return ()
    asked = [member for member in household.members if unit.minors_alone or not member.minor(on)]
    if any(member.sex in {Sex.MALE, Sex.OTHER} for member in asked):
        return (message("fit.women_only"),)
    if any(member.sex is None for member in asked):
        return (message("fit.sex_not_known"),)
    return ()
