"""Who is away names who covers; another desk is told how much waits, never who."""

from datetime import date, timedelta

import pytest
from builders import GENT, MECHELEN, NOW, a_household, acting, dispatcher, registrar, tracks_of

from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.tracks import TrackKind
from perron_site.actions.covers import end_absence, name_desk_cover, set_absence
from perron_site.actions.handovers import offer_handover
from perron_site.actions.tracks import take_up
from perron_site.actions.users import add_user
from perron_site.queries.covers import absences, closed_desks
from perron_site.queries.organisations import organisation, the_system
from perron_site.records import models
from perron_site.records.context import as_organisation

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def colleague(name, kind=OrganisationKind.FEDASIL, role=Role.DISPATCHER, municipality=None):
    user = add_user(
        the_system(NOW),
        email=f"{name}@example.org",
        name=name,
        password=None,
        language="en",
        memberships=((organisation(kind, municipality), role),),
    )
    by = acting(kind, role, municipality)
    return type(by)(user, by.organisation, by.role, by.purpose, by.at)


def test_what_somebody_who_is_away_works_on_is_shown_to_the_cover():
    ann, bob = colleague("ann"), colleague("bob")
    household = a_household()
    take_up(ann, track_id=tracks_of(household, TrackKind.ROOF)[0].pk)
    set_absence(ann, cover_id=bob.user, start=TODAY, end=TODAY + timedelta(days=4))
    (row,) = absences(bob)
    assert (row.user, row.cover, row.covered_by_me, row.households) == (
        "ann",
        "bob",
        True,
        (household,),
    )
    assert not absences(ann)[0].covered_by_me
    end_absence(ann, absence_id=row.id)
    assert absences(bob) == ()


def test_only_a_colleague_covers():
    ann, other = colleague("ann"), colleague("eva", OrganisationKind.DVZ, Role.REGISTRAR)
    for cover in (ann.user, other.user, 0):
        with pytest.raises(Refused):
            set_absence(ann, cover_id=cover, start=TODAY, end=TODAY)


def test_the_days_are_in_order_and_not_over():
    ann, bob = colleague("ann"), colleague("bob")
    for start, end in ((TODAY, TODAY - timedelta(days=1)), (date(2026, 11, 1), date(2026, 11, 2))):
        with pytest.raises(Refused):
            set_absence(ann, cover_id=bob.user, start=start, end=end)


def test_only_who_is_away_is_back_early():
    ann, bob = colleague("ann"), colleague("bob")
    set_absence(ann, cover_id=bob.user, start=TODAY, end=TODAY)
    with pytest.raises(NotFound):
        end_absence(bob, absence_id=models.Absence.objects.get().pk)


def test_another_desk_is_told_how_much_waits_and_gets_no_sight_by_that():
    gent = colleague("gent", OrganisationKind.MUNICIPALITY, Role.HOUSING_OFFICER, GENT)
    ocmw = acting(OrganisationKind.OCMW, Role.CASE_WORKER, GENT)
    household = a_household()
    offer_handover(
        dispatcher(),
        household_id=household,
        track_ids=tuple(each.pk for each in tracks_of(household, TrackKind.ROOF)),
        receiver_id=gent.organisation,
        why="",
        consent=True,
    )
    name_desk_cover(gent, cover_id=ocmw.organisation, start=TODAY, end=TODAY)
    with as_organisation(ocmw):
        (row,) = closed_desks(ocmw)
        assert (row.name, row.waiting) == ("Stad Gent", 1)
        assert not models.Person.objects.exists()
        assert not models.Handover.objects.exists()
    with as_organisation(registrar()):
        assert closed_desks(registrar()) == ()
    with pytest.raises(Refused):
        name_desk_cover(gent, cover_id=gent.organisation, start=TODAY, end=TODAY)


def test_a_cover_ends_with_its_last_day():
    gent = colleague("gent", OrganisationKind.MUNICIPALITY, Role.HOUSING_OFFICER, MECHELEN)
    ocmw = acting(OrganisationKind.OCMW, Role.CASE_WORKER, MECHELEN)
    name_desk_cover(gent, cover_id=ocmw.organisation, start=TODAY, end=TODAY)
    tomorrow = acting(OrganisationKind.OCMW, Role.CASE_WORKER, MECHELEN, NOW + timedelta(days=1))
    assert closed_desks(tomorrow) == ()
