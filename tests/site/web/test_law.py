"""The law desk on its pages: every fault at once, whom it affects, two people; and a history that anybody reads."""

import html
import re
from datetime import datetime

import builders
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from perron.messages.texts import say
from perron.rules.affected import Effect
from perron.rules.entering import FIELDS, enterable, read
from perron.rules.law import replaced, series
from perron.vocabulary.intervals import BRUSSELS
from perron.vocabulary.tracks import Step
from perron_site.actions.law import NOT_KNOWN
from perron_site.actions.tracks import set_step
from perron_site.queries.law_desk import affected, name_of
from perron_site.records import models
from perron_site.records.context import as_organisation
from perron_site.web import clock

pytestmark = pytest.mark.django_db
HISTORY, DESK, NEW = "/law/", "/law/desk/", "/law/desk/new/"
ACT = "Council Implementing Decision (EU) 2026/9999"
TYPED = {
    "key": "tp.valid_to", "value": "2028-03-04", "valid_from": "2027-03-05", "valid_to": "2028-03-04",
    "takes_effect_on": "2026-12-01", "status": "adopted", "mark": "V", "act": ACT, "article": "art. 1",
    "published_on": "2026-11-25",
}  # fmt: skip
LANGUAGES = {
    "nl": "Wijzigingen", "fr": "Modifications", "de": "Änderungen", "en": "Changes", "uk": "Зміни", "ru": "Изменения",
}  # fmt: skip


def entered(client, **other):
    """The number of a change that this lawyer enters."""
    answer = client.post(NEW, TYPED | other | {"do": "enter"})
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].split("/")[-2])


@pytest.fixture
def lawyer(desk):
    return desk("lawyer")


@pytest.fixture
def second(desk):
    return desk("second")


@pytest.fixture
def anybody():
    return Client(headers={"accept-language": "en"}, raise_request_exception=False)


def said(answer):
    return html.unescape(answer.content.decode())


def test_the_decision_of_2028_on_the_pages_from_three_o_clock_to_its_day(
    lawyer, second, anybody, desk, monkeypatch
):
    def at(*moment):
        monkeypatch.setattr(clock, "now", lambda: datetime(*moment, tzinfo=BRUSSELS))

    def answers():
        carried = '{"tp_state": granted, "nationality": [UA], "tp_certificate_on": 2022-03-20}'
        page = anybody.post("/what-can-i-do/", {"carried": carried, "do": "result"})
        return re.search(r"You have this status until ([\w ]+)\.", said(page))[1]

    def ends():
        page = said(colleague.get("/my-people/ahead/?days=1000"))
        return re.search(r'data-label="Last day">([\w ]+)<', page)[1]

    at(2022, 3, 20, 10)
    by = builders.registrar(clock.now())
    home = builders.a_household(by)
    at(2026, 11, 25, 15)
    colleague = desk("registrar")
    (track,) = builders.tracks_of(home, "protection")
    set_step(by, track_id=track.pk, step=Step.PROTECTION_GRANTED)
    number = entered(lawyer)
    assert (answers(), ends()) == ("4 March 2027", "4 March 2027")
    at(2026, 11, 25, 15, 5)
    page = said(second.get(f"{DESK}{number}/"))
    assert "Whom it affects" in page
    assert second.post(f"{DESK}{number}/approve/").status_code == 302
    at(2026, 11, 30, 23)
    assert (answers(), ends()) == ("4 March 2027", "4 March 2027")
    assert ACT in said(anybody.get(HISTORY))
    at(2026, 12, 1, 8)
    assert (answers(), ends()) == ("4 March 2028", "4 March 2028")


def test_every_fault_is_named_at_once_and_what_was_typed_is_kept(lawyer):
    answer = lawyer.post(NEW, {"key": "tp.valid_too", "act": "x" * 201, "note": "kept", "do": "enter"})  # fmt: skip
    assert answer.status_code == 400
    page = said(answer)
    _, faults = read({"key": "tp.valid_too", "act": "x" * 201}, builders.NOW.date())
    assert len(faults) == 9
    assert {f'href="#{name}"' in page for name in faults} == {True}
    assert "There is no parameter tp.valid_too. Did you mean tp.valid_to" in page
    assert ">kept</textarea>" in page
    assert not models.LawChange.objects.exists()


def test_what_overlaps_with_a_change_that_waits_is_refused(lawyer, second):
    entered(lawyer)
    answer = second.post(NEW, TYPED | {"do": "look"})
    assert answer.status_code == 400
    assert "Another change of this value for these days waits for a decision" in said(answer)


