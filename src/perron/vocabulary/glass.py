"""Why a supervisor opens a household that their organisation does not see."""

from enum import StrEnum


class GlassReason(StrEnum):
    """Why the glass is broken: nothing less weighs more than somebody's privacy (design, mark D)."""

    DANGER = "danger"
    CHILD_IN_DANGER = "child_in_danger"
    NOBODY_REACHABLE = "nobody_reachable"
    COMPLAINT = "complaint"
    INSPECTION = "inspection"
