"""The matrix acts: which lines open for whom, who may move them, what happens when a person is gone."""

from datetime import datetime

import builders
import pytest
from builders import (
    GENT,
    MECHELEN,
    NOW,
    a_household,
    a_person,
    acting,
    later,
    registrar,
    town,
    tracks_of,
)

from perron.responsibility.matrix import ADOPTED
from perron.vocabulary.errors import Conflict, NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.intervals import BRUSSELS, PartialDate
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.people import Presence, Tried
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.carrying import adopt_matrix
from perron_site.actions.day import run_day
from perron_site.actions.households import correct_person, register_household
from perron_site.actions.presence import set_presence
from perron_site.actions.tracks import open_track, set_step, take_up
from perron_site.queries.carrying import preview
from perron_site.queries.household import household as page_of
from perron_site.queries.my_line import my_line
from perron_site.queries.organisations import the_system
from perron_site.records import models
from perron_site.records.lines import settle

pytestmark = pytest.mark.django_db
EARLY = datetime(2026, 6, 1, 10, 0, tzinfo=BRUSSELS)


def registered(*people, at=NOW):
    by = registrar(at)
    return register_household(by, people=people, arrived_on=by.on)


def kinds_of(person):
    return {TrackKind(track.kind) for track in models.Track.objects.filter(person=person)}


def people_of(household):
    return list(models.Person.objects.filter(householdmember__household=household).order_by("pk"))


def granted(household, at=NOW):
    by = registrar(at)
    for track in tracks_of(household, TrackKind.PROTECTION):
        take_up(by, track_id=track.pk)
        set_step(by, track_id=track.pk, step=Step.PROTECTION_GRANTED)


def test_school_opens_for_a_child_of_school_age_and_for_no_other():
    olena, nina, danylo, sofiia = people_of(builders.a_family_of_four())
    assert TrackKind.SCHOOL in kinds_of(danylo)
    assert all(TrackKind.SCHOOL not in kinds_of(each) for each in (olena, nina, sofiia))
    assert all(TrackKind.GUARDIAN not in kinds_of(each) for each in (danylo, sofiia))


def test_a_guardian_is_asked_for_a_child_without_a_known_adult():
    (alone,) = people_of(registered(a_person("Ivan", "2011-02-03")))
    assert {TrackKind.GUARDIAN, TrackKind.SCHOOL} <= kinds_of(alone)
    child, _ = people_of(registered(a_person("Ivan", "2011"), a_person("Somebody", None)))
    assert TrackKind.GUARDIAN in kinds_of(child)
    (grown,) = people_of(registered(a_person("Olena", "1992")))
    (unknown,) = people_of(registered(a_person("Oleh", None)))
    basic = {TrackKind.PROTECTION, TrackKind.MUNICIPALITY, TrackKind.SUPPORT}
    assert kinds_of(grown) == kinds_of(unknown) == basic


def test_a_birth_date_that_becomes_known_opens_what_it_opens():
    (ivan,) = people_of(registered(a_person("Ivan", None)))
    correct_person(registrar(), person_id=ivan.pk, changes={"born": str(PartialDate.parse("2011"))})
    assert {TrackKind.GUARDIAN, TrackKind.SCHOOL} <= kinds_of(ivan)


def test_a_refused_adult_gets_the_line_to_other_permits_and_the_holder_is_told():
    household = registered(a_person())
    (protection,) = tracks_of(household, TrackKind.PROTECTION)
    take_up(registrar(), track_id=protection.pk)
    set_step(registrar(), track_id=protection.pk, step=Step.PROTECTION_REFUSED)
    (durable,) = tracks_of(household, TrackKind.DURABLE)
    assert durable.step == Step.DURABLE_TO_EXPLORE
    rows = {row.kind: row for row in page_of(household, registrar()).steps}
    assert [each.key for each in rows[TrackKind.PROTECTION].told] == ["told.refused.holder"]
    assert rows[TrackKind.SUPPORT].told == ()
    (municipality,) = tracks_of(household, TrackKind.MUNICIPALITY)
    take_up(registrar(), track_id=municipality.pk)
    set_step(registrar(), track_id=municipality.pk, step=Step.MUNICIPALITY_NOT_OPEN)
    assert my_line(people_of(household)[0].pk, NOW.date()).next is not None


