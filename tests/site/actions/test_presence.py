"""Somebody is abroad, left, cannot be found or died: what becomes of the bed, of what is proposed and of the gaps."""

from datetime import timedelta

import pytest
from builders import (
    NOW,
    a_home,
    a_household,
    a_site,
    an_emergency_room,
    dispatcher,
    later,
    registrar,
    town,
    tracks_of,
)  # fmt: skip
from django.db import connection
from invariants import broken
from psycopg.types.range import DateRange

from perron.responsibility.net import GapKind
from perron.vocabulary.errors import Refused
from perron.vocabulary.intervals import Interval
from perron.vocabulary.people import Presence, Tried
from perron.vocabulary.places import PlaceKind
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.leaving import move_out
from perron_site.actions.presence import set_presence
from perron_site.actions.roofs import ask_for_roof, propose_tonight, take_proposal
from perron_site.actions.stays import extend_stay, move_in
from perron_site.actions.undo import undo
from perron_site.queries.gaps import gaps
from perron_site.records import facts, models

pytestmark = pytest.mark.django_db
GONE = (Presence.LEFT, Presence.DIED, Presence.UNTRACEABLE)
DAY = timedelta(days=1)
ABOUT_WHERE = {GapKind.NO_ROOF_TONIGHT, GapKind.ROOF_ENDS, GapKind.SHOULD_BE_BACK}


def people_of(household):
    return list(models.Person.objects.filter(householdmember__household=household).order_by("pk"))


def housed(household, at=NOW):
    """They sleep in an emergency room since that day; the stay."""
    by = dispatcher(at)
    propose_tonight(by, night=by.tonight)
    proposal = models.Proposal.objects.get(household=household, state="open")
    stay = take_proposal(by, proposal_id=proposal.pk)
    move_in(by, stay_id=stay)
    return models.Stay.objects.get(pk=stay)


def gone(person, presence, at, **more):
    tried = set(Tried) if presence is Presence.UNTRACEABLE else ()
    set_presence(registrar(at), person_id=person.pk, presence=presence, tried=tried, **more)


def nights_of(person):
    rows = models.BedNight.objects.filter(person=person).order_by("pk")
    return [(row.nights.lower, row.nights.upper) for row in rows]


def free_beds(on):
    (unit,) = facts.units(PlaceKind.EMERGENCY, Interval(on, on + DAY))
    return unit.free


@pytest.mark.parametrize("presence", GONE)
def test_the_bed_of_who_is_gone_is_free_from_that_day(presence):
    a_site()
    household = a_household()
    stay = housed(household)
    (person,) = people_of(household)
    day = later(days=2).date()
    assert free_beds(day) == 3
    gone(person, presence, later(days=2))
    stay.refresh_from_db()
    assert (stay.state, stay.end) == ("ended", day)
    assert nights_of(person) == [(NOW.date(), day)]
    assert (free_beds(day - DAY), free_beds(day)) == (3, 4)
    assert gaps(day) == ()


@pytest.mark.parametrize("presence", GONE)
def test_nothing_is_asked_or_proposed_any_more_for_who_is_gone(presence):
    a_site()
    household = a_household()
    propose_tonight(dispatcher(), night=dispatcher().tonight)
    assert {gap.kind for gap in gaps(NOW.date())} >= {
        GapKind.NO_ROOF_TONIGHT, GapKind.NOT_TAKEN_UP,
    }  # fmt: skip
    gone(people_of(household)[0], presence, NOW)
    assert models.Proposal.objects.get(household=household).state == "lapsed"
    assert models.RoofRequest.objects.get(household=household).state == "withdrawn"
    assert gaps(NOW.date()) == ()
    assert propose_tonight(dispatcher(), night=dispatcher().tonight) == 0
    with pytest.raises(Refused) as refused:
        ask_for_roof(registrar(), household_id=household)
    assert refused.value.message.key == "household.nobody"


