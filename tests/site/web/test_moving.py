"""Two households side by side, made one, and the button that undoes it."""

import pytest
from builders import GENT, a_household
from django.urls import reverse

from perron_site.records import models

pytestmark = pytest.mark.django_db


def living(household):
    return models.HouseholdMember.objects.filter(household=household, end__isnull=True).count()


@pytest.fixture
def two():
    """Two households of two and of one that the dispatcher sees."""
    return a_household(size=2, municipality=GENT), a_household(municipality=GENT)


def test_two_households_are_seen_side_by_side_made_one_and_two_again(desk, two):
    home, other = two
    client, address = desk("dispatcher"), reverse("merge", args=[home])
    found = client.get(f"{address}?q=H-{other}").content.decode()
    assert f"?other={other}" in found
    beside = client.get(f"{address}?other={other}").content.decode()
    assert f"H-{home} ·" in beside
    assert f"H-{other} ·" in beside
    client.post(address, {"other": other})
    assert (living(home), living(other)) == (3, 0)
    assert reverse("undo_moving", args=[home]) in client.get(f"/household/{home}/").content.decode()
    client.post(reverse("undo_moving", args=[home]))
    assert (living(home), living(other)) == (2, 1)
    after = client.get(f"/household/{home}/").content.decode()
    assert reverse("undo_moving", args=[home]) not in after


def test_two_records_of_one_person_become_one_on_the_page(desk, two):
    home, other = two
    person, double = (
        models.HouseholdMember.objects.filter(household=each).first().person_id for each in two
    )
    desk("dispatcher").post(
        reverse("merge_people", args=[home]), {"person": person, "double": double, "why": "Twice"}
    )
    assert (living(home), living(other)) == (2, 0)


def test_a_foreign_desk_sees_neither_and_merges_nothing(desk, two):
    home, other = two
    client, address = desk("mechelen"), reverse("merge", args=[home])
    assert client.get(f"{address}?q=H-{other}").status_code == 404
    assert client.post(address, {"other": other}).status_code == 404
    assert living(other) == 1
