"""Who may act for a child: in which quality, from when until when, and on which paper."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import PersonId

RepresentationId = NewType("RepresentationId", int)


class RepresentationKind(StrEnum):
    """In which quality somebody acts for a child."""

    PARENT = "parent"
    PARENTS_TOGETHER = "parents_together"
    PARENT_ALONE = "parent_alone"
    GUARDIAN = "guardian"
    COURT = "court"
    CARER = "carer"


class RepresentationEnd(StrEnum):
    """Why somebody does not act for a child any more."""

    DECIDED = "decided"
    REPLACED = "replaced"
    GONE = "gone"
    GROWN_UP = "grown_up"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class Representation:
    """Somebody acts for a child from a day until a day (not included; None is open).

    ``holder``: a registered person; None for an organisation or somebody outside. ``of_age``: of the holder, None
    is not known. ``paper``: whether a paper that says so was seen.
    """

    id: RepresentationId
    kind: RepresentationKind
    start: date
    end: date | None = None
    holder: PersonId | None = None
    of_age: bool | None = None
    paper: bool = False


@dataclass(frozen=True, slots=True)
class Represented:
    """A person for whom somebody may have to act, with everybody who was ever named."""

    person: PersonId
    born: PartialDate | None
    named: tuple[Representation, ...] = ()
