"""What can I do? Nothing stays, every answer can be given and taken along, and the page says what the command says."""

import html
import json
import logging
import re
from datetime import date
from pathlib import Path
from random import Random

import builders
import pytest
import yaml
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from returning import rows_of_return

from perron.cli.main import main
from perron.messages.texts import say, texts
from perron.rules.facts import NONE, facts
from perron.rules.reading import read_answers, write_answers
from perron.vocabulary.wording import in_words
from perron_site.queries.interview import SENSITIVE, result
from perron_site.queries.law import SCENARIOS
from perron_site.web.forms.asking import ANSWER, MOST_ROWS, Reading, offered, typed_of

pytestmark = pytest.mark.django_db
ADDRESS = "/what-can-i-do/"
ROUTES = Path(__file__).resolve().parents[2] / "spec" / "routes"
LANGUAGES = ("nl", "fr", "de", "en", "uk", "ru")
VERDICTS = {"open": "yes", "from": "no", "shut": "no", "unsure": "unknown", "human": "authority"}
WAY = re.compile(r'<article id="way-(\w+)" class="finding (\w+)">')
CARRIED = re.compile(r'name="carried" value="([^"]*)"')
ASKED = re.compile(r'<input type="hidden" name="asked" value="(\w+)">')
TELLTALE = ("1987-06-05", "1987", "5 June", "ZQ")
ON = builders.NOW.date()


@pytest.fixture(scope="module")
def browser():
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def anybody(browser):
    """Somebody who never was here; no log-in, no cookie."""
    browser.cookies.clear()
    return browser


def some_value(dice, fact):
    """Any value that a fact can have, by the names and types of the table."""
    if fact.may_be_none and dice.random() < 0.2:
        return [] if fact.kind == "list" else NONE
    if fact.fields:
        records = [some_record(dice, fact) for _ in range(dice.choice((1, 1, 2)))]
        return records if fact.records else records[0]
    if fact.kind == "list":
        return dice.sample(offered(fact), dice.choice((1, 2)))
    if fact.kind in {"date", "partial_date"}:
        day = f"{dice.randint(1960, 2026)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        return day if fact.kind == "date" else day[: dice.choice((4, 7, 10))]
    return {
        "bool": dice.random() < 0.5,
        "enum": dice.choice(fact.values or ("",)),
        "int": dice.randint(0, 60),
    }.get(fact.kind, dice.choice((0.0, 3.5, 1250.5, 4000.0)))


def some_record(dice, fact):
    """A record with some of its fields, in which no last day lies before the first."""
    names = [name for name in fact.fields if dice.random() < 0.8] or [next(iter(fact.fields))]
    found = {name: some_value(dice, fact.fields[name]) for name in names}
    for first, last in (("from", "to"), ("contract_from", "contract_to"), ("left_on", "back_on")):
        if NONE not in (days := [found.get(first, NONE), found.get(last, NONE)]):
            found[first], found[last] = sorted(days)
    return found


def somebody(dice, share=0.5):
    """Answers to some questions, some of them: I don't know."""
    return {
        name: None if dice.random() < 0.1 else some_value(dice, fact)
        for name, fact in facts().items()
        if dice.random() < share
    }


def carried(answer):
    """The answers that a page carries on."""
    return read_answers(html.unescape(CARRIED.search(answer.content.decode())[1]), "page")


def asked(answer):
    found = ASKED.search(answer.content.decode())
    return found and found[1]


def post(client, answers=None, **fields):
    return client.post(ADDRESS, {"carried": write_answers(answers or {})} | fields)


def load(client, content, **fields):
    file = SimpleUploadedFile("answers.yaml", content)
    return client.post(ADDRESS, {"do": "load", "file": file} | fields)


def walk(client, dice, **wishes):
    """From the first question to the result, with random answers; what was asked, and the last page."""
    answer, questions = client.post(ADDRESS, {"do": "next"} | wishes), []
    while fact := asked(answer):
        questions.append(fact)
        typed = typed_of(facts()[fact], some_value(dice, facts()[fact]))
        wish = {"do": "unknown"} if dice.random() < 0.15 else {"do": "answer"} | typed
        answer = post(client, carried(answer), asked=fact, **wish, **wishes)
        assert answer.status_code == 200
    return questions, answer


