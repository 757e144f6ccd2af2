"""Erasures: what is asked for, what still needs the values, what was done. No value of a person is read here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from perron.vocabulary.erasure import ErasureGround, Hold, HoldKind
from perron.vocabulary.events import Event
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.tracks import HandoverState, TrackKind
from perron.vocabulary.verdicts import Mark
from perron_site.records import models

ABOUT = (
    Event.ERASURE_ASKED,
    Event.ERASURE_DECLINED,
    Event.ERASURE_WITHDRAWN,
    Event.PERSON_ERASED,
)
DECLINED = "erasure.declined_because"
HELD = (models.StayState.BOOKED, models.StayState.RUNNING)


@dataclass(frozen=True, slots=True)
class Erasure:
    """A person by number, why, and on which day which organisation asked for it or did it."""

    person: int
    ground: ErasureGround
    on: date
    user: int | None
    organisation: int


def erased(person: int) -> bool:
    """Whether the values of this person are gone."""
    return models.Journal.objects.filter(event=Event.PERSON_ERASED, person=person).exists()


def erasures() -> tuple[Erasure, ...]:
    """Every erasure that was done, in order: what a restored backup must repeat."""
    return lines(Event.PERSON_ERASED)


def asked(organisation: int | None = None) -> tuple[Erasure, ...]:
    """Every erasure that waits for a decision, the oldest first; with an organisation, those that it decides."""
    last = {each.person: (event, each) for event, each in told(ABOUT)}
    waits = [each for event, each in last.values() if event is Event.ERASURE_ASKED]
    desks = desks_of([each.person for each in waits])
    return tuple(
        each
        for each in sorted(waits, key=lambda each: (each.on, each.person))
        if organisation in {None, each.organisation, desks.get(each.person)}
    )


def desks_of(people: Collection[int]) -> dict[int, int]:
    """The desk that decides beside the one that asked: the region where they live, or Fedasil while none is known."""
    members = models.HouseholdMember.objects.filter(person__in=people).order_by("pk")
    homes = members.values_list("person_id", "household__municipality__region")
    rows = models.Organisation.objects.filter(valid_until__isnull=True).order_by("-pk")
    regions = dict(rows.filter(kind=OrganisationKind.REGION).values_list("region", "pk"))
    fedasil = rows.filter(kind=OrganisationKind.FEDASIL).values_list("pk", flat=True).last()
    desks = ((person, regions.get(region, fedasil)) for person, region in homes)
    return {person: desk for person, desk in desks if desk is not None}


def answer(person: int) -> tuple[Event, Erasure, str] | None:
    """What was last asked or answered about this person, and in which words it was declined."""
    found = told(ABOUT, person)
    if not found:
        return None
    said = models.Revision.objects.filter(person=person, field=DECLINED).order_by("pk")
    words = said.values_list("new", flat=True).last()
    return (*found[-1], words or "" if found[-1][0] is Event.ERASURE_DECLINED else "")


def asked_by(person: int, organisation: int) -> bool:
    """Whether this organisation asked, and nobody has answered yet."""
    found = answer(person)
    return (
        found is not None
        and found[0] is Event.ERASURE_ASKED
        and found[1].organisation == organisation
    )


def lines(event: Event) -> tuple[Erasure, ...]:
    """The journal lines of one event about people."""
    return tuple(each for _, each in told((event,)))


def told(events: Collection[Event], person: int | None = None) -> list[tuple[Event, Erasure]]:
    """The journal lines of these events about people, or about this person, the oldest first."""
    rows = models.Journal.objects.filter(event__in=events, person__isnull=False).order_by("pk")
    rows = rows if person is None else rows.filter(person=person)
    columns = ("event", "person_id", "details", "at", "user_id", "organisation_id")
    return [
        (Event(event), Erasure(number, ErasureGround(of["ground"]), day_in_brussels(at), user, by))
        for event, number, of, at, user, by in rows.values_list(*columns)
    ]


def holds(person: int) -> tuple[Hold, ...]:
    """What still needs the values: binding until it ends, or not known, so that a person must look it up."""
    open_lines = models.Track.objects.filter(person=person, closed_on__isnull=True).count()
    nights = models.BedNight.objects.filter(person=person, stay__state__in=HELD)
    offers = models.HandoverTrack.objects.filter(
        track__person=person, handover__state=HandoverState.OFFERED
    )
    social = models.Track.objects.filter(person=person, kind=TrackKind.SUPPORT).count()
    found = (
        Hold(HoldKind.OPEN_LINE, open_lines, binding=True, mark=Mark.DERIVED),
        Hold(
            HoldKind.STAY, nights.values("stay").distinct().count(), binding=True, mark=Mark.DERIVED
        ),
        Hold(HoldKind.OPEN_OFFER, offers.count(), binding=True, mark=Mark.DERIVED),
        Hold(HoldKind.SOCIAL_FILE, social, binding=None, mark=Mark.UNKNOWN),
    )
    return tuple(hold for hold in found if hold.count)
