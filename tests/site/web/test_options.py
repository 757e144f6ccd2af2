"""Options: every route for one person, the next question, what an answer changes, the letter, and who may not look."""

import json
import re
from datetime import date
from html import unescape
from random import Random

import builders
import pytest
from builders import a_person, later, person_of, registrar, tracks_of
from caseload import anybody
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from returning import rows_of_return

from perron.cli.main import main
from perron.rules.belgium.rulebook import VERSION
from perron.rules.facts import facts
from perron.rules.reading import write_answers
from perron.vocabulary.tracks import Step
from perron_site.actions.households import register_household, state_fact
from perron_site.actions.links import give_link
from perron_site.actions.safety import set_safe_mode
from perron_site.actions.statements import take_back_statement
from perron_site.actions.tracks import set_step, take_up
from perron_site.queries.known import ON_THE_PERSON
from perron_site.queries.law import SCENARIOS
from perron_site.queries.options import options
from perron_site.records import models
from perron_site.web import clock
from perron_site.web.templatetags.perron import written

pytestmark = pytest.mark.django_db

LIVED = "resided_in_ua_before_20220224"
PROTECTED = {
    LIVED: True, "left_ua_on": "2022-03-02", "tp_state": "granted", "tp_certificate_on": "2022-03-20",
    "stay_periods": [{"title": "tp", "from": "2022-03-20", "to": "-", "card": "A"}],
}  # fmt: skip


@pytest.fixture
def family(desk):
    return register_household(
        registrar(),
        people=(
            a_person("Olena", "1992-05-17", nationalities=("UA",)),
            a_person("Danylo", "2017-03-01"),
        ),
        arrived_on=builders.NOW.date(),
        roof=True,
    )


def say(household, given="Olena", **stated):
    for name, value in stated.items():
        state_fact(registrar(), person_id=person_of(household, given), name=name, value=value)


def shown(client, person, name="options", **query):
    answer = client.get(reverse(name, args=[person]), query)
    assert answer.status_code == 200
    return text_of(answer)


