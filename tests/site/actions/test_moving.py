"""Families that change: the lines go with the people, and the nights of those who stay do not move."""

from datetime import date

import builders
import pytest
from builders import (
    GENT,
    NOW,
    a_family_of_four,
    a_household,
    a_site,
    acting,
    dispatcher,
    later,
    registrar,
    town,
    tracks_of,
)
from django.db import connection
from invariants import broken

from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.people import Presence
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.handovers import accept_handover, offer_handover, withdraw_handover
from perron_site.actions.homes import propose_home
from perron_site.actions.households import state_fact
from perron_site.actions.leaving import move_out
from perron_site.actions.merging import merge_households, merge_people, undo_moving
from perron_site.actions.moving import move_household, split_household
from perron_site.actions.presence import set_presence
from perron_site.actions.roofs import give_bed
from perron_site.actions.safety import set_safe_mode
from perron_site.actions.stays import cancel_stay, extend_stay, move_in
from perron_site.actions.tracks import set_step, take_up_all
from perron_site.queries.household import household as page
from perron_site.queries.moving import moving
from perron_site.queries.organisations import organisation
from perron_site.records import models
from perron_site.records.moving import snapshot

pytestmark = pytest.mark.django_db
NAMUR = "92094"


def ocmw(nis=GENT, at=NOW):
    return acting(OrganisationKind.OCMW, Role.CASE_WORKER, nis, at)


def members(household):
    rows = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    return tuple(rows.order_by("person_id").values_list("person_id", flat=True))


def nights(people):
    rows = models.BedNight.objects.filter(person__in=people).order_by("person_id", "nights")
    return [(row.person_id, row.bed_id, row.nights) for row in rows]


def sights(people):
    rows = models.Sight.objects.filter(person__in=people).order_by("pk")
    return list(rows.values_list("organisation", "person", "why", "until"))


@pytest.fixture
def housed():
    """A family of four that sleeps in a room of its own."""
    a_site(dispatcher(), builders.an_emergency_room(5, shared=False))
    home = a_family_of_four()
    unit = models.Unit.objects.get()
    give_bed(
        dispatcher(), household_id=home, unit_id=unit.pk, night=NOW.date(), despite="The only room"
    )
    move_in(dispatcher(), stay_id=models.Stay.objects.get().pk)
    return home


def split(home, people, *, keeps, by=None):
    return split_household(
        by or dispatcher(), household_id=home, person_ids=people, keeps_nights=keeps, why="x"
    )


def test_those_who_keep_their_beds_sleep_on_and_those_who_stay_notice_nothing(housed):
    people = members(housed)
    before, seen = nights(people[2:]), sights(people)
    new = split(housed, people[:2], keeps=True)
    assert (members(housed), members(new)) == (people[2:], people[:2])
    assert nights(people[2:]) == before
    assert sights(people) == seen
    assert {night[0] for night in nights(people[:2])} == set(people[:2])
    assert models.Stay.objects.get(household=new).state == "running"
    assert not models.RoofRequest.objects.filter(household=new).exists()
    with connection.cursor() as cursor:
        assert broken(cursor, NOW.date()) == []


def test_those_who_give_up_their_beds_ask_for_a_roof_and_the_room_stays_closed_to_strangers(housed):
    people = members(housed)
    taken = models.BedNight.objects.values("bed").distinct().count()
    new = split(housed, people[:1], keeps=False)
    assert nights(people[:1]) == []
    assert models.BedNight.objects.values("bed").distinct().count() == taken
    assert models.RoofRequest.objects.get(household=new).state == "open"
    assert {t.step for t in tracks_of(new, TrackKind.ROOF)} == {"roof.asked"}
    assert {t.step for t in tracks_of(housed, TrackKind.ROOF)} >= {"roof.emergency"}


def test_the_nights_that_were_slept_stay_where_they_were_slept(housed):
    people = members(housed)
    split(housed, people[:1], keeps=False, by=dispatcher(later(days=2)))
    (slept,) = nights(people[:1])
    assert (slept[2].lower, slept[2].upper) == (date(2026, 11, 25), date(2026, 11, 27))


@pytest.mark.parametrize("going", [(), "all"])
def test_somebody_goes_and_somebody_stays(housed, going):
    people = members(housed) if going else ()
    with pytest.raises(Refused):
        split(housed, people, keeps=True)


