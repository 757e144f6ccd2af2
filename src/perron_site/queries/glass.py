"""Households that were opened in an emergency: by us, of people whose lines we hold, and in the whole country."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import BigIntegerField, Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from perron.vocabulary.acting import Acting
from perron.vocabulary.events import Event
from perron.vocabulary.glass import GlassReason
from perron.vocabulary.intervals import BRUSSELS, day_in_brussels
from perron.vocabulary.organisations import Purpose
from perron_site.queries.gaps import in_sight
from perron_site.queries.linemap import Holder, holder_of
from perron_site.records import models
from perron_site.records.context import Round, as_round
from perron_site.records.reads import quarter

REPORTED = timedelta(days=366)
"""How far back the report goes: as long as it is kept who looked."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One breaking. ``why`` and ``user`` only for the organisation that did it, ``why`` for the holders too."""

    id: int
    at: datetime
    until: date
    by: Holder
    reason: GlassReason
    household: int | None
    why: str
    user: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """One breaking in the report, with what was looked at: whom, how often, until when."""

    broken: Broken
    people: int
    looks: int
    last: datetime | None


def opened_people(household: int, by: Acting) -> list[int]:
    """The people of a household whom the asker sees now, by sight or through broken glass."""
    rows = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    seen = in_sight(by.on, by.organisation)
    return list(rows.filter(person__in=seen).order_by("pk").values_list("person_id", flat=True))


def through_glass(household: int, by: Acting) -> Broken | None:
    """The breaking by which this supervisor reads the household today."""
    rows = models.Glass.objects.filter(
        household=household, organisation=by.organisation, user=by.user, until__gte=by.on
    ).select_related("organisation", "user")
    row = rows.order_by("pk").last()
    return broken(row, by, known=True) if row else None


def ours(by: Acting) -> tuple[Broken, ...]:
    """What our supervisors opened, the newest first."""
    rows = models.Glass.objects.filter(
        organisation=by.organisation, at__gte=by.at - REPORTED
    ).select_related("organisation", "user")
    return tuple(broken(row, by, known=True) for row in rows.order_by("-pk"))


def unread(by: Acting, household: int | None = None) -> list[models.Glass]:
    """The breakings of households of which we hold a line, and of which we have not yet said that we know them."""
    lately = models.Glass.objects.filter(at__gte=by.at - REPORTED)
    if not lately.exists():  # as on most days, and then nothing more is asked
        return []
    held = models.HouseholdMember.objects.filter(
        end__isnull=True,
        person__track__responsible=by.organisation,
        person__track__closed_on__isnull=True,
    )
    homes = held if household is None else held.filter(household=household)
    said = (
        models.Journal.objects.filter(event=Event.GLASS_SEEN, organisation=by.organisation)
        .annotate(glass=Cast(KeyTextTransform("glass", "details"), BigIntegerField()))
        .filter(glass=OuterRef("pk"))
    )
    rows = lately.filter(household__in=homes.order_by().values("household"))
    rows = rows.exclude(Exists(said.order_by())).order_by("pk")
    return list(rows.select_related("organisation", "user", "household"))


def to_know(by: Acting, household: int) -> tuple[Broken, ...]:
    """What the page of a household tells its holder until they say that they know it."""
    return tuple(broken(row, by, known=True) for row in unread(by, household))


def report(by: Acting) -> tuple[Reported, ...]:
    """Every breaking of a year, the newest first; the number of a household only for who may know it."""
    known = set(models.Glass.objects.order_by("pk").values_list("pk", flat=True))
    with as_round(
        Round.COMMAND
    ):  # no coordinator sees these people: codes, days and numbers of looks
        rows = models.Glass.objects.filter(at__gte=by.at - REPORTED).select_related(
            "organisation", "user"
        )
        found = list(rows.order_by("-pk"))
        looks, homes = looks_of(found), people_of(found)
    return tuple(
        reported(row, broken(row, by, known=row.pk in known), looks, homes) for row in found
    )


Looks = dict[int, list[tuple[datetime, int]]]


def people_of(rows: Iterable[models.Glass]) -> set[tuple[int, int]]:
    """Who lives or lived in these households."""
    homes = {row.household_id for row in rows}
    members = models.HouseholdMember.objects.filter(household__in=homes).order_by("pk")
    return set(members.values_list("household_id", "person_id"))


def looks_of(rows: Iterable[models.Glass]) -> Looks:
    """When these users looked at whom as supervisors."""
    users = {row.user_id for row in rows}
    reads = models.Read.objects.filter(user__in=users, purpose=Purpose.EMERGENCY).order_by(
        "at", "pk"
    )
    found: Looks = {}
    for user, at, person in reads.values_list("user_id", "at", "person_id"):
        found.setdefault(user, []).append((at, person))
    return found


def reported(
    row: models.Glass, said: Broken, looks: Looks, homes: set[tuple[int, int]]
) -> Reported:
    """The looks at this household between the breaking and its end."""
    own = [
        (at, person)
        for at, person in looks.get(row.user_id, [])
        if at >= quarter(row.at)
        and day_in_brussels(at) <= row.until
        and (row.household_id, person) in homes
    ]
    return Reported(
        broken=said,
        people=len({person for _, person in own}),
        looks=len({at for at, _ in own}),
        last=max((at for at, _ in own), default=None),
    )


def broken(row: models.Glass, by: Acting, *, known: bool) -> Broken:
    """One breaking as a value."""
    own = row.organisation_id == by.organisation
    return Broken(
        id=row.pk,
        at=row.at.astimezone(BRUSSELS),
        until=row.until,
        by=holder_of(row.organisation),
        reason=GlassReason(row.reason),
        household=row.household_id if known else None,
        why=row.why if known else "",
        user=row.user.name if own else "",
        mine=row.user_id == by.user,
    )
