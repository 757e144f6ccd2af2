"""Where a person is, as far as it concerns all their lines: abroad, gone, not to be found, died, here again."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from perron.responsibility.matrix import first_step
from perron.responsibility.presence import ENDS_ALL_LINES, may_be
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Refused
from perron.vocabulary.events import Event
from perron.vocabulary.housing import HousingMoment, LivingSituation
from perron.vocabulary.people import Presence, Tried
from perron.vocabulary.places import PlaceKind
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.handovers import must_be
from perron_site.actions.households import home, locked, open_again, state_living
from perron_site.actions.stays import (
    HELD,
    bring_roof_to,
    end_stay,
    release,
    reopen_roof,
    sleeps_along,
)
from perron_site.actions.undo import remember, state_of
from perron_site.records import facts, models
from perron_site.records.journal import record
from perron_site.records.lines import end_line, open_line, stand
from perron_site.records.locking import household_lock
from perron_site.records.regrouping import night_parts
from perron_site.records.settling import act
from perron_site.records.sight import hides_somebody, must_see


@act
def set_presence(
    by: Acting,
    *,
    person_id: int,
    presence: Presence,
    tried: Collection[Tried] = (),
    until: date | None = None,
    keeps_bed: bool = True,
    lives: LivingSituation | None = None,
) -> None:
    """Note it. Who is gone has no open line and no bed any more; who is found again registers anew.

    ``until``: the day to be back from abroad; the bed is kept or given up. ``lives``: where who left lives now.
    """
    person, household = locked_at_home(by, person_id)
    was = Presence(person.presence)
    must_be(may_be(was, presence, tried, until, by.on))
    lines = open_lines(by, person, presence)
    before, since = [(line, household, state_of(line)) for line in lines], person.presence_since
    person.presence, person.presence_since, person.presence_until = presence, by.on, until
    person.save(update_fields=["presence", "presence_since", "presence_until"])
    if presence in ENDS_ALL_LINES:
        gone(by, person, lines, lives)
        remember(by, models.BulkKind.LEFT, before, (person, was, since))
        for other in facts.present(household.pk):
            open_again(by, other)  # a child may be alone now
    elif was in ENDS_ALL_LINES:
        open_line(by, household, person, first_step(TrackKind.PROTECTION))
    if presence in ENDS_ALL_LINES or not keeps_bed:
        leave_beds(by, household, person)
    if presence is not Presence.HERE:
        roof_follows(by, household, fewer=presence in ENDS_ALL_LINES)
    elif was is Presence.ABROAD:
        has_a_bed_again(by, household, person)
    record(
        by, Event.PRESENCE_SET, household, person,
        presence=presence, was=was, keeps_bed=keeps_bed,
        until=until.isoformat() if until else None,
        tried=[word.value for word in Tried if word in tried],
    )  # fmt: skip


def gone(
    by: Acting, person: models.Person, lines: list[models.Track], lives: LivingSituation | None
) -> None:
    """End their lines; of who left, and of nobody else, keep the kind of place they live in now."""
    for track in lines:
        end_line(by, track)
    if lives is not None and person.presence == Presence.LEFT:
        state_living(by, person_id=person.pk, moment=HousingMoment.EXIT, situation=lives)


def locked_at_home(by: Acting, person_id: int) -> tuple[models.Person, models.Household]:
    """The person and their household, locked in the order of every act."""
    must_see(by, [person_id])
    here = home(models.Person.objects.get(pk=person_id))
    household = household_lock(here.pk)
    return locked(by, person_id), household


def open_lines(by: Acting, person: models.Person, presence: Presence) -> list[models.Track]:
    """The open lines, locked, if the acting organisation holds one or nobody does; no offer waits when they end."""
    rows = models.Track.objects.select_for_update().filter(person=person, closed_on__isnull=True)
    lines = list(rows.order_by("pk"))
    if lines and all(track.responsible_id != by.organisation for track in lines):
        raise Refused("presence.only_a_holder")
    offered = models.HandoverTrack.objects.filter(track__in=lines, open=True)
    if presence in ENDS_ALL_LINES and offered.exists():
        raise Refused("presence.offer_first")
    return lines


def has_a_bed_again(by: Acting, household: models.Household, person: models.Person) -> None:
    """Who comes back to no bed sleeps where the others do, if a bed is free there, or asks for a roof."""
    line = models.Track.objects.select_for_update().filter(
        person=person, kind=TrackKind.ROOF, closed_on__isnull=True
    )
    roof, own = line.first(), models.BedNight.objects.filter(person=person, stay__state__in=HELD)
    held = models.Stay.objects.filter(household=household, state__in=HELD).order_by("pk")
    if roof is None or own.filter(ends_later(by.tonight)).exists():
        return
    if any(sleeps_along(stay, person, max(stay.start, by.tonight)) for stay in held):
        return
    reopen_roof(by, household, although_held=True)
    if held and roof.step != Step.ROOF_ASKED:
        stand(by, household, roof, Step.ROOF_ASKED)


def ends_later(day: date) -> Q:
    """Nights that go on after a day."""
    return Q(nights__upper_inf=True) | Q(nights__endswith__gt=day)


def leave_beds(by: Acting, household: models.Household, person: models.Person) -> None:
    """From tonight on the person has no bed; a stay in which nobody sleeps any more is over."""
    held = models.Stay.objects.filter(household=household, state__in=HELD)
    for stay in held.select_related("unit__site").order_by("pk"):
        first = max(stay.start, by.tonight)
        rows = models.BedNight.objects.select_for_update().filter(stay=stay)
        coming = rows.filter(ends_later(first))
        own = coming.filter(person=person).order_by("pk").first()
        others = coming.exclude(person=person).filter(person__isnull=False)
        if own is None or others.exists() or hides_somebody(household.pk):
            if own is not None:
                night_parts(own, first, None, closed=stay.exclusive)
        elif stay.state == models.StayState.RUNNING:
            end_stay(by, stay, first)
        else:
            release(stay, stay.start, models.StayState.CANCELLED, by)
            record(by, Event.STAY_CANCELLED, household, stay=stay.pk)


def roof_follows(by: Acting, household: models.Household, *, fewer: bool) -> None:
    """What is proposed for more people lapses; where nobody is here any more, no roof is asked for."""
    here = [each for each in facts.present(household.pk) if each.presence == Presence.HERE]
    nobody = not here and not hides_somebody(household.pk)
    if not (fewer or nobody):
        return
    proposed = models.Proposal.objects.filter(household=household, state=models.ProposalState.OPEN)
    a_home = proposed.filter(unit__kind=PlaceKind.HOME).exists()
    proposed.update(state=models.ProposalState.LAPSED, decided_at=by.at)
    held = models.Stay.objects.filter(household=household, state__in=HELD).exists()
    if a_home or (nobody and not held):
        bring_roof_to(by, household, Step.ROOF_EMERGENCY if held else Step.ROOF_ASKED)
    if nobody:
        models.RoofRequest.objects.filter(
            household=household, state=models.RequestState.OPEN
        ).update(state=models.RequestState.WITHDRAWN, answered_at=by.at)
