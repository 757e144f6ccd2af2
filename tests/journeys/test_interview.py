"""What can I do? On a phone, without a script, from the first question to the result; and nothing of it stays."""

import json

import pytest
from looking import in_all_looks
from playwright.sync_api import expect

from perron.rules.facts import facts
from perron.rules.reading import read_answers

ADDRESS = "/what-can-i-do/"
PHONE = {"width": 390, "height": 844}
WORDS = {
    "uk": {
        "begin": "Почати", "next": "Далі", "unknown": "Я не знаю", "change": "Змінити", "now": "Відкрито зараз",
        "way": "Тимчасовий захист", "promise": "«Так» — це не обіцянка.", "file": "Забрати відповіді у файлі",
        "load": "Продовжити з цим файлом", "wrong": "Щось не вдалося прочитати",
    },
    "nl": {
        "begin": "Beginnen", "next": "Volgende", "unknown": "Ik weet het niet", "change": "Wijzigen", "now": "Nu open",
        "way": "Tijdelijke bescherming", "promise": "Een ja is geen belofte.",
        "file": "Uw antwoorden meenemen als bestand", "load": "Verdergaan met dit bestand",
        "wrong": "Er is iets dat niet gelezen kan worden",
    },
}  # fmt: skip
LOGGED = ("method", "page", "status", "ms")
TELLTALE = ("1987", "ZQ", "2022-03-21")


def field(page, name):
    return page.locator(f"main [name='{name}']")


def day(page, name, year, month=None, number=None):
    field(page, f"{name}.y").fill(str(year))
    if month:
        field(page, f"{name}.m").select_option(str(month))
    if number:
        field(page, f"{name}.d").fill(str(number))


def stays(page):
    field(page, "answer.0.title").select_option("tp")
    day(page, "answer.0.from", 2022, 3, 21)
    field(page, "answer.0.to.none").check()


def nationality(page):
    page.locator("main input[value=UA]").check()
    field(page, "answer.other").fill("ZQ")


ANSWERS = {
    "stay_periods": stays,
    "birth_date": lambda page: day(page, "answer", 1987),
    "left_ua_on": lambda page: day(page, "answer", 2022, 3),
    "nationality": nationality,
    "resided_in_ua_before_20220224": lambda page: page.locator("main input[value=true]").check(),
    "health_insured": lambda page: page.locator("main input[value=true]").check(),
}


def asked(page):
    """The fact that the page asks for; None on the result."""
    page.wait_for_load_state()
    found = page.locator("main input[name=asked]")
    return found.first.get_attribute("value") if found.count() else None


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


@pytest.fixture
def phone(browser, site):
    """``phone("uk")`` is a page of somebody with a phone, who has switched scripts off, and all its requests."""
    opened = []

    def page(language):
        context = browser.new_context(
            base_url=site.address, viewport=PHONE, java_script_enabled=False, locale=language
        )
        opened.append(context)
        requests = []
        context.on("request", lambda request: requests.append(request))  # noqa: PLW0108 - Playwright marks the function
        return context.new_page(), requests

    yield page
    for each in opened:
        each.close()


@pytest.mark.parametrize("language", ["uk", "nl"])
def test_somebody_walks_from_the_first_question_to_the_result_and_nothing_stays(
    language, phone, site, tmp_path
):
    words, (page, requests) = WORDS[language], phone(language)
    page.goto(ADDRESS)
    expect(page.locator("html")).to_have_attribute("lang", language)
    press(page, words["begin"])
    questions = []
    while name := asked(page):
        questions.append(name)
        expect(page.get_by_role("heading", level=1)).to_have_text(facts()[name].question[language])
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        if name in ANSWERS:
            ANSWERS[name](page)
            press(page, words["next"])
        else:
            press(page, words["unknown"])
    assert {"stay_periods", "birth_date"} <= set(questions)
    assert len(questions) == len(set(questions))
    expect(page.get_by_text(words["promise"])).to_be_visible()
    way = page.locator("section[aria-labelledby=g-now]")
    expect(way).to_contain_text(words["now"])
    expect(way).to_contain_text(words["way"])
    kept = the_file(page, words, tmp_path)
    assert kept["birth_date"] == "1987"
    assert set(kept) == set(questions)
    nothing_stays(page, requests, site)


