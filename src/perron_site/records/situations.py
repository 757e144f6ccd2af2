"""Where everybody in some households stands, as the core asks it: loading only, a fixed number of questions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, Max, OuterRef

from perron.responsibility.net import Situation
from perron.vocabulary.contacts import PromiseState
from perron.vocabulary.intervals import Interval, day_in_brussels
from perron.vocabulary.organisations import OrganisationId, OrganisationKind, Role
from perron.vocabulary.people import HouseholdId, PersonId, Presence
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import HandoverState, Step, Track, TrackId, TrackKind
from perron_site.records import models

Dated = tuple[OrganisationId, date]
Grouped = dict[int, list[Dated]]


@dataclass(frozen=True, slots=True)
class Home:
    """A person's household, and how they are there."""

    household: HouseholdId
    region: Region | None
    presence: Presence
    back_on: date | None


def situations(households: Collection[int]) -> tuple[Situation, ...]:
    """Where each member of these households stands who has an open line."""
    homes = members(households)
    tracks = open_tracks(homes)
    asked, (nights, withdrawn) = roofs_asked(households), booked_nights(tracks)
    nobody, acts = unmanned(tracks), last_acts(tracks)
    owed, offered = promises_open(tracks), lines_offered(tracks)
    return tuple(
        Situation(
            household=homes[person].household,
            person=PersonId(person),
            tracks=tuple(lines),
            nights=tuple(nights[person]),
            withdrawn=tuple(withdrawn[person]),
            asked_roof_since=asked.get(homes[person].household),
            unmanned=nobody,
            acts=tuple(acts[person]),
            promises=tuple(owed[person]),
            offers=tuple(offered[person]),
            presence=homes[person].presence,
            back_on=homes[person].back_on,
        )
        for person, lines in tracks.items()
    )


def members(households: Collection[int]) -> dict[int, Home]:
    """Who lives in these households now."""
    rows = models.HouseholdMember.objects.filter(household__in=households, end__isnull=True)
    columns = (
        "person_id", "household_id", "household__municipality__region", "person__presence",
        "person__presence_until",
    )  # fmt: skip
    return {
        person: Home(
            HouseholdId(home), Region(region) if region else None, Presence(presence),
            until if presence == Presence.ABROAD else None,
        )
        for person, home, region, presence, until in rows.order_by("person").values_list(*columns)
    }  # fmt: skip


def open_tracks(homes: Mapping[int, Home]) -> dict[int, list[Track]]:
    """The open lines of each person."""
    found: dict[int, list[Track]] = defaultdict(list)
    rows = models.Track.objects.filter(closed_on__isnull=True, person__in=homes)
    columns = (
        "pk", "person_id", "kind", "step", "since", "responsible_id", "responsible__kind", "taken_up_at", "due_on",
        "matrix",
    )  # fmt: skip
    for number, person, kind, step, since, holder, of, at, due, matrix in rows.order_by(
        "person", "pk"
    ).values_list(*columns):
        home = homes[person]
        found[person].append(
            Track(
                TrackId(number), PersonId(person), home.household, TrackKind(kind), Step(step), since,
                OrganisationId(holder), OrganisationKind(of), at, due, home.region, matrix,
            )
        )  # fmt: skip
    return found


def roofs_asked(households: Collection[int]) -> dict[HouseholdId, date]:
    """From which night on each household asks for a roof."""
    rows = models.RoofRequest.objects.filter(
        state=models.RequestState.OPEN, household__in=households
    )
    return {
        HouseholdId(home): night
        for home, night in rows.order_by("pk").values_list("household_id", "from_night")
    }


def booked_nights(
    persons: Collection[int],
) -> tuple[dict[int, list[Interval]], dict[int, list[tuple[Interval, date]]]]:
    """The nights for which each person has a bed, and those in places that were withdrawn, with since when.

    An end of None is not known yet.
    """
    found: dict[int, list[Interval]] = defaultdict(list)
    withdrawn: dict[int, list[tuple[Interval, date]]] = defaultdict(list)
    rows = models.BedNight.objects.filter(person__in=persons).order_by("pk")
    for person, nights, since in rows.values_list("person_id", "nights", "bed__unit__withdrawn_on"):
        if person is not None and nights.lower is not None:
            booked = Interval(nights.lower, nights.upper)
            found[person].append(booked)
            if since is not None:
                withdrawn[person].append((booked, since))
    return found, withdrawn


def unmanned(tracks: Mapping[int, Iterable[Track]]) -> frozenset[OrganisationId]:
    """Those of the holders in which nobody can sign in."""
    holders = {track.responsible for each in tracks.values() for track in each}
    manned = models.Membership.objects.filter(organisation__in=holders, user__is_active=True)
    known = set(manned.order_by().values_list("organisation_id", flat=True).distinct())
    return frozenset(each for each in holders if each not in known)


def last_acts(persons: Collection[int]) -> Grouped:
    """The last day on which each organisation did something for each person."""
    lines = models.Journal.objects.filter(person__in=persons).exclude(role=Role.SYSTEM).order_by()
    rows = lines.values_list("person_id", "organisation_id").annotate(last=Max("at"))
    return grouped((person, holder, day_in_brussels(at)) for person, holder, at in rows)


def promises_open(persons: Collection[int]) -> Grouped:
    """Who promised something to each person, and by when, of what is still open."""
    rows = models.Promise.objects.filter(person__in=persons, state=PromiseState.OPEN)
    return grouped(rows.order_by("pk").values_list("person_id", "organisation_id", "due_on"))


def lines_offered(persons: Collection[int]) -> dict[int, list[tuple[TrackKind, date]]]:
    """The lines of each person that wait for an answer, and its day."""
    found: dict[int, list[tuple[TrackKind, date]]] = defaultdict(list)
    rows = models.HandoverTrack.objects.filter(open=True, track__person__in=persons)
    columns = ("track__person_id", "track__kind", "handover__due_on")
    for person, kind, due in rows.order_by("pk").values_list(*columns):
        found[person].append((TrackKind(kind), due))
    return found


def awaited(households: Collection[int]) -> Grouped:
    """By household: who must answer an offer by when, to whom a late one was brought, and to whom a no came back."""
    offers = models.Handover.objects.filter(household__in=households, state=HandoverState.OFFERED)
    brought = models.Escalation.objects.filter(
        handover__household__in=households, handover__state=HandoverState.OFFERED
    )
    later = models.HandoverTrack.objects.filter(
        track=OuterRef("track"), handover__pk__gt=OuterRef("handover")
    )
    refused = models.HandoverTrack.objects.filter(
        ~Exists(later),
        handover__household__in=households,
        handover__state=HandoverState.DECLINED,
        track__responsible=F("handover__giver"),
        track__closed_on__isnull=True,
    )
    noes = refused.order_by("pk").values_list(
        "handover__household_id", "handover__giver_id", "handover__answered_at"
    )
    return grouped(
        (
            *offers.order_by("pk").values_list("household_id", "receiver_id", "due_on"),
            *brought.order_by("pk").values_list("handover__household_id", "organisation_id", "on"),
            *((home, giver, day_in_brussels(at)) for home, giver, at in noes if at),
        )
    )


def grouped(rows: Iterable[tuple[int | None, int, date]]) -> Grouped:
    """What organisations have with a day, by whom it is about."""
    found: Grouped = defaultdict(list)
    for number, organisation, day in rows:
        if number is not None:
            found[number].append((OrganisationId(organisation), day))
    return found
