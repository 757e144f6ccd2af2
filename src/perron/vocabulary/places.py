"""Places: a site has units, a unit has beds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

SiteId = NewType("SiteId", int)
UnitId = NewType("UnitId", int)


class PlaceKind(StrEnum):
    """For a night or to live in."""

    EMERGENCY = "emergency"
    HOME = "home"


class PlaceState(StrEnum):
    """How far an offer is: only a bookable unit is proposed."""

    PLEDGED = "pledged"
    VERIFIED = "verified"
    BOOKABLE = "bookable"
    WITHDRAWN = "withdrawn"


class HostCheckKind(StrEnum):
    """What the municipality looks at before people live with a host: the dwelling, and the records of the adults."""

    DWELLING = "dwelling"
    RECORD = "record"


class CheckOutcome(StrEnum):
    """Yes or no, and nothing more."""

    PASSED = "passed"
    FAILED = "failed"


class Feature(StrEnum):
    """What a unit has, as verified by a person."""

    STEP_FREE = "step_free"
    WHEELCHAIR = "wheelchair"
    GROUND_FLOOR = "ground_floor"
    LIFT = "lift"
    ACCESSIBLE_BATHROOM = "accessible_bathroom"
    HOSPITAL_NEAR = "hospital_near"
    PHARMACY_NEAR = "pharmacy_near"
    QUIET_ROOM = "quiet_room"
    OWN_KITCHEN = "own_kitchen"
    OWN_BATHROOM = "own_bathroom"
    COT = "cot"
    PETS = "pets"
    ASSISTANCE_DOG = "assistance_dog"
    GARDEN = "garden"


@dataclass(frozen=True, slots=True)
class Unit:
    """A room, flat or house as it stands for the nights asked: ``free`` of its ``beds`` are free on all of them."""

    id: UnitId
    site: SiteId
    name: str
    kind: PlaceKind
    municipality: str
    beds: int
    free: int
    shared: bool = False
    women_only: bool = False
    minors_alone: bool = False
    features: frozenset[Feature] = frozenset()
    available_from: date | None = None
    available_until: date | None = None
    confirmed_on: date | None = None
