"""Households that part: memberships, nights and open offers go with the people; sight stays as it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from perron.vocabulary.acting import Acting
from perron.vocabulary.events import Event
from perron.vocabulary.tracks import HandoverState
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.sight import next_number

HELD = (models.StayState.BOOKED, models.StayState.RUNNING)


@dataclass(frozen=True, slots=True)
class Parted:
    """The new household, and the units in which its people gave up their nights."""

    household: models.Household
    gave_up: tuple[models.Unit, ...]


def part(
    by: Acting, household: models.Household, going: Collection[int], *, keeps_nights: bool
) -> Parted:
    """Let some people of a locked household go on as one of their own."""
    new = models.Household(
        pk=next_number("records_household"),
        arrived_on=household.arrived_on,
        municipality=household.municipality,
        demonstration=household.demonstration,
    )
    join(by, new, going)
    new.save(force_insert=True)
    held = models.Stay.objects.filter(household=household, state__in=HELD).select_related(
        "unit__site"
    )
    units = [
        stay.unit for stay in held.order_by("pk") if nights_part(by, stay, new, going, keeps_nights)
    ]
    part_offers(by, household, new, going)
    return Parted(new, () if keeps_nights else tuple(units))


def join(by: Acting, home: models.Household, going: Collection[int]) -> None:
    """These people belong to this household from today on, and to no other."""
    models.HouseholdMember.objects.filter(person__in=going, end__isnull=True).update(end=by.on)
    models.HouseholdMember.objects.bulk_create(
        models.HouseholdMember(household_id=home.pk, person_id=person, start=by.on)
        for person in sorted(going)
    )


def nights_part(
    by: Acting,
    stay: models.Stay,
    new: models.Household,
    going: Collection[int],
    keeps: bool,  # noqa: FBT001
) -> bool:
    """Keep the coming nights of those who go in a stay of their own, or give them up; whether there were any."""
    first = max(stay.start, by.tonight)
    rows = models.BedNight.objects.select_for_update().filter(stay=stay, person__in=going)
    coming = [
        row for row in rows.order_by("bed_id") if not row.nights.upper or row.nights.upper > first
    ]
    if not coming:
        return False
    if everybody_goes(stay, going, first):
        stay.household = new
        stay.save(update_fields=["household"])
        return True
    own = own_stay(by, stay, new, first) if keeps else None
    for row in coming:
        night_parts(row, first, own, closed=stay.exclusive)
    return True


def own_stay(by: Acting, stay: models.Stay, new: models.Household, first: date) -> models.Stay:
    """A stay in the same unit for those who go, told as every stay is."""
    own = models.Stay.objects.create(
        household=new,
        unit=stay.unit,
        start=first,
        end=stay.end,
        exclusive=False,
        state=stay.state,
    )
    day, unit = first.isoformat(), stay.unit_id
    end = stay.end.isoformat() if stay.end else None
    record(by, Event.STAY_BOOKED, new, stay=own.pk, unit=unit, start=day, end=end)
    if own.state == models.StayState.RUNNING:
        record(by, Event.STAY_MOVED_IN, new, stay=own.pk, unit=unit, on=day)
    return own


def everybody_goes(stay: models.Stay, going: Collection[int], first: date) -> bool:
    """Whether nobody else sleeps in this stay from the first night on: then it goes along whole."""
    others = models.BedNight.objects.filter(stay=stay, person__isnull=False)
    others = others.filter(nights__overlap=DateRange(first, None))
    return not others.exclude(person__in=going).exists()


def night_parts(
    row: models.BedNight, first: date, own: models.Stay | None, *, closed: bool
) -> None:
    """From the first night on the bed goes along, stays closed without anybody, or is free."""
    rest = DateRange(first, row.nights.upper)
    sleeper = row.person_id if own else None
    if row.nights.lower < first:
        row.nights = DateRange(row.nights.lower, first)
        row.save(update_fields=["nights"])
    else:
        row.delete()
    if own or closed:
        models.BedNight.objects.create(
            stay=own or row.stay, bed_id=row.bed_id, person_id=sleeper, nights=rest
        )


def part_offers(
    by: Acting, household: models.Household, new: models.Household, going: Collection[int]
) -> None:
    """An open offer of lines of those who go goes with them; one of both becomes two."""
    waiting = models.Handover.objects.select_for_update().filter(
        household=household, state=HandoverState.OFFERED
    )
    for offer in waiting.order_by("pk"):
        items = models.HandoverTrack.objects.filter(handover=offer, open=True)
        theirs = list(
            items.filter(track__person__in=going).order_by("pk").values_list("pk", flat=True)
        )
        if not theirs:
            continue
        offer.household = new
        if items.exclude(pk__in=theirs).exists():
            offer.pk = None
            offer.save(force_insert=True)
            moved = models.HandoverTrack.objects.filter(pk__in=theirs)
            moved.update(handover=offer)
            record(
                by, Event.HANDOVER_OFFERED, new, handover=offer.pk, receiver=offer.receiver_id,
                tracks=list(moved.order_by("pk").values_list("track_id", flat=True)),
            )  # fmt: skip
        else:
            offer.save(update_fields=["household"])
