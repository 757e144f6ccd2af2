"""What is read seldom is drawn when somebody asks for it, at an address that can be kept."""

import re

import builders
import pytest
from builders import a_household, a_site, dispatcher
from django.urls import reverse

from perron_site.actions.roofs import propose_tonight

pytestmark = pytest.mark.django_db


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_happened_to_a_household_is_read_when_asked(desk):
    home, client = a_household(municipality=builders.GENT), desk("registrar")
    address = reverse("household", args=[home])
    page = shown(client, address)
    assert 'href="?story=1#story"' in page
    assert "Household registered" not in page
    assert "Household registered" in shown(client, f"{address}?story=1")
    assert 'id="story"' in page


def test_the_mondays_of_the_net_are_counted_when_asked(desk):
    a_household(municipality=builders.GENT)
    client = desk("coordinator")
    address = reverse("net")
    page = shown(client, address)
    assert 'href="?weeks=1#mondays"' in page
    assert 'id="mondays"' in page
    weeks = re.search(r'id="mondays".*?</figure>', shown(client, f"{address}?weeks=1"), re.DOTALL)
    assert weeks[0].count('<th scope="row">') == 12


def test_other_beds_are_ranked_for_the_one_household_that_is_asked_about(desk):
    first, other = a_household(), a_household()
    a_site(None, builders.an_emergency_room(2))
    a_site(None, builders.an_emergency_room(2), name="Eilandje")
    propose_tonight(dispatcher(), night=builders.NOW.date())
    client, address = desk("dispatcher"), reverse("tonight")
    page = shown(client, address)
    for home in (first, other):
        assert f'href="?other={home}#other"' in page
    assert 'name="unit"' not in page
    opened = shown(client, f"{address}?other={first}")
    assert f'<select id="unit-{first}" name="unit">' in opened
    assert opened.count('name="unit"') == 1
    assert f'href="?other={other}#other"' in opened
    assert shown(client, f"{address}?other=nobody").count('name="unit"') == 0