def test_the_others_stay_and_a_room_of_their_own_stays_closed_for_strangers():
    a_site(None, an_emergency_room(shared=False))
    household = a_household(size=3)
    stay = housed(household)
    mother, child, _ = people_of(household)
    day = later(days=2).date()
    gone(child, Presence.LEFT, later(days=2))
    stay.refresh_from_db()
    assert stay.state == "running"
    assert nights_of(child) == [(NOW.date(), day)]
    assert nights_of(mother) == [(NOW.date(), stay.end)]
    assert free_beds(day) == 0
    longer = day + 9 * DAY
    extend_stay(dispatcher(later(days=3)), stay_id=stay.pk, end=longer)
    assert nights_of(child) == [(NOW.date(), day)]
    assert nights_of(mother) == [(NOW.date(), longer)]
    assert free_beds(longer - DAY) == 0
    move_out(dispatcher(later(days=4)), stay_id=stay.pk, on=later(days=4).date())
    assert nights_of(child) == [(NOW.date(), day)]
    assert nights_of(mother) == [(NOW.date(), later(days=4).date())]
    assert free_beds(later(days=4).date()) == 4
    held = models.BedNight.objects.filter(nights__overlap=DateRange(later(days=4).date(), None))
    assert not held.exists()


def test_a_shared_bed_is_free_and_the_next_roof_is_for_those_who_are_left():
    a_site()
    household = a_household(size=3)
    stay = housed(household)
    _, child, _ = people_of(household)
    day = later(days=2)
    gone(child, Presence.DIED, day)
    assert free_beds(day.date()) == 2
    move_out(dispatcher(day), stay_id=stay.pk, on=day.date())
    propose_tonight(dispatcher(day), night=day.date())
    take_proposal(dispatcher(day), proposal_id=models.Proposal.objects.get(state="open").pk)
    assert free_beds(day.date()) == 2
    assert all(first != day.date() for first, _ in nights_of(child))


def test_a_child_whose_only_adult_died_gets_a_guardian():
    household = a_household(size=2)
    mother, child = people_of(household)
    guardians = models.Track.objects.filter(person=child, kind=TrackKind.GUARDIAN)
    assert not guardians.exists()
    gone(mother, Presence.DIED, NOW)
    assert guardians.get().step == Step.GUARDIAN_TO_REPORT


def test_who_goes_abroad_keeps_the_bed_until_its_end_unless_the_desk_gives_it_up():
    a_site()
    kept, given = a_household(), a_household()
    stays = {kept: housed(kept), given: housed(given)}
    back = later(days=9).date()
    before = nights_of(people_of(kept)[0])
    gone(people_of(kept)[0], Presence.ABROAD, later(days=1), until=back)
    gone(people_of(given)[0], Presence.ABROAD, later(days=1), until=back, keeps_bed=False)
    assert nights_of(people_of(kept)[0]) == before
    assert nights_of(people_of(given)[0]) == [(NOW.date(), later(days=1).date())]
    states = {home: models.Stay.objects.get(pk=stay.pk).state for home, stay in stays.items()}
    assert states == {kept: "running", given: "ended"}
    (roof,) = tracks_of(given, TrackKind.ROOF)
    assert (roof.step, roof.closed_on) == (Step.ROOF_ASKED, None)
    assert not models.RoofRequest.objects.filter(state="open").exists()


def test_who_is_not_back_on_the_day_is_a_gap_and_who_is_back_asks_for_a_roof():
    a_site()
    household = a_household()
    housed(household)
    (person,) = people_of(household)
    back = later(days=9)
    gone(person, Presence.ABROAD, NOW, until=back.date(), keeps_bed=False)
    assert not ABOUT_WHERE & {gap.kind for gap in gaps(back.date())}
    late = [gap for gap in gaps(later(days=10).date()) if gap.kind is GapKind.SHOULD_BE_BACK]
    assert [(gap.since, gap.days_open) for gap in late] == [(back.date(), 1)]
    gone(person, Presence.ABROAD, back, until=later(days=20).date())
    assert not ABOUT_WHERE & {gap.kind for gap in gaps(later(days=10).date())}
    gone(person, Presence.HERE, later(days=12))
    person.refresh_from_db()
    assert person.presence_until is None
    assert models.RoofRequest.objects.get(state="open").from_night == later(days=12).date()
    assert GapKind.NO_ROOF_TONIGHT in {gap.kind for gap in gaps(later(days=12).date())}


