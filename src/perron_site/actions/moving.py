"""Families that change: part of a household goes on alone, two become one, a household lives elsewhere."""

from collections import defaultdict

from perron.responsibility.handover import usual_reading
from perron.responsibility.representation import may_part
from perron.responsibility.safety import may_leave
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.people import HouseholdId, PersonId
from perron.vocabulary.tracks import HandoverId
from perron_site.actions.handovers import (
    NO_WORDS,
    Consented,
    Terms,
    must_be,
    must_say_who_consented,
    put,
)
from perron_site.actions.stays import (
    end_stay,
    household_locked,
    release,
    reopen_roof,
    without_a_bed,
)
from perron_site.records import models
from perron_site.records.conflicts import conflicts
from perron_site.records.journal import record, revise
from perron_site.records.lines import settle
from perron_site.records.moving import remember, snapshot
from perron_site.records.passing import passages
from perron_site.records.regrouping import HELD, part
from perron_site.records.representation import adults_of, of
from perron_site.records.settling import act
from perron_site.records.sight import AFTERWARDS, no_longer


@act
def split_household(
    by: Acting,
    *,
    household_id: HouseholdId,
    person_ids: tuple[int, ...],
    keeps_nights: bool,
    why: str = "",
) -> HouseholdId:
    """Let part of a household go on as its own; those who stay sleep where they sleep.

    A child that parts from everybody who speaks for it goes only with a reason, which is kept.
    """
    with conflicts():
        household = household_locked(by, household_id)
        people = members(household)
        before = snapshot([household.pk], people)
        alone = left_alone(by, household, people, person_ids)
        if alone and not why.strip():
            raise Refused("representation.apart_say_why")
        new = go_apart(by, household, person_ids, keeps_nights=keeps_nights)
    for home in (household, new):
        line = record(
            by, Event.HOUSEHOLD_SPLIT, home, size=len(person_ids), keeps_nights=int(keeps_nights)
        )
    for child in alone:
        revise(line, models.Person(pk=child), {"apart_because": (None, why.strip())})
    remember(line, before, [household.pk, new.pk], people)
    return HouseholdId(new.pk)


def left_alone(
    by: Acting, household: models.Household, people: list[int], going: tuple[int, ...]
) -> list[PersonId]:
    """The children for whom somebody spoke before, and nobody would in the household in which they are then."""
    here = adults_of(household.pk, by.on)
    sides = {True: here & set(going), False: here - set(going)}
    return [
        each.person
        for each in of(people)
        if not may_part([each], here, sides[each.person in going], by.on)
    ]


def go_apart(
    by: Acting, household: models.Household, going: tuple[int, ...], *, keeps_nights: bool
) -> models.Household:
    """The new household of these people; who has no bed to come, or waited for one, asks for a roof of their own."""
    there = [PersonId(each) for each in members(household)]
    must_be(may_leave([PersonId(each) for each in going], there))
    asked = models.RoofRequest.objects.filter(household=household, state=models.RequestState.OPEN)
    waits = asked.exists()
    parted = part(by, household, going, keeps_nights=keeps_nights)
    for unit in parted.gave_up:
        host = unit.site.organisation_id
        no_longer(host, going, models.SightReason.HOSTS, by.on, AFTERWARDS)
    end_empty(by, parted.household, keeps_nights=keeps_nights)
    if parted.gave_up or waits or without_a_bed(parted.household, going):
        reopen_roof(by, parted.household)
    return parted.household


def end_empty(by: Acting, household: models.Household, *, keeps_nights: bool) -> None:
    """A stay that went along whole ends where its people gave up their beds."""
    if keeps_nights:
        return
    held = models.Stay.objects.filter(household=household, state__in=HELD)
    for stay in held.select_related("unit__site", "household").order_by("pk"):
        if stay.state == models.StayState.RUNNING:
            end_stay(by, stay, max(stay.start, by.tonight))
        else:
            release(stay, stay.start, models.StayState.CANCELLED, by)
            record(by, Event.STAY_CANCELLED, household, stay=stay.pk)


@act
def move_household(
    by: Acting,
    *,
    household_id: HouseholdId,
    municipality: str,
    why: str,
    consent: bool,
    without_consent_because: str = "",
    consented: Consented = NO_WORDS,
) -> tuple[HandoverId, ...]:
    """Let a household live elsewhere: what was taken up is offered there, the rest is named anew."""
    if not consent and not without_consent_because.strip():
        raise Refused("handover.without_consent_say_why")
    with conflicts():
        household = household_locked(by, household_id)
        town = models.Municipality.objects.filter(pk=municipality, valid_until__isnull=True).first()
        if town is None:
            raise NotFound("not_found.municipality")
        people = members(household)
        if consent:
            must_say_who_consented(by, household, people, consented)
        before = snapshot([household.pk], people)
        settle(by, household, town)
        because = "" if consent else without_consent_because.strip()
        terms = Terms(why.strip(), consent, because, usual_reading(by.on), consented)
        offers = offered_there(by, household, terms)
    line = record(
        by, Event.HOUSEHOLD_MOVED, household,
        municipality=town.pk, handovers=[int(each) for each in offers],
    )  # fmt: skip
    remember(line, before, [household.pk], people)
    return offers


def offered_there(by: Acting, household: models.Household, terms: Terms) -> tuple[HandoverId, ...]:
    """One offer from each holder to each organisation there; whoever gives keeps the baton until the yes."""
    sides: dict[tuple[int, int], list[models.Track]] = defaultdict(list)
    for passage in passages(household, by.on):
        if passage.asked:
            sides[passage.track.responsible_id, passage.receiver.pk].append(passage.track)
    return tuple(
        put(by, household, lines, terms, giver=giver, receiver=receiver)  # records each
        for (giver, receiver), lines in sorted(sides.items(), key=lambda side: side[0])
    )


def members(household: models.Household) -> list[int]:
    """Everybody in the household now."""
    there = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    return list(there.order_by("person_id").values_list("person_id", flat=True))
