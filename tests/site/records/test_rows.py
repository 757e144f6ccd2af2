"""The database itself shows a row about people to those alone who may look."""

from contextlib import contextmanager
from datetime import date

import pytest
from builders import (
    MECHELEN,
    NOW,
    a_family_of_four,
    a_home,
    a_household,
    a_site,
    dispatcher,
    later,
    registrar,
    town,
    tracks_of,
)
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from perron.vocabulary.errors import NotFound
from perron.vocabulary.intervals import Interval
from perron.vocabulary.people import Need
from perron.vocabulary.places import PlaceKind
from perron.vocabulary.tracks import TrackKind
from perron_site.actions.handovers import accept_handover, decline_handover, offer_handover
from perron_site.actions.homes import promised_units, propose_home
from perron_site.actions.links import give_link
from perron_site.actions.roofs import ask_for_roof, propose_tonight, take_proposal
from perron_site.queries.gaps import in_sight
from perron_site.records import facts, models
from perron_site.records.context import Round, as_organisation, as_person, as_round, named
from perron_site.records.rows import TABLES

pytestmark = pytest.mark.django_db
SECURED = sorted(TABLES)


def table(name):
    return next(each for each in apps.get_models() if each._meta.db_table == name)


def numbers(name):
    return set(table(name).objects.order_by("pk").values_list("pk", flat=True))


def without_own_and_nobodys(name, rows):
    """Of the journal, what is about somebody."""
    if name != "records_journal":
        return rows
    about = models.Journal.objects.exclude(household=None, person=None)
    return rows & set(about.order_by("pk").values_list("pk", flat=True))


def ask(question, *words):
    with connection.cursor() as cursor:
        return cursor.execute(question, words).fetchall()


def offer_roof(household, to, by=None):
    return offer_handover(
        by or dispatcher(),
        household_id=household,
        track_ids=tuple(each.pk for each in tracks_of(household, TrackKind.ROOF)),
        receiver_id=to.organisation,
        why="A home is free",
        consent=True,
    )


@pytest.fixture
def family():
    """A family with a bed, nights, a link; another household waits."""
    a_site()
    number = a_family_of_four()
    propose_tonight(dispatcher(), night=dispatcher().tonight)
    proposal = models.Proposal.objects.filter(household=number, state="open").first()
    if proposal:
        take_proposal(dispatcher(), proposal_id=proposal.pk)
    return number


@contextmanager
def nobody():
    with named("", "", "", "", ""):
        yield


@pytest.mark.parametrize("name", SECURED)
def test_without_a_context_nothing_is_seen(family, name):
    with nobody():
        assert (
            numbers(name) - (numbers(name) - without_own_and_nobodys(name, numbers(name))) == set()
        )


@pytest.mark.parametrize("name", SECURED)
def test_a_foreign_organisation_sees_no_row(family, name):
    with as_organisation(town()):
        assert without_own_and_nobodys(name, numbers(name)) == set()


def test_a_context_ends_with_its_transaction_and_what_stood_before_comes_back(family):
    before = numbers("records_person")
    with as_organisation(town()):
        assert numbers("records_person") == set()
        with as_round(Round.DAY):
            assert numbers("records_person") == before
        assert numbers("records_person") == set()
    with pytest.raises(ZeroDivisionError), as_organisation(town()):
        raise ZeroDivisionError
    assert numbers("records_person") == before != set()


def test_sight_that_has_ended_shows_nothing(family):
    with as_organisation(registrar()):
        assert len(numbers("records_person")) == 4
    models.Sight.objects.filter(organisation=registrar().organisation).update(until=NOW.date())
    with as_organisation(registrar(later(days=1))):
        assert numbers("records_person") == set()


def test_a_foreign_organisation_cannot_write_either(family):
    person, track = models.Person.objects.first(), tracks_of(family, TrackKind.ROOF)[0]
    by = town()
    with as_organisation(by):
        assert models.Person.objects.filter(pk=person.pk).update(given_name="X") == 0
        assert models.Track.objects.filter(pk=track.pk).update(responsible=by.organisation) == 0
        for row in (
            models.Need(person=person, need="lift", start=NOW.date()),
            models.Sight(person=person, organisation_id=by.organisation, why="gave"),
            models.Journal(
                at=NOW, event="day:done", role="system", purpose="support",
                organisation_id=registrar().organisation,
            ),
        ):  # fmt: skip
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                row.save()