def test_who_is_protected_long_before_the_end_gets_that_line_when_its_day_comes():
    household = registered(a_person(), at=EARLY)
    granted(household, EARLY)
    assert tracks_of(household, TrackKind.DURABLE) == []
    run_day(the_system(EARLY), on=EARLY.date())
    assert tracks_of(household, TrackKind.DURABLE) == []
    for _ in range(2):
        run_day(the_system(NOW), on=NOW.date())
        assert len(tracks_of(household, TrackKind.DURABLE)) == 1


def test_a_role_that_has_no_part_in_the_step_is_refused():
    (track,) = tracks_of(registered(a_person()), TrackKind.PROTECTION)
    stranger = acting(OrganisationKind.DVZ, Role.HOUSING_OFFICER)
    with pytest.raises(Refused) as refused:
        take_up(stranger, track_id=track.pk)
    assert refused.value.message.key == "track.another_role_acts"
    take_up(registrar(), track_id=track.pk)
    with pytest.raises(Refused):
        set_step(stranger, track_id=track.pk, step=Step.PROTECTION_GRANTED)


def test_care_is_opened_by_hand_by_who_sees_the_person_once():
    household = a_household(municipality=GENT)
    (person,) = people_of(household)
    open_track(registrar(), person_id=person.pk, kind=TrackKind.CARE)
    (care,) = tracks_of(household, TrackKind.CARE)
    assert (care.responsible.kind, care.matrix) == (OrganisationKind.OCMW, ADOPTED)
    with pytest.raises(NotFound):
        open_track(town(MECHELEN), person_id=person.pk, kind=TrackKind.WORK)


def test_a_household_that_moves_takes_its_lines_along_and_the_holder_keeps_the_baton():
    household = a_household(municipality=GENT)
    gent = acting(OrganisationKind.MUNICIPALITY, Role.REGISTRAR, GENT)
    (line,) = tracks_of(household, TrackKind.MUNICIPALITY)
    take_up(gent, track_id=line.pk)
    set_step(gent, track_id=line.pk, step=Step.MUNICIPALITY_ANNEX_15)
    assert {track.kind for track in models.Track.objects.all()} >= {"work", "language"}
    home = models.Household.objects.get(pk=household)
    settle(gent, home, models.Municipality.objects.get(pk=MECHELEN))
    line.refresh_from_db()
    assert (line.step, line.responsible_id) == (Step.MUNICIPALITY_MOVED, gent.organisation)
    (support,) = tracks_of(household, TrackKind.SUPPORT)
    assert (support.step, support.responsible.municipality_id) == (Step.SUPPORT_TO_ASK, MECHELEN)


def test_who_cannot_be_found_was_looked_for_first_and_may_be_found_again():
    household = a_household()
    (person,) = people_of(household)
    by = registrar()
    with pytest.raises(Refused) as refused:
        set_presence(by, person_id=person.pk, presence=Presence.UNTRACEABLE, tried={Tried.CALL})
    assert refused.value.message.key == "presence.not_tried_enough"
    set_presence(by, person_id=person.pk, presence=Presence.UNTRACEABLE, tried=set(Tried))
    assert not models.Track.objects.filter(person=person, closed_on__isnull=True).exists()
    assert not models.TrackStep.objects.filter(track__person=person, end__isnull=True).exists()
    my_line(person.pk, NOW.date())
    set_presence(by, person_id=person.pk, presence=Presence.HERE)
    again = models.Track.objects.filter(person=person, closed_on__isnull=True)
    assert {track.kind for track in again} == {"protection", "municipality", "support"}
    last = models.Journal.objects.filter(event=Event.PRESENCE_SET).order_by("pk").last()
    assert last is not None
    assert last.details["was"] == "untraceable"


def test_who_is_abroad_keeps_every_line_and_who_died_has_none():
    household = a_household()
    (person,) = people_of(household)
    by = registrar()
    lines = models.Track.objects.filter(person=person, closed_on__isnull=True)
    before = list(lines.values_list("pk", "step", "due_on", "responsible"))
    set_presence(by, person_id=person.pk, presence=Presence.ABROAD, until=later(days=9).date())
    assert list(lines.values_list("pk", "step", "due_on", "responsible")) == before
    set_presence(by, person_id=person.pk, presence=Presence.DIED)
    assert not lines.exists()
    with pytest.raises(Refused):
        set_presence(by, person_id=person.pk, presence=Presence.HERE)