def abroad_and_back(person):
    gone(person, Presence.ABROAD, later(days=1), until=later(days=3).date(), keeps_bed=False)
    gone(person, Presence.HERE, later(days=2))


def test_who_is_back_sleeps_where_the_family_does_if_the_room_is_kept_for_them():
    a_site(None, an_emergency_room(shared=False))
    household = a_household(size=3)
    stay = housed(household)
    child = people_of(household)[1]
    abroad_and_back(child)
    assert nights_of(child) == [
        (NOW.date(), later(days=1).date()), (later(days=2).date(), stay.end)
    ]  # fmt: skip
    assert not models.RoofRequest.objects.filter(state="open").exists()
    with connection.cursor() as cursor:
        assert broken(cursor, later(days=2).date()) == []


def test_whose_bed_was_given_away_meanwhile_asks_for_a_roof_and_the_family_sleeps_on():
    a_site(None, an_emergency_room(2))
    household = a_household(size=2)
    stay = housed(household)
    mother, child = people_of(household)
    gone(child, Presence.ABROAD, later(days=1), until=later(days=3).date(), keeps_bed=False)
    housed(a_household(registrar(later(days=1))), later(days=1))
    gone(child, Presence.HERE, later(days=2))
    assert nights_of(mother) == [(NOW.date(), stay.end)]
    assert models.RoofRequest.objects.get(state="open").household_id == household
    steps = {track.person_id: track.step for track in tracks_of(household, TrackKind.ROOF)}
    assert steps == {mother.pk: "roof.emergency", child.pk: "roof.asked"}
    without = [
        gap.person for gap in gaps(later(days=2).date()) if gap.kind is GapKind.NO_ROOF_TONIGHT
    ]
    assert without == [child.pk]
    with connection.cursor() as cursor:
        assert broken(cursor, later(days=2).date()) == []


def test_a_desk_that_does_not_see_everybody_takes_no_roof_from_the_others():
    a_site(None, an_emergency_room(), a_home())
    household = a_household(size=2)
    stay = housed(household)
    mother, child = people_of(household)
    school = models.Track.objects.get(person=child, kind=TrackKind.SCHOOL)
    by = town()
    models.Track.objects.filter(pk=school.pk).update(responsible=by.organisation)
    models.Sight.objects.create(organisation_id=by.organisation, person=child, why="responsible")
    set_presence(by, person_id=child.pk, presence=Presence.LEFT)
    stay.refresh_from_db()
    assert stay.state == "running"
    assert nights_of(mother) == [(NOW.date(), stay.end)]
    assert nights_of(child) == []


def test_who_is_said_to_have_left_by_a_slip_gets_the_lines_back_and_asks_for_a_roof():
    a_site()
    household = a_household()
    housed(household)
    (person,) = people_of(household)
    gone(person, Presence.LEFT, NOW)
    undo(registrar(later(minutes=1)), act_id=models.BulkAct.objects.get().pk)
    person.refresh_from_db()
    assert person.presence == Presence.HERE
    lines = models.Track.objects.filter(person=person, closed_on__isnull=True)
    assert lines.count() == 4
    assert all(sees(track.responsible_id, person) for track in lines)
    (roof,) = tracks_of(household, TrackKind.ROOF)
    assert roof.step == Step.ROOF_ASKED
    assert models.RoofRequest.objects.filter(household=household, state="open").count() == 1


def sees(organisation, person):
    """Without a last day."""
    rows = models.Sight.objects.filter(organisation=organisation, person=person)
    return rows.filter(until__isnull=True).exists()
