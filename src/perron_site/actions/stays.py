"""Stays: booked, moved into, extended, ended, cancelled. Every bed and every night is held by the database."""

from collections.abc import Collection
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Conflict, NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.intervals import Interval
from perron.vocabulary.people import HouseholdId, Presence
from perron.vocabulary.places import PlaceKind
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.records import facts, models
from perron_site.records.conflicts import conflicts
from perron_site.records.journal import record
from perron_site.records.lines import settle, stand
from perron_site.records.locking import household_lock
from perron_site.records.regrouping import night_parts
from perron_site.records.settling import act
from perron_site.records.sight import AFTERWARDS, must_see_all, no_longer, see

HELD = (models.StayState.BOOKED, models.StayState.RUNNING)
STEP_OF = {PlaceKind.EMERGENCY: Step.ROOF_EMERGENCY, PlaceKind.HOME: Step.ROOF_HOME}


def household_locked(by: Acting, household_id: HouseholdId) -> models.Household:
    """The household, locked, if the acting organisation may see all its people, before the lock and under it."""
    must_see_all(by, household_id)
    household = household_lock(household_id)
    must_see_all(by, household_id)
    return household


def book(
    by: Acting, household: models.Household, unit: models.Unit, nights: Interval
) -> models.Stay:
    """Hold beds for everybody in the household; a unit that is not shared is closed whole."""
    people = facts.present(household.pk)
    stay = models.Stay.objects.create(
        household=household,
        unit=unit,
        start=nights.start,
        end=nights.end,
        exclusive=not unit.shared,
        state=models.StayState.BOOKED,
    )
    hold(stay, [person.pk for person in people], nights)
    see(unit.site.organisation_id, [person.pk for person in people], models.SightReason.HOSTS)
    record(
        by, Event.STAY_BOOKED, household,
        stay=stay.pk, unit=unit.pk, start=nights.start.isoformat(),
        end=nights.end.isoformat() if nights.end else None,
    )  # fmt: skip
    return stay


def hold(stay: models.Stay, people: list[int], nights: Interval) -> None:
    """Write the nights in beds, in the order of the beds so that two desks never wait for each other."""
    wanted = DateRange(nights.start, nights.end)
    beds = models.Bed.objects.filter(unit=stay.unit_id).order_by("pk")
    if not stay.exclusive:
        unit = models.Unit.objects.filter(pk=stay.unit_id)
        beds = beds.exclude(pk__in=facts.taken_beds(nights, unit))[: len(people)]
    rows = list(beds.values_list("pk", flat=True))
    if len(rows) < len(people):
        raise Conflict("conflict.bed_taken")
    sleepers = [*people, *([None] * (len(rows) - len(people)))]
    with conflicts():
        models.BedNight.objects.bulk_create(
            models.BedNight(stay=stay, bed_id=bed, person_id=person, nights=wanted)
            for bed, person in zip(rows, sleepers, strict=True)
        )


@act
def move_in(by: Acting, *, stay_id: int) -> None:
    """The household is there. A stay elsewhere that still runs ends on the same day."""
    stay = stay_locked(by, stay_id)
    if stay.state != models.StayState.BOOKED:
        raise Refused("stay.not_booked")
    running = models.Stay.objects.filter(household=stay.household, state=models.StayState.RUNNING)
    for other in running.order_by("pk"):
        end_stay(by, other, max(stay.start, other.start))
    stay.state = models.StayState.RUNNING
    stay.save(update_fields=["state"])
    kind = PlaceKind(stay.unit.kind)
    bring_roof_to(by, stay.household, STEP_OF[kind])
    if kind is PlaceKind.HOME:
        settle(by, stay.household, stay.unit.site.municipality)
    record(
        by,
        Event.STAY_MOVED_IN,
        stay.household,
        stay=stay.pk,
        unit=stay.unit_id,
        on=by.on.isoformat(),
    )


@act
def extend_stay(by: Acting, *, stay_id: int, end: date | None) -> None:
    """Let a stay last until another day, or until it is known; the beds must be free until then.

    A stay that a home left no night holds its beds anew; who then still has none asks for a roof.
    """
    stay = stay_locked(by, stay_id)
    if stay.state not in HELD:
        raise Refused("stay.is_over")
    if end is not None and end <= max(stay.start, by.tonight):
        raise Refused("stay.ends_in_the_past", day=end)
    people = [person.pk for person in facts.present(stay.household_id)]
    if stay.start == stay.end:
        hold(stay, people, Interval(stay.start, end))
    else:
        with conflicts():
            last_until(stay, end)
    stay.end = end
    stay.save(update_fields=["end"])
    if without_a_bed(stay.household, people):
        reopen_roof(by, stay.household, although_held=True)
    record(
        by, Event.STAY_EXTENDED, stay.household, stay=stay.pk, end=end.isoformat() if end else None
    )


@act
def no_show(by: Acting, *, stay_id: int) -> None:
    """The household did not come: its beds are free, and it is asked for again."""
    stay = stay_locked(by, stay_id)
    if stay.state != models.StayState.BOOKED:
        raise Refused("stay.not_booked")
    night = stay.start
    release(stay, stay.start, models.StayState.NO_SHOW, by)
    record(by, Event.STAY_NO_SHOW, stay.household, stay=stay.pk, night=night.isoformat())
    reopen_roof(by, stay.household)


