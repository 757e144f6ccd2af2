"""Rows become the nouns of the core: loading only, nothing is decided here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.aggregates import BoolOr
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateRangeField
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import (
    BigIntegerField,
    Count,
    Func,
    Q,
    QuerySet,
    Value,
)

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
    rows: Sequence[models.Household],
    since: Mapping[int, date],
    there: Mapping[int, list[models.Person]] | None = None,
) -> tuple[Household, ...]:
    """Households as a place sees them; ``since`` is from when each one waits.

    Two questions; one where it is told who is ``there``.
    """
    there = members(row.pk for row in rows) if there is None else there
    people = {
        home: [person for person in each if person.presence not in ENDS_ALL_LINES]
        for home, each in there.items()
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


def taken_beds(nights: Interval, units: "QuerySet[models.Unit]") -> Func:
    """The beds of units that are not free on all these nights, whoever sleeps there: asked beyond one's sight."""
    wanted = Value(DateRange(nights.start, nights.end), output_field=DateRangeField())
    return Func(
        wanted,
        ArraySubquery(units.order_by().values("pk")),
        function="perron_taken_beds",
        template="(select %(function)s(%(expressions)s))",
        output_field=BigIntegerField(),
    )


@dataclass(frozen=True, slots=True)
class FreeBeds:
    """How many beds of a site are free; ``fresh``: somebody confirmed it lately."""

    site: int
    name: str
    free: int
    fresh: bool


def free_beds(kind: PlaceKind, nights: Interval, after: datetime) -> tuple[FreeBeds, ...]:
    """The sites with beds of a kind that are free on all these nights, and which of them were confirmed after that."""
    rows = models.Unit.objects.filter(kind=kind, state=PlaceState.BOOKABLE)
    counted = (
        rows.order_by()
        .values("site", "site__name")
        .annotate(
            beds=Count("bed"),
            taken=Count("bed", filter=Q(bed__in=taken_beds(nights, rows))),
            fresh=BoolOr(Q(site__confirmed_at__gt=after)),
        )
        .values_list("site", "site__name", "beds", "taken", "fresh")
    )
    return tuple(
        FreeBeds(site, name, beds - taken, bool(fresh))
        for site, name, beds, taken, fresh in counted
        if beds > taken
    )


UNIT = (
    "pk", "site_id", "name", "site__municipality_id", "all_beds", "taken", "shared", "women_only",
    "minors_alone", "features", "available_from", "available_until", "site__confirmed_at",
)  # fmt: skip


def units(kind: PlaceKind, nights: Interval, where: Q = EVERY) -> tuple[Unit, ...]:
    """Bookable units of a kind with how many beds are free on all these nights, in one question."""
    rows = models.Unit.objects.filter(where, kind=kind, state=PlaceState.BOOKABLE)
    counted = rows.annotate(
        all_beds=Count("bed", distinct=True),
        taken=Count("bed", filter=Q(bed__in=taken_beds(nights, rows)), distinct=True),
    )
    return tuple(unit(kind, row) for row in counted.order_by("pk").values(*UNIT))


def unit(kind: PlaceKind, row: Mapping[str, Any]) -> Unit:
    """One unit, from the columns of its row."""
    confirmed = row["site__confirmed_at"]
    return Unit(
        id=UnitId(row["pk"]),
        site=SiteId(row["site_id"]),
        name=row["name"],
        kind=kind,
        municipality=row["site__municipality_id"],
        beds=row["all_beds"],
        free=row["all_beds"] - row["taken"],
        shared=row["shared"],
        women_only=row["women_only"],
        minors_alone=row["minors_alone"],
        features=frozenset(map(Feature, row["features"])),
        available_from=row["available_from"],
        available_until=row["available_until"],
        confirmed_on=day_in_brussels(confirmed) if confirmed else None,
    )
