"""The pages of the queue, the appointments and the waiting room."""

import pytest
from builders import registrar
from django.test import Client

from perron.vocabulary.visits import Party
from perron_site.actions.visits import take_number
from perron_site.records import models

pytestmark = pytest.mark.django_db
HOURS = {"weekday": "3", "opens": "09:00", "closes": "10:00", "minutes": "30", "desks": "1"}


def test_a_number_is_given_printed_called_and_followed_in_the_waiting_room(desk):
    client = desk("registrar")
    party = {"people": "5", "language": "uk", "interpreter": "1"}
    ticket = client.post("/queue/number/", party, follow=True).content.decode()
    assert "Number 1" in ticket
    assert "5 people · Ukrainian · interpreter needed" in ticket
    visit = models.Visit.objects.get()
    room = f"/waiting/{visit.organisation_id}/"
    assert room in ticket
    page = client.post(f"/queue/{visit.pk}/", {"state": "called", "desk": "B"}, follow=True)
    assert "desk B" in page.content.decode()
    seen = Client(headers={"accept-language": "en"}).get(room).content.decode()
    assert "desk B" in seen
    assert "Ukrainian" not in seen
    assert "not known yet today" in seen
    part = Client(headers={"HX-Request": "true"}).get(room).content.decode()
    assert part.startswith('<div class="section" id="room"')


def test_an_appointment_is_booked_from_the_hours_of_the_desk(desk):
    client = desk("registrar")
    assert "no opening hours" in client.get("/queue/appointments/").content.decode()
    text = client.post("/queue/hours/", HOURS, follow=True).content.decode()
    assert "Thursday 26 November 2026" in text
    slot = "2026-11-26T09:30:00+01:00"
    assert slot in text
    booked = client.post("/queue/appointments/", {"slot": slot, "people": "2"}, follow=True)
    assert "Thursday 26 November 2026, 09:30" in booked.content.decode()
    assert "full" in client.get("/queue/appointments/?on=2026-11-26").content.decode()
    hours = models.OpeningHours.objects.get().pk
    client.post("/queue/hours/", {"ended": str(hours)})
    assert not models.OpeningHours.objects.exists()


@pytest.mark.parametrize(
    ("address", "sent", "said"),
    [
        ("/queue/number/", {"people": "x"}, "Say how many people come"),
        ("/queue/appointments/", {"slot": "tomorrow", "people": "1"}, "Choose a moment"),
        ("/queue/appointments/", {"slot": "2026-13-26T09:30", "people": "1"}, "Choose a moment"),
        ("/queue/hours/", HOURS | {"opens": "25:00"}, "opens before it closes"),
        ("/queue/hours/", HOURS | {"desks": "many"}, "opens before it closes"),
        ("/queue/hours/", {"ended": "1;2"}, "no such opening hours"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(desk, address, sent, said):
    answer = desk("registrar").post(address, sent, follow=True)
    assert said in answer.content.decode()
    assert answer.status_code in {404, 409}
    assert not models.Visit.objects.exists()
    assert not models.OpeningHours.objects.exists()


def test_an_unknown_step_and_a_foreign_desk_are_refused(desk):
    visit = take_number(registrar(), party=Party(1))
    client = desk("registrar")
    assert client.post(f"/queue/{visit}/", {"state": "gone"}).status_code == 409
    for who in ("dispatcher", "gent"):
        foreign = desk(who)
        assert foreign.get("/queue/").status_code == 403
        assert foreign.post(f"/queue/{visit}/", {"state": "called"}).status_code == 403
    assert models.Visit.objects.get().state == "waiting"


@pytest.mark.parametrize("address", ["/waiting/999999/", "/waiting/0/"])
def test_the_room_of_nobody_is_not_there(db, address):
    assert Client().get(address).status_code == 404
