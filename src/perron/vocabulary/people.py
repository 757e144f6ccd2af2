"""People and households, as the engines see them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from perron.vocabulary.intervals import PartialDate, is_minor

PersonId = NewType("PersonId", int)
HouseholdId = NewType("HouseholdId", int)


class Sex(StrEnum):
    """As written in the passport; asked only where a place or a rule needs it."""

    FEMALE = "f"
    MALE = "m"
    OTHER = "x"


class Presence(StrEnum):
    """Whether the person is here; it concerns every line at once. Where somebody went is never noted."""

    HERE = "here"
    ABROAD = "abroad"
    UNTRACEABLE = "untraceable"
    LEFT = "left"
    DIED = "died"


class Tried(StrEnum):
    """What was tried to find somebody, before their lines may end."""

    MESSAGE = "message"
    CALL = "call"
    VISIT = "visit"
    OTHER_DESKS = "other_desks"


class Need(StrEnum):
    """What a place must have. Never a diagnosis, never an ethnicity, never a reason why."""

    STEP_FREE = "step_free"
    WHEELCHAIR = "wheelchair"
    GROUND_FLOOR = "ground_floor"
    LIFT = "lift"
    ACCESSIBLE_BATHROOM = "accessible_bathroom"
    HOSPITAL_NEAR = "hospital_near"
    PHARMACY_NEAR = "pharmacy_near"
    QUIET_ROOM = "quiet_room"
    OWN_UNIT = "own_unit"
    COT = "cot"
    PETS = "pets"
    ASSISTANCE_DOG = "assistance_dog"
    WOMEN_ONLY = "women_only"


HEALTH_NEEDS = frozenset(
    {
        Need.STEP_FREE,
        Need.WHEELCHAIR,
        Need.GROUND_FLOOR,
        Need.LIFT,
        Need.ACCESSIBLE_BATHROOM,
        Need.HOSPITAL_NEAR,
        Need.PHARMACY_NEAR,
        Need.QUIET_ROOM,
        Need.ASSISTANCE_DOG,
    }
)
"""Needs that say something of health: read by whoever finds the place, supports, cares, or lets them in (design, D)."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a household, with no more than a place needs to know."""

    person: PersonId
    born: PartialDate | None = None
    sex: Sex | None = None

    def minor(self, on: date) -> bool | None:
        """Whether under eighteen on the day; None when not known."""
        return is_minor(self.born, on)


@dataclass(frozen=True, slots=True)
class Household:
    """People who stay together. It holds neither status nor nationality: a bed asks for none (note A1b)."""

    id: HouseholdId
    members: tuple[Member, ...]
    needs: frozenset[Need] = frozenset()
    languages: frozenset[str] = frozenset()
    waiting_since: date | None = None
    municipality: str | None = None

    @property
    def size(self) -> int:
        """Number of people."""
        return len(self.members)
