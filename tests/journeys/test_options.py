"""An adviser and Solomiia look at every route together, without a mouse: question, answer, what it changed, letter."""

import re

import pytest
from looking import look
from playwright.sync_api import expect
from test_keyboard import ACTIVE, press, tab_to
from walking import DVZ, register

LANGUAGES = ("nl", "fr", "de", "uk", "ru")


@pytest.fixture
def page(site, browser, signed_in):
    context = browser.new_context(base_url=site.address, locale="en-GB")
    page = context.new_page()
    signed_in(page, DVZ)
    yield page
    context.close()


def options_of(page, family):
    """Register Solomiia and open her options from the page of her household, by keyboard."""
    number = register(page, (("Solomiia", family, "17/05/1992", "Соломія"),))
    page.goto(f"/household/{number}/")
    press(page, "Options")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Options of Solomiia {family}")


def ask(page, name):
    """Choose a question from what the answers rest on or miss, by keyboard."""
    page.goto(f"{page.url.partition('?')[0].partition('#')[0]}?ask={name}#ask")


def choose(page, label):
    """Tab to the radio buttons and choose by the arrows."""
    tab_to(page, "e.type === 'radio'")
    for _ in range(12):
        if page.evaluate(
            f"(e => e.checked && e.closest('label').innerText.trim() === '{label}')({ACTIVE})"
        ):
            return
        page.keyboard.press("Space" if not page.evaluate(f"{ACTIVE}.checked") else "ArrowDown")
    raise AssertionError(f"the arrows do not reach {label}")


def typed(page, place, text):
    """One of the three fields of a day."""
    tab_to(page, f"e.name === 'answer.{place}'")
    page.keyboard.type(text)


def test_an_adviser_walks_it_by_keyboard_from_the_household_to_the_letter(page):
    options_of(page, "Ptakhivska")
    expect(page.get_by_text("A yes is no promise.")).to_be_visible()
    expect(page.get_by_role("heading", name="The next best question")).to_be_visible()
    ask(page, "nationality")
    tab_to(page, "e.name === 'answer' && e.value === 'UA'")
    page.keyboard.press("Space")
    press(page, "Answer and look again")
    ask(page, "left_ua_on")
    typed(page, "y", "2022")
    tab_to(page, "e.name === 'answer.m'")
    page.keyboard.type("Mar")
    press(page, "Answer and look again")
    ask(page, "resided_in_ua_before_20220224")
    choose(page, "Yes")
    press(page, "Answer and look again")
    latest = page.locator("#latest")
    expect(latest).to_contain_text("Temporary protection: not known yet → yes")
    expect(latest).to_contain_text("You can undo it until")
    assert look(page) == []
    press(page, "As a letter to print")
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ваші шляхи")
    page.emulate_media(media="print")
    expect(page.get_by_text("«Так» — це не обіцянка.")).to_be_visible()
    expect(page.locator("main a.button")).to_have_count(1)
    expect(page.locator("main a.button")).to_be_hidden()
    assert len(page.pdf()) > 10_000


def test_what_was_written_down_a_moment_ago_is_undone_by_keyboard(page):
    options_of(page, "Medvynska")
    ask(page, "resided_in_ua_before_20220224")
    choose(page, "No")
    press(page, "Answer and look again")
    expect(page.locator("#said").locator("..")).to_contain_text("No")
    press(page, "Undo")
    expect(page.locator("#latest")).to_have_count(0)
    expect(page.locator("#said").locator("..")).not_to_contain_text("Was your main home in Ukraine")


def test_a_job_offer_is_typed_on_a_phone_in_ukrainian_and_nothing_is_wider_than_the_screen(
    site, browser, signed_in
):
    context = browser.new_context(
        base_url=site.address,
        viewport={"width": 390, "height": 844},
        locale="en-GB",
        java_script_enabled=True,
    )
    page = context.new_page()
    signed_in(page, DVZ)
    options_of(page, "Kvitnevska")
    page.context.add_cookies([{"name": "django_language", "value": "uk", "url": site.address}])
    ask(page, "job_offer")
    page.locator("select[name='answer.region']").select_option("VLG")
    page.locator("input[name='answer.gross_month']").fill("3100")
    page.locator("main form[method=post] button[value=answer]").click()
    page.wait_for_url("**#latest")
    expect(page.locator("#latest")).to_contain_text("Фландрія")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert look(page, "uk") == []
    context.close()


def test_the_page_fits_in_each_language_wide_and_on_a_phone(page, site):
    options_of(page, "Hornostaieva")
    for language in LANGUAGES:
        cookie = {"name": "django_language", "value": language, "url": site.address}
        page.context.add_cookies([cookie])
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            page.reload()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert not re.search(r"\{[a-z_]+\}|%\(", page.locator("main").inner_text())
