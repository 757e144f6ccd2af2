"""A foreign organisation gets nothing: not on a page, in a list, a search, a file, or by an act."""

import pytest
from builders import (
    a_family_of_four,
    a_home,
    a_site,
    dispatcher,
    town,
    tracks_of,
)
from django.urls import reverse

from perron.vocabulary.tracks import TrackKind
from perron_site.actions.handovers import offer_handover
from perron_site.queries.directory import directory
from perron_site.records import models

pytestmark = pytest.mark.django_db


def organisation_of(name):
    return next(
        each.id for each in directory(name, dispatcher().on, besides=0) if each.name == name
    )


@pytest.fixture
def family():
    a_site()
    a_site(town(), a_home(5), municipality="44021", name="Dampoort")
    return a_family_of_four()


def person_of(household):
    return models.HouseholdMember.objects.filter(household=household).first().person_id


NOT_THEIRS = (
    ("household", "household"), ("offer", "household"), ("correct_person", "person"),
)  # fmt: skip


@pytest.mark.parametrize(("page", "what"), NOT_THEIRS)
def test_a_page_of_a_household_that_is_not_theirs_is_not_there(desk, family, page, what):
    number = family if what == "household" else person_of(family)
    answer = desk("ocmw_gent").get(reverse(page, args=[number]))
    assert answer.status_code in {403, 404}
    assert "Marchuk" not in answer.content.decode()


LISTED = [
    "my_people",
    "net",
    "places",
    *(f"{name}_csv" for name in ("my_people", "net", "places", "inbox", "paper")),
]


@pytest.mark.parametrize("page", LISTED)
def test_a_list_shows_nobody_who_is_not_theirs(desk, family, page):
    answer = desk("ocmw_gent").get(reverse(page))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Marchuk" not in text
    assert f"H-{family}<" not in text


ACTS = (
    ("send_offer", "household"), ("take_up", "household"), ("set_step", "household"),
    ("ask_for_roof", "household"), ("change_need", "person"), ("state_fact", "person"), ("give_link", "person"),
    ("set_presence", "person"), ("open_line", "person"),
)  # fmt: skip


@pytest.mark.parametrize(("act", "what"), ACTS)
def test_an_act_on_somebody_who_is_not_theirs_changes_nothing(desk, family, act, what):
    number = family if what == "household" else person_of(family)
    before = models.Journal.objects.count()
    everything = {
        "tracks": ",".join(str(each.pk) for each in models.Track.objects.all()),
        "receiver": str(dispatcher().organisation), "why": "x", "consent": "1",
        "step": "support.inquiry", "need": "cot", "ua_permit": "none", "presence": "abroad", "kind": "care",
    }  # fmt: skip
    client = desk("ocmw_gent")
    signed_in = models.Journal.objects.count()
    answer = client.post(reverse(act, args=[number]), everything)
    assert answer.status_code in {403, 404, 409}
    assert models.Journal.objects.count() == signed_in == before + 1
    assert "Marchuk" not in answer.content.decode()


def test_an_offer_shows_sizes_ages_and_needs_and_no_name(desk, family):
    by = dispatcher()
    offer_handover(
        by,
        household_id=family,
        track_ids=tuple(each.pk for each in tracks_of(family, TrackKind.ROOF)),
        receiver_id=organisation_of("Stad Gent"),
        why="A home is free",
        consent=True,
    )
    gent = desk("gent")
    for page in (reverse("my_people"), reverse("household", args=[family])):
        text = gent.get(page).content.decode()
        for name in ("Marchuk", "Olena", "Nina", "Danylo", "Sofiia"):
            assert name not in text
    assert "Wheelchair" in text
    assert "4 people" in text
    assert desk("mechelen").get(reverse("household", args=[family])).status_code == 404


def test_the_search_of_a_desk_finds_only_whom_it_may_see(desk, family):
    assert "Marchuk" in desk("registrar").get("/arrivals/?q=marchuk").content.decode()
    assert desk("gent").get("/arrivals/?q=marchuk").status_code == 403


@pytest.mark.parametrize("written", ["marchuk", "MARCHUK", "olena marchuk", "Марчук", "1992-05"])
def test_the_search_forgives_spelling_and_script(desk, family, written):
    answer = desk("registrar").get("/arrivals/", {"q": written})
    assert "Marchuk" in answer.content.decode().split('id="today"')[0].split("<table")[-1]


def test_tonight_knows_no_nationality_and_no_status(desk, family):
    text = desk("dispatcher").get(reverse("tonight")).content.decode()
    assert f"H-{family}" in text
    for word in ("ukrain", "protection", "granted", "refused", "passport", "Marchuk"):
        assert word not in text.lower()
    assert text.lower().count("nationality") == 1


def test_an_event_of_another_night_tells_a_foreign_desk_nothing(desk, family):
    answer = desk("gent").get(reverse("tonight"), {"since": "x"}, headers={"HX-Request": "true"})
    assert answer.status_code == 403