def the_file(page, words, tmp_path):
    """The answers as the file that is taken along; put in again they lead to the same page."""
    with page.expect_download() as taken:
        press(page, words["file"])
    path = tmp_path / "answers.yaml"
    taken.value.save_as(path)
    before = page.locator("main h3").all_inner_texts()
    page.goto(ADDRESS)
    page.locator("input[type=file]").set_input_files(path)
    press(page, words["load"])
    page.wait_for_load_state()
    assert page.locator("main h3").all_inner_texts() == before
    return read_answers(path.read_text("utf-8"), "answers.yaml")


def nothing_stays(page, requests, site):
    """No address, no Referer, no cookie, no store of the browser and no line of the server holds an answer."""
    assert page.context.cookies() == []
    assert page.context.storage_state()["origins"] == []
    page.locator("footer a").nth(1).click()
    page.wait_for_load_state()
    pages = [each for each in requests if ADDRESS in each.url]
    assert len(pages) > 5
    assert {each.url for each in pages} == {f"{site.address}{ADDRESS}"}
    assert [each.url for each in requests if ADDRESS in each.headers.get("referer", "")] == []
    log = site.home / f"serve-{site.address.rpartition(':')[2]}.log"
    lines = [line for line in log.read_text("utf-8").splitlines() if "what-can-i-do" in line]
    assert len(lines) > 5
    told = [json.loads(line) for line in lines]
    assert {key for each in told for key in each} == {*LOGGED, "event", "level", "timestamp"}
    assert {each["page"] for each in told} == {ADDRESS.removeprefix("/")}
    assert {type(each[key]) for each in told for key in ("status", "ms")} == {int}
    said = log.read_text("utf-8")
    assert [word for word in TELLTALE[1:] if word in said] == []


def test_a_wrong_answer_is_said_and_kept_and_an_answer_can_be_changed_in_another_language(phone):
    words, (page, _) = WORDS["nl"], phone("nl")
    page.goto(ADDRESS)
    press(page, words["begin"])
    day(page, "answer.0.from", "twee")
    press(page, words["next"])
    expect(page.get_by_role("alert")).to_contain_text(words["wrong"])
    expect(field(page, "answer.0.from.y")).to_have_value("twee")
    page.get_by_role("button", name="УКР").click()
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    expect(field(page, "answer.0.from.y")).to_have_value("twee")
    page.locator("main input[name='answer.none']").check()
    press(page, WORDS["uk"]["next"])
    second = asked(page)
    assert second != "stay_periods"
    page.locator("summary").click()
    page.locator("ol.answers button").first.click()
    assert asked(page) == "stay_periods"
    expect(field(page, "answer.none")).to_be_checked()
    assert [each["name"] for each in page.context.cookies()] == ["django_language"]


def test_enter_in_a_field_sends_the_answer(phone):
    page, _ = phone("nl")
    page.goto(ADDRESS)
    press(page, WORDS["nl"]["begin"])
    press(page, WORDS["nl"]["unknown"])
    assert asked(page) == "birth_date"
    field(page, "answer.y").fill("1987")
    field(page, "answer.y").press("Enter")
    expect(page.locator("main input[name=asked]")).not_to_have_value("birth_date")
    expect(page.locator("html")).to_have_attribute("lang", "nl")


def test_axe_finds_nothing_on_a_question_of_each_kind_and_on_the_result(browser, site):
    language = "uk"
    page = browser.new_context(base_url=site.address, locale=language).new_page()
    page.goto(ADDRESS)
    page.locator("main button[value=next]").click()
    found, seen = {}, set()
    while name := asked(page):
        if (kind := (facts()[name].kind, facts()[name].records)) not in seen:
            found[name] = in_all_looks(page, language)
        if not seen:
            page.locator("main button[value=answer]").click()
            found["wrong"] = in_all_looks(page, language)
        seen.add(kind)
        page.locator("main button[value=unknown]").click()
    assert len(seen) > 3
    found["result"] = in_all_looks(page, language)
    page.context.close()
    assert {key: faults for key, faults in found.items() if faults} == {}