def test_only_who_holds_a_line_may_say_that_somebody_is_gone():
    (person,) = people_of(a_household())
    models.Sight.objects.create(
        organisation_id=town().organisation, person=person, why=models.SightReason.GAVE
    )
    with pytest.raises(Refused) as refused:
        set_presence(town(), person_id=person.pk, presence=Presence.LEFT)
    assert refused.value.message.key == "presence.only_a_holder"


def test_who_lost_protection_and_applies_again_has_a_new_line_and_every_other_one_as_it_was():
    household = a_household()
    (person,) = people_of(household)
    granted(household)
    (protection,) = tracks_of(household, TrackKind.PROTECTION)
    others = models.Track.objects.exclude(pk=protection.pk).filter(person=person).order_by("pk")
    before = list(others.values())
    set_step(registrar(), track_id=protection.pk, step=Step.PROTECTION_ENDED)
    protection.refresh_from_db()
    assert protection.closed_on == NOW.date()
    open_track(registrar(), person_id=person.pk, kind=TrackKind.PROTECTION)
    _, again = tracks_of(household, TrackKind.PROTECTION)
    assert (again.step, again.closed_on, again.taken_up_at) == (
        "protection.to_register",
        None,
        None,
    )
    assert list(others.exclude(pk=again.pk).values()) == before
    with pytest.raises(Conflict):
        open_track(registrar(), person_id=person.pk, kind=TrackKind.PROTECTION)


def test_a_pupil_whose_protection_ended_stays_on_the_line_of_the_school():
    household = builders.a_family_of_four()
    granted(household)
    (school,) = tracks_of(household, TrackKind.SCHOOL)
    for track in tracks_of(household, TrackKind.PROTECTION):
        set_step(registrar(), track_id=track.pk, step=Step.PROTECTION_ENDED)
    for person in people_of(household):
        open_track(registrar(), person_id=person.pk, kind=TrackKind.PROTECTION)
    (still,) = tracks_of(household, TrackKind.SCHOOL)
    assert (still.pk, still.step, still.closed_on) == (school.pk, school.step, None)
    assert all(track.closed_on is None for track in tracks_of(household, TrackKind.ROOF))


def on_the_old_matrix(household):
    people = models.HouseholdMember.objects.filter(household=household).values("person")
    models.Track.objects.filter(person__in=people).update(matrix="2026-11")


def test_a_running_line_keeps_the_version_on_which_it_began():
    household = a_household()
    on_the_old_matrix(household)
    (track,) = tracks_of(household, TrackKind.PROTECTION)
    take_up(registrar(), track_id=track.pk)
    with pytest.raises(Refused) as refused:
        set_step(registrar(), track_id=track.pk, step=Step.PROTECTION_WITHDRAWN)
    assert refused.value.message.key == "track.step_does_not_follow"


def test_lines_are_carried_over_and_back_with_the_preview_that_was_shown():
    household = a_household(municipality=GENT)
    on_the_old_matrix(household)
    by = the_system(NOW)
    shown = preview(by, ADOPTED)
    assert adopt_matrix(by, version=ADOPTED) == shown
    assert {line.track.kind for line in shown.lines if line.changes_next} == {
        TrackKind.PROTECTION, TrackKind.MUNICIPALITY,
    }  # fmt: skip
    assert {track.matrix for track in models.Track.objects.all()} == {ADOPTED}
    assert models.Journal.objects.filter(event=Event.MATRIX_ADOPTED).count() == 1
    assert preview(by, ADOPTED).lines == ()
    adopt_matrix(by, version="2026-11")
    assert {track.matrix for track in models.Track.objects.all()} == {"2026-11"}


def test_a_version_that_does_not_know_a_step_takes_nobody():
    registered(a_person("Ivan", "2011-02-03"))
    by = the_system(NOW)
    behind = {track.step for track in preview(by, "2026-11").stays_behind}
    assert behind == {Step.GUARDIAN_TO_REPORT, Step.SCHOOL_TO_ENROL}
    with pytest.raises(Refused) as refused:
        adopt_matrix(by, version="2026-11")
    assert refused.value.message.key == "matrix.stays_behind"
    assert {track.matrix for track in models.Track.objects.all()} == {ADOPTED}
    with pytest.raises(NotFound):
        preview(by, "1999")
