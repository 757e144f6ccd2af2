"""How people were reached, and what was promised to them."""

from enum import StrEnum


class ContactWay(StrEnum):
    """The way in which somebody was contacted."""

    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"
    MESSAGE = "message"
    DESK = "desk"


class ContactOutcome(StrEnum):
    """What came of it."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    CALL_BACK = "call_back"


class PromiseState(StrEnum):
    """What became of a promise. An open one whose day has passed is a gap."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
