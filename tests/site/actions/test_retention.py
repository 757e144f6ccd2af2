"""What is past its term goes; whoever might be is only counted."""

from datetime import timedelta

import pytest
from builders import GENT, NOW, a_home, a_household, a_site, registrar, town

from perron.vocabulary.errors import Refused
from perron.vocabulary.places import CheckOutcome, HostCheckKind
from perron_site.actions.day import run_day
from perron_site.actions.hosts import write_host_check
from perron_site.actions.links import give_link
from perron_site.actions.retention import RetentionReport, run_retention
from perron_site.actions.users import add_user
from perron_site.queries.organisations import the_system
from perron_site.records import models

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def person():
    home = a_household()
    person = models.HouseholdMember.objects.get(household=home).person_id
    give_link(registrar(), person_id=person)
    models.PersonalLink.objects.filter(person=person).update(expires_on=TODAY - timedelta(days=1))
    for days, kind in ((0, "past"), (1, "kept")):
        models.Notice.objects.create(
            person_id=person, kind=kind, language="uk", params={"day": "2026-03-04"}, written_at=NOW,
            about_on=TODAY, blank_on=TODAY + timedelta(days=days),
        )  # fmt: skip
    models.Sight.objects.filter(person=person, why="registered").update(
        until=TODAY - timedelta(days=366)
    )
    looked = NOW - timedelta(days=400)
    user = add_user(
        the_system(NOW), email="once@example.org", name="Once", password=None, language="en", memberships=()
    )  # fmt: skip
    models.Read.objects.create(
        at=looked, user_id=user, organisation_id=registrar().organisation, purpose="registration",
        person_id=person, page="household",
    )  # fmt: skip
    line = models.Journal.objects.filter(household=home).order_by("pk")[0]
    models.Moved.objects.create(journal=line, rows={})
    return person


def runs():
    return list(
        models.Journal.objects.filter(event="retention:done").values_list("details", flat=True)
    )


def test_what_is_past_its_term_goes_once_and_a_line_says_so(person):
    by = the_system(NOW)
    assert run_retention(by, on=TODAY) == RetentionReport(
        1, 1, 1, reads=1, checks=0, files=0, questions=0, people=0
    )
    assert run_retention(by, on=TODAY) == RetentionReport(0, 0, 0, 0, 0, 0, 0, 0)
    assert not models.Read.objects.exists()
    assert runs() == [
        {
            "on": "2026-11-25",
            "notices": 1,
            "links": 1,
            "sights": 1,
            "reads": 1,
            "checks": 0,
            "files": 0,
            "questions": 0,
            "people": 0,
        }
    ]
    kept = models.Notice.objects.filter(person=person).exclude(params={})
    assert [each.kind for each in kept] == ["kept"]
    link = models.PersonalLink.objects.get(person=person)
    assert (link.digest, link.ended_at) == (f"blanked {link.pk}", NOW)
    assert not models.Sight.objects.filter(person=person, why="registered").exists()
    assert models.Sight.objects.filter(person=person).exists()


def test_what_can_no_longer_be_undone_is_not_remembered(person):
    run_retention(the_system(NOW), on=TODAY)
    assert models.Moved.objects.exists()
    run_retention(the_system(NOW + timedelta(minutes=11)), on=TODAY)
    assert not models.Moved.objects.exists()


def test_a_dry_run_keeps_nothing_and_only_it_looks_ahead(person):
    by = the_system(NOW)
    ahead = TODAY + timedelta(days=1)
    assert run_retention(by, on=ahead, dry_run=True).notices == 2
    assert runs() == []
    assert not models.Notice.objects.filter(person=person, params={}).exists()
    with pytest.raises(Refused):
        run_retention(by, on=ahead)


def test_nobody_is_erased_by_a_term_that_is_not_known(person):
    models.Track.objects.filter(person=person).update(closed_on=TODAY - timedelta(days=20_000))
    assert run_retention(the_system(NOW), on=TODAY).people == 1
    assert models.Person.objects.get(pk=person).given_name == "Olena"


def test_the_round_of_the_day_does_it(person):
    run_day(the_system(NOW), on=TODAY)
    assert len(runs()) == 1


def checked(site, outcome, days_ago):
    by = town(at=NOW - timedelta(days=days_ago))
    return write_host_check(
        by, site_id=site, kind=HostCheckKind.DWELLING, outcome=outcome, on=by.on
    )


def test_a_check_of_a_host_goes_a_year_after_the_last_night_and_not_while_it_keeps_a_place_closed():
    empty, closed, lived_in = (
        a_site(town(), a_home(), municipality=GENT, name=name) for name in ("E", "C", "L")
    )
    old = checked(empty, CheckOutcome.PASSED, 366)
    kept = [
        checked(empty, CheckOutcome.PASSED, 365), checked(closed, CheckOutcome.FAILED, 800),
        checked(lived_in, CheckOutcome.PASSED, 800),
    ]  # fmt: skip
    models.Stay.objects.create(
        household_id=a_household(), unit=models.Unit.objects.get(site=lived_in), state="ended",
        start=TODAY - timedelta(days=700), end=TODAY - timedelta(days=364), exclusive=True,
    )  # fmt: skip
    assert run_retention(the_system(NOW), on=TODAY).checks == 1
    assert sorted(models.HostCheck.objects.values_list("pk", flat=True)) == kept
    assert old not in kept
    tomorrow = NOW + timedelta(days=2)
    assert run_retention(the_system(tomorrow), on=tomorrow.date()).checks == 2
    assert models.HostCheck.objects.get().site_id == closed
