"""What the new holder needs travels with the yes: seen after it and not before, and no longer when sight ends."""

from datetime import date, timedelta

import pytest
from builders import (
    GENT,
    MECHELEN,
    NOW,
    a_home,
    a_household,
    a_site,
    dispatcher,
    later,
    town,
    tracks_of,
)
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from perron.vocabulary.contacts import ContactOutcome, ContactWay
from perron.vocabulary.intervals import Interval
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.people import Need
from perron.vocabulary.tracks import DeclineReason, TrackKind
from perron_site.actions.contacts import NewPromise, write_contact
from perron_site.actions.handovers import accept_handover, decline_handover, offer_handover
from perron_site.actions.households import set_need, state_fact
from perron_site.actions.stays import book, move_in
from perron_site.actions.tracks import take_up
from perron_site.queries.organisations import organisation
from perron_site.records import models
from perron_site.web import clock

pytestmark = pytest.mark.django_db
LINKED = {
    "records_need": "Quiet room",
    "records_fact": "February 2022",
    "records_notice": "when protection ends",
    "records_stay": "Ariane, Room 1",
    "records_contact": "Asks about the school",
    "records_promise": "We call the school",
    "records_handover": "Too far for the children",
    "records_trackstep": "Who held which line",
}
"""Each table that hangs on a person and that a holder works with, and what of it stands on the page."""


def offer(household, nis, **more):
    return offer_handover(
        dispatcher(**more),
        household_id=household,
        track_ids=tuple(each.pk for each in tracks_of(household, TrackKind.ROOF)),
        receiver_id=organisation(OrganisationKind.MUNICIPALITY, nis),
        why="",
        consent=True,
    )


@pytest.fixture
def household():
    """A household with something in each linked table, offered to Mechelen."""
    number = a_household()
    by, person = dispatcher(), models.HouseholdMember.objects.get(household=number).person_id
    set_need(by, person_id=person, need=Need.QUIET_ROOM)
    state_fact(by, person_id=person, name="left_ua_on", value="2022-02")
    models.Notice.objects.create(
        person_id=person, kind="protection_ends", language="uk", params={"until": "2027-03-04"}, written_at=NOW,
        about_on=date(2027, 3, 4), blank_on=date(2027, 9, 4),
    )  # fmt: skip
    a_site()
    home, unit = models.Household.objects.get(pk=number), models.Unit.objects.get()
    book(by, home, unit, Interval(NOW.date(), NOW.date() + timedelta(days=3)))
    write_contact(
        by, person_id=person, on=NOW.date(), way=ContactWay.PHONE, outcome=ContactOutcome.REACHED,
        note="Asks about the school", promise=NewPromise("We call the school", date(2026, 12, 1)),
    )  # fmt: skip
    no = offer(number, GENT)
    decline_handover(town(), handover_id=no, reason=DeclineReason.OTHER, text="Too far for the children")  # fmt: skip
    return number, offer(number, MECHELEN)


def text(page, household):
    return page.get(reverse("household", args=[household])).content.decode()


@pytest.mark.parametrize("table", LINKED)
def test_a_linked_record_is_seen_after_the_yes_and_not_before_and_not_after_sight_ends(
    desk, household, table, monkeypatch
):
    number, asked = household
    mechelen, said = desk("mechelen"), LINKED[table]
    assert said not in text(mechelen, number) or table == "records_need"  # a need is in the preview
    accept_handover(town(MECHELEN), handover_id=asked)
    assert said in text(mechelen, number)
    models.Sight.objects.filter(organisation=town(MECHELEN).organisation).update(until=NOW.date())
    assert said in text(mechelen, number)
    monkeypatch.setattr(clock, "now", lambda: later(days=1))
    assert mechelen.get(reverse("household", args=[number])).status_code == 404


def test_the_giver_reads_until_the_day_that_it_set_and_not_a_day_longer(
    desk, household, monkeypatch
):
    number, asked = household
    models.Handover.objects.filter(pk=asked).update(read_until=date(2026, 12, 31))
    models.Sight.objects.exclude(organisation=dispatcher().organisation).delete()
    accept_handover(town(MECHELEN), handover_id=asked)
    models.Sight.objects.exclude(why="gave").delete()
    page = desk("dispatcher")
    assert "Fedasil reads until 31 December 2026" in text(page, number)
    monkeypatch.setattr(clock, "now", lambda: later(days=36))
    assert "Asks about the school" in text(page, number)
    monkeypatch.setattr(clock, "now", lambda: later(days=37))
    assert page.get(reverse("household", args=[number])).status_code == 404


