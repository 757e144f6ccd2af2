"""Search first: whom the desk may see, and apart from them, little of those whom others hold."""

import builders
import pytest
from builders import (
    a_household,
    dispatcher,
    held_by_gent,
    only_gent_sees,
    person_of,
    registrar,
    town,
)
from django.db import connection
from django.test.utils import CaptureQueriesContext

from perron.vocabulary.errors import Refused
from perron.vocabulary.events import Event
from perron_site.actions.merging import merge_people
from perron_site.actions.safety import set_safe_mode
from perron_site.actions.searches import look_elsewhere
from perron_site.actions.tracks import take_up_all
from perron_site.records import models
from perron_site.records.blanking import blank
from perron_site.records.context import as_organisation

pytestmark = pytest.mark.django_db
WORDS = "Marchuk Olena"


def found(client, words=WORDS):
    text = client.get("/arrivals/", {"q": words}).content.decode()
    return text.split('id="search"')[1].split('id="today"')[0]


def test_whom_the_desk_sees_and_whom_others_hold_stand_apart(desk):
    own = a_household()
    held_by_gent()
    text = found(desk("registrar"))
    here, elsewhere = text.split("Known elsewhere")
    assert f"H-{own}" in here
    assert "Found at your desk" in here
    assert "/household/" not in elsewhere
    assert "Olena Marchuk" in elsewhere


def test_of_whom_others_hold_the_name_the_year_and_the_holder_are_shown_and_nothing_else(desk):
    number = held_by_gent()
    person = person_of(number)
    models.Track.objects.filter(person=person).update(responsible=town().organisation)
    gent = models.Organisation.objects.filter(pk=town().organisation)
    gent.update(telephone="09 000 00 01")
    elsewhere = found(desk("registrar")).split("Known elsewhere")[1]
    assert "Olena Marchuk" in elsewhere
    assert ">1992<" in elsewhere
    assert gent.get().name in elsewhere
    assert "09 000 00 01" in elsewhere
    assert "Danylo" not in elsewhere
    for kept in (
        "1992-05",
        "700700",
        "example.org",
        f"H-{number}",
        f"P-{person}",
        'href="/people/1',
    ):
        assert kept not in elsewhere


def test_the_holder_is_whoever_took_a_line_up(desk):
    person = person_of(held_by_gent())
    track = models.Track.objects.filter(person=person, kind="protection").get()
    models.Sight.objects.create(
        organisation_id=track.responsible_id, person_id=person, why="responsible"
    )
    take_up_all(builders.acting("dvz", builders.Role.CASE_WORKER), track_ids=(track.pk,))
    models.Sight.objects.exclude(organisation=town().organisation).delete()
    with as_organisation(registrar()):
        (row, *_) = look_elsewhere(registrar(), words=WORDS)
    assert row.holder.name == track.responsible.name


def test_a_part_of_a_name_finds_nobody_of_others_and_says_how(desk):
    held_by_gent()
    text = found(desk("registrar"), "Marchuk")
    assert "Known elsewhere" not in text
    assert "give two names" in text
    assert models.Journal.objects.filter(event=Event.PERSON_SOUGHT).count() == 0


@pytest.mark.parametrize(
    "words", ["Марчук Олена", "Martchouk 1992", "Olena Marchuk 17/05/1992", "olena marcuk"]
)
def test_any_spelling_and_a_date_find_them(desk, words):
    held_by_gent()
    assert "Olena Marchuk" in found(desk("registrar"), words).split("Known elsewhere")[1]


@pytest.mark.parametrize("words", ["Olena Marchuk 1970", "Petro Havryliuk", "zz zz"])
def test_who_is_not_meant_is_not_shown(desk, words):
    held_by_gent()
    text = found(desk("registrar"), words)
    assert "Known elsewhere" not in text
    assert "No other organisation holds" in text


def test_one_name_and_a_date_show_nobody_whose_date_is_not_known(desk):
    models.Person.objects.filter(pk=person_of(held_by_gent())).update(born=None)
    client = desk("registrar")
    assert "Known elsewhere" not in found(client, "Olena 1992")
    assert "Known elsewhere" in found(client, "Olena Marchuk 1992")


def test_who_was_merged_is_shown_once(desk):
    homes = held_by_gent(), held_by_gent()
    one, double = (person_of(home) for home in homes)
    merge_people(town(), person_id=one, double_id=double, why="registered twice")
    only_gent_sees(homes[0])
    elsewhere = found(desk("registrar")).split("Known elsewhere")[1]
    assert elsewhere.count("Olena Marchuk</th>") == 1


def test_at_most_five_are_shown(desk):
    for _ in range(7):
        held_by_gent()
    assert found(desk("registrar")).split("Known elsewhere")[1].count("Olena Marchuk</th>") == 5


def test_who_must_not_be_found_is_found_by_nobody_and_neither_is_their_household(desk):
    number = a_household(by=town(), size=3)
    she = person_of(number)
    set_safe_mode(town(), person_id=she, children=(), why="She was hit")
    models.Sight.objects.exclude(organisation=town().organisation).delete()
    with as_organisation(registrar()):
        assert "Olena Marchuk" not in {row.name for row in look_elsewhere(registrar(), words=WORDS)}
    home = models.HouseholdMember.objects.get(person=she, end__isnull=True).household_id
    models.HouseholdMember.objects.filter(person=person_of(number, "Danylo 0")).update(
        household=home
    )
    with as_organisation(registrar()):
        names = {row.name for row in look_elsewhere(registrar(), words="Danylo Marchuk")}
    assert names == {"Danylo 1 Marchuk"}


def test_who_is_erased_is_found_by_nobody(desk):
    blank(models.Person.objects.get(pk=person_of(held_by_gent())), builders.NOW)
    with as_organisation(registrar()):
        assert look_elsewhere(registrar(), words=WORDS) == ()


def test_each_search_among_others_leaves_a_line_without_a_word_of_it(desk):
    held_by_gent()
    desk("registrar").get("/arrivals/", {"q": WORDS})
    line = models.Journal.objects.get(event=Event.PERSON_SOUGHT)
    assert (line.organisation_id, line.role, line.purpose) == (
        registrar().organisation, "registrar", "registration",
    )  # fmt: skip
    assert line.user is not None
    assert (line.household, line.person, line.details) == (None, None, {"hits": 1})


def test_only_who_registers_may_ask(desk):
    held_by_gent()
    with as_organisation(dispatcher()), pytest.raises(Refused):
        look_elsewhere(dispatcher(), words=WORDS)


@pytest.mark.parametrize("told", ["reception", "", None])
def test_the_database_answers_no_other_purpose_and_nobody_without_an_organisation(told):
    held_by_gent()
    ask = "select count(*) from perron_elsewhere(spelling_keys('Olena Marchuk'), '{=aln}', '[]', null, %s, null, now())"
    with as_organisation(registrar()), connection.cursor() as cursor:
        assert cursor.execute(ask, ["registration"]).fetchone() == (1,)
        assert cursor.execute(ask, [told]).fetchone() == (0,)
    with connection.cursor() as cursor:
        assert cursor.execute(ask, ["registration"]).fetchone() == (0,)


def test_the_page_asks_the_same_number_of_questions_for_one_and_for_many(desk):
    client = desk("registrar")

    def questions():
        client.get("/arrivals/", {"q": WORDS})
        with CaptureQueriesContext(connection) as asked:
            client.get("/arrivals/", {"q": WORDS})
        return len(asked)

    a_household()
    held_by_gent()
    few = questions()
    for _ in range(4):
        a_household(size=2)
        held_by_gent()
    assert questions() == few