def test_an_open_offer_of_both_becomes_two_offers():
    home = a_household(size=3)
    people = members(home)
    offer_handover(
        dispatcher(), household_id=home, receiver_id=organisation(OrganisationKind.MUNICIPALITY, GENT),
        track_ids=tuple(t.pk for t in tracks_of(home, TrackKind.ROOF)), why="x", consent=True,
    )  # fmt: skip
    new = split(home, people[:1], keeps=True)
    offers = {
        row.household_id: row.handovertrack_set.count() for row in models.Handover.objects.all()
    }
    assert offers == {home: 2, new: 1}
    accept_handover(town(), handover_id=models.Handover.objects.get(household=new).pk)
    holders = {t.person_id: t.responsible.name for t in models.Track.objects.filter(kind="roof")}
    assert holders[people[0]] != holders[people[1]] == "Fedasil"


def test_an_offer_of_which_one_line_has_ended_leaves_no_empty_one_behind():
    home = a_household(size=2)
    first, second = members(home)
    offer = offer_handover(
        dispatcher(), household_id=home, receiver_id=town().organisation,
        track_ids=tuple(t.pk for t in tracks_of(home, TrackKind.ROOF)), why="x", consent=True,
    )  # fmt: skip
    ended = models.HandoverTrack.objects.filter(handover=offer, track__person=first)
    assert ended.update(open=False) == 1
    split(home, (first,), keeps=True)
    (waiting,) = models.Handover.objects.filter(state="offered")
    assert (waiting.household_id, waiting.pk) == (home, offer)
    assert models.HandoverTrack.objects.get(handover=offer, open=True).track.person_id == second


@pytest.fixture
def in_gent():
    """A family whose support line the OCMW of Gent has taken up; nobody took up the line of the town hall."""
    home = a_household(size=2, municipality=GENT, roof=False)
    take_up_all(ocmw(), track_ids=tuple(t.pk for t in tracks_of(home, TrackKind.SUPPORT)))
    return home


def names(home, kind):
    return {t.responsible.name for t in tracks_of(home, kind)}


def move(home, by=None):
    return move_household(
        by or ocmw(), household_id=home, municipality=NAMUR, why="A home", consent=True
    )


def test_the_giver_keeps_the_baton_until_namur_says_yes_and_then_the_file_is_there(in_gent):
    (offer,) = move(in_gent)
    assert names(in_gent, TrackKind.SUPPORT) == {ocmw_name(GENT)}
    assert names(in_gent, TrackKind.MUNICIPALITY) == {town_name(NAMUR)}
    with pytest.raises(NotFound):
        page(in_gent, ocmw(NAMUR))
    accept_handover(ocmw(NAMUR), handover_id=offer)
    assert names(in_gent, TrackKind.SUPPORT) == {ocmw_name(NAMUR)}
    there = page(in_gent, ocmw(NAMUR), whole=True)
    assert there.municipality == "Namur"
    assert {line.what.key for line in there.story} >= {
        "event.household:registered",
        "event.household:moved",
    }
    assert page(in_gent, ocmw(GENT, later(days=90))).id == in_gent
    with pytest.raises(NotFound):
        page(in_gent, ocmw(GENT, later(days=91)))


def test_a_line_that_is_offered_stays_with_its_giver_though_nobody_has_taken_it_up(in_gent):
    lines = tuple(track.pk for track in tracks_of(in_gent, TrackKind.SCHOOL))
    offer = offer_handover(
        town(), household_id=in_gent, receiver_id=ocmw(NAMUR).organisation, track_ids=lines,
        why="", consent=True,
    )  # fmt: skip
    move(in_gent)
    assert {track.step for track in tracks_of(in_gent, TrackKind.SCHOOL)} == {"school.moved"}
    assert names(in_gent, TrackKind.SCHOOL) == {town_name(GENT)}
    accept_handover(ocmw(NAMUR), handover_id=offer)
    assert names(in_gent, TrackKind.SCHOOL) == {ocmw_name(NAMUR)}


def test_whoever_ends_a_line_that_nobody_took_up_leaves_nobody_else_looking_for_ever():
    home = a_household(size=1, municipality=GENT, roof=False)
    (line,) = tracks_of(home, TrackKind.SUPPORT)
    offer = offer_handover(
        ocmw(), household_id=home, receiver_id=town().organisation, track_ids=(line.pk,),
        why="", consent=True,
    )  # fmt: skip
    move(home)
    withdraw_handover(ocmw(), handover_id=offer)
    set_step(ocmw(), track_id=line.pk, step=Step.SUPPORT_NOT_NEEDED)
    with connection.cursor() as cursor:
        assert broken(cursor, NOW.date()) == []


