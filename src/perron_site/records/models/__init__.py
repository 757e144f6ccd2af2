"""The tables, one file a noun."""

from perron_site.records.models.acts import BulkAct, BulkKind, BulkRow
from perron_site.records.models.contacts import Contact, Promise
from perron_site.records.models.files import ImportedFile, Reference, WaitingFile
from perron_site.records.models.journal import Journal, Revision
from perron_site.records.models.law_changes import LawChange
from perron_site.records.models.moving import Moved
from perron_site.records.models.net import Caseload, Gap, Unsettled
from perron_site.records.models.notices import Notice, PersonalLink
from perron_site.records.models.organisations import Municipality, Organisation
from perron_site.records.models.people import Fact, Household, HouseholdMember, Need, Person
from perron_site.records.models.places import Bed, HostCheck, Site, Unit
from perron_site.records.models.questions import Question
from perron_site.records.models.reads import Page, Read
from perron_site.records.models.representation import Representation
from perron_site.records.models.safety import SafeMode
from perron_site.records.models.sight import Glass, OwnSight, Sight, SightReason, SupervisedSight
from perron_site.records.models.stays import (
    BedNight,
    Proposal,
    ProposalState,
    RequestState,
    RoofRequest,
    Stay,
    StayState,
)
from perron_site.records.models.tracks import (
    Escalation,
    Handover,
    HandoverTrack,
    Track,
    TrackStep,
)
from perron_site.records.models.twice import TwoPeople
from perron_site.records.models.users import Absence, DeskCover, Membership, User
from perron_site.records.models.visits import OpeningHours, Visit

__all__ = [
    "Absence",
    "Bed",
    "BedNight",
    "BulkAct",
    "BulkKind",
    "BulkRow",
    "Caseload",
    "Contact",
    "DeskCover",
    "Escalation",
    "Fact",
    "Gap",
    "Glass",
    "Handover",
    "HandoverTrack",
    "HostCheck",
    "Household",
    "HouseholdMember",
    "ImportedFile",
    "Journal",
    "LawChange",
    "Membership",
    "Moved",
    "Municipality",
    "Need",
    "Notice",
    "OpeningHours",
    "Organisation",
    "OwnSight",
    "Page",
    "Person",
    "PersonalLink",
    "Promise",
    "Proposal",
    "ProposalState",
    "Question",
    "Read",
    "Reference",
    "Representation",
    "RequestState",
    "Revision",
    "RoofRequest",
    "SafeMode",
    "Sight",
    "SightReason",
    "Site",
    "Stay",
    "StayState",
    "SupervisedSight",
    "Track",
    "TrackStep",
    "TwoPeople",
    "Unit",
    "Unsettled",
    "User",
    "Visit",
    "WaitingFile",
]
