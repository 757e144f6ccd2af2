"""The admin reads; it never writes, and it opens for staff alone."""

import pytest
from builders import NOW, a_household
from django.contrib.auth import get_user_model
from django.test import Client

from perron_site.records import models
from perron_site.records.admin import site

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    user = get_user_model().objects.create_user("root@example.org", "x" * 20, joined_at=NOW)
    user.is_staff = user.is_superuser = True
    user.save()
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def addresses():
    return [f"/admin/{each._meta.app_label}/{each._meta.model_name}/" for each in site._registry]


def test_it_opens_for_staff_alone(desk, staff):
    assert staff.get("/admin/").status_code == 200
    assert Client().get("/admin/").status_code == 302
    assert desk("dispatcher").get("/admin/").status_code == 403


def test_every_list_and_row_can_be_read_and_none_changed(staff):
    a_household()
    for address in addresses():
        assert staff.get(address).status_code == 200, address
        assert staff.get(f"{address}add/").status_code == 403, address
    row = models.Household.objects.first()
    address = f"/admin/records/household/{row.pk}/"
    assert staff.get(f"{address}change/").status_code == 200
    assert staff.post(f"{address}change/", {"arrived_on": "2020-01-01"}).status_code == 403
    assert staff.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    row.refresh_from_db()
    assert row.arrived_on == NOW.date()


def test_no_table_with_names_facts_or_needs_is_registered():
    private = {models.Person, models.Fact, models.Need, models.PersonalLink, models.Notice}
    assert private.isdisjoint(site._registry)


def test_no_list_shows_a_name(staff):
    a_household()
    for address in addresses():
        assert "Marchuk" not in staff.get(address).content.decode(), address
