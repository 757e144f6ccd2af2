"""Why a person's values are erased, and what still needs them."""

from dataclasses import dataclass
from enum import StrEnum

from perron.vocabulary.verdicts import Mark


class ErasureGround(StrEnum):
    """Why values are erased (GDPR art. 17(1))."""

    ASKED = "asked_by_the_person"
    TERM_OVER = "term_over"
    ENTERED_IN_ERROR = "entered_in_error"


class HoldKind(StrEnum):
    """What the law, or the person's own care, still needs the values for (GDPR art. 17(3)(b))."""

    OPEN_LINE = "open_line"
    STAY = "stay"
    OPEN_OFFER = "open_offer"
    SOCIAL_FILE = "social_file"


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that needs the values, how often; ``binding`` None: the law is not known, a person decides."""

    kind: HoldKind
    count: int
    binding: bool | None
    mark: Mark
