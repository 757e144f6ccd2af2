"""What one organisation asks another in writing about somebody whom the other one holds."""

from enum import StrEnum


class QuestionPurpose(StrEnum):
    """For what an answer is needed: a closed list, which the person can read (design, mark D)."""

    SAME_PERSON = "same_person"
    FAMILY = "family"
    ROOF = "roof"
    STEPS_DONE = "steps_done"
    CONTACT = "contact"


class QuestionState(StrEnum):
    """What became of a question."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
