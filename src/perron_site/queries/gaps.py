"""The net: every gap of every person, or of those whom one organisation may see."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db import connection
from django.db.models import Max, Q, QuerySet

from perron.responsibility.gaps import gaps as gaps_of
from perron.responsibility.net import Gap, Situation
from perron.vocabulary.contacts import PromiseState
from perron.vocabulary.intervals import Interval, day_in_brussels
from perron.vocabulary.organisations import OrganisationId, Role
from perron.vocabulary.people import HouseholdId, PersonId, Presence
from perron.vocabulary.tracks import Track, TrackKind
from perron_site.records import models
from perron_site.records.context import ASKING
from perron_site.records.facts import track


def gaps(
    on: date, organisation: OrganisationId | None = None, *, night: date | None = None
) -> tuple[Gap, ...]:
    """Every gap on the day and in its night, the oldest first; with an organisation, of the people it may see."""
    standing = situations(on, organisation)
    found = [gap for each in standing for gap in gaps_of(each, on, night)]
    return tuple(sorted(found, key=lambda gap: (gap.since, gap.household, gap.person, gap.kind)))


def situations(on: date, organisation: OrganisationId | None = None) -> tuple[Situation, ...]:
    """Where each person with an open line stands; always ten questions to the database."""
    members = models.HouseholdMember.objects.filter(end__isnull=True).select_related(
        "household__municipality"
    )
    if organisation is not None:
        members = members.filter(person__in=in_sight(on, organisation))
    return situations_of({member.person_id: member.household for member in members}, on)


def situations_of(home: dict[int, models.Household], on: date) -> tuple[Situation, ...]:
    """Where each of these people stands who has an open line; ``home`` is the household of each."""
    away = abroad()
    tracks, asked = open_tracks(on, home), roofs_asked(on)
    nights, withdrawn = booked_nights(home)
    holders = {track.responsible for each in tracks.values() for track in each}
    nobody, acts = unmanned(holders), last_acts(tracks)
    owed, offered = promises_open(tracks), lines_offered(tracks)
    return tuple(
        Situation(
            household=HouseholdId(home[person].pk),
            person=PersonId(person),
            tracks=tuple(tracks[person]),
            nights=tuple(nights[person]),
            withdrawn=tuple(withdrawn[person]),
            asked_roof_since=asked.get(home[person].pk),
            unmanned=nobody,
            acts=tuple(acts[person]),
            promises=tuple(owed[person]),
            offers=tuple(offered[person]),
            presence=Presence.ABROAD if person in away else Presence.HERE,
            back_on=away.get(person),
        )
        for person in sorted(tracks)
    )


def unmanned(holders: Collection[OrganisationId]) -> frozenset[OrganisationId]:
    """Those of these organisations in which nobody can sign in."""
    manned = models.Membership.objects.filter(organisation__in=holders, user__is_active=True)
    known = set(manned.order_by().values_list("organisation_id", flat=True).distinct())
    return frozenset(OrganisationId(each) for each in holders if each not in known)


def last_acts(persons: Collection[int]) -> dict[int, list[tuple[OrganisationId, date]]]:
    """The last day on which each organisation did something for each person."""
    found: dict[int, list[tuple[OrganisationId, date]]] = defaultdict(list)
    lines = models.Journal.objects.filter(person__in=persons).exclude(role=Role.SYSTEM).order_by()
    for person, organisation, at in lines.values_list("person_id", "organisation_id").annotate(
        last=Max("at")
    ):
        if person is not None:
            found[person].append((OrganisationId(organisation), day_in_brussels(at)))
    return found


def promises_open(persons: Collection[int]) -> dict[int, list[tuple[OrganisationId, date]]]:
    """Who promised something to each person, and by when, of what is still open."""
    found: dict[int, list[tuple[OrganisationId, date]]] = defaultdict(list)
    rows = models.Promise.objects.filter(person__in=persons, state=PromiseState.OPEN)
    seen = list(rows.values_list("person_id", "organisation_id", "due_on"))
    with connection.cursor() as cursor:
        counted = cursor.execute("select * from perron_promises()").fetchall()
    for person, organisation, due in [*seen, *counted]:
        found[person].append((OrganisationId(organisation), due))
    return found


def lines_offered(persons: Collection[int]) -> dict[int, list[tuple[TrackKind, date]]]:
    """The lines of each person that wait for an answer, and its day."""
    found: dict[int, list[tuple[TrackKind, date]]] = defaultdict(list)
    rows = models.HandoverTrack.objects.filter(open=True, track__person__in=persons)
    columns = ("track__person_id", "track__kind", "handover__due_on")
    for person, kind, due in rows.order_by("pk").values_list(*columns):
        found[person].append((TrackKind(kind), due))
    return found


def in_sight(
    on: date, organisation: OrganisationId
) -> "QuerySet[models.OwnSight | models.SupervisedSight | models.Sight, int]":
    """The people whom this organisation may see on the day: it asks its own view, the system asks the table."""
    whom = ASKING.get()
    if whom is not None and whom[:2] == (organisation, on):
        view = models.SupervisedSight if whom[2] else models.OwnSight
        return view.objects.values_list("person", flat=True)
    return (
        models.Sight.objects.filter(organisation=organisation)
        .filter(Q(until__isnull=True) | Q(until__gte=on))
        .order_by()
        .values_list("person", flat=True)
    )


def open_tracks(on: date, home: dict[int, models.Household]) -> dict[int, list[Track]]:
    """The lines that are open on the day, by person."""
    found: dict[int, list[Track]] = defaultdict(list)
    rows = (
        models.Track.objects.filter(opened_on__lte=on, person__in=home)
        .filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
        .select_related("responsible")
        .order_by("pk")
    )
    for row in rows:
        found[row.person_id].append(track(row, home[row.person_id]))
    return found


def booked_nights(
    home: dict[int, models.Household],
) -> tuple[dict[int, list[Interval]], dict[int, list[tuple[Interval, date]]]]:
    """The nights for which each person has a bed, and those in places that were withdrawn, with since when.

    An end of None is not known yet.
    """
    found: dict[int, list[Interval]] = defaultdict(list)
    withdrawn: dict[int, list[tuple[Interval, date]]] = defaultdict(list)
    rows = models.BedNight.objects.filter(person__in=home).order_by("pk")
    for person, nights, since in rows.values_list("person_id", "nights", "bed__unit__withdrawn_on"):
        if person is not None and nights.lower is not None:
            booked = Interval(nights.lower, nights.upper)
            found[person].append(booked)
            if since is not None:
                withdrawn[person].append((booked, since))
    return found, withdrawn


def abroad() -> dict[int, date]:
    """Who is abroad, and when they should be back; asked beyond the table of people, which the net does not read."""
    with connection.cursor() as cursor:
        return dict(cursor.execute("select person_id, back_on from perron_abroad()").fetchall())


def roofs_asked(on: date) -> dict[int, date]:
    """Since which night each household waits for a roof."""
    rows = models.RoofRequest.objects.filter(state=models.RequestState.OPEN, from_night__lte=on)
    return dict(rows.order_by("pk").values_list("household_id", "from_night"))
