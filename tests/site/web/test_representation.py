"""Who may act for a child, on the pages of desks: read, named, ended, asked."""

from io import BytesIO
from zipfile import ZipFile

import builders
import pytest
from builders import NOW, a_household, a_person, a_site, registrar
from django.urls import reverse

from perron_site.actions.households import register_household
from perron_site.records import models

pytestmark = pytest.mark.django_db


def members(household):
    rows = models.HouseholdMember.objects.filter(household=household)
    return tuple(rows.order_by("person_id").values_list("person_id", flat=True))


@pytest.fixture
def alone():
    a_site()
    return register_household(
        registrar(), people=(a_person("Nazar", "2012-01-01"),), arrived_on=NOW.date(), roof=True
    )


def named(client, child, **words):
    answer = client.post(
        reverse("representation", args=[child]),
        {"kind": "guardian", "said_by": "Dienst Voogdij", "start": "2026-11-25", **words},
    )
    return answer, models.Representation.objects.filter(person=child).last()


def test_a_child_alone_has_no_guardian_and_the_page_says_so_with_its_source(desk, alone):
    text = desk("dispatcher").get(reverse("household", args=[alone])).content.decode()
    assert "A child without an adult has no guardian yet" in text
    assert "The guardian line is open since 25 November 2026" in text
    assert "info-ukraine.be" in text


def test_a_guardian_is_named_and_ended_and_stays_in_the_history(desk, alone):
    (child,) = members(alone)
    client = desk("dispatcher")
    answer, row = named(client, child, name="Ms Peeters", paper="letter of 20 November")
    assert answer.status_code == 302
    page = reverse("representation", args=[child])
    text = client.get(page).content.decode()
    assert "Ms Peeters" in text
    assert "paper seen: letter of 20 November" in text
    assert "has no guardian" not in text
    client.post(reverse("end_representation", args=[child]), {"row": row.pk, "because": "replaced"})
    text = client.get(page).content.decode()
    assert "Somebody else acts now" in text
    assert "has no guardian" in text


@pytest.mark.parametrize("words", [{}, {"name": "x", "who": "person:1"}, {"name": "x", "kind": "king"},
                                   {"name": "x", "said_by": " "}, {"name": "x", "end": "2026-11-01"}])  # fmt: skip
def test_what_is_not_whole_is_refused_and_nothing_is_written(desk, alone, words):
    (child,) = members(alone)
    answer, row = named(desk("dispatcher"), child, **words)
    assert answer.status_code in {403, 404, 409, 422}
    assert row is None


def test_the_organisation_and_the_number_of_a_person_can_be_named(desk, alone):
    (child,) = members(alone)
    client = desk("registrar")
    service = models.Organisation.objects.get(kind="guardianship")
    _, row = named(client, child, who=f"organisation:{service.pk}")
    assert row.organisation_id == service.pk
    aunt = members(a_household())[0]
    _, row = named(client, child, name=f"P-{aunt}", kind="carer")
    assert (row.holder_id, row.name) == (aunt, "")


def test_the_link_and_the_file_are_given_to_who_is_named(desk, alone):
    (child,) = members(alone)
    client = desk("dispatcher")
    _, row = named(client, child, name="Ms Peeters", paper="letter")
    assert "Ms Peeters" in client.get(reverse("person_file", args=[child])).content.decode()
    packed = ZipFile(
        BytesIO(client.post(reverse("person_file", args=[child]), {"to": row.pk}).content)
    )
    assert "representation.guardian" in packed.read("my-data.json").decode()
    assert "Ms Peeters" not in packed.read("my-data.json").decode()
    assert client.post(reverse("give_link", args=[child]), {"to": row.pk}).status_code == 200
    assert models.PersonalLink.objects.get(person=child, ended_at=None).given_to == row
    for address in ("person_file", "give_link"):
        answer = client.post(reverse(address, args=[child]), {"to": row.pk + 1})
        assert answer.status_code in {403, 409, 422}


def test_who_agreed_for_a_child_alone_is_asked_and_shown(desk, alone):
    client = desk("dispatcher")
    track = builders.tracks_of(alone, "roof")[0].pk
    sent = {"tracks": str(track), "receiver": builders.town().organisation, "consent": "1"}
    address = reverse("send_offer", args=[alone])
    assert client.post(address, sent).status_code in {403, 409, 422}
    assert (
        "Who agreed for the children"
        in client.get(reverse("offer", args=[alone]) + "?q=gent").content.decode()
    )
    client.post(address, {**sent, "consent_words": "The aunt, by phone"})
    assert "The aunt, by phone" in client.get(reverse("household", args=[alone])).content.decode()
    for page in (reverse("split", args=[alone]), reverse("move", args=[alone]) + "?to=92094"):
        assert client.get(page).status_code == 200


def test_an_adult_acts_for_themselves(desk):
    adult = members(a_household())[0]
    client = desk("registrar")
    text = client.get(reverse("representation", args=[adult])).content.decode()
    assert "An adult acts for themselves" in text
    assert named(client, adult, name="x")[1] is None
