"""Rows become the nouns of the core: loading only, nothing is decided here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, Q
from django.db.models.expressions import RawSQL

from perron.responsibility.presence import ENDS_ALL_LINES
from perron.vocabulary.intervals import Interval, PartialDate, day_in_brussels
from perron.vocabulary.organisations import OrganisationId, OrganisationKind
from perron.vocabulary.people import Household, HouseholdId, Member, Need, PersonId, Sex
from perron.vocabulary.places import Feature, PlaceKind, PlaceState, SiteId, Unit, UnitId
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import (
    EscalationStage,
    Handover,
    HandoverId,
    HandoverState,
    Step,
    Track,
    TrackId,
    TrackKind,
)
from perron_site.records import models

EVERY = Q()


def track(row: models.Track, household: models.Household) -> Track:
    """One line; ``responsible`` and the household's municipality are loaded with it."""
    town = household.municipality
    return Track(
        id=TrackId(row.pk),
        person=PersonId(row.person_id),
        household=HouseholdId(household.pk),
        kind=TrackKind(row.kind),
        step=Step(row.step),
        since=row.since,
        responsible=OrganisationId(row.responsible_id),
        responsible_kind=OrganisationKind(row.responsible.kind),
        taken_up_at=row.taken_up_at,
        due_on=row.due_on,
        region=None if town is None else Region(town.region),
        matrix=row.matrix,
    )


def handover(row: models.Handover) -> Handover:
    """One handover with its tracks, and to whom a late answer was brought."""
    brought = models.Escalation.objects.filter(handover=row).order_by("pk")
    to = dict(brought.values_list("stage", "organisation"))
    fallback, desk = to.get(EscalationStage.FALLBACK), to.get(EscalationStage.DESK)
    tracks = models.HandoverTrack.objects.filter(handover=row).order_by("track_id")
    return Handover(
        id=HandoverId(row.pk),
        giver=OrganisationId(row.giver_id),
        receiver=OrganisationId(row.receiver_id),
        household=HouseholdId(row.household_id),
        tracks=tuple(TrackId(each) for each in tracks.values_list("track_id", flat=True)),
        state=HandoverState(row.state),
        offered_at=row.offered_at,
        due_on=row.due_on,
        fallback=OrganisationId(fallback) if fallback else None,
        desk=OrganisationId(desk) if desk else None,
    )


def members(household_ids: Iterable[int]) -> dict[int, list[models.Person]]:
    """Who belongs to each household now."""
    found: dict[int, list[models.Person]] = defaultdict(list)
    rows = models.HouseholdMember.objects.filter(household__in=household_ids, end__isnull=True)
    for row in rows.select_related("person").order_by("pk"):
        found[row.household_id].append(row.person)
    return found


def present(household: int) -> list[models.Person]:
    """Who belongs to the household now and is not gone; who is abroad comes back."""
    return [
        person
        for person in members([household])[household]
        if person.presence not in ENDS_ALL_LINES
    ]


def households(
    rows: Sequence[models.Household], since: Mapping[int, date]
) -> tuple[Household, ...]:
    """Households as a place sees them, in two questions; ``since`` is from when each one waits."""
    people = {
        home: [person for person in each if person.presence not in ENDS_ALL_LINES]
        for home, each in members(row.pk for row in rows).items()
    }
    needs: dict[int, set[Need]] = defaultdict(set)
    persons = [person.pk for each in people.values() for person in each]
    stated = models.Need.objects.filter(person__in=persons, end__isnull=True)
    for person_id, need in stated.order_by("pk").values_list("person_id", "need"):
        needs[person_id].add(Need(need))
    return tuple(
        Household(
            id=HouseholdId(row.pk),
            members=tuple(member(person) for person in people[row.pk]),
            needs=frozenset(need for person in people[row.pk] for need in needs[person.pk]),
            languages=frozenset(word for person in people[row.pk] for word in person.languages),
            waiting_since=since.get(row.pk),
            municipality=row.municipality_id,
        )
        for row in rows
        if people.get(row.pk)
    )


def member(row: models.Person) -> Member:
    """No more of a person than a place needs to know."""
    return Member(
        person=PersonId(row.pk),
        born=PartialDate.parse(row.born) if row.born else None,
        sex=Sex(row.sex) if row.sex else None,
    )


def taken_beds(nights: Interval) -> RawSQL:
    """The beds that are not free on all these nights, whoever sleeps there: asked beyond one's sight."""
    wanted = DateRange(nights.start, nights.end)
    return RawSQL("select perron_taken_beds(%s)", (wanted,))


def units(kind: PlaceKind, nights: Interval, where: Q = EVERY) -> tuple[Unit, ...]:
    """Bookable units of a kind with how many beds are free on all these nights, in one question."""
    rows = (
        models.Unit.objects.filter(where, kind=kind, state=PlaceState.BOOKABLE)
        .select_related("site")
        .annotate(
            all_beds=Count("bed", distinct=True),
            taken=Count("bed", filter=Q(bed__in=taken_beds(nights)), distinct=True),
        )
        .order_by("pk")
    )
    return tuple(unit(row) for row in rows)


def unit(row: models.Unit) -> Unit:
    """One unit; ``all_beds`` and ``taken`` are counted by the question."""
    beds, taken = int(row.__dict__["all_beds"]), int(row.__dict__["taken"])
    confirmed = row.site.confirmed_at
    return Unit(
        id=UnitId(row.pk),
        site=SiteId(row.site_id),
        name=row.name,
        kind=PlaceKind(row.kind),
        municipality=row.site.municipality_id,
        beds=beds,
        free=beds - taken,
        shared=row.shared,
        women_only=row.women_only,
        minors_alone=row.minors_alone,
        features=frozenset(Feature(word) for word in row.features),
        available_from=row.available_from,
        available_until=row.available_until,
        confirmed_on=day_in_brussels(confirmed) if confirmed else None,
    )