def test_each_organisation_finds_in_the_view_its_own_sight_alone_and_nobody_writes_there(family):
    for by in (registrar(), town(), town(MECHELEN)):
        with as_round(Round.COMMAND):
            mine = set(in_sight(by.on, by.organisation))
        with as_organisation(by):
            assert set(models.OwnSight.objects.values_list("person", flat=True)) == mine
            assert set(in_sight(by.on, by.organisation)) == mine
            with (
                pytest.raises(DatabaseError, match="permission denied for view"),
                transaction.atomic(),
            ):
                models.OwnSight.objects.update(until=None)
    assert set(models.OwnSight.objects.values_list("person", flat=True)) == set()


def test_a_household_is_registered_by_who_may_read_it_afterwards(family):
    for by in (registrar(), town(), town(MECHELEN)):
        with as_organisation(by):
            new = a_household(by, size=2, needs=[Need.LIFT])
            people = models.HouseholdMember.objects.filter(household=new)
            assert people.count() == 2
    with as_organisation(town(MECHELEN)):
        assert len(numbers("records_household")) == 1


def test_who_is_asked_sees_the_offered_line_and_numbers_and_never_a_person(family):
    gent = town()
    handover = offer_roof(family, gent)
    with as_organisation(gent):
        assert numbers("records_track") == {each.pk for each in tracks_of(family, TrackKind.ROOF)}
        assert numbers("records_handover") == {handover}
        assert numbers("records_household") == {family}
        for name in ("records_person", "records_need", "records_fact", "records_bednight"):
            assert numbers(name) == set()
        assert len(ask("select * from perron_preview(%s)", NOW.date())) == 4
        decline_handover(gent, handover_id=handover, reason="no_place")
        assert numbers("records_track") == numbers("records_household") == set()
        assert ask("select * from perron_preview(%s)", NOW.date()) == []


def test_who_says_yes_sees_the_people_from_then_on(family):
    gent = town()
    handover = offer_roof(family, gent)
    with as_organisation(gent):
        accept_handover(gent, handover_id=handover)
        assert len(numbers("records_person")) == 4


def test_the_preview_gives_nothing_to_others(family):
    offer_roof(family, town())
    with as_organisation(town(MECHELEN)):
        assert ask("select * from perron_preview(%s)", NOW.date()) == []
        assert ask("select * from perron_offered()") == []
    columns = ask(
        "select unnest(proargnames) from pg_proc where proname in ('perron_preview', 'perron_offered')"
    )
    assert {name for (name,) in columns} == {
        "day", "person_id", "born", "needs", "handover_id", "household_id", "track_id",
    }  # fmt: skip


def test_free_beds_are_known_to_all_and_who_sleeps_there_to_few(family):
    nights = Interval(dispatcher().tonight, None)
    everywhere = [unit.free for unit in facts.units(PlaceKind.EMERGENCY, nights)]
    with as_organisation(town()):
        assert [unit.free for unit in facts.units(PlaceKind.EMERGENCY, nights)] == everywhere
        assert numbers("records_bednight") == set()


def test_a_home_that_is_proposed_to_one_is_promised_for_all(family):
    a_site(dispatcher(), a_home(5), name="House")
    propose_home(dispatcher(), household_id=a_household())
    promised = promised_units()
    with as_organisation(town()):
        assert promised_units() == promised
        assert len(promised) == 1
        assert numbers("records_proposal") == set()


def test_nobody_acts_on_a_part_of_a_household(family):
    hidden = models.HouseholdMember.objects.filter(household=family).order_by("pk").last()
    models.Sight.objects.filter(
        person=hidden.person_id, organisation=registrar().organisation
    ).delete()
    with as_organisation(registrar()):
        assert ask("select perron_unseen(%s)", family) == [(1,)]
        with pytest.raises(NotFound):
            ask_for_roof(registrar(), household_id=family)


def test_a_person_sees_by_their_link_what_is_about_themselves_alone(family):
    first, second, *_ = models.HouseholdMember.objects.filter(household=family).order_by("pk")
    give_link(registrar(), person_id=first.person_id)
    with as_person(first.person_id):
        assert numbers("records_person") == {first.person_id}
        assert numbers("records_household") == {family}
        assert models.Track.objects.exclude(person=first.person_id).count() == 0
        assert models.Person.objects.filter(pk=first.person_id).update(given_name="X") == 0
    assert second.person_id != first.person_id


def test_a_link_that_is_wrong_or_ended_belongs_to_nobody(family):
    with nobody():
        assert ask("select perron_link_holder('x', %s)", date(2026, 11, 25)) == [(None,)]


def test_the_count_of_the_net_reads_no_name_and_writes_nothing(family):
    with as_round(Round.COUNT):
        assert numbers("records_track")
        for name in (
            "records_person",
            "records_need",
            "records_fact",
            "records_notice",
            "records_revision",
        ):
            assert numbers(name) == set()
        assert models.Track.objects.update(matrix="x") == 0
