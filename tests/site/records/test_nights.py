from datetime import date

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.utils import IntegrityError

from perron_site.records.models import (
    Bed,
    BedNight,
    Household,
    Organisation,
    Person,
    Site,
    Stay,
    Unit,
)

pytestmark = pytest.mark.django_db
FROM = date(2026, 11, 25)


@pytest.fixture
def room():
    host = Organisation.objects.get(kind="municipality", municipality="44021")
    site = Site.objects.create(name="Sint-Anna", organisation=host, municipality=host.municipality)
    unit = Unit.objects.create(site=site, name="1", kind="emergency", state="bookable", shared=True)
    return [Bed.objects.create(unit=unit, number=number) for number in (1, 2)]


def a_stay(bed, person, start, end, stay=None):
    """Take a bed for the nights from start up to, not including, end."""
    household = Household.objects.create(arrived_on=start)
    stay = stay or Stay.objects.create(
        household=household, unit=bed.unit, start=start, end=end, exclusive=False, state="running"
    )
    with transaction.atomic():
        return BedNight.objects.create(
            stay=stay, bed=bed, person=person, nights=DateRange(start, end)
        )


def people(count):
    return [Person.objects.create(given_name="Olena", family_name="Marchuk") for _ in range(count)]


def test_a_bed_goes_from_one_person_to_the_next_on_the_same_day(room):
    first, second = people(2)
    a_stay(room[0], first, FROM, date(2026, 11, 28))
    a_stay(room[0], second, date(2026, 11, 28), None)
    assert BedNight.objects.count() == 2


def test_no_bed_holds_two_people(room):
    first, second = people(2)
    a_stay(room[0], first, FROM, None)
    with pytest.raises(IntegrityError, match="no_bed_holds_two_people"):
        a_stay(room[0], second, date(2027, 3, 1), date(2027, 3, 2))


def test_nobody_sleeps_in_two_places_also_when_booked_ahead(room):
    (olena,) = people(1)
    a_stay(room[0], olena, date(2026, 12, 10), date(2026, 12, 20))
    with pytest.raises(IntegrityError, match="nobody_sleeps_in_two_places"):
        a_stay(room[1], olena, FROM, date(2026, 12, 11))


def test_closed_beds_of_one_stay_hold_nobody_and_exclude_each_other_not(room):
    a_stay(room[0], None, FROM, None)
    a_stay(room[1], None, FROM, None)
    assert BedNight.objects.filter(person__isnull=True).count() == 2