def test_a_page_asks_the_database_for_the_law_in_force_and_for_nothing_else(anybody):
    with CaptureQueriesContext(connection) as first:
        assert anybody.get(ADDRESS).status_code == 200
    assert len(first) == 0
    questions, last = walk(anybody, Random(1))
    assert len(questions) > 5
    assert WAY.search(last.content.decode())
    for wish in ("next", "result", "save"):
        with CaptureQueriesContext(connection) as asked_for:
            post(anybody, somebody(Random(1)), do=wish)
        assert {"records_lawchange" in each["sql"] for each in asked_for} <= {True}
        assert len(asked_for) == (wish != "save")


def test_no_cookie_is_set_but_that_of_the_language(anybody):
    answers = [anybody.get(ADDRESS), *walk(anybody, Random(2))[1:]]
    answers.append(post(anybody, {"sex": "f"}, do="save"))
    assert [each for each in answers if each.cookies] == []
    spoken = post(anybody, {"sex": "f"}, language="uk", here="result")
    assert list(spoken.cookies) == ["django_language"]
    assert spoken.cookies["django_language"].value == "uk"
    assert 'lang="uk"' in spoken.content.decode()
    assert not post(anybody, {"sex": "f"}, language="xx", here="result").cookies


def test_nothing_keeps_a_page_and_no_other_page_learns_where_they_come_from(anybody):
    for answer in (
        anybody.get(ADDRESS),
        post(anybody, do="next"),
        post(anybody, do="result"),
        post(anybody, do="save"),
        load(anybody, b"nothing: 1"),
    ):
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_no_session_no_row_and_no_line_of_the_journal_is_written(db, anybody, desk):
    worker = desk("registrar")
    for client in (anybody, worker):
        before = written()
        post(client, {"nationality": ["ZQ"]}, asked="birth_date", do="answer", **born())
        post(client, {"nationality": ["ZQ"], "birth_date": "1987-06-05"}, do="result")
        added = set(written()) ^ set(before)
        assert {name for name, *_ in added} <= ({"django_session"} if client is worker else set())
    kept = [str(each.get_decoded()) for each in Session.objects.order_by("pk")]
    assert [each for each in kept for word in TELLTALE if word in each] == []


