from datetime import date, timedelta

import builders
import pytest
from builders import (
    NOW,
    STEP_FREE,
    a_family_of_four,
    a_household,
    a_person,
    a_site,
    an_emergency_room,
    dispatcher,
    later,
    tracks_of,
)

from perron.responsibility.net import GapKind
from perron.vocabulary.errors import Conflict, NotFound, Refused
from perron.vocabulary.people import Need
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.day import run_day
from perron_site.actions.households import register_household
from perron_site.actions.leaving import move_out
from perron_site.actions.roofs import (
    ask_for_roof,
    overrule_proposal,
    propose_tonight,
    refuse_proposal,
    take_all,
    take_proposal,
)
from perron_site.actions.stays import extend_stay, move_in, no_show
from perron_site.queries.gaps import gaps
from perron_site.queries.household import household as household_page
from perron_site.queries.organisations import the_system
from perron_site.records import models

pytestmark = pytest.mark.django_db
TONIGHT = NOW.date()


def proposal_for(household):
    return models.Proposal.objects.get(household=household, state="open")


def test_the_family_gets_the_only_room_in_which_a_wheelchair_can_turn():
    a_site(
        None,
        an_emergency_room(4, "Upstairs"),
        an_emergency_room(5, "Ground floor", features=STEP_FREE),
    )
    household = a_family_of_four()
    assert propose_tonight(dispatcher(), night=TONIGHT) == 1
    proposal = proposal_for(household)
    assert proposal.unit.name == "Ground floor"
    stay = take_proposal(dispatcher(), proposal_id=proposal.pk)
    assert models.BedNight.objects.filter(stay=stay, person__isnull=False).count() == 4
    assert {(t.step, t.taken_up_at is not None) for t in tracks_of(household, TrackKind.ROOF)} == {
        (Step.ROOF_EMERGENCY, True)
    }
    assert models.RoofRequest.objects.get(household=household).state == "answered"


def test_a_bed_asks_for_no_status():
    """A refused person has the same roof; nothing in the proposal knows."""
    from perron_site.actions.tracks import set_step, take_up

    a_site()
    household = a_household()
    (protection,) = tracks_of(household, TrackKind.PROTECTION)
    take_up(builders.registrar(), track_id=protection.pk)
    set_step(builders.registrar(), track_id=protection.pk, step=Step.PROTECTION_REFUSED)
    assert propose_tonight(dispatcher(), night=TONIGHT) == 1
    take_proposal(dispatcher(), proposal_id=proposal_for(household).pk)
    (roof,) = tracks_of(household, TrackKind.ROOF)
    assert roof.step == Step.ROOF_EMERGENCY
    assert models.BedNight.objects.filter(person=roof.person_id).exists()


def test_an_exclusive_room_is_closed_whole():
    a_site(None, an_emergency_room(4, shared=False))
    first, second = a_household(size=2), a_household()
    propose_tonight(dispatcher(), night=TONIGHT)
    take_proposal(dispatcher(), proposal_id=proposal_for(first).pk)
    assert models.BedNight.objects.count() == 4
    assert propose_tonight(dispatcher(), night=TONIGHT) == 0
    assert models.RoofRequest.objects.get(household=second).state == "open"


def test_one_bed_goes_to_one_of_two_desks():
    a_site(None, an_emergency_room(1))
    household = a_household()
    propose_tonight(dispatcher(), night=TONIGHT)
    proposal = proposal_for(household)
    take_proposal(dispatcher(), proposal_id=proposal.pk)
    with pytest.raises(Refused) as late:
        take_proposal(dispatcher(), proposal_id=proposal.pk)
    assert late.value.message.key == "proposal.decided_already"


def test_a_bed_that_was_taken_in_between_is_a_conflict_and_nothing_is_half_written():
    a_site(None, an_emergency_room(1, "Only"))
    first, second = a_household(), a_household()
    propose_tonight(dispatcher(), night=TONIGHT)
    (proposal,) = models.Proposal.objects.filter(state="open")
    other = second if proposal.household_id == first else first
    rival = models.Proposal.objects.create(
        household_id=other, unit=proposal.unit, night=TONIGHT, state="open", proposed_at=NOW
    )
    take_proposal(dispatcher(), proposal_id=proposal.pk)
    with pytest.raises((Conflict, Refused)):
        take_proposal(dispatcher(), proposal_id=rival.pk)
    assert models.RoofRequest.objects.get(household=other).state == "open"
    assert models.Stay.objects.count() == 1


def test_accept_all_is_all_or_none():
    a_site(None, an_emergency_room(2))
    households = [a_household(), a_household()]
    propose_tonight(dispatcher(), night=TONIGHT)
    proposals = tuple(proposal_for(each).pk for each in households)
    assert len(take_all(dispatcher(), proposal_ids=proposals)) == 2