@act
def cancel_stay(by: Acting, *, stay_id: int) -> None:
    """Give up a stay that was booked ahead; its beds are free."""
    stay = stay_locked(by, stay_id)
    if stay.state != models.StayState.BOOKED:
        raise Refused("stay.not_booked")
    release(stay, stay.start, models.StayState.CANCELLED, by)
    record(by, Event.STAY_CANCELLED, stay.household, stay=stay.pk)
    reopen_roof(by, stay.household)


def stay_locked(by: Acting, stay_id: int) -> models.Stay:
    """The stay with its household locked, if the acting organisation may see the household."""
    found = models.Stay.objects.filter(pk=stay_id).values_list("household_id", flat=True).first()
    if found is None:
        raise NotFound("not_found.stay")
    household = household_locked(by, HouseholdId(found))
    stay = models.Stay.objects.select_related("unit__site__municipality").get(pk=stay_id)
    stay.household = household
    return stay


def end_stay(by: Acting, stay: models.Stay, on: date) -> None:
    """End a running stay on a day; a stay of no night leaves no night behind."""
    release(stay, on, models.StayState.ENDED, by)
    record(by, Event.STAY_MOVED_OUT, stay.household, stay=stay.pk, on=on.isoformat())


def release(stay: models.Stay, on: date, state: models.StayState, by: Acting) -> None:
    """Free the beds from a day on, never later than they were held; the host may read for a while longer."""
    on = on if stay.end is None else min(on, stay.end)
    rows = models.BedNight.objects.filter(stay=stay)
    people = [person for person in rows.values_list("person_id", flat=True) if person is not None]
    last_until(stay, on)
    stay.end, stay.state = on, state
    stay.save(update_fields=["end", "state"])
    host = stay.unit.site.organisation_id
    elsewhere = models.Stay.objects.filter(
        household=stay.household, state__in=HELD, unit__site__organisation=host
    )
    if not elsewhere.exists():
        no_longer(host, people, models.SightReason.HOSTS, by.on, AFTERWARDS)


def last_until(stay: models.Stay, end: date | None) -> None:
    """Let the beds of a stay be held until a day; who left before has no part in what comes."""
    rows = models.BedNight.objects.select_for_update().filter(stay=stay)
    there = {None, *(person.pk for person in facts.present(stay.household_id))}
    for row in rows.order_by("bed_id", "pk"):
        first, last = row.nights.lower, row.nights.upper
        longer = last is not None and (end is None or last < end)
        if longer and row.person_id not in there:
            continue
        if end is not None and end <= first:
            row.delete()
        elif last == stay.end or (end is not None and (last is None or end < last)):
            row.nights = DateRange(first, end)
            row.save(update_fields=["nights"])


def sleeps_along(stay: models.Stay, person: models.Person, first: date) -> bool:
    """Give somebody of the household a bed of its stay from a night on; False where none is free."""
    if stay.end is not None and stay.end <= first:
        return False
    rest = DateRange(first, stay.end)
    closed = models.BedNight.objects.select_for_update().filter(
        stay=stay, person__isnull=True, nights__contains=rest
    )
    bed: int | None
    if (row := closed.order_by("bed_id", "pk").first()) is not None:
        bed = row.bed_id
        night_parts(row, first, None, closed=False)
    else:
        beds = models.Bed.objects.filter(unit=stay.unit_id).order_by("pk")
        unit = models.Unit.objects.filter(pk=stay.unit_id)
        free = beds.exclude(pk__in=facts.taken_beds(Interval(first, stay.end), unit))
        bed = free.values_list("pk", flat=True).first()
    if bed is None:
        return False
    with conflicts():
        models.BedNight.objects.create(stay=stay, bed_id=bed, person=person, nights=rest)
    return True


def reopen_roof(by: Acting, household: models.Household, *, although_held: bool = False) -> None:
    """Without any place left, the household asks for a roof again from tonight on.

    ``although_held``: somebody in it has no bed, while others sleep where there is none for them.
    """
    held = models.Stay.objects.filter(household=household, state__in=HELD).exists()
    if held and not although_held:
        return
    asked = models.RoofRequest.objects.filter(household=household, state=models.RequestState.OPEN)
    if not asked.exists():
        request = models.RoofRequest.objects.create(
            household=household,
            asked_at=by.at,
            from_night=by.tonight,
            state=models.RequestState.OPEN,
        )
        record(by, Event.ROOF_ASKED, household, night=by.tonight.isoformat(), request=request.pk)
    if not held:
        bring_roof_to(by, household, Step.ROOF_ASKED)


def without_a_bed(household: models.Household, people: Collection[int]) -> bool:
    """Whether a roof line of these people is open, and no stay of their household holds a bed for them."""
    lines = models.Track.objects.filter(
        person__in=people, person__presence=Presence.HERE,
        kind=TrackKind.ROOF, closed_on__isnull=True,
    )  # fmt: skip
    held = models.Stay.objects.filter(household=household, state__in=HELD)
    asleep = models.BedNight.objects.filter(stay__in=held, person__isnull=False)
    return lines.exclude(person__in=asleep.values("person")).exists()


def bring_roof_to(by: Acting, household: models.Household, step: Step) -> None:
    """Bring the open roof lines of the household to a step, where they do not stand there already."""
    people = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    lines = models.Track.objects.select_for_update().filter(
        person__in=people.values("person"), kind=TrackKind.ROOF, closed_on__isnull=True
    )
    for line in lines.exclude(step=step).order_by("pk"):
        stand(by, household, line, step)
