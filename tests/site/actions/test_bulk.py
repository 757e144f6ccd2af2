"""Acts on several rows: all or none, taken back within minutes, refused when somebody acted since."""

from datetime import timedelta

import pytest
from builders import GENT, MECHELEN, NOW, a_household, dispatcher, later, registrar, town, tracks_of

from perron.vocabulary.errors import NotFound, Refused, RefusedWhole
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.people import Presence
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.bulk import offer_households
from perron_site.actions.handovers import accept_handover, offer_handover
from perron_site.actions.presence import set_presence
from perron_site.actions.tracks import set_step, set_step_of_all, take_up_all
from perron_site.actions.undo import undo
from perron_site.queries.covers import undoable
from perron_site.queries.organisations import organisation
from perron_site.records import models

pytestmark = pytest.mark.django_db


def lines(household, kind=TrackKind.PROTECTION):
    return tuple(each.pk for each in tracks_of(household, kind))


def stand(household, kind=TrackKind.PROTECTION):
    rows = tracks_of(household, kind)
    columns = ("step", "responsible_id", "taken_up_at", "since", "due_on", "closed_on")
    return [tuple(getattr(row, column) for column in columns) for row in rows]


def the_act():
    return models.BulkAct.objects.order_by("pk").last().pk


def offered(*households, by=None, receiver=GENT, kinds=frozenset({TrackKind.ROOF})):
    return offer_households(
        by or dispatcher(),
        household_ids=households,
        kinds=kinds,
        receiver_id=organisation(OrganisationKind.MUNICIPALITY, receiver),
        why="The site closes",
        consent=True,
    )


def test_taking_up_several_lines_can_be_undone_for_ten_minutes_and_the_journal_keeps_both():
    household = a_household(size=3)
    before = stand(household)
    take_up_all(registrar(), track_ids=lines(household))
    assert stand(household) != before
    undo(registrar(at=later(minutes=10)), act_id=the_act())
    assert stand(household) == before
    events = list(models.Journal.objects.order_by("pk").values_list("event", flat=True))[-4:]
    assert events == ["track:taken_up"] * 3 + ["act:undone"]
    assert undoable(registrar()) == ()


def test_setting_the_step_of_several_lines_can_be_undone():
    household = a_household(size=2)
    take_up_all(registrar(), track_ids=lines(household))
    before = stand(household)
    set_step_of_all(registrar(), track_ids=lines(household), step=Step.PROTECTION_PENDING)
    (row, _) = undoable(registrar())
    assert (row.kind, row.rows) == ("step_set", 2)
    undo(registrar(), act_id=the_act())
    assert stand(household) == before
    history = models.TrackStep.objects.filter(track=lines(household)[0]).order_by("pk")
    assert [each.step for each in history][-2:] == ["protection.pending", "protection.to_register"]


def test_after_ten_minutes_it_stays():
    household = a_household()
    take_up_all(registrar(), track_ids=lines(household))
    with pytest.raises(Refused, match="too_late"):
        undo(registrar(at=later(minutes=10, seconds=1)), act_id=the_act())
    assert undoable(registrar(at=later(minutes=11))) == ()


def test_nothing_is_undone_when_somebody_has_acted_on_one_of_the_rows_since():
    household = a_household(size=2)
    take_up_all(registrar(), track_ids=lines(household))
    act = the_act()
    set_step(registrar(), track_id=lines(household)[1], step=Step.PROTECTION_PENDING)
    with pytest.raises(Refused, match="somebody_acted"):
        undo(registrar(), act_id=act)
    assert all(taken_up for _, _, taken_up, *_ in stand(household))


def test_an_offer_made_since_is_an_act_too():
    household = a_household()
    take_up_all(registrar(), track_ids=lines(household))
    offer_handover(
        registrar(at=later(minutes=1)),
        household_id=household,
        track_ids=lines(household),
        receiver_id=organisation(OrganisationKind.CGVS),
        why="",
        consent=True,
    )
    with pytest.raises(Refused, match="somebody_acted"):
        undo(registrar(at=later(minutes=2)), act_id=the_act())


def test_an_act_is_undone_once_and_only_by_who_did_it():
    household = a_household()
    take_up_all(registrar(), track_ids=lines(household))
    with pytest.raises(NotFound):
        undo(dispatcher(), act_id=the_act())
    undo(registrar(), act_id=the_act())
    with pytest.raises(Refused, match="done_already"):
        undo(registrar(), act_id=the_act())


def test_several_households_are_offered_to_one_organisation_and_each_is_answered_by_itself():
    first, second = a_household(size=2), a_household()
    one, two = offered(first, second)
    accept_handover(town(), handover_id=two)
    assert models.Handover.objects.get(pk=one).state == "offered"
    assert {row.responsible.kind for row in tracks_of(second, TrackKind.ROOF)} == {"municipality"}
    with pytest.raises(Refused, match="somebody_acted"):
        undo(dispatcher(), act_id=the_act())


def test_offers_for_several_households_are_withdrawn_together():
    offered(a_household(), a_household())
    undo(dispatcher(at=NOW + timedelta(minutes=3)), act_id=the_act())
    assert set(models.Handover.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert not models.HandoverTrack.objects.filter(open=True).exists()


def test_offers_are_refused_whole_with_the_fault_of_each_household():
    good, taken, foreign = (
        a_household(),
        a_household(),
        a_household(by=town(MECHELEN), roof=False, municipality=MECHELEN),
    )
    offered(taken)
    with pytest.raises(RefusedWhole) as refused:
        offered(good, taken, foreign)
    assert {number: fault.key for number, fault in refused.value.faults} == {
        taken: "conflict.track_offered_already",
        foreign: "household.not_found",
    }
    assert models.Handover.objects.filter(household=good).count() == 0


def test_a_household_without_such_a_line_is_a_fault():
    with pytest.raises(RefusedWhole) as refused:
        offered(a_household(roof=False))
    ((_, fault),) = refused.value.faults
    assert fault.key == "handover.nothing_offered"


def test_who_was_said_to_be_gone_by_mistake_stands_where_they_stood_after_undo():
    household = a_household()
    take_up_all(dispatcher(), track_ids=lines(household, TrackKind.ROOF))
    (roof,) = tracks_of(household, TrackKind.ROOF)
    kinds = (TrackKind.ROOF, TrackKind.PROTECTION, TrackKind.SUPPORT)
    before = [stand(household, kind) for kind in kinds]
    set_presence(dispatcher(), person_id=roof.person_id, presence=Presence.DIED)
    assert {row[-1] for kind in kinds for row in stand(household, kind)} == {NOW.date()}
    undo(dispatcher(at=later(minutes=5)), act_id=the_act())
    assert [stand(household, kind) for kind in kinds] == before
    roof.person.refresh_from_db()
    assert (roof.person.presence, roof.person.presence_since) == ("here", None)


def test_who_was_found_again_since_is_not_brought_back_by_undo():
    household = a_household()
    (roof,) = tracks_of(household, TrackKind.ROOF)
    set_presence(dispatcher(), person_id=roof.person_id, presence=Presence.LEFT)
    act = the_act()
    set_presence(dispatcher(at=later(minutes=1)), person_id=roof.person_id, presence=Presence.HERE)
    with pytest.raises(Refused, match="somebody_acted"):
        undo(dispatcher(at=later(minutes=2)), act_id=act)
