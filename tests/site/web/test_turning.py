"""Long lists are turned page by page: nothing stands twice, nothing is left out, and what was sought stays sought."""

import pytest
from builders import (
    GENT,
    MECHELEN,
    a_home,
    a_household,
    a_site,
    an_emergency_room,
    dispatcher,
    town,
    tracks_of,
)
from django.urls import reverse

from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.tracks import TrackKind
from perron_site.actions.handovers import accept_handover, offer_handover
from perron_site.actions.homes import propose_home
from perron_site.queries import tonight
from perron_site.queries.organisations import organisation
from perron_site.web import inbox, places

pytestmark = pytest.mark.django_db


def offer(household):
    return offer_handover(
        dispatcher(),
        household_id=household,
        track_ids=tuple(each.pk for each in tracks_of(household, TrackKind.ROOF)),
        receiver_id=organisation(OrganisationKind.MUNICIPALITY, GENT),
        why="",
        consent=True,
    )


def turned(client, address, pages, **words):
    return [
        client.get(address, {**words, "page": number}).content.decode()
        for number in range(1, pages + 1)
    ]


def test_the_inbox_is_turned_and_keeps_what_was_sought(desk, monkeypatch):
    monkeypatch.setattr(inbox, "ON_A_PAGE", 2)
    homes = [a_household() for _ in range(5)]
    for home in homes:
        offer(home)
    texts = turned(desk("gent"), reverse("inbox"), 3, kind="offer")
    assert "Page 1 of 3" in texts[0]
    assert "5 things" in texts[0]
    assert "?kind=offer&amp;page=2" in texts[0]
    shown = [home for text in texts for home in homes if f"/household/{home}/" in text]
    assert sorted(shown) == sorted(homes)


def test_places_are_turned_and_a_file_holds_them_all(desk, monkeypatch):
    monkeypatch.setattr(places, "ON_A_PAGE", 2)
    names = [f"Site {letter}" for letter in "ABCDE"]
    for name in names:
        a_site(town(), a_home(), municipality=GENT, name=name)
    client = desk("gent")
    texts = turned(client, reverse("places"), 3)
    assert "Page 3 of 3" in texts[2]
    assert [name for text in texts for name in names if f">{name}</h3>" in text] == names
    file = client.get(reverse("places_csv")).content.decode()
    assert all(name in file for name in names)


def test_a_site_of_many_units_goes_on_on_the_next_page_and_counts_all_its_beds(desk, monkeypatch):
    monkeypatch.setattr(places, "ON_A_PAGE", 2)
    flats = [f"Flat {number}" for number in range(1, 6)]
    a_site(town(), *(a_home(name=flat) for flat in flats), municipality=GENT)
    texts = turned(desk("gent"), reverse("places"), 3)
    assert [[flat for flat in flats if flat in text] for text in texts] == [
        flats[:2], flats[2:4], flats[4:],
    ]  # fmt: skip
    assert all("of 20 beds free tonight" in text for text in texts)


def test_an_act_on_a_later_page_leads_back_to_it(desk, monkeypatch):
    monkeypatch.setattr(places, "ON_A_PAGE", 1)
    sites = [a_site(town(), a_home(), municipality=GENT, name=name) for name in ("A", "B")]
    client = desk("gent")
    assert 'name="page" value="2"' in turned(client, reverse("places"), 2)[1]
    address = reverse("confirm_site", args=[sites[1]])
    assert client.post(address, {"page": "2"}).url == reverse("places") + "?page=2"
    assert client.post(address, {"page": "x"}).url == reverse("places")


def test_who_waits_longest_for_a_home_stands_first_and_the_others_are_counted(desk, monkeypatch):
    monkeypatch.setattr(places, "SHOWN", 2)
    homes = [a_household() for _ in range(3)]
    for home in homes:
        accept_handover(town(), handover_id=offer(home))
    text = desk("gent").get(reverse("places")).content.decode()
    assert "3 households wait for a home" in text
    assert "Those who wait longest stand here" in text
    articles = text.split('id="seekers"')[1].split('id="sites"')[0]
    assert articles.count("<article") == 2


