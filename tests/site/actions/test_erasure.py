"""One desk asks, a coordinator decides; what still needs the values is named and refuses."""

from dataclasses import replace

import pytest
from builders import GENT, NOW, a_household, acting, registrar, town

from perron.vocabulary.erasure import ErasureGround, HoldKind
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.files import FileKind
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.territory import Region
from perron_site.actions.erasure import (
    ask_erasure,
    decline_erasure,
    erase_person,
    replay_erasure,
    withdraw_erasure,
)
from perron_site.actions.files import receive_file
from perron_site.queries.erasure import asked, erasures, holds
from perron_site.queries.file import file_for
from perron_site.queries.organisations import organisation, the_system
from perron_site.records import models

pytestmark = pytest.mark.django_db
ASKED = ErasureGround.ASKED


@pytest.fixture
def person():
    home = a_household(municipality=GENT)
    return models.HouseholdMember.objects.get(household=home).person_id


def coordinator():
    """That of the region in which they live."""
    return of_region(Region.FLANDERS)


def of_region(region):
    number = organisation(OrganisationKind.REGION, region=region)
    return replace(acting(OrganisationKind.FEDASIL, Role.COORDINATOR), organisation=number)


def close(person):
    models.Track.objects.filter(person=person).update(closed_on=NOW.date())


def test_only_a_desk_that_may_look_can_ask(person):
    with pytest.raises(NotFound):
        ask_erasure(town("12025"), person_id=person, ground=ASKED)
    ask_erasure(registrar(), person_id=person, ground=ASKED)
    assert [each.person for each in asked()] == [person]
    with pytest.raises(Refused, match="asked_already"):
        ask_erasure(registrar(), person_id=person, ground=ASKED)


def test_nothing_is_erased_that_nobody_asked_for_or_by_another_role(person):
    with pytest.raises(Refused, match="nobody_asked"):
        erase_person(coordinator(), person_id=person)
    with pytest.raises(Refused, match="coordinator_decides"):
        erase_person(registrar(), person_id=person)


def test_open_lines_are_named_and_refuse(person):
    ask_erasure(registrar(), person_id=person, ground=ASKED)
    assert {hold.kind: hold.binding for hold in holds(person)} == {
        HoldKind.OPEN_LINE: True, HoldKind.SOCIAL_FILE: None,
    }  # fmt: skip
    with pytest.raises(Refused, match="still_needed"):
        erase_person(coordinator(), person_id=person)
    close(person)
    assert [hold.kind for hold in holds(person)] == [HoldKind.SOCIAL_FILE]
    assert erase_person(coordinator(), person_id=person)
    assert asked() == ()
    assert [(each.person, each.ground) for each in erasures()] == [(person, ASKED)]


def test_a_file_that_waits_goes_too_as_it_may_name_the_person(person):
    receive_file(
        registrar(), name="lijst.csv", kind=FileKind.PEOPLE, data=b"given name;family name"
    )
    ask_erasure(registrar(), person_id=person, ground=ASKED)
    close(person)
    erase_person(coordinator(), person_id=person)
    assert not models.WaitingFile.objects.exists()


def test_whoever_asks_does_not_decide(person):
    user = models.User.objects.create(email="x@example.org", name="X").pk
    close(person)
    ask_erasure(replace(registrar(), user=user), person_id=person, ground=ASKED)
    with pytest.raises(Refused, match="somebody_else"):
        erase_person(replace(coordinator(), user=user), person_id=person)


def test_a_household_forgets_where_it_lived_once_nobody_in_it_is_known():
    home = a_household(size=2, municipality=GENT)
    people = list(
        models.HouseholdMember.objects.filter(household=home).values_list("person", flat=True)
    )
    towns = []
    for person in sorted(people):
        replay_erasure(the_system(NOW), person_id=person, ground=ASKED)
        towns.append(models.Household.objects.get(pk=home).municipality_id)
    assert towns == [GENT, None]


def test_a_restored_backup_erases_again_and_only_once(person):
    by = the_system(NOW)
    assert replay_erasure(by, person_id=person, ground=ASKED)
    assert not replay_erasure(by, person_id=person, ground=ASKED)
    assert models.Person.objects.get(pk=person).family_name == ""
    with pytest.raises(NotFound):
        replay_erasure(by, person_id=0, ground=ASKED)


def foreign():
    """Coordinators who have no part in it: of another region, of a centre, of Fedasil though a region is known."""
    yield of_region(Region.WALLONIA)
    yield acting(OrganisationKind.OCMW, Role.COORDINATOR, "12025")
    yield acting(OrganisationKind.FEDASIL, Role.COORDINATOR)


def test_only_the_coordinator_of_the_desk_that_asked_or_of_their_region_reads_it_and_decides(
    person,
):
    ask_erasure(registrar(), person_id=person, ground=ASKED)
    close(person)
    for by in foreign():
        assert asked(by.organisation) == ()
        for act in (erase_person, lambda by, **of: decline_erasure(by, because="x", **of)):
            with pytest.raises(Refused, match="another_desk"):
                act(by, person_id=person)
    of_the_desk = acting(OrganisationKind.DVZ, Role.COORDINATOR)
    for by in (coordinator(), of_the_desk):
        assert [each.person for each in asked(by.organisation)] == [person]
    assert erase_person(of_the_desk, person_id=person)


def test_while_no_town_is_known_the_coordinator_of_fedasil_decides():
    home = a_household()
    person = models.HouseholdMember.objects.get(household=home).person_id
    ask_erasure(registrar(), person_id=person, ground=ASKED)
    assert asked(coordinator().organisation) == ()
    by = acting(OrganisationKind.FEDASIL, Role.COORDINATOR)
    assert [each.person for each in asked(by.organisation)] == [person]


def test_it_is_declined_in_words_that_the_person_reads_and_may_be_asked_for_again(person):
    ask_erasure(registrar(), person_id=person, ground=ASKED)
    with pytest.raises(Refused, match="say_why"):
        decline_erasure(coordinator(), person_id=person, because=" ")
    decline_erasure(coordinator(), person_id=person, because="A court has asked for it")
    assert asked() == ()
    said = file_for(person, registrar()).erasure
    assert (said.what, said.because) == ("erasure:declined", "A court has asked for it")
    with pytest.raises(Refused, match="nobody_asked"):
        erase_person(coordinator(), person_id=person)
    ask_erasure(registrar(), person_id=person, ground=ASKED)
    assert file_for(person, registrar()).erasure.because == ""
    close(person)
    assert erase_person(coordinator(), person_id=person)
    assert models.Revision.objects.exclude(person=person, new=None).count() == 0


def test_the_desk_that_asked_may_ask_no_more(person):
    ask_erasure(registrar(), person_id=person, ground=ASKED)
    with pytest.raises(Refused, match="nobody_asked"):
        withdraw_erasure(acting(OrganisationKind.FEDASIL, Role.DISPATCHER), person_id=person)
    withdraw_erasure(registrar(), person_id=person)
    assert asked() == ()