def ocmw_name(nis):
    return models.Organisation.objects.get(kind="ocmw", municipality=nis).name


def town_name(nis):
    return models.Organisation.objects.get(kind="municipality", municipality=nis).name


def test_the_preview_says_what_the_move_then_does(in_gent):
    _, rows = moving(in_gent, NAMUR, ocmw())
    promised = {(row.kind, row.receiver.name, row.asked) for row in rows}
    move(in_gent)
    offered = {
        (item.track.kind, item.handover.receiver.name, True)
        for item in models.HandoverTrack.objects.all()
    }
    named = {
        (track.kind, track.responsible.name, False)
        for kind in (TrackKind.MUNICIPALITY, TrackKind.SCHOOL)
        for track in tracks_of(in_gent, kind)
    }
    assert promised == offered | named


def test_without_consent_a_move_needs_a_reason(in_gent):
    with pytest.raises(Refused):
        move_household(ocmw(), household_id=in_gent, municipality=NAMUR, why="", consent=False)


def test_a_desk_without_sight_moves_and_splits_nobody(in_gent):
    for act in (
        lambda: move(in_gent, by=town("12025")),
        lambda: split(in_gent, members(in_gent)[:1], keeps=True, by=town("12025")),
    ):
        with pytest.raises(NotFound):
            act()


def rows_of(*homes):
    """Every row of these households and everybody in them, as they are."""
    people = models.HouseholdMember.objects.filter(household__in=homes).values_list(
        "person", flat=True
    )
    return snapshot(homes, sorted(set(people)))


def as_before(before, after):
    """Whether every row says what it said; a sight that was given in between has ended."""
    gone = {key: row for key, row in before.items() if after.get(key) != row}
    more = [after[key] for key in after if key not in before and key[0] in {"sight", "handover"}]
    return gone == {} and all(row.get("until") or row.get("state") == "withdrawn" for row in more)


@pytest.mark.parametrize("keeps", [True, False])
def test_a_split_that_is_undone_leaves_every_row_as_it_was(housed, keeps):
    by = dispatcher(later(days=2))
    before = rows_of(housed)
    new = split(housed, members(housed)[:2], keeps=keeps, by=by)
    assert undo_moving(by, household_id=new) == housed
    assert as_before(before, rows_of(housed))
    assert members(new) == ()


def test_a_move_that_is_undone_leaves_every_row_as_it_was_and_withdraws_its_offers(in_gent):
    before = rows_of(in_gent)
    (offer,) = move(in_gent)
    undo_moving(ocmw(), household_id=in_gent)
    assert as_before(before, rows_of(in_gent))
    assert models.Handover.objects.get(pk=offer).state == "withdrawn"
    with pytest.raises(NotFound):
        page(in_gent, town(NAMUR))


def two_families():
    a_site(dispatcher(), builders.an_emergency_room(5))
    home, other = a_household(size=2, municipality=GENT), a_household(size=1, municipality=GENT)
    unit = models.Unit.objects.get()
    give_bed(dispatcher(), household_id=home, unit_id=unit.pk, night=NOW.date(), despite="x")
    return home, other


def merge(home, other, by=None):
    merge_households(by or dispatcher(), household_id=home, other_id=other)


def test_two_families_become_one_and_everybody_sleeps_where_they_sleep():
    home, other = two_families()
    everybody = (*members(home), *members(other))
    slept, seen, before = nights(everybody), sights(everybody), rows_of(home, other)
    merge(home, other)
    assert (members(home), members(other)) == (everybody, ())
    assert (nights(everybody), sights(everybody)) == (slept, seen)
    assert models.RoofRequest.objects.get(state="open").household_id == home
    undo_moving(dispatcher(), household_id=home)
    assert as_before(before, rows_of(home, other))
    assert members(other) == everybody[2:]


def test_a_family_that_came_along_goes_on_alone_with_its_own_stay():
    home, other = two_families()
    guest = members(other)
    give_bed(
        dispatcher(), household_id=other, unit_id=models.Unit.objects.get().pk, night=NOW.date(), despite="x"
    )  # fmt: skip
    stay = models.Stay.objects.get(household=other).pk
    merge(home, other)
    new = split(home, guest, keeps=True)
    assert models.Stay.objects.get(pk=stay).household_id == new
    assert models.Stay.objects.count() == 2