def test_a_home_that_is_proposed_is_shown_however_many_wait_longer(desk, monkeypatch):
    monkeypatch.setattr(places, "SHOWN", 1)
    a_site(town(), a_home(), municipality=GENT)
    homes = [a_household() for _ in range(3)]
    for home in homes:
        accept_handover(town(), handover_id=offer(home))
    propose_home(town(), household_id=homes[2], unit_id=None)
    text = desk("gent").get(reverse("places")).content.decode()
    articles = text.split('id="seekers"')[1].split('id="sites"')[0]
    assert f"/household/{homes[2]}/" in articles
    assert "Why this home" in articles


def test_a_dispatcher_turns_every_site_with_a_bed_for_a_night(desk, monkeypatch):
    monkeypatch.setattr(places, "ON_A_PAGE", 1)
    a_site(town(), an_emergency_room(), municipality=GENT, name="Theirs")
    a_site(town(), a_home(), municipality=GENT, name="A home")
    a_site(dispatcher(), an_emergency_room(), name="Ours")
    texts = turned(desk("dispatcher"), reverse("places"), 2)
    assert [
        name for text in texts for name in ("Ours", "Theirs", "A home") if f">{name}</h3>" in text
    ] == [
        "Ours",
        "Theirs",
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("citadelpak", ["Citadelpark"]), ("GAND", ["Citadelpark"]), ("Гент", ["Citadelpark"]),
        ("attic gent", ["Citadelpark"]), ("malines", ["Post"]), ("ôst", ["Post"]),
        ("dortoir", []),
    ],
)  # fmt: skip
def test_a_place_is_found_by_site_unit_or_municipality_in_any_spelling(desk, words, found):
    rooms = an_emergency_room(name="Attic"), an_emergency_room(name="Room 2")
    a_site(town(), *rooms, municipality=GENT, name="Citadelpark")
    a_site(town(), an_emergency_room(name="Room 3"), municipality=MECHELEN, name="Post")
    text = desk("dispatcher").get(reverse("places"), {"q": words}).content.decode()
    assert [name for name in ("Citadelpark", "Post") if f">{name}</h3>" in text] == found
    assert f'value="{words}"' in text
    assert ("Attic" in text, "Room 2" in text) == (bool(found[:1] == ["Citadelpark"]), (
        found == ["Citadelpark"] and "attic" not in words
    ))  # fmt: skip


def test_who_acts_on_a_place_that_was_found_is_led_back_to_what_was_found(desk, monkeypatch):
    monkeypatch.setattr(places, "ON_A_PAGE", 1)
    rooms = [an_emergency_room(name=f"Room {number}") for number in range(3)]
    site = a_site(dispatcher(), *rooms, municipality=GENT, name="Citadelpark")
    client = desk("dispatcher")
    text = client.get(reverse("places"), {"q": "park", "page": 2}).content.decode()
    assert "3 units are found." in text
    assert "?q=park&amp;page=3" in text
    assert 'name="q" value="park"' in text
    answer = client.post(reverse("confirm_site", args=[site]), {"page": "2", "q": "park"})
    assert answer.url == reverse("places") + "?q=park&page=2"


def test_tonight_shows_the_sites_with_the_most_beds_and_leads_to_the_others(desk, monkeypatch):
    monkeypatch.setattr(tonight, "SITES", 1)
    a_site(dispatcher(), an_emergency_room(4), name="Large")
    a_site(dispatcher(), an_emergency_room(2), name="Small")
    text = desk("dispatcher").get(reverse("tonight")).content.decode()
    assert "Large" in text
    assert "Small" not in text
    assert "The sites with the most free beds stand here." in text
    assert "<dd>6</dd>" in text