def test_a_stay_never_moves_a_line_and_a_line_never_moves_a_stay(desk):
    a_site()
    a_site(town(MECHELEN), a_home(2), municipality=MECHELEN, name="Dijle")
    number = a_household()
    for line in tracks_of(number, TrackKind.ROOF):
        take_up(dispatcher(), track_id=line.pk)
    home, unit = models.Household.objects.get(pk=number), models.Unit.objects.get(name="Flat 1")
    stay = book(dispatcher(), home, unit, Interval(NOW.date(), None))
    move_in(town(MECHELEN), stay_id=stay.pk)
    assert {row.responsible.name for row in tracks_of(number, TrackKind.ROOF)} == {"Fedasil"}
    accept_handover(town(GENT), handover_id=offer(number, GENT))
    assert {row.responsible.name for row in tracks_of(number, TrackKind.ROOF)} == {"Stad Gent"}
    stay.refresh_from_db()
    assert (stay.state, stay.unit_id) == ("running", unit.pk)
    shown = text(desk("gent"), number)
    assert "Dijle, Flat 1" in shown.split('id="stays"')[1]
    held = shown.split('id="holds"')[1].split("</section>")[0]
    assert held.index("Stad Gent · 25 November 2026 – now") < held.index("Roof</strong> · Fedasil")


def test_the_inbox_asks_as_much_for_many_as_for_few(desk):
    page = desk("gent")
    page.get(reverse("inbox"))  # writes the session
    counts = []
    for _ in range(2):
        for _ in range(3):
            offer(a_household(), GENT)
        with CaptureQueriesContext(connection) as asked:
            assert page.get(reverse("inbox")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_inbox_forgives_spelling_and_filters_and_its_tab_counts(desk):
    first, second = a_household(), a_household()
    offer(first, GENT)
    accept_handover(town(), handover_id=offer(second, GENT))
    person = models.HouseholdMember.objects.get(household=second).person_id
    write_contact(
        town(), person_id=person, on=NOW.date(), way=ContactWay.VISIT, outcome=ContactOutcome.REACHED,
        promise=NewPromise("Bring the key", date(2026, 11, 26)),
    )  # fmt: skip
    page = desk("gent")
    whole = page.get(reverse("inbox")).content.decode()
    assert '<b class="figures">2</b>' in whole
    assert whole.index(f"H-{second}") < whole.index(f"H-{first}")
    for words, found, missed in (
        ({"q": "marchok"}, second, first), ({"q": "Марчук"}, second, first), ({"q": "fedasl"}, first, second),
        ({"kind": "promise"}, second, first), ({"kind": "offer"}, first, second),
    ):  # fmt: skip
        shown = page.get(reverse("inbox"), words).content.decode().split("<tbody>")[1]
        assert f"H-{found}" in shown, words
        assert f"H-{missed}<" not in shown, words


def test_a_bulk_offer_that_is_refused_names_each_household_on_the_page(desk):
    good, taken = a_household(), a_household()
    offer(taken, GENT)
    answer = desk("dispatcher").post(
        reverse("offer_many"),
        {
            "household": [good, taken], "kinds": ["roof"], "consent": "1",
            "receiver": str(town(MECHELEN).organisation),
        },
    )  # fmt: skip
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert f"H-{taken}: One of these lines is offered" in shown
    assert f"H-{good}:" not in shown
    assert models.Handover.objects.filter(household=good).count() == 0


def test_undo_stands_on_the_page_for_ten_minutes(desk, monkeypatch):
    number = a_household()
    page = desk("dispatcher")
    tracks = ",".join(str(each.pk) for each in tracks_of(number, TrackKind.ROOF))
    page.post(reverse("take_up", args=[number]), {"tracks": tracks})
    act = models.BulkAct.objects.get()
    assert "You took up 1 line. You can undo it until 16:52" in text(page, number)
    assert page.post(reverse("undo_act", args=[act.pk])).status_code == 302
    assert "You took up" not in text(page, number)
    assert tracks_of(number, TrackKind.ROOF)[0].taken_up_at is None
    assert desk("gent").post(reverse("undo_act", args=[act.pk])).status_code == 404
