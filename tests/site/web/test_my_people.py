"""My people: what was answered and what waits, for the desk that it concerns."""

import pytest
from builders import GENT, MECHELEN, NOW, a_household, dispatcher, town, tracks_of
from django.urls import reverse

from perron.responsibility.net import Gap, GapKind
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.tracks import DeclineReason, TrackKind
from perron.vocabulary.wording import message
from perron_site.actions.handovers import decline_handover, offer_handover
from perron_site.queries.my_people import gap_lines
from perron_site.queries.organisations import organisation
from perron_site.web import people

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


def test_a_sentence_about_several_lines_of_a_household_stands_there_once():
    by = dispatcher()

    def late(person, track, days, responsible=by.organisation):
        said = message("gap.handover_overdue", due=NOW.date())
        return Gap(GapKind.HANDOVER_OVERDUE, 7, person, track, NOW.date(), days, responsible, said)

    found = [late(1, TrackKind.ROOF, 2), late(2, TrackKind.ROOF, 2), late(1, TrackKind.SUPPORT, 3)]
    elsewhere = late(2, TrackKind.MUNICIPALITY, 9, by.organisation + 1)
    ours, theirs = gap_lines([*found, elsewhere], {1: "Olha", 2: "Taras"}, by)
    assert (ours.ours, ours.who, ours.days_open) == (True, "", 3)
    assert (theirs.ours, theirs.who, theirs.days_open) == (False, "Taras", 9)


def test_a_long_list_is_turned_page_by_page_and_nobody_stands_on_two(desk, monkeypatch):
    monkeypatch.setattr(people, "ON_A_PAGE", 2)
    homes = {a_household() for _ in range(5)}
    client = desk("dispatcher")
    seen = []
    for number in (1, 2, 3):
        text = client.get(reverse("my_people"), {"page": number}).content.decode()
        assert f"Page {number} of 3" in text
        assert "5 households" in text
        seen += [each for each in sorted(homes) if f"/household/{each}/" in text]
    assert sorted(seen) == sorted(homes)
    assert ("The next page" in text, "The page before" in text) == (False, True)
    assert client.get(reverse("my_people"), {"page": "x"}).status_code == 200