def test_whoever_hides_is_never_brought_together_and_who_does_not_see_both_hears_nothing():
    home = a_household(size=3)
    people = members(home)
    hidden = set_safe_mode(dispatcher(), person_id=people[0], children=people[1:2], why="Violence")
    for pair in ((home, hidden), (hidden, home)):
        with pytest.raises(Refused) as answer:
            merge(*pair)
        assert answer.value.message.key == "safety.apart"
        with pytest.raises(NotFound) as unseen:
            merge(*pair, by=town())
        assert unseen.value.message.key == "household.not_found"
    sister = a_household()
    merge(hidden, sister)
    with pytest.raises(Refused):
        merge(hidden, home)


def the_same_twice():
    """The same woman twice: once with a child, once alone; the OCMW of Gent has taken up one of her lines."""
    home, other = a_household(size=2, municipality=GENT), a_household(municipality=GENT)
    return home, other, members(home)[0], members(other)[0]


def one_of(person, double, by=None):
    merge_people(by or dispatcher(), person_id=person, double_id=double, why="Two spellings")


def lines_of(person):
    rows = models.Track.objects.filter(person=person, closed_on__isnull=True)
    return {row.kind: row for row in rows.order_by("pk")}


def test_of_two_lines_of_a_kind_the_one_that_somebody_took_up_goes_on():
    home, other, person, double = the_same_twice()
    take_up_all(ocmw(), track_ids=(lines_of(double)["support"].pk,))
    taken, mine = lines_of(double)["support"].pk, lines_of(person)
    before = rows_of(home, other)
    one_of(person, double)
    now = lines_of(person)
    assert now["support"].pk == taken
    assert {kind: line.pk for kind, line in now.items() if kind != "support"} == {
        kind: line.pk for kind, line in mine.items() if kind != "support"
    }
    assert lines_of(double) == {}
    assert members(other) == ()
    assert models.Revision.objects.get(field="merged_because").new == "Two spellings"
    with connection.cursor() as cursor:
        assert broken(cursor, NOW.date()) == []
    undo_moving(dispatcher(), household_id=home)
    assert as_before(before, rows_of(home, other))
    with connection.cursor() as cursor:
        assert broken(cursor, NOW.date()) == []


def test_a_document_that_was_seen_goes_with_its_record_and_comes_back_with_the_undo():
    home, other, person, double = the_same_twice()
    for who, name, value, paper in (
        (person, "resided_in_ua_before_20220224", False, None),
        (double, "resided_in_ua_before_20220224", True, "border stamps"),
        (double, "tp_state", "granted", "certificate"),
    ):
        state_fact(registrar(), person_id=who, name=name, value=value, document=paper)
    before = rows_of(home, other)
    one_of(person, double)
    rows = models.Fact.objects.filter(person=person).order_by("name")
    assert list(rows.values_list("name", "document")) == [
        ("resided_in_ua_before_20220224", ""),
        ("tp_state", "certificate"),
    ]
    undo_moving(dispatcher(), household_id=home)
    assert as_before(before, rows_of(home, other))


def test_whoever_saw_one_of_the_two_records_sees_the_one_that_stays():
    home, _, person, double = the_same_twice()
    models.Sight.objects.create(
        organisation_id=town("12025").organisation, person_id=double, why="responsible"
    )
    with pytest.raises(NotFound):
        page(home, town("12025"))
    one_of(person, double)
    assert [each.id for each in page(home, town("12025")).people] == [person]
    assert double not in {row.person_id for row in models.Sight.objects.filter(until=None)}


def test_two_records_that_sleep_in_the_same_night_are_not_one_person_before_a_stay_ends():
    home, other, person, double = the_same_twice()
    a_site(dispatcher(), builders.an_emergency_room(5))
    for each in (home, other):
        give_bed(
            dispatcher(), household_id=each, unit_id=models.Unit.objects.get().pk, night=NOW.date(), despite="x"
        )  # fmt: skip
    before = nights((person, double))
    with pytest.raises(Refused) as answer:
        one_of(person, double)
    assert answer.value.message.key == "moving.sleeps_in_two_places"
    assert nights((person, double)) == before


@pytest.fixture
def overslept():
    """Two women with a bed of five nights, which nobody has moved into or given back when it is over."""
    a_site(dispatcher(), builders.an_emergency_room(5), builders.a_home(2), municipality=GENT)
    home = a_household(size=2, municipality=GENT)
    unit = models.Unit.objects.get(kind="emergency")
    give_bed(dispatcher(), household_id=home, unit_id=unit.pk, night=NOW.date(), despite="x")
    propose_home(dispatcher(), household_id=home)
    return home


