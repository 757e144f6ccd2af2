"""Who acts: organisations, and what their people may be there."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from perron.vocabulary.territory import Region

OrganisationId = NewType("OrganisationId", int)


class OrganisationKind(StrEnum):
    """The kinds between which responsibility moves."""

    DVZ = "dvz"
    FEDASIL = "fedasil"
    GUARDIANSHIP = "guardianship"
    CGVS = "cgvs"
    REGION = "region"
    MUNICIPALITY = "municipality"
    OCMW = "ocmw"
    SCHOOL = "school"
    NGO = "ngo"


class Role(StrEnum):
    """What a user does for the organisation for which they act."""

    REGISTRAR = "registrar"
    DISPATCHER = "dispatcher"
    HOUSING_OFFICER = "housing_officer"
    CASE_WORKER = "case_worker"
    COORDINATOR = "coordinator"
    SUPERVISOR = "supervisor"
    LAWYER = "lawyer"
    SYSTEM = "system"


OFFICE = frozenset({Role.REGISTRAR, Role.CASE_WORKER, Role.COORDINATOR})
ROLES_OF: dict[OrganisationKind, frozenset[Role]] = {
    OrganisationKind.DVZ: OFFICE | {Role.LAWYER},
    OrganisationKind.FEDASIL: OFFICE | {Role.DISPATCHER, Role.SUPERVISOR},
    OrganisationKind.GUARDIANSHIP: OFFICE | {Role.SUPERVISOR},
    OrganisationKind.CGVS: OFFICE | {Role.LAWYER},
    OrganisationKind.REGION: frozenset({Role.HOUSING_OFFICER, Role.COORDINATOR, Role.SUPERVISOR}),
    OrganisationKind.MUNICIPALITY: OFFICE | {Role.HOUSING_OFFICER, Role.SUPERVISOR},
    OrganisationKind.OCMW: OFFICE - {Role.REGISTRAR} | {Role.HOUSING_OFFICER, Role.SUPERVISOR},
    OrganisationKind.SCHOOL: OFFICE - {Role.REGISTRAR},
    OrganisationKind.NGO: OFFICE | {Role.DISPATCHER, Role.HOUSING_OFFICER},
}
"""Which desks a kind of organisation has (design, mark D)."""

ONE_FOR_ALL = frozenset(
    {
        OrganisationKind.DVZ,
        OrganisationKind.FEDASIL,
        OrganisationKind.GUARDIANSHIP,
        OrganisationKind.CGVS,
    }
)
ONE_A_PLACE = frozenset(
    {OrganisationKind.REGION, OrganisationKind.MUNICIPALITY, OrganisationKind.OCMW}
)
"""Found only by the municipality of the household. Of schools and NGOs a place has many."""


def findable(kind: OrganisationKind, region: Region | None) -> bool:
    """Whether the one desk of the kind is known there; region None: no municipality yet."""
    return kind in ONE_FOR_ALL or (region is not None and kind in ONE_A_PLACE)


class Purpose(StrEnum):
    """Why personal data is used (GDPR art. 5(1)(b)); chosen with the role, written with each act."""

    REGISTRATION = "registration"
    RECEPTION = "reception"
    HOUSING = "housing"
    SUPPORT = "support"
    COORDINATION = "coordination"
    EMERGENCY = "emergency"
    DAILY_ROUND = "daily_round"


PURPOSE_OF: dict[Role, Purpose] = {
    Role.REGISTRAR: Purpose.REGISTRATION,
    Role.DISPATCHER: Purpose.RECEPTION,
    Role.HOUSING_OFFICER: Purpose.HOUSING,
    Role.CASE_WORKER: Purpose.SUPPORT,
    Role.COORDINATOR: Purpose.COORDINATION,
    Role.SUPERVISOR: Purpose.EMERGENCY,
    Role.LAWYER: Purpose.COORDINATION,
    Role.SYSTEM: Purpose.DAILY_ROUND,
}


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation: the unit that holds a baton."""

    id: OrganisationId
    kind: OrganisationKind
    name: str
    region: Region | None = None
    municipality: str | None = None
