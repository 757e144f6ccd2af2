from datetime import timedelta

import builders
import pytest
from builders import NOW, a_household, a_person, registrar, tracks_of

from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.people import Need
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.households import (
    correct_person,
    end_need,
    register_household,
    set_need,
    state_fact,
)
from perron_site.records import models

pytestmark = pytest.mark.django_db


def test_every_line_of_every_person_opens_with_exactly_one_holder_who_has_not_said_yes():
    household = builders.a_family_of_four()
    for kind, step, holder in (
        (TrackKind.ROOF, Step.ROOF_ASKED, "Fedasil"),
        (TrackKind.PROTECTION, Step.PROTECTION_TO_REGISTER, None),
        (TrackKind.MUNICIPALITY, Step.MUNICIPALITY_TO_DECLARE, None),
        (TrackKind.SUPPORT, Step.SUPPORT_TO_ASK, "Fedasil"),
    ):
        tracks = tracks_of(household, kind)
        assert [(track.step, track.taken_up_at) for track in tracks] == [(step, None)] * 4
        assert holder in {None, tracks[0].responsible.name}


def test_what_is_not_known_stays_not_known():
    household = register_household(
        registrar(), people=(a_person("Ivan", born=None),), arrived_on=NOW.date()
    )
    person = models.Person.objects.get(householdmember__household=household)
    assert (person.born, person.sex, person.nationalities) == (None, None, None)


def test_a_household_that_needs_no_roof_has_no_roof_line():
    household = a_household(roof=False)
    assert tracks_of(household, TrackKind.ROOF) == []
    assert not models.RoofRequest.objects.filter(household=household).exists()


def test_nobody_and_tomorrow_are_refused():
    with pytest.raises(Refused) as nobody:
        register_household(registrar(), people=(), arrived_on=NOW.date())
    assert nobody.value.message.key == "household.nobody"
    with pytest.raises(Refused) as tomorrow:
        register_household(
            registrar(), people=(a_person(),), arrived_on=NOW.date() + timedelta(days=1)
        )
    assert tomorrow.value.message.key == "household.arrives_later"


def test_a_correction_keeps_what_stood_there_and_the_journal_tells_only_the_field():
    person = models.Person.objects.get(householdmember__household=a_household())
    assert correct_person(
        registrar(), person_id=person.pk, changes={"born": "1991-02", "sex": None}
    ) == ("born",)
    line = models.Journal.objects.get(event=Event.PERSON_CORRECTED)
    assert line.details == {"fields": ["born"]}
    revision = models.Revision.objects.get(journal=line)
    assert (revision.field, revision.old, revision.new) == ("born", "1992", "1991-02")


def test_only_what_was_entered_can_be_corrected():
    person = models.Person.objects.get(householdmember__household=a_household())
    with pytest.raises(Refused):
        correct_person(registrar(), person_id=person.pk, changes={"demonstration": True})


def test_a_need_is_noted_once_and_ended_once():
    person = models.Person.objects.get(householdmember__household=a_household())
    set_need(registrar(), person_id=person.pk, need=Need.LIFT)
    end_need(registrar(), person_id=person.pk, need=Need.LIFT)
    with pytest.raises(Refused):
        end_need(registrar(), person_id=person.pk, need=Need.LIFT)


def test_a_later_statement_replaces_an_earlier_one_which_is_kept():
    person = models.Person.objects.get(householdmember__household=a_household())
    state_fact(registrar(), person_id=person.pk, name="left_ua_on", value="2022-03")
    state_fact(registrar(), person_id=person.pk, name="left_ua_on", value="2022-04-01")
    assert models.Fact.objects.get(person=person).value == "2022-04-01"
    assert models.Revision.objects.get(person=person).old == "2022-03"


def test_a_foreign_organisation_cannot_even_tell_that_the_person_exists():
    person = models.Person.objects.get(householdmember__household=a_household())
    for by in (builders.town(), builders.town(builders.MECHELEN)):
        with pytest.raises(NotFound):
            correct_person(by, person_id=person.pk, changes={"born": "1990"})
        with pytest.raises(NotFound):
            correct_person(by, person_id=person.pk + 1000, changes={"born": "1990"})


def test_the_journal_says_who_for_whom_why_and_when_and_holds_no_name():
    a_household(size=2)
    lines = models.Journal.objects.exclude(event=Event.TERRITORY_LOADED)
    assert {line.purpose for line in lines} == {"registration"}
    assert {line.at for line in lines} == {NOW}
    assert "Marchuk" not in str(list(lines.values_list("details", flat=True)))
