"""What may become of a change of the law that a lawyer entered."""

from enum import StrEnum


class LawChangeState(StrEnum):
    """It waits until a second person decides; what was decided stays as it is."""

    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
