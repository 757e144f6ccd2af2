"""My people: what was answered and what waits, for the desk that it concerns."""

import pytest
from builders import GENT, MECHELEN, a_household, dispatcher, town, tracks_of
from django.urls import reverse

from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.tracks import DeclineReason, TrackKind
from perron_site.actions.handovers import decline_handover, offer_handover
from perron_site.queries.organisations import organisation

pytestmark = pytest.mark.django_db


def offer_to(household, nis):
    return offer_handover(
        dispatcher(),
        household_id=household,
        track_ids=tuple(each.pk for each in tracks_of(household, TrackKind.ROOF)),
        receiver_id=organisation(OrganisationKind.MUNICIPALITY, nis),
        why="",
        consent=True,
    )


def test_the_giver_sees_a_no_until_it_offers_the_line_to_somebody_else(desk):
    household = a_household()
    decline_handover(
        town(GENT), handover_id=offer_to(household, GENT), reason=DeclineReason.NO_PLACE
    )
    page = desk("dispatcher")
    text = page.get(reverse("my_people")).content.decode()
    assert "Stad Gent said no on 25 Nov: No place free" in text
    gent = desk("gent").get(reverse("my_people")).content.decode()
    assert f"H-{household}" not in gent
    offer_to(household, MECHELEN)
    assert "said no" not in page.get(reverse("my_people")).content.decode()


def test_an_offer_that_waits_stands_in_the_list_of_whoever_was_asked(desk):
    household = a_household()
    offer_to(household, GENT)
    text = desk("gent").get(reverse("my_people")).content.decode()
    assert "Fedasil waits for your answer until 27 Nov" in text