def asked_for(home):
    return models.RoofRequest.objects.filter(household=home, state="open").count()


def test_whose_nights_are_over_asks_for_a_bed_when_the_record_belongs_to_another_household(
    overslept,
):
    other = a_household(municipality=GENT, roof=False)
    by = registrar(later(days=6))
    one_of(members(other)[0], members(overslept)[0], by)
    assert (asked_for(overslept), asked_for(other)) == (0, 1)
    cancel_stay(by, stay_id=models.Stay.objects.get().pk)
    assert (asked_for(overslept), asked_for(other)) == (1, 1)
    with connection.cursor() as cursor:
        assert broken(cursor, by.on) == []


@pytest.mark.parametrize("keeps", [True, False])
def test_whoever_parts_from_a_stay_that_is_over_asks_for_a_bed(overslept, keeps):
    by = dispatcher(later(days=6))
    new = split(overslept, members(overslept)[:1], keeps=keeps, by=by)
    cancel_stay(by, stay_id=models.Stay.objects.get().pk)
    assert (asked_for(overslept), asked_for(new)) == (1, 1)
    with connection.cursor() as cursor:
        assert broken(cursor, by.on) == []


def test_nothing_is_undone_once_somebody_acted_or_ten_minutes_have_passed(in_gent):
    (offer,) = move(in_gent)
    with pytest.raises(Refused) as late:
        undo_moving(ocmw(at=later(minutes=11)), household_id=in_gent)
    assert late.value.message.key == "undo.too_late"
    accept_handover(ocmw(NAMUR), handover_id=offer)
    with pytest.raises(Refused) as acted:
        undo_moving(ocmw(at=later(minutes=1)), household_id=in_gent)
    assert acted.value.message.key == "undo.somebody_acted"
    with pytest.raises(Refused):
        undo_moving(town(NAMUR), household_id=in_gent)


def test_a_stay_is_extended_and_ends_after_some_of_its_people_left_it(housed):
    people = members(housed)
    by = dispatcher(later(days=2))
    split(housed, people[:1], keeps=True, by=by)
    stay = models.Stay.objects.get(household=housed)
    extend_stay(by, stay_id=stay.pk, end=date(2026, 12, 20))
    gone, own = models.BedNight.objects.filter(person=people[0]).order_by("nights")
    assert (gone.nights.upper, own.nights.upper) == (date(2026, 11, 27), date(2026, 11, 30))
    move_out(dispatcher(later(days=3)), stay_id=stay.pk, on=date(2026, 11, 28))
    gone.refresh_from_db()
    assert gone.nights.upper == date(2026, 11, 27)


def test_who_left_on_the_last_day_of_a_stay_gets_no_night_when_it_is_extended(housed):
    people, stay = members(housed), models.Stay.objects.get(household=housed)
    by = dispatcher(later(days=5))
    assert stay.end == by.on
    split(housed, people[:1], keeps=False, by=by)
    extend_stay(by, stay_id=stay.pk, end=later(days=9).date())
    (slept,) = nights(people[:1])
    assert slept[2].upper == by.on
    assert {night[2].upper for night in nights(people[1:])} == {later(days=9).date()}
    with connection.cursor() as cursor:
        assert broken(cursor, by.on) == []


def test_who_left_and_was_registered_anew_is_here_when_the_two_records_become_one():
    home, other, person, double = the_same_twice()
    set_presence(dispatcher(), person_id=person, presence=Presence.LEFT)
    before = rows_of(home, other)
    one_of(person, double)
    assert models.Person.objects.get(pk=person).presence == Presence.HERE
    assert "protection" in lines_of(person)
    with connection.cursor() as cursor:
        assert broken(cursor, NOW.date()) == []
    undo_moving(dispatcher(), household_id=home)
    assert models.Person.objects.get(pk=person).presence == Presence.LEFT
    assert as_before(before, rows_of(home, other))


def test_a_record_of_somebody_who_died_is_not_joined_with_one_who_lives():
    *_, person, double = the_same_twice()
    set_presence(dispatcher(), person_id=double, presence=Presence.DIED)
    with pytest.raises(Refused) as refused:
        one_of(person, double)
    assert refused.value.message.key == "moving.one_record_says_died"
