"""The lines a person is on at once, and the steps of each."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from perron.vocabulary.organisations import OrganisationId, OrganisationKind
from perron.vocabulary.people import HouseholdId, PersonId
from perron.vocabulary.territory import Region

TrackId = NewType("TrackId", int)
HandoverId = NewType("HandoverId", int)


class TrackKind(StrEnum):
    """The lines of the map. Tracks never wait for one another unless a rule with a source says so."""

    ROOF = "roof"
    PROTECTION = "protection"
    MUNICIPALITY = "municipality"
    SUPPORT = "support"
    GUARDIAN = "guardian"
    SCHOOL = "school"
    LANGUAGE = "language"
    WORK = "work"
    CARE = "care"
    DURABLE = "durable"


class Step(StrEnum):
    """Every station of every line; the matrix says which belong to which line and what may follow."""

    ROOF_ASKED = "roof.asked"
    ROOF_EMERGENCY = "roof.emergency"
    ROOF_HOME_PROPOSED = "roof.home_proposed"
    ROOF_HOME = "roof.home"
    ROOF_OWN = "roof.own"
    PROTECTION_TO_REGISTER = "protection.to_register"
    PROTECTION_PENDING = "protection.pending"
    PROTECTION_GRANTED = "protection.granted"
    PROTECTION_REFUSED = "protection.refused"
    PROTECTION_APPEALED = "protection.appealed"
    PROTECTION_WITHDRAWN = "protection.withdrawn"
    PROTECTION_ENDED = "protection.ended"
    MUNICIPALITY_TO_DECLARE = "municipality.to_declare"
    MUNICIPALITY_RESIDENCE_CHECK = "municipality.residence_check"
    MUNICIPALITY_ANNEX_15 = "municipality.annex_15"
    MUNICIPALITY_CARD = "municipality.card"
    MUNICIPALITY_MOVED = "municipality.moved"
    MUNICIPALITY_NO_ADDRESS = "municipality.no_address"
    MUNICIPALITY_NOT_OPEN = "municipality.not_open"
    SUPPORT_TO_ASK = "support.to_ask"
    SUPPORT_INQUIRY = "support.inquiry"
    SUPPORT_RUNNING = "support.running"
    SUPPORT_HEALTH_FUND = "support.health_fund"
    SUPPORT_MOVED = "support.moved"
    SUPPORT_REFUSED = "support.refused"
    SUPPORT_NOT_NEEDED = "support.not_needed"
    GUARDIAN_TO_REPORT = "guardian.to_report"
    GUARDIAN_TO_DESIGNATE = "guardian.to_designate"
    GUARDIAN_WORKING = "guardian.working"
    GUARDIAN_ENDED = "guardian.ended"
    SCHOOL_TO_ENROL = "school.to_enrol"
    SCHOOL_WAITING = "school.waiting"
    SCHOOL_ENROLLED = "school.enrolled"
    SCHOOL_MOVED = "school.moved"
    SCHOOL_ENDED = "school.ended"
    LANGUAGE_TO_ASK = "language.to_ask"
    LANGUAGE_WAITING = "language.waiting"
    LANGUAGE_FOLLOWING = "language.following"
    LANGUAGE_ENDED = "language.ended"
    WORK_TO_REGISTER = "work.to_register"
    WORK_SEARCHING = "work.searching"
    WORK_WORKING = "work.working"
    WORK_NOT_NOW = "work.not_now"
    CARE_TO_ASK = "care.to_ask"
    CARE_FOUND = "care.found"
    CARE_ENDED = "care.ended"
    DURABLE_TO_EXPLORE = "durable.to_explore"
    DURABLE_APPLIED = "durable.applied"
    DURABLE_REFUSED = "durable.refused"
    DURABLE_GRANTED = "durable.granted"
    DURABLE_NOT_SOUGHT = "durable.not_sought"


class HandoverState(StrEnum):
    """The giver keeps the baton in every state but ``accepted``."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REASSIGNED = "reassigned"


class EscalationStage(StrEnum):
    """Where an answer that does not come is brought next, in this order; the offer stays open."""

    REMINDER = "reminder"
    FALLBACK = "fallback"
    DESK = "desk"


class DeclineReason(StrEnum):
    """Typed reasons, so that nobody invents a destination; the words of the person stand beside it."""

    NOT_COMPETENT = "not_competent"
    NO_PLACE = "no_place"
    NO_CAPACITY = "no_capacity"
    INFORMATION_MISSING = "information_missing"
    PERSON_ELSEWHERE = "person_elsewhere"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Track:
    """One line of one person: where they stand, who holds the baton, whether they said yes to it.

    ``matrix``: the version by which the line runs; None: the adopted one.
    """

    id: TrackId
    person: PersonId
    household: HouseholdId
    kind: TrackKind
    step: Step
    since: date
    responsible: OrganisationId
    responsible_kind: OrganisationKind
    taken_up_at: datetime | None
    due_on: date | None = None
    region: Region | None = None
    matrix: str | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """An offer of one or more tracks from one organisation to another.

    ``fallback`` and ``desk`` are to whom a late answer was brought; None as long as it was not.
    """

    id: HandoverId
    giver: OrganisationId
    receiver: OrganisationId
    household: HouseholdId
    tracks: tuple[TrackId, ...]
    state: HandoverState
    offered_at: datetime
    due_on: date
    fallback: OrganisationId | None = None
    desk: OrganisationId | None = None