def test_overruling_needs_a_reason_which_stays():
    a_site(None, an_emergency_room(4, "A"), an_emergency_room(4, "B"))
    household = a_household()
    propose_tonight(dispatcher(), night=TONIGHT)
    proposal = proposal_for(household)
    with pytest.raises(Refused):
        overrule_proposal(dispatcher(), proposal_id=proposal.pk, despite="  ")
    other = models.Unit.objects.exclude(pk=proposal.unit_id).get()
    stay = overrule_proposal(
        dispatcher(), proposal_id=proposal.pk, despite="Sister on the same floor", unit_id=other.pk
    )
    assert models.Stay.objects.get(pk=stay).unit == other
    proposal.refresh_from_db()
    assert (proposal.state, proposal.despite) == ("overruled", "Sister on the same floor")


def test_a_room_with_too_few_beds_is_refused_even_when_overruled():
    a_site(None, an_emergency_room(4, "Large"), an_emergency_room(1, "Small"))
    household = a_household(size=2)
    propose_tonight(dispatcher(), night=TONIGHT)
    proposal = proposal_for(household)
    small = models.Unit.objects.get(name="Small")
    with pytest.raises(Refused) as refused:
        overrule_proposal(dispatcher(), proposal_id=proposal.pk, despite="Full", unit_id=small.pk)
    assert refused.value.message.key == "fit.too_few_beds"
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_a_household_that_says_no_still_asks_and_nothing_else_happens():
    a_site()
    household = a_household()
    propose_tonight(dispatcher(), night=TONIGHT)
    refuse_proposal(
        dispatcher(), proposal_id=proposal_for(household).pk, despite="School is in Gent"
    )
    assert models.RoofRequest.objects.get(household=household).state == "open"
    assert propose_tonight(dispatcher(), night=TONIGHT) == 1


def test_a_stay_that_ends_the_day_it_began_leaves_no_night_and_asks_again():
    a_site(None, an_emergency_room(1))
    household = a_household()
    propose_tonight(dispatcher(), night=TONIGHT)
    stay = take_proposal(dispatcher(), proposal_id=proposal_for(household).pk)
    move_in(dispatcher(), stay_id=stay)
    move_out(dispatcher(later(hours=2)), stay_id=stay, on=TONIGHT)
    row = models.Stay.objects.get(pk=stay)
    assert (row.start, row.end, row.state) == (TONIGHT, TONIGHT, "ended")
    assert not models.BedNight.objects.exists()
    assert models.RoofRequest.objects.filter(household=household, state="open").count() == 1
    assert [track.step for track in tracks_of(household, TrackKind.ROOF)] == [Step.ROOF_ASKED]
    assert propose_tonight(dispatcher(later(hours=2)), night=TONIGHT) == 1


def test_who_does_not_come_frees_the_bed_and_is_asked_for_again():
    a_site(None, an_emergency_room(1))
    household = a_household()
    propose_tonight(dispatcher(), night=TONIGHT)
    stay = take_proposal(dispatcher(), proposal_id=proposal_for(household).pk)
    no_show(dispatcher(later(hours=16)), stay_id=stay)
    assert not models.BedNight.objects.exists()
    assert models.RoofRequest.objects.filter(household=household, state="open").exists()


def test_a_stay_cannot_grow_into_nights_that_somebody_else_holds():
    a_site(None, an_emergency_room(1))
    first = a_household()
    propose_tonight(dispatcher(), night=TONIGHT)
    stay = take_proposal(dispatcher(), proposal_id=proposal_for(first).pk)
    a_household()
    ahead = TONIGHT + timedelta(days=5)
    by = dispatcher(later(days=5))
    propose_tonight(by, night=ahead)
    take_proposal(by, proposal_id=models.Proposal.objects.get(state="open").pk)
    with pytest.raises(Conflict) as taken:
        extend_stay(dispatcher(), stay_id=stay, end=ahead + timedelta(days=1))
    assert taken.value.message.key == "conflict.bed_taken"
    assert models.Stay.objects.get(pk=stay).end == ahead


def test_a_roof_is_asked_for_once():
    household = a_household()
    with pytest.raises(Conflict) as twice:
        ask_for_roof(dispatcher(), household_id=household)
    assert twice.value.message.key == "conflict.roof_asked_already"


def test_at_three_in_the_morning_the_running_night_is_meant():
    household = a_household(builders.registrar(NOW.replace(hour=3)))
    assert models.RoofRequest.objects.get(household=household).from_night == date(2026, 11, 24)


