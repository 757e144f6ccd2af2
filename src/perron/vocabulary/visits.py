"""Visits to a desk: by appointment or as it comes. A visit has a number and no name."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum


class VisitState(StrEnum):
    """How far a visit is."""

    BOOKED = "booked"
    WAITING = "waiting"
    CALLED = "called"
    SERVED = "served"
    LEFT = "left"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Party:
    """Who comes: how many people, the language they speak (ISO 639-1) or empty, and whether somebody must interpret."""

    people: int
    language: str = ""
    interpreter: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """One party at the desk on one day; ``slot_at`` None is a walk-in. All moments are timezone-aware."""

    number: int
    state: VisitState
    slot_at: datetime | None = None
    came_at: datetime | None = None
    called_at: datetime | None = None
    ended_at: datetime | None = None
    desk: str = ""


@dataclass(frozen=True, slots=True)
class DeskHours:
    """When a desk receives on a weekday (0 is Monday): so many desks, each visit planned for so many minutes."""

    weekday: int
    opens: time
    closes: time
    minutes: int
    desks: int
