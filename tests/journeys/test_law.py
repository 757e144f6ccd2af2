"""The law changes on an afternoon: one lawyer enters it, a second one approves, and anybody is answered by it."""

import re

from looking import PHONE, look
from playwright.sync_api import expect

FIRST, SECOND = "law@dvz.demo", "law2@dvz.demo"
ACT = "Council Implementing Decision (EU) 2026/9999"
TYPED = {
    "Value": "2028-03-04",
    "It holds from": "2027-03-05",
    "Through, if an end is known": "2028-03-04",
    "Act": ACT,
    "Article": "art. 1",
}


def held_until(page):
    """What the interview answers whoever has temporary protection."""
    page.goto("/what-can-i-do/")
    answers = '{"tp_state": granted, "tp_certificate_on": 2022-03-20}'
    file = {"name": "answers.yaml", "mimeType": "text/yaml", "buffer": answers.encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.locator("button[value=load]").click()
    return re.search(r"You have this status until ([\w ]+)\.", page.content())[1]


def test_the_decision_of_2028_is_entered_approved_and_answered_by(desk, browser, site, pictures):
    context = browser.new_context(base_url=site.address, viewport=PHONE, locale="en-GB")
    anybody = context.new_page()
    assert held_until(anybody) == "4 March 2027"

    first = desk(FIRST)
    first.goto("/law/desk/")
    first.get_by_role("link", name="Enter a change").click()
    first.get_by_label("What changes").select_option("tp.valid_to")
    for label, value in TYPED.items():
        first.get_by_label(label, exact=True).fill(value)
    first.get_by_label("adopted").check()
    first.get_by_label("Verified").check()
    first.get_by_label("Published on").fill(first.get_by_label("Takes effect on").input_value())
    first.get_by_role("button", name="Show whom it affects").click()
    expect(first.get_by_role("heading", name="Whom it affects")).to_be_visible()
    expect(first.locator("tr", has_text="Worker with a job offer")).to_contain_text("opens")
    assert look(first) == []
    first.get_by_role("button", name="Enter it for a second person").click()
    expect(first.get_by_role("button", name="Withdraw it")).to_be_visible()
    expect(first.get_by_role("button", name="Approve")).to_have_count(0)
    number = first.url.split("/")[-2]

    second = desk(SECOND)
    second.goto(f"/law/desk/{number}/")
    expect(second.get_by_role("heading", name="Whom it affects")).to_be_visible()
    assert look(second) == []
    second.get_by_role("button", name="Approve").click()
    expect(second.get_by_text("It stands in the history of the law.")).to_be_visible()

    anybody.goto("/law/")
    expect(anybody.locator("article").first).to_contain_text(ACT)
    expect(anybody.locator("article").first).to_contain_text("4 March 2027")
    assert look(anybody) == []
    pictures.take(anybody, "law-history")
    anybody.get_by_role("link", name="Temporary protection in other member states").click()
    lasts = anybody.locator("tr", has_text="How long temporary protection lasts")
    expect(lasts.locator("td[data-label=Belgium]")).to_contain_text("Until 4 March 2028")
    expect(lasts.locator("td[data-label=Netherlands]")).to_have_text("Not known")
    assert look(anybody) == []
    pictures.take(anybody, "other-countries")
    anybody.locator("main").get_by_role("link", name="Changes of the law").click()
    expect(anybody.locator("article").first).to_contain_text(ACT)
    assert held_until(anybody) == "4 March 2028"
    context.close()