TWO_AT_NIGHT = NOW.replace(hour=2)
LAST_NIGHT = date(2026, 11, 24)


def test_at_two_at_night_whoever_leaves_the_bed_they_just_got_may_have_another():
    a_site(None, an_emergency_room(1))
    a_household(builders.registrar(TWO_AT_NIGHT))
    by = dispatcher(TWO_AT_NIGHT)
    for _ in range(2):
        assert propose_tonight(by, night=by.tonight) == 1
        stay = take_proposal(by, proposal_id=models.Proposal.objects.get(state="open").pk)
        move_in(by, stay_id=stay)
        move_out(by, stay_id=stay, on=by.tonight)
    assert not models.BedNight.objects.exists()


def test_at_two_at_night_nobody_leaves_the_bed_of_the_night_to_come():
    a_site(None, an_emergency_room(1))
    household = a_household(builders.registrar(TWO_AT_NIGHT))
    by = dispatcher(TWO_AT_NIGHT)
    propose_tonight(by, night=by.tonight)
    stay = take_proposal(by, proposal_id=proposal_for(household).pk)
    move_in(by, stay_id=stay)
    with pytest.raises(Refused) as refused:
        move_out(by, stay_id=stay, on=by.on)
    assert refused.value.message.key == "stay.leaves_on_another_day"


def test_at_two_at_night_the_lines_opened_since_midnight_are_gaps_as_is_the_running_night():
    household = a_household(builders.registrar(TWO_AT_NIGHT))
    by = dispatcher(TWO_AT_NIGHT)
    found = gaps(by.on, night=by.tonight)
    assert {(gap.kind, gap.track) for gap in found} >= {
        (GapKind.NOT_TAKEN_UP, TrackKind.SUPPORT),
        (GapKind.NO_ROOF_TONIGHT, TrackKind.ROOF),
    }
    shown = {card.kind for card in household_page(household, by).gaps}
    assert shown == {GapKind.NOT_TAKEN_UP, GapKind.NO_ROOF_TONIGHT}


def nights_proposed():
    rows = models.Proposal.objects.filter(state="open").order_by("pk")
    return list(rows.values_list("night", flat=True))


def test_the_round_after_midnight_seeks_a_bed_for_the_running_night_and_that_at_six_for_the_next():
    a_site(None, an_emergency_room(1))
    a_household(builders.registrar(NOW.replace(day=24, hour=23)))
    run_day(the_system(NOW.replace(day=24, hour=23, minute=50)), on=LAST_NIGHT)
    for hour in (0, 1, 5):
        at = NOW.replace(hour=hour, minute=5)
        run_day(the_system(at), on=at.date())
        assert nights_proposed() == [LAST_NIGHT]
    assert models.Proposal.objects.count() == 1
    at = NOW.replace(hour=6, minute=5)
    run_day(the_system(at), on=at.date())
    assert nights_proposed() == [at.date()]


def test_a_town_has_no_say_over_tonight_s_beds():
    a_site()
    household = a_household()
    propose_tonight(dispatcher(), night=TONIGHT)
    with pytest.raises(NotFound):
        take_proposal(builders.town(), proposal_id=proposal_for(household).pk)


def test_a_bed_that_lacks_a_cot_can_be_given_with_a_reason_that_stays():
    from perron_site.actions.roofs import give_bed

    a_site()
    household = a_household(needs=frozenset({Need.COT}))
    (unit,) = models.Unit.objects.all()
    assert propose_tonight(dispatcher(), night=TONIGHT) == 0
    given = {"household_id": household, "unit_id": unit.pk, "night": TONIGHT}
    with pytest.raises(Refused) as refused:
        give_bed(dispatcher(), **given, despite=" ")
    assert refused.value.message.key == "proposal.needs_a_reason"
    give_bed(dispatcher(), **given, despite="The house lends a cot.")
    chosen = models.Proposal.objects.get(household=household)
    assert (chosen.state, chosen.despite) == ("taken", "The house lends a cot.")
    assert models.BedNight.objects.filter(person__isnull=False).exists()


def test_no_reason_gives_a_minor_alone_a_bed_among_adults():
    from perron_site.actions.roofs import give_bed

    a_site()
    household = register_household(
        builders.registrar(), people=(a_person(born="2012"),), arrived_on=TONIGHT, roof=True
    )
    (unit,) = models.Unit.objects.all()
    with pytest.raises(Refused) as refused:
        give_bed(
            dispatcher(), household_id=household, unit_id=unit.pk, night=TONIGHT, despite="Late."
        )
    assert refused.value.message.key == "fit.not_for_minors_alone"
    assert not models.BedNight.objects.exists()