def test_whom_it_affects_stands_there_before_it_is_entered_and_before_it_is_decided(lawyer, second):
    looked = said(lawyer.post(NEW, TYPED | {"do": "look"}))
    assert "Whom it affects" in looked
    assert "Enter it for a second person" in looked
    assert not models.LawChange.objects.exists()
    assert "Enter it for a second person" not in said(lawyer.get(NEW))
    assert "Whom it affects" in said(second.get(f"{DESK}{entered(lawyer)}/"))


def test_a_prolongation_opens_routes_an_early_end_closes_them_and_small_numbers_are_not_said():
    for _ in range(3):
        builders.a_household(builders.registrar())
    by = builders.registrar()
    found = {}
    for value, until in (("2028-03-04", "2028-03-04"), ("2026-12-31", "")):
        typed = TYPED | {"value": value, "valid_from": "2027-03-05", "valid_to": until}
        if not until:
            typed |= {"valid_from": "2026-12-31"}
        change, _ = read(typed, by.on)
        with as_organisation(by):
            found[value] = affected(by, change)
    longer, shorter = (
        {who.id: effect for who, effect in each.archetypes} for each in found.values()
    )
    assert {longer[each] for each in ("pupil", "student", "worker")} == {Effect.BETTER}
    assert {shorter[each] for each in ("pupil", "student", "worker")} == {Effect.WORSE}
    assert longer["refused"] == shorter["refused"] == Effect.SAME
    for each in found.values():
        assert all(size is None or size == 0 or size >= 5 for _, size in each.counts)
        assert sum(size for _, size in each.cases) == len(each.archetypes)


def test_the_same_person_sees_no_decision_and_gets_none(lawyer):
    number = entered(lawyer)
    page = said(lawyer.get(f"{DESK}{number}/"))
    assert "Withdraw it" in page
    assert ">Approve<" not in page
    for act in ("approve", "refuse"):
        answer = lawyer.post(f"{DESK}{number}/{act}/", {"reason": "x"})
        assert answer.status_code == 409
        assert "a second person decides" in said(answer)
    assert lawyer.post(f"{DESK}{number}/withdraw/").status_code == 302


def test_other_accounts_get_nothing_of_what_is_not_approved(lawyer, second, anybody, desk):
    number = entered(lawyer)
    refused = entered(lawyer, key="ltr.years", value="4", act="Of the refused one")
    second.post(f"{DESK}{refused}/refuse/", {"reason": "Said to nobody else"})
    others = [desk(name) for name in ("registrar", "coordinator", "gent", "supervisor")]
    for client in (anybody, *others):
        page = said(client.get(HISTORY))
        assert 'aria-labelledby="change-' not in page
        for address in (DESK, NEW, f"{DESK}{number}/"):
            answer = client.get(address)
            assert answer.status_code in {302, 403}
            assert ACT not in said(answer)
        for act in ("approve", "refuse", "withdraw"):
            assert client.post(f"{DESK}{number}/{act}/", {"reason": "x"}).status_code in {302, 403}
    assert models.LawChange.objects.get(pk=number).state == "pending"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_history_is_read_by_anybody_in_six_languages_and_names_no_person(language, lawyer, second):  # fmt: skip
    number = entered(lawyer)
    second.post(f"{DESK}{number}/approve/")
    reader = Client(headers={"accept-language": language})
    with CaptureQueriesContext(connection) as questions:
        page = said(reader.get(HISTORY))
    assert LANGUAGES[language] in page
    assert f"{ACT}, art. 1 (25-11-2026)" in page
    assert "2028" in page
    assert "(EU) 2025/1460" in page, "what it was before, with its source"
    for one in (lawyer, second):
        user = models.User.objects.get(pk=int(one.session["_auth_user_id"]))
        assert user.email not in page
        assert f">{user.name}<" not in page
    named = {row.name for row in models.Organisation.objects.filter(kind__in=["dvz", "cgvs"])}
    assert all(html.unescape(name) in page for name in named)
    assert len(questions) == 3, "what there is, this page of it, and whether all is invented"
    with CaptureQueriesContext(connection) as questions:
        assert ACT not in said(reader.get(HISTORY, {"page": "2"}))
    assert len(questions) == 2, "nothing of the desk stands there"


def articles(client, **query):
    """The changes that the history tells, in its order, without their tags."""
    page = said(client.get(HISTORY, query)).split("<main")[1]
    parts = re.findall(r"<article(.*?)</article>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", f"<{each}").split()) for each in parts]