def text_of(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def answered(client, person, name, was="null", **typed):
    sent = {"asked": name, "was": was, "do": "answer", **typed}
    return client.post(reverse("answer_option", args=[person]), sent)


def test_each_part_of_the_page_is_there(desk, family):
    say(family, **PROTECTED)
    text = shown(desk("registrar"), person_of(family))
    for part in (
        "A yes is no promise", "An authority decides about each file", "The next best question", "Why do we ask this?",
        "No other answer settles more", "What is missing", "Days on which something opens or closes",
        "As adopted", "Prolonged to 4 March 2028", "The note's proposal", "only proposed", "What changes on this move",
        "Who depends on Olena Marchuk", "What to bring", "What these answers rest on", "What we presumed",
        "Temporary protection", "Single permit (employee)", "EU long-term resident", "Verified", "Unknown",
    ):  # fmt: skip
        assert part in text, part


def test_every_answer_has_a_source_and_a_mark(desk, family):
    say(family, **PROTECTED)
    page = options(person_of(family), registrar())
    assert len(page.paths) == 22
    for path in page.paths:
        for way in path.ways:
            assert way.finding.because
            assert all(reason.source.text and reason.source.mark for reason in way.finding.because)


def return_of(answer):
    """The section on return, tags and all."""
    return (
        answer.content.decode()
        .split('<section class="section" id="return"')[1]
        .split("</section>")[0]
    )


def test_the_page_and_the_letter_tell_every_right_of_the_return_track_with_its_source(desk, family):
    say(family, **PROTECTED, minor_in_school=True, unfit_to_travel=False)
    client, olena = desk("registrar"), person_of(family)
    rows = rows_of_return(options(olena, registrar()).facts, builders.NOW.date())
    assert len(rows) > 14
    for name in ("options", "options_letter"):
        answer = client.get(reverse(name, args=[olena]), {"language": "en"})
        text, own = text_of(answer), return_of(answer)
        assert [each for each in rows if each not in text] == [], name
        assert "On 5 March 2027" in text, "what is asked is the day after the right"
        assert "print-not" not in own.replace('<button class="second print-not"', "")
        sources = re.findall(r'class="source">(.*?)</(?:p|small|span)>', own, re.DOTALL)
        assert len(sources) > 9
        assert [each for each in sources if 'class="trust' not in each] == []
    uk = text_of(client.get(reverse("options_letter", args=[olena]), {"language": "uk"}))
    facts = options(olena, registrar()).facts
    assert [
        each for each in rows_of_return(facts, builders.NOW.date(), "uk") if each not in uk
    ] == []


def test_the_choice_to_return_is_asked_from_the_page_and_answers_its_track(desk, family):
    client, olena = desk("registrar"), person_of(family)
    first = client.get(reverse("options", args=[olena]))
    assert 'name="ask" value="return_choice_informed"' in return_of(first)
    say(family, return_choice_informed=True, is_uam=False)
    told = return_of(client.get(reverse("options", args=[olena])))
    assert '<article class="finding open"><h3 class="verdict">Voluntary return' in told
    assert 'value="return_choice_informed"' not in told


def test_the_last_day_of_protection_differs_between_the_courses(desk, family):
    say(family, **PROTECTED)
    turns = options(person_of(family), registrar()).turns
    ends = {
        (turn.day, tuple(each["en"] for each in turn.courses))
        for turn in turns
        if turn.names["en"] == "Temporary protection" and not turn.opens
    }
    assert (date(2027, 3, 4), ("As adopted",)) in ends
    assert any(day == date(2028, 3, 4) for day, _ in ends)


def test_a_stated_fact_changes_the_answer_and_the_page_says_which(desk, family):
    client, olena = desk("registrar"), person_of(family)
    say(family, left_ua_on="2022-03-02")
    before = options(olena, registrar())
    answer = answered(client, olena, LIVED, answer="true")
    assert answer.status_code == 302
    text = shown(client, olena)
    assert "You have just written down" in text
    assert re.search(r"Temporary protection: not known yet → yes", text)
    after = options(olena, registrar())
    verdicts = [
        {path.here.id: path.here.finding.verdict for path in page.paths} for page in (before, after)
    ]
    assert (verdicts[0]["tp"], verdicts[1]["tp"]) == ("unknown", "yes")
    line = models.Journal.objects.filter(event="fact:stated", person=olena).last()
    assert line.details == {"fact": LIVED}


def test_it_is_said_who_wrote_a_fact_down_and_a_colleague_is_named_to_the_own_desk_only(
    desk, family
):
    client, olena = desk("registrar"), person_of(family)
    answered(client, olena, LIVED, answer="true")
    row = next(each for each in options(olena, registrar()).said if each.name == LIVED)
    assert (row.by.name, row.colleague, row.since) == ("DVZ / OE", "registrar", builders.NOW.date())


def test_what_was_stated_is_undone_within_minutes_and_not_later(desk, family, monkeypatch):
    client, olena = desk("registrar"), person_of(family)
    answered(client, olena, LIVED, answer="true")
    answered(client, olena, LIVED, was="true", answer="false")
    second = models.Journal.objects.filter(event="fact:stated", person=olena).last()
    undo = reverse("take_back_statement", args=[olena])
    assert client.post(undo, {"line": second.pk}).status_code == 302
    assert models.Fact.objects.get(person=olena, name=LIVED).value is True
    assert client.post(undo, {"line": second.pk}).status_code == 409
    assert models.Journal.objects.filter(event="act:undone", person=olena).count() == 1
    monkeypatch.setattr(clock, "now", lambda: later(minutes=11))
    first = models.Journal.objects.filter(event="fact:stated", person=olena).first()
    assert client.post(undo, {"line": first.pk}).status_code == 409
    assert models.Fact.objects.filter(person=olena, name=LIVED).exists()


def test_an_undone_first_statement_leaves_nothing_known(desk, family):
    client, olena = desk("registrar"), person_of(family)
    answered(client, olena, LIVED, answer="true")
    line = models.Journal.objects.filter(event="fact:stated", person=olena).last()
    client.post(reverse("take_back_statement", args=[olena]), {"line": line.pk})
    assert not models.Fact.objects.filter(person=olena, name=LIVED).exists()
    kept = models.Revision.objects.get(person=olena, field=LIVED)
    assert (kept.old, kept.new) == (True, None)


def test_nothing_is_replaced_that_the_form_did_not_show(desk, family):
    client, olena = desk("registrar"), person_of(family)
    say(family, **{LIVED: False})
    answer = answered(client, olena, LIVED, answer="true")
    assert answer.status_code == 409
    assert models.Fact.objects.get(person=olena, name=LIVED).value is False


def test_an_answer_that_cannot_be_read_writes_nothing_and_keeps_what_was_typed(desk, family):
    client, olena = desk("registrar"), person_of(family)
    typed = {"answer.d": "31", "answer.m": "2", "answer.y": "2022"}
    answer = answered(client, olena, "left_ua_on", **typed)
    assert answer.status_code == 400
    assert 'value="31"' in answer.content.decode()
    assert not models.Fact.objects.filter(person=olena).exists()
    assert answered(client, olena, "no_such_fact", answer="x").status_code == 409


def test_what_stands_with_the_person_is_corrected_there(desk, family):
    client, danylo = desk("registrar"), person_of(family, "Danylo")
    assert answered(client, danylo, "nationality", answer=["UA", "PL"]).status_code == 302
    assert models.Person.objects.get(pk=danylo).nationalities == ["UA", "PL"]
    assert not models.Fact.objects.filter(person=danylo).exists()


def test_a_private_question_is_asked_only_by_choice(desk, family):
    private = {
        name
        for name, each in facts().items()
        if each.sensitivity in {"special_category", "judicial"}
    }
    page = options(person_of(family), registrar())
    assert page.question.fact not in private
    stated = {name for name in facts() if name not in private}
    last = options(person_of(family), registrar(), stated)
    assert (last.question, last.private) == (None, True)
    asked = options(person_of(family), registrar(), stated, private=True)
    assert asked.question.fact in private


def test_what_is_private_is_not_read_on_the_page_of_the_household(desk, family):
    say(family, serious_illness=True, **{LIVED: True})
    client = desk("dispatcher")
    told = text_of(client.get(reverse("household", args=[family])))
    assert "Main home in Ukraine" in told
    assert facts()["serious_illness"].question["en"] not in told


def test_a_line_says_what_it_holds_and_the_later_word_counts(desk, family):
    olena, by = person_of(family), registrar()
    (line,) = (row for row in tracks_of(family, "protection") if row.person_id == olena)
    say(family, tp_state="requested")
    take_up(by, track_id=line.pk)
    set_step(registrar(later(days=1)), track_id=line.pk, step=Step.PROTECTION_PENDING)
    set_step(registrar(later(days=2)), track_id=line.pk, step=Step.PROTECTION_GRANTED)
    page = options(olena, registrar(later(days=3)))
    row = next(each for each in page.said if each.name == "tp_state")
    assert (row.value, row.line, page.title) == ("granted", "protection", "tp")
    say_later = registrar(later(days=4))
    state_fact(say_later, person_id=olena, name="tp_state", value="withdrawn")
    page = options(olena, registrar(later(days=4)))
    assert page.facts["tp_state"] == "withdrawn"


def test_a_wife_whose_husband_leaves_protection_reads_what_his_move_closes(desk):
    home = register_household(
        registrar(),
        people=(a_person("Taras", "1988-01-01"), a_person("Iryna", "1990-05-01")),
        arrived_on=builders.NOW.date(),
    )
    taras = person_of(home, "Taras")
    say(
        home, "Iryna", nationality=["UA"], identity_document="valid_passport",
        family_links=[{
            "kind": "spouse", "sponsor_title": "tp", "sponsor_stay_from": "2022-03-20",
            "sponsor_birth_date": "1988-01-01", "existed_before_sponsor_entry": True, "sponsor_group": "third_country",
        }],
    )  # fmt: skip
    say(home, "Taras", **PROTECTED)
    (iryna,) = options(taras, registrar()).depending
    assert (iryna.name, iryna.certain) == ("Iryna Marchuk", True)
    by_move = {move.names["en"]: move.touched for move in iryna.moves}
    closes = {
        each.names["en"]: (each.before, each.after) for each in by_move["Single permit (employee)"]
    }
    assert closes["Family of somebody under temporary protection"][1] == "no"


def test_of_the_others_what_was_not_stated_is_unknown(desk, family):
    text = shown(desk("registrar"), person_of(family))
    assert "Whether their stay hangs on Olena Marchuk was not stated" in text


def test_a_foreign_organisation_finds_nobody(desk, family):
    client, olena = desk("ocmw_gent"), person_of(family)
    for name in ("options", "options_letter"):
        assert client.get(reverse(name, args=[olena])).status_code == 404
    assert answered(client, olena, LIVED, answer="true").status_code == 404
    assert not models.Fact.objects.filter(person=olena).exists()
    assert models.Read.objects.filter(person=olena).count() == 0


@pytest.mark.parametrize("name", ["dispatcher", "coordinator"])
def test_a_role_that_does_not_advise_opens_nothing_and_is_not_led_there(desk, family, name):
    client, address = desk(name), reverse("options", args=[person_of(family)])
    assert client.get(address).status_code == 403
    assert address not in client.get(reverse("household", args=[family])).content.decode()


def test_the_household_leads_there_and_looking_leaves_a_trace(desk, family):
    client, olena = desk("registrar"), person_of(family)
    told = client.get(reverse("household", args=[family])).content.decode()
    assert reverse("options", args=[olena]) in told
    shown(client, olena)
    assert models.Read.objects.filter(person=olena, page="person").count() == 1


@pytest.mark.parametrize(("spoken", "title"), [("uk", "Ваші шляхи"), ("nl", "Uw wegen")])
def test_the_letter_is_in_the_language_of_the_person(desk, spoken, title):
    home = register_household(
        registrar(),
        people=(a_person("Olena", "1992-05-17", nationalities=("UA",)),),
        arrived_on=builders.NOW.date(),
    )
    person = person_of(home)
    models.Person.objects.filter(pk=person).update(languages=[spoken])
    say(home, **PROTECTED)
    client = desk("registrar")
    text = client.get(reverse("options_letter", args=[person])).content.decode()
    assert f'<html lang="{spoken}"' in text
    assert title in text
    assert "<button" not in text.split("<main")[1].split("</main>")[0]
    other = client.get(reverse("options_letter", args=[person]), {"language": "de"})
    assert '<html lang="de"' in other.content.decode()


def test_the_letter_says_the_same_as_the_page(desk, family):
    say(family, **PROTECTED)
    olena = person_of(family)
    models.Person.objects.filter(pk=olena).update(languages=["en"])
    letter = shown(desk("registrar"), olena, "options_letter")
    page = options(olena, registrar())
    for path in page.paths:
        assert path.names["en"] in letter
    assert "You have this status until 4 March 2027" in letter
    for part in (
        "A yes is no promise",
        "What to bring",
        "What we presumed",
        "Where to get help",
        "only proposed",
        f"Law as known on 25 November 2026, version {VERSION}.",
    ):
        assert part in letter


def test_the_person_reads_their_own_options_by_link_and_nothing_of_the_others(desk, family, client):
    say(family, **PROTECTED)
    token = give_link(registrar(), person_id=person_of(family))
    answer = client.get(reverse("my_options", args=[token]), headers={"accept-language": "en"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Danylo" not in text
    assert 'name="ask"' not in text
    assert reverse("my_line", args=[token]) in text
    assert (
        reverse("my_options", args=[token])
        in client.get(reverse("my_line", args=[token])).content.decode()
    )
    assert client.get(reverse("my_options", args=["wrong"])).status_code == 404


def test_a_letter_says_at_its_foot_by_which_law_it_was_written(desk, family, client):
    token = give_link(registrar(), person_id=person_of(family))
    for place, law in enumerate((f"{VERSION}+2", "")):
        models.Notice.objects.create(
            person_id=person_of(family), kind="protection_ends", language="en", law=law,
            params={"end": "2027-03-04"}, written_at=builders.NOW, about_on=date(2027, 3, 4 + place),
            blank_on=date(2028, 3, 4),
        )  # fmt: skip
    client.cookies["django_language"] = "en"
    text = text_of(client.get(reverse("my_line", args=[token])))
    assert f"Law as known on 25 November 2026, version {VERSION}+2." in text
    assert "Law as known on 25 November 2026; its version was not noted." in text


@pytest.mark.parametrize("language", ["nl", "fr", "de", "uk", "ru"])
def test_no_part_is_said_in_english_in_another_language(desk, family, language):
    say(family, **PROTECTED)
    client, olena = desk("registrar"), person_of(family)
    english = words_of(client.get(reverse("options", args=[olena])))
    client.cookies["django_language"] = language
    own = words_of(client.get(reverse("options", args=[olena])))
    assert {each for each in english & own if looks_english(each)} == set()


def words_of(answer):
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    main = re.sub(r'<(span|p) class="source">.*?</\1>', "", main, flags=re.DOTALL)
    return {each.strip() for each in re.split(r"<[^>]+>", main) if each.strip()}


def looks_english(text):
    return bool(
        re.search(r"\b(the|is|of|and|what|which|yes|not|your|for|this)\b", text, re.IGNORECASE)
    )


def test_the_page_asks_a_fixed_number_of_questions(desk, family):
    client, olena = desk("registrar"), person_of(family)
    url = reverse("options", args=[olena])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(4):
        home = models.HouseholdMember.objects.get(person=olena).household_id
        other = register_household(
            registrar(),
            people=(a_person(f"Child {number}", "2015"),),
            arrived_on=builders.NOW.date(),
        )
        models.HouseholdMember.objects.filter(household=other).update(household=home)
    say(family, **PROTECTED)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) <= len(few) + 1


@pytest.mark.parametrize("seed", range(4))
def test_the_page_says_what_the_command_says_of_the_same_facts(desk, tmp_path, capsys, seed):
    dice = Random(seed)
    for _ in range(3):
        stated_ = {
            name: value
            for name, value in anybody(dice, known=dice.choice((0.3, 0.7, 1.1))).items()
            if name not in ON_THE_PERSON and value is not None
        }
        home = register_household(
            registrar(),
            people=(a_person("Olena", dice.choice((None, "1992", "2010-03"))),),
            arrived_on=builders.NOW.date(),
        )
        person = person_of(home)
        models.Fact.objects.bulk_create(
            models.Fact(person_id=person, name=name, value=value, stated_on=builders.NOW.date())
            for name, value in stated_.items()
        )
        page = options(person, registrar())
        assert page.facts == {
            **stated_,
            **{k: v for k, v in page.facts.items() if k == "birth_date"},
        }
        file = tmp_path / f"{person}.yaml"
        file.write_text(write_answers(page.facts), "utf-8")
        for place, course in enumerate(SCENARIOS):
            order = [
                "rules",
                "options",
                str(file),
                "--on",
                page.on.isoformat(),
                "--scenario",
                course,
            ]
            assert main([*order, "--json"]) == 0
            told = json.loads(capsys.readouterr().out)
            ways = [path.ways[place] for path in page.paths]
            assert [as_told(way) for way in ways] == [
                {key: each[key] for key in as_told(way)}
                for way, each in zip(ways, told["pathways"], strict=True)
            ]
            days = [
                (each["earliest"]["date"], each["earliest"]["closes"]) for each in told["pathways"]
            ]
            firsts = [(way.first.day, way.first.closes) for way in ways]
            assert [tuple(day and day.isoformat() for day in pair) for pair in firsts] == days


def as_told(way):
    """A route as the command has it; of the first day not what it depends on."""
    return {
        "id": way.id,
        "verdict": way.finding.verdict,
        "holds": way.held.holds,
        "missing": list(way.finding.missing),
        "assuming": list(way.finding.assuming),
    }


STAMPS = "border stamps"


def fact_of(person, name=LIVED):
    return models.Fact.objects.get(person=person, name=name)


def test_a_persons_word_and_a_document_that_was_seen_are_kept_apart(desk, family):
    client, olena = desk("registrar"), person_of(family)
    say(family, **{**PROTECTED, LIVED: False})
    answered(client, olena, LIVED, was="false", answer="true")
    page = client.get(reverse("options", args=[olena]), {"ask": LIVED}).content.decode()
    assert f'<option value="{STAMPS}">' in page
    assert "No document seen yet" in page
    assert "Not seen yet. Bring: extract of the residence registration" in shown(client, olena)
    was = re.search(r'name="was" value="([^"]*)"', page)[1]
    answered(client, olena, LIVED, was=unescape(was), answer="true", document=STAMPS)
    row = fact_of(olena)
    assert (row.value, row.document, row.seen_by.name) == (True, STAMPS, "DVZ / OE")
    assert row.seen_on == builders.NOW.date()
    said = f"Seen: border stamps, by DVZ / OE, on {written(builders.NOW.date())}"
    for name in ("options", "options_letter"):
        assert shown(client, olena, name, language="en").count(said) >= 2, name
    assert "Not seen yet. Bring: extract of the residence" not in shown(client, olena)
    undo = reverse("take_back_statement", args=[olena])
    line = models.Journal.objects.filter(event="fact:stated", person=olena).last()
    assert STAMPS not in json.dumps(line.details)
    assert client.post(undo, {"line": line.pk}).status_code == 302
    row = fact_of(olena)
    assert (row.value, row.document, row.seen_by, row.seen_on) == (True, "", None, None)


def test_a_document_proves_the_answer_for_which_it_was_seen_and_no_other(family):
    olena = person_of(family)
    state_fact(registrar(), person_id=olena, name=LIVED, value=True, document=STAMPS)
    state_fact(registrar(later(days=1)), person_id=olena, name=LIVED, value=True)
    assert (fact_of(olena).document, fact_of(olena).seen_on) == (STAMPS, builders.NOW.date())
    state_fact(registrar(later(days=2)), person_id=olena, name=LIVED, value=False)
    assert (fact_of(olena).document, fact_of(olena).seen_by) == ("", None)
    kept = models.Revision.objects.get(person=olena, field=f"{LIVED}.document", new__isnull=True)
    assert kept.old["document"] == STAMPS
    by = registrar(later(days=2))
    line = models.Journal.objects.filter(event="fact:stated", person=olena).last()
    take_back_statement(by, person_id=olena, line_id=line.pk)
    row = fact_of(olena)
    assert (row.value, row.document, row.seen_on) == (True, STAMPS, builders.NOW.date())
    state_fact(registrar(later(days=3)), person_id=olena, name=LIVED, value=True, document="")
    assert fact_of(olena).document == ""


def test_only_a_document_of_the_list_is_written_down_and_none_that_the_form_did_not_show(
    desk, family
):
    client, olena = desk("registrar"), person_of(family)
    assert answered(client, olena, LIVED, answer="true", document="a story").status_code == 409
    assert not models.Fact.objects.filter(person=olena).exists()
    state_fact(registrar(), person_id=olena, name=LIVED, value=True, document=STAMPS)
    assert answered(client, olena, LIVED, was="true", answer="true", document="").status_code == 409
    assert fact_of(olena).document == STAMPS


def test_what_the_record_itself_holds_says_so(desk, family):
    say(family, **PROTECTED)
    client, olena = desk("registrar"), person_of(family)
    page = client.get(reverse("options", args=[olena]), {"ask": "birth_date"}).content.decode()
    assert 'name="document"' not in page
    assert "entered with the person" in page
    letter = shown(client, olena, "options_letter", language="en")
    assert "From the record itself" in letter
    assert "You said it. No document seen yet" in letter


def test_who_must_not_be_found_reads_no_organisation_beside_a_document(desk, family):
    olena = person_of(family)
    state_fact(registrar(), person_id=olena, name=LIVED, value=True, document=STAMPS)
    set_safe_mode(registrar(), person_id=olena, why="it is not safe")
    letter = shown(desk("registrar"), olena, "options_letter", language="en")
    assert "Seen: border stamps, by Immigration Office" in letter


def test_an_answer_of_a_form_is_read_on_in_another_language(desk, family):
    client, olena = desk("registrar"), person_of(family)
    page = reverse("options", args=[olena])
    pages = [
        answered(client, olena, "left_ua_on", **{"answer.d": "31", "answer.m": "2"}),
        client.post(reverse("away_option", args=[olena]), {"left.d": "1"}),
        client.post(
            reverse("take_back_statement", args=[olena]), {"line": "0"}, headers={"referer": page}
        ),
    ]
    for answer in pages:
        next_ = unescape(re.search(r'name="next" value="([^"]*)"', answer.content.decode())[1])
        client.cookies.pop("django_language", None)
        told = client.post(reverse("language"), {"language": "nl", "next": next_}, follow=True)
        assert (told.status_code, told.redirect_chain[-1][0]) == (200, next_)
        assert next_.startswith(page)
        assert '<html lang="nl"' in told.content.decode()


def test_a_refused_person_reads_the_remedy_on_the_page_and_in_the_letter(desk, family):
    client, olena = desk("registrar"), person_of(family)
    assert "They refused you" not in shown(client, olena)
    say(family, tp_state="refused")
    for name in ("options", "options_letter"):
        text = shown(client, olena, name, language="en")
        assert "They refused you: Temporary protection. What you can do against it" in text, name
