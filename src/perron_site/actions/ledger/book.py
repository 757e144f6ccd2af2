"""Where the rows gather: every table that the acts write, what each organisation sees, the lines of the journal."""

from datetime import date, timedelta

from perron.vocabulary.acting import Acting
from perron.vocabulary.events import DETAILS, Event
from perron.vocabulary.organisations import ONE_A_PLACE, OrganisationKind
from perron.vocabulary.territory import Municipality
from perron_site.actions.ledger.nouns import Group, Line, Place, Someone
from perron_site.records import models
from perron_site.records.bulkload import Table, Writer, as_json
from perron_site.records.journal import Detail
from perron_site.records.models import SightReason
from perron_site.records.sight import AFTERWARDS

Sighted = tuple[int, int, str]


def where(kind: str, nis: str | None, region: str) -> str | None:
    """What tells an organisation from others of its kind: its region, its municipality, or nothing."""
    if kind == OrganisationKind.REGION:
        return region
    return nis if kind in ONE_A_PLACE else None


class Book:
    """Every table that the acts write, and who sees whom."""

    def __init__(self, writer: Writer, *, invented: bool) -> None:
        """Begin with nothing; ``invented``: these are people of a demonstration."""
        self.writer, self.invented = writer, invented
        self.open_people(writer)
        self.open_lines(writer)
        self.open_roofs(writer)
        self.groups: list[Group] = []
        self.places: dict[int, Place] = {}
        self.seen: dict[Sighted, date | None] = {}
        self.holders = {
            (row.kind, where(row.kind, row.municipality_id, row.region)): row.pk
            for row in models.Organisation.objects.filter(valid_until__isnull=True).order_by("-pk")
        }

    def open_people(self, writer: Writer) -> None:
        """Tables about people, and the journal."""
        self.persons = Table(
            writer, models.Person,
            "given_name family_name given_name_cyrillic family_name_cyrillic born sex "
            "nationalities languages telephone email presence presence_since demonstration",
        )  # fmt: skip
        self.households = Table(
            writer, models.Household,
            "arrived_on municipality_id demonstration",
        )  # fmt: skip
        self.members = Table(
            writer, models.HouseholdMember,
            "household_id person_id start",
        )  # fmt: skip
        self.needs = Table(
            writer, models.Need,
            "person_id need start",
        )  # fmt: skip
        self.facts = Table(
            writer, models.Fact,
            "person_id name value stated_on document",
        )  # fmt: skip
        self.journal = Table(
            writer, models.Journal,
            "at event user_id organisation_id role purpose household_id person_id details",
        )  # fmt: skip

    def open_lines(self, writer: Writer) -> None:
        """Tables about lines and who sees whom."""
        self.tracks = Table(
            writer, models.Track,
            "person_id kind step since due_on responsible_id taken_up_at opened_on closed_on "
            "matrix",
        )  # fmt: skip
        self.pages = Table(
            writer, models.TrackStep,
            "track_id step holder_id taken_up start end",
        )  # fmt: skip
        self.sights = Table(
            writer, models.Sight,
            "organisation_id person_id why until",
        )  # fmt: skip
        self.bulk_acts = Table(
            writer, models.BulkAct,
            "kind organisation_id user_id at person_id was was_since",
        )  # fmt: skip
        self.bulk_rows = Table(
            writer, models.BulkRow,
            "act_id household_id person_id track_id left_at_id before",
        )  # fmt: skip

    def open_roofs(self, writer: Writer) -> None:
        """Tables about places to sleep, and how they are handed over."""
        self.requests = Table(
            writer, models.RoofRequest,
            "household_id asked_at from_night state answered_at",
        )  # fmt: skip
        self.proposals = Table(
            writer, models.Proposal,
            "household_id unit_id night state reasons proposed_at decided_at despite",
        )  # fmt: skip
        self.stays = Table(
            writer, models.Stay,
            "household_id unit_id start end exclusive state",
        )  # fmt: skip
        self.nights = Table(
            writer, models.BedNight,
            "stay_id bed_id person_id nights",
        )  # fmt: skip
        self.handovers = Table(
            writer, models.Handover,
            "giver_id receiver_id household_id state why consent consent_words offered_at due_on "
            "read_until answered_at",
        )  # fmt: skip
        self.offered = Table(
            writer, models.HandoverTrack,
            "handover_id track_id open",
        )  # fmt: skip

    def holder(self, kind: OrganisationKind, town: Municipality | None) -> int:
        """The organisation of this kind that works for the municipality."""
        nis, region = (town.nis, town.region) if town else (None, "")
        return self.holders[kind, where(kind, nis, region)]

    def record(
        self,
        by: Acting,
        event: Event,
        group: Group | None = None,
        person: Someone | None = None,
        **details: Detail,
    ) -> None:
        """Write a line of the journal."""
        if unknown := set(details) - DETAILS[event]:
            raise ValueError(f"{event} notes no {', '.join(sorted(unknown))}")
        self.journal.put(
            by.at, event, by.user, by.organisation, by.role, by.purpose,
            group.id if group else None, person.id if person else None, as_json(details),
        )  # fmt: skip

    def see(
        self, organisation: int, person: Someone, why: SightReason, until: date | None = None
    ) -> None:
        """Let an organisation see somebody until a day, or as long as the reason holds."""
        self.seen[organisation, person.id, why] = until

    def no_longer(
        self,
        organisation: int,
        person: Someone,
        why: SightReason,
        on: date,
        afterwards: timedelta = timedelta(),
    ) -> None:
        """End what rested on this reason, so long after the day."""
        key, last = (organisation, person.id, why), on + afterwards
        if key in self.seen:
            until = self.seen[key]
            self.seen[key] = last if until is None or until > last else until

    def let_go(self, by: Acting, organisation: int, person: Someone) -> None:
        """An organisation that held a line may read for a while longer; while it holds another one, as before."""
        self.see(organisation, person, SightReason.GAVE, by.on + AFTERWARDS)
        if all(line.holder != organisation or line.closed_on for line in person.lines):
            self.no_longer(organisation, person, SightReason.RESPONSIBLE, by.on)

    def put_page(self, line: Line, end: date | None) -> None:
        """The current row of a history, with the day on which it ended."""
        page = line.page
        self.pages.add(page.id, line.id, page.step, page.holder, page.taken_up, page.start, end)