def test_a_change_of_the_files_and_one_of_the_desk_stand_in_the_history_newest_first(
    lawyer, second, anybody, monkeypatch
):
    def at(*moment):
        monkeypatch.setattr(clock, "now", lambda: datetime(*moment, tzinfo=BRUSSELS))

    at(2026, 11, 25, 15)
    waits = entered(lawyer)
    before = [*articles(anybody), *articles(anybody, page=2)]
    assert [each for each in before if ACT in each] == []
    second.post(f"{DESK}{waits}/approve/")
    first, *others = articles(anybody)
    assert first.startswith("25 November 2026 · Last day")
    assert ACT in first
    assert len(others) == 49, "no more than a page"
    told = [*others, *articles(anybody, page=2)]
    assert told == before
    days = [datetime.strptime(each.split(" · ")[0], "%d %B %Y").date() for each in told]  # noqa: DTZ007 - a day
    assert days == sorted(days, reverse=True)
    assert max(days) <= clock.now().date(), "what is known only later is told later"
    rows = {(now.known_since, now.key, now.region): (was, now) for was, now in replaced()}
    law = [each for each in rows if each[0] <= clock.now().date() and each[1] in enterable()]
    assert len(told) == len(law) > 60
    (fee,) = [each for each in told if each.startswith("1 January 2026") and "fee.nationality" in each]  # fmt: skip
    was, now = rows[datetime(2026, 1, 1, tzinfo=BRUSSELS).date(), "fee.nationality", None]
    assert f"Before 1000 {was.source.text}" in fee
    assert "Now 1030 · adopted" in fee
    assert "It holds from 1 January 2026" in fee
    assert f"Source {now.source.text}" in fee
    assert not any("2028" in each for each in told), "what is only proposed changed nothing"
    at(2027, 1, 2, 9)
    later = [each for each in articles(anybody) if "fee.nationality" in each]
    assert "Now not known" in later[0]


def test_not_known_is_looked_at_entered_and_answered_by_every_page(lawyer, second, anybody, desk):
    typed = TYPED | {
        "key": "tp_m.counts", "value": "unknown", "valid_from": "2026-11-25", "valid_to": "",
        "takes_effect_on": "2026-11-25",
    }  # fmt: skip
    assert lawyer.post(NEW, typed | {"key": "tp.valid_to", "do": "look"}).status_code == 400
    preview = said(lawyer.post(NEW, typed | {"do": "look"}))
    assert "<dt>Now</dt><dd><strong>not known</strong>" in preview
    assert "An answer is not known any more" in preview
    number = entered(lawyer, **typed)
    second.post(f"{DESK}{number}/approve/")
    assert "Now not known · adopted" in articles(anybody)[0]
    row = models.LawChange.objects.get(pk=number)
    for key in set(enterable()) - {"tp_m.counts", "tp.valid_to"}:
        everywhere = any(one.region is None for one in series()[0][key])
        row.pk, row.key, row.region = None, key, "" if everywhere else "VLG"
        row.value = NOT_KNOWN
        row.save()
    home = builders.a_household()
    person = builders.tracks_of(home, "protection")[0].person_id
    client = desk("registrar")
    for address in (
        "/my-people/ahead/", f"/household/{home}/", f"/people/{person}/options/",
        f"/people/{person}/options/letter/", "/law/", "/law/other-countries/",
    ):  # fmt: skip
        assert client.get(address).status_code == 200, address
    carried = '{"tp_state": granted, "nationality": [UA], "tp_certificate_on": 2022-03-20}'
    page = anybody.post("/what-can-i-do/", {"carried": carried, "do": "result"})
    assert "It also depends on law that is not known yet" in said(page)


def test_each_page_of_the_desk_speaks_six_languages(lawyer):
    number = entered(lawyer)
    for address in (DESK, NEW, f"{DESK}{number}/"):
        pages = {said(lawyer.get(address, headers={"accept-language": each})) for each in LANGUAGES}
        assert len(pages) == len(LANGUAGES)


def test_no_field_of_the_form_is_forgotten(lawyer):
    page = said(lawyer.get(NEW))
    assert {f'name="{each}"' in page for each in FIELDS} == {True}


@pytest.mark.parametrize("language", ["nl", "fr", "de", "uk", "ru"])
def test_every_value_that_can_be_entered_has_words_in_the_language_of_the_lawyer(lawyer, language):
    names = [name_of(key) for key in enterable()]
    assert len(names) > 80
    assert [each.key for each in names if say(each, language) == say(each, "en")] == []
    lawyer.cookies["django_language"] = language
    page = said(lawyer.get(NEW))
    word = say(name_of("wage.blue_card"), language)
    assert f"{word[0].upper()}{word[1:]} · wage.blue_card (" in page
