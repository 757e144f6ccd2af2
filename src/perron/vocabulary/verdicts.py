"""Answers that explain themselves: verdicts, decisions, sources and marks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from perron.vocabulary.wording import Message


class Verdict(StrEnum):
    """Three values and the discretion of an authority. A missing fact gives unknown, never no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    AUTHORITY = "authority"


class Mark(StrEnum):
    """How well a fact of the law is known (domain report, section 0)."""

    VERIFIED = "V"
    PRESS = "P"
    MEMORY_SURE = "M+"
    MEMORY = "M"
    MEMORY_UNSURE = "M-"
    UNKNOWN = "U"
    DERIVED = "D"


class LawStatus(StrEnum):
    """Whether a value is law, and if not, what it is."""

    ADOPTED = "adopted"
    PRACTICE = "practice"
    PROPOSED = "proposed"
    UNCONFIRMED = "unconfirmed"
    UNKNOWN = "unknown"
    OUTDATED = "outdated"
    DESIGN = "design"


class UnknownBecause(StrEnum):
    """What would have to be known for an answer."""

    FACTS = "facts"
    LAW = "law"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value or rule comes from, and how well that is known."""

    text: str
    mark: Mark
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of an answer with its source.

    ``facts``: name and value of each fact it rests on; ``values``: key, value and source of each parameter.
    """

    message: Message
    source: Source
    facts: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str, Source], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer of the law for one person on one day.

    ``because``: a smallest set of reasons that decides; ``against``: what else would decide the same by itself;
    ``missing``: facts on which an unknown answer turns; ``assuming``: presumptions used; ``weighed``: what is not
    stated and left to the authority; ``law_missing``: parameters without a value on which it turns. ``rulebook`` and
    ``known_on`` say by which law it was answered.
    """

    id: str
    verdict: Verdict
    on: date
    law_known_until: date
    because: tuple[Reason, ...]
    missing: tuple[str, ...] = ()
    assuming: tuple[str, ...] = ()
    unknown_because: UnknownBecause | None = None
    against: tuple[Reason, ...] = ()
    weighed: tuple[str, ...] = ()
    law_missing: tuple[str, ...] = ()
    scenario: str = "adopted"
    rulebook: str = ""
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an act is allowed; falsy with its reason."""

    allowed: bool
    reason: Message | None = None

    def __bool__(self) -> bool:
        """An allowed decision is true."""
        return self.allowed