def written():
    """How many rows of each table this test has added, changed and taken away, as the database counts them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, n_tup_ins, n_tup_upd, n_tup_del from pg_stat_xact_user_tables order by 1"
        )
        return [row for row in cursor.fetchall() if any(row[1:])]


def born():
    return {f"{ANSWER}.d": "5", f"{ANSWER}.m": "6", f"{ANSWER}.y": "1987"}


def test_no_answer_stands_in_any_line_of_a_log(anybody, caplog):
    caplog.set_level(logging.DEBUG)
    known = {"nationality": ["ZQ"], "birth_date": "1987-06-05"}
    post(anybody, {"nationality": ["ZQ"]}, asked="birth_date", do="answer", **born())
    for wish in ("result", "save", "next"):
        post(anybody, known, do=wish)
    load(anybody, b"birth_date: 1987-06-05\nZQ: ZQ\n")
    lines = [f"{each.getMessage()} {each.__dict__}" for each in caplog.records]
    ours = [each for each in lines if "perron" in each]
    assert len(ours) >= 5
    assert [line for line in ours for word in TELLTALE if word in line] == []


def test_every_form_posts_and_no_link_carries_an_answer(anybody):
    known = {"nationality": ["ZQ"], "birth_date": "1987-06-05", "serious_illness": True}
    for answer in (post(anybody, known, do="next"), post(anybody, known, do="result")):
        text = answer.content.decode()
        forms = re.findall(r"<form[^>]*>", text)
        assert len(forms) >= 2
        assert all('method="post"' in each and 'autocomplete="off"' in each for each in forms)
        assert re.findall(r'(?:href|action|src)="[^"]*\?[^"]*"', text) == []
        assert "csrfmiddlewaretoken" not in text


@pytest.mark.parametrize("name", facts())
def test_every_answer_of_every_fact_can_be_typed(name, anybody):
    fact, dice = facts()[name], Random(name)
    for _ in range(12):
        value = some_value(dice, fact)
        reading = Reading(typed_of(fact, value))
        assert reading.value(fact) == value, reading.faults
        assert reading.faults == {}
    shown = post(anybody, {name: value}, ask=name)
    fields = re.findall(rf'<input type="hidden" name="({ANSWER}[^"]*)"', shown.content.decode())
    assert set(fields) == set(typed_of(fact, value))
    kept = post(anybody, {}, asked=name, do="answer", **typed_of(fact, value))
    assert carried(kept) == {name: value}


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("birth_date", {"answer.y": "abc"}, "asked.partial_date"),
        ("birth_date", {"answer.y": "87"}, "asked.partial_date"),
        ("birth_date", {"answer.d": "5", "answer.y": "1987"}, "asked.partial_date"),
        ("birth_date", {"answer.d": "31", "answer.m": "2", "answer.y": "1987"}, "asked.partial_date"),
        ("tp_certificate_on", {"answer.m": "3", "answer.y": "2022"}, "asked.date"),
        ("dependants", {"answer": "2.5"}, "asked.int"),
        ("means_month", {"answer": "much"}, "asked.money_month"),
        ("ict_experience_years", {"answer": "-1"}, "asked.number"),
        ("sex", {"answer": "q"}, "asked.enum"),
        ("nationality", {"answer.other": "Iraq"}, "asked.country"),
        ("health_insured", {}, "asked.choose"),
        (
            "stay_periods",
            {"answer.0.title": "tp", "answer.0.from.y": "2022"},
            "asked.date",
        ),
        (
            "absences",
            {"answer.0.left_on.y": "2024", "answer.0.back_on.y": "2023"},
            "asked.order",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_what_was_typed_is_kept(name, typed, said, anybody):
    answer = post(anybody, {"is_uam": False}, asked=name, do="answer", **typed)
    text = html.unescape(answer.content.decode())
    assert asked(answer) == name
    assert texts()[said] in text
    assert carried(answer) == {"is_uam": False}
    for value in typed.values():
        assert f'value="{value}"' in text


def test_an_amount_is_read_as_people_write_it(anybody):
    answer = post(anybody, asked="means_month", do="answer", answer="€ 1 250,50")
    assert carried(answer) == {"means_month": 1250.5}


def test_one_record_more_keeps_those_that_are_typed(anybody):
    answer = post(anybody, asked="stay_periods", do="row", **{"answer.0.title": "tp"})
    text = answer.content.decode()
    assert asked(answer) == "stay_periods"
    assert '<option value="tp" selected>' in text
    assert 'name="answer.1.title"' in text
    assert 'name="answer.2.title"' not in text


def test_not_knowing_goes_on_and_the_same_is_not_asked_again(anybody):
    first = post(anybody, do="next")
    second = post(anybody, asked=asked(first), do="unknown")
    assert carried(second) == {asked(first): None}
    assert asked(second) not in {None, asked(first)}


def test_one_can_go_back_and_change_an_answer_in_its_place(anybody):
    known = {"is_uam": False, "sex": "f", "address_be": True}
    shown = post(anybody, known, ask="sex")
    assert asked(shown) == "sex"
    assert re.search(r'value="f" checked', shown.content.decode())
    assert '<button class="second" name="ask" value="is_uam">' in shown.content.decode()
    changed = post(anybody, known, asked="sex", do="answer", answer="m")
    assert list(carried(changed).items()) == [*(known | {"sex": "m"}).items()]


def test_a_change_from_the_result_leads_back_to_it(anybody):
    result = post(anybody, {"sex": "f"}, asked="sex", do="answer", answer="m", ready="yes")
    assert WAY.search(result.content.decode())
    assert asked(result) is None


@pytest.mark.parametrize("seed", range(6))
def test_the_interview_ends_and_asks_what_is_sensitive_only_when_they_choose_it(seed, anybody):
    questions, last = walk(anybody, Random(seed))
    assert len(questions) == len(set(questions))
    assert not SENSITIVE & set(questions)
    more, _ = walk(anybody, Random(seed), sensitive="yes")
    assert len(more) == len(set(more))
    assert "Take your answers along" in last.content.decode()


def test_what_is_sensitive_is_asked_when_they_go_on_with_it(anybody):
    _, last = walk(anybody, Random(0))
    on = post(anybody, carried(last), do="sensitive")
    assert asked(on) in SENSITIVE
    assert "This is a private question" in on.content.decode()


def of_the_command(tmp_path, capsys, content, scenario="adopted"):
    file = tmp_path / "answers.yaml"
    file.write_bytes(content)
    words = ["rules", "options", str(file), "--on", str(ON), "--scenario", scenario, "--json"]
    assert main(words) == 0
    return {each["id"]: each["verdict"] for each in json.loads(capsys.readouterr().out)["pathways"]}


@pytest.mark.parametrize("seed", range(12))
def test_the_page_says_what_the_command_says_of_the_file_that_is_taken_along(
    seed, anybody, tmp_path, capsys
):
    known = somebody(Random(seed), share=seed / 12)
    page = post(anybody, known, do="result")
    file = post(anybody, known, do="save")
    found = {way: VERDICTS[drawn] for way, drawn in WAY.findall(page.content.decode())}
    assert found == of_the_command(tmp_path, capsys, file.content)


@pytest.mark.parametrize("seed", range(4))
def test_the_other_courses_of_the_law_are_those_of_the_command(seed, tmp_path, capsys):
    known = somebody(Random(seed))
    content = write_answers(known).encode()
    found = result(known, ON)
    said = [of_the_command(tmp_path, capsys, content, scenario) for scenario in SCENARIOS]
    today, after = found.courses
    assert (today.on, after.on) == (ON, date(2027, 3, 5))
    rows = [(way.office.names, tuple(each[way.id] for each in said)) for way in found.ways]
    assert list(today.rows) == [row for row in rows if len(set(row[1])) > 1]


def test_what_a_prolongation_would_change_stands_beside_the_adopted_law(anybody):
    known = {
        "stay_periods": [{"title": "tp", "from": "2022-03-20", "to": NONE}], "nationality": ["UA"],
        "resided_in_ua_before_20220224": True, "left_ua_on": "2022-03-01", "birth_date": "1990", "sex": "f",
    }  # fmt: skip
    text = html.unescape(post(anybody, known, do="result").content.decode())
    later = text.partition("5 March 2027: the day after temporary protection ends")[2]
    row = later.partition('<th scope="row">Temporary protection</th>')[2].partition("</tr>")[0]
    assert re.findall(r'<td data-label="[^"]*">([^<]*)</td>', row) == ["not open", "open", "open"]


@pytest.mark.parametrize("seed", range(8))
def test_a_file_out_and_in_again_is_the_same(seed, anybody):
    known = somebody(Random(seed))
    file = post(anybody, known, do="save")
    assert file.headers["Content-Disposition"] == 'attachment; filename="perron-answers.yaml"'
    back = load(anybody, file.content)
    assert back.status_code == 200
    assert list(carried(back).items()) == list(known.items())
    assert post(anybody, carried(back), do="save").content == file.content


def test_a_file_in_json_is_taken_too(anybody):
    back = load(anybody, b'\xef\xbb\xbf{"sex": "f", "job_offer": "-", "absences": []}')
    assert carried(back) == {"sex": "f", "job_offer": "-", "absences": []}


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (b"sex: q\nbirth_day: 1990\nhealth_insured: perhaps\n", ("Line 1, place 6", "Line 2, place 1", "Line 3")),
        (b"sex: [f\n", ("Line 2",)),
        (b"- 1\n", ("Line 1, place 1",)),
        (b"", ("Line 1, place 1",)),
        (b"\xff\xfe\x00", ("This is no text",)),
        (b"# " + b"x" * 70_000, ("too large",)),
        (b"sex: f\n" * 30_000, ("too large",)),
        (("absences:\n" + "- {reason: work}\n" * (MOST_ROWS + 1)).encode(), ("absences",)),
        (b"stay_periods: [{title: tp, from: 2022}, {title: x}]\nsex: f\nsex: m\n", ("place 34", "place 49", "Line 3")),
        (b"family_links:\n" + b"- {kind: spouse}\n" * 9, ("family_links",)),
        (b"birth_date: 1987-00-05\n", ("Line 1, place 13",)),
        (b"a: &a [*a, *a]\n", ("Line 1",)),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_whole_with_every_fault_named(content, faults, anybody):
    answer = load(anybody, content, carried=write_answers({"is_uam": False}))
    text = html.unescape(answer.content.decode())
    assert answer.status_code == 400
    assert "The file was not taken" in text
    for each in faults:
        assert each in text
    if len(content) < 60_000:
        assert carried(answer) == {"is_uam": False}


def test_a_form_without_a_file_says_so(anybody):
    answer = anybody.post(ADDRESS, {"do": "load"})
    assert answer.status_code == 400
    assert "No file was chosen" in answer.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"carried": "sex: q"}, {"carried": "{"}, {"ask": "nobody"}, {"asked": "nobody", "do": "answer"},
        {"do": "nothing"}, {"carried": "sex: f\0"},
        {"asked": "stay_periods", "do": "answer", "answer.99999999999.title": "tp"},
        {"asked": "sex", "do": "answer", "answer": ["f", "m"]},
    ],
)  # fmt: skip
def test_a_forged_form_is_answered_with_a_page(sent, anybody):
    assert anybody.post(ADDRESS, sent).status_code in {200, 400}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_and_the_result_speak_the_language(language, anybody):
    client = anybody
    client.cookies["django_language"] = language
    known = {
        "stay_periods": [{"title": "tp", "from": "2022-03-20", "to": "-"}],
        "birth_date": "1990-05",
    }
    start, result = client.get(ADDRESS), post(client, known, do="result")
    for answer in (start, result):
        assert f'<html lang="{language}">' in answer.content.decode()
    for name, fact in facts().items():
        text = html.unescape(post(client, {}, ask=name).content.decode())
        assert fact.question[language] in text
        assert say(in_words(fact.why), language) in text
        assert language == "en" or fact.why not in text
    said = html.unescape(result.content.decode())
    assert facts()["exclusion_ground"].question[language] in said
    assert say(in_words("open-ended"), language) != "open-ended" or language == "en"


def test_every_word_of_every_fact_has_a_text():
    missing = {
        f"{one.name}.{value}"
        for fact in facts().values()
        for one in (fact, *fact.fields.values())
        for value in offered(one)
        if one.kind != "bool"
        and not {f"fact_value.{one.name}.{value}", f"fact_value.{value}"} & texts().keys()
    }
    fields = {name for fact in facts().values() for name in fact.fields}
    assert missing == set()
    assert {name for name in fields if f"fact_field.{name}" not in texts()} == set()


def test_the_result_says_what_it_rests_on_and_what_it_is_not(anybody):
    known = yaml.safe_load(
        "{stay_periods: [{title: tp, from: '2022-03-20', to: '-', card: A}], nationality: [UA],"
        " resided_in_ua_before_20220224: true, left_ua_on: 2022-03, birth_date: '1990'}"
    )
    text = html.unescape(post(anybody, known, do="result").content.decode())
    for said in (
        "A yes is no promise.",
        "harms nobody’s status",
        "What we presumed",
        facts()["exclusion_ground"].question["en"],
        "What to bring",
        "Prolonged to 4 March 2028",
        "The note's proposal",
        "only proposed",
        "Where to get help",
        "20 March 2022",
        "March 2022",
    ):
        assert said in text
    assert 'class="trust' in text


def test_what_a_way_would_change_stands_with_it_where_the_present_title_is_known(anybody):
    stay = {"stay_periods": [{"title": "tp", "from": "2022-03-20", "to": NONE}]}
    exceptional = {
        "exceptional_circumstances": True,
        "identity_document": "valid_passport",
        "address_be": True,
    }
    text = html.unescape(post(anybody, stay | exceptional, do="result").content.decode())
    assert "What changes for you: Humanitarian stay (9bis)" in text
    assert "no rule was found" in text
    assert "What changes for you" not in post(anybody, exceptional, do="result").content.decode()


def test_what_is_presumed_can_be_stated_otherwise(anybody):
    known = {
        "nationality": ["UA"], "resided_in_ua_before_20220224": True, "left_ua_on": "2022-03-01", "birth_date": "1990",
    }  # fmt: skip
    presumed = post(anybody, known, do="result").content.decode()
    stated = post(anybody, known | {"exclusion_ground": True}, do="result").content.decode()
    assert ("tp", "open") in WAY.findall(presumed)
    assert ("tp", "open") not in WAY.findall(stated)


@pytest.mark.parametrize(
    ("carried", "route", "remedy"),
    [
        ({"tp_state": "refused"}, "Temporary protection", "30 days"),
        ({"asylum_state": "refused"}, "Refugee or subsidiary protection", "30 days"),
        ({"professional_card": "refused"}, "", ""),
        ({"tp_state": "requested"}, "", ""),
    ],
)
def test_whoever_was_refused_reads_the_remedy_that_a_source_names(anybody, carried, route, remedy):
    text = html.unescape(re.sub(r"<[^>]+>", " ", outcome_of(anybody, carried)))
    notice = re.search(r"They refused you:(.*?)a term may be running", text, re.DOTALL)
    assert bool(notice) == bool(remedy)
    if notice:
        said = " ".join(notice[1].split())
        assert said.startswith(f"{route}. What you can do against it:")
        assert "Council for Alien Law Litigation" in said
        assert remedy in said
        assert re.search("belgium.md|TPD art. 29", said)


def outcome_of(anybody, carried):
    page = anybody.post(ADDRESS, {"carried": write_answers(carried), "do": "result"})
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize("language", ["en", "uk", "nl"])
def test_the_result_tells_every_right_of_the_return_track_with_its_source(language, anybody):
    anybody.cookies["django_language"] = language
    known = {"tp_certificate_on": "2022-03-20", "tp_state": "granted", "is_uam": True}
    page = outcome_of(anybody, known)
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    rows = rows_of_return(known, ON, language)
    assert [each for each in rows if each not in text] == []
    section = page.split('id="return"')[1].split("</section>")[0]
    assert 'name="ask" value="uam_return_exam_done"' in section
    assert "print-not" not in section.replace('<button class="second print-not"', "")


def test_that_the_law_has_no_term_is_said_apart_from_what_is_not_known(anybody):
    page = outcome_of(anybody, {"nationality": ["UA"]})
    terms = {
        way: re.search(r"They decide within</dt><dd>([^<]*)", part)[1]
        for way, part in re.findall(r'<article id="way-(\w+)"(.*?)</article>', page, re.DOTALL)
        if "They decide within" in part
    }
    assert terms["humanitarian_9bis"] == "the law has no term"
    assert terms["unlimited_stay"] == "not known"


def test_the_duty_of_civic_integration_is_not_read_off_the_region_of_an_employer():
    """It hangs on where one lives, and nobody is asked that here: not known, whatever the job offer says."""
    cases = [yaml.safe_load(path.read_text("utf-8")) for path in ROUTES.glob("*.yaml")]
    worker = next(
        case for each in cases for case in each.get("single_permit", ()) if case["verdict"] == "yes"
    )
    said = json.loads(json.dumps(worker["facts"], default=str))
    assert said["job_offer"]["region"]
    said |= {"stay_periods": [{"title": "tp", "from": "2022-03-20", "to": "-"}]}
    (way,) = (way for way in result(said, ON).ways if way.id == "single_permit")
    changes = [each for move in way.moves for each in move.changes if each.subject == "integration"]
    assert changes
    assert {(each.before, each.after) for each in changes} == {(None, None)}
