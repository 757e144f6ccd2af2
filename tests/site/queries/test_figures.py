"""The demonstration beside the published figures: counted from invented people alone."""

from datetime import UTC, datetime

import pytest
from builders import GENT, acting, registrar

from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.people import Presence, Sex
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.demonstration import declare_demonstration
from perron_site.actions.households import NewPerson, register_household
from perron_site.actions.presence import set_presence
from perron_site.actions.tracks import set_step
from perron_site.queries.figures import Topic, figures
from perron_site.queries.organisations import the_system
from perron_site.queries.standing import open_lines
from perron_site.records import models

MARCH = datetime(2022, 3, 20, 10, tzinfo=UTC)
LATER = datetime(2025, 5, 20, 10, tzinfo=UTC)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def registered(at, *people, step, roof=False):
    by = registrar(at=at)
    home = register_household(
        by, people=people, arrived_on=by.on, municipality=None if roof else GENT, roof=roof
    )
    for line in open_lines(home, {TrackKind.PROTECTION}):
        set_step(by, track_id=line.id, step=step)
    return home


def found(topic, of):
    reader = acting(OrganisationKind.MUNICIPALITY, Role.HOUSING_OFFICER, GENT, at=NOW)
    return next(row.found for row in figures(reader) if (row.topic, row.of) == (topic, of))


@pytest.fixture
def invented(db):
    mother = NewPerson("Olena", "B", born=PartialDate(1990, 1, 1), sex=Sex.FEMALE)
    child = NewPerson("Ivan", "B", born=PartialDate(2012), sex=Sex.MALE)
    registered(MARCH, mother, child, step=Step.PROTECTION_GRANTED)
    man = NewPerson("Petro", "C", born=PartialDate(1980, 5), sex=Sex.MALE)
    registered(LATER, man, step=Step.PROTECTION_REFUSED, roof=True)
    registered(LATER, NewPerson("Anna", "D"), step=Step.PROTECTION_GRANTED)
    declare_demonstration(the_system(NOW), people=4, seed=1)


def test_what_is_counted_is_what_is_there(invented):
    assert found(Topic.CERTIFICATES, "2022-03") == 2
    assert found(Topic.MINORS, "2022") == 50
    assert found(Topic.UNDER_TWELVE, "2022") == 50
    assert found(Topic.WOMEN, "2022") == 50
    assert found(Topic.REFUSALS, "2025") == 50
    assert found(Topic.SHELTER, "2025") == 50
    assert found(Topic.YOUNG_ADULTS, "2025") == 0
    assert found(Topic.REGIONS, "VLG") == 100
    assert found(Topic.MINORS, "2024") is None


def test_who_left_is_counted_up_to_the_day(invented):
    child = models.Person.objects.get(given_name="Ivan")
    by = registrar(at=datetime(2023, 9, 1, 10, tzinfo=UTC))
    set_presence(by, person_id=child.pk, presence=Presence.LEFT)
    assert found(Topic.REMOVALS, "2023-09-30") == 1
    assert found(Topic.REMOVALS, "2024-10-31") == 1
    assert found(Topic.DEATHS, "2023-09-30") == 0


def test_the_published_one_is_told_for_as_many_people(invented):
    reader = acting(OrganisationKind.MUNICIPALITY, Role.HOUSING_OFFICER, GENT, at=NOW)
    months = [row for row in figures(reader) if row.topic is Topic.CERTIFICATES]
    assert sum(row.expected for row in months) == pytest.approx(3)
    assert sum(row.found for row in months) == 3


def test_real_people_are_never_counted(invented):
    registered(MARCH, NewPerson("Real", "E", sex=Sex.FEMALE), step=Step.PROTECTION_GRANTED)
    assert found(Topic.CERTIFICATES, "2022-03") == 2
    assert found(Topic.WOMEN, "2022") == 50


def test_without_a_demonstration_there_is_nothing_to_compare(db):
    registered(MARCH, NewPerson("Real", "E"), step=Step.PROTECTION_GRANTED)
    reader = acting(OrganisationKind.MUNICIPALITY, Role.HOUSING_OFFICER, GENT, at=NOW)
    assert figures(reader) == ()
