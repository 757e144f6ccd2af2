"""A desk without a mouse: five people in two scripts, the grandmother known elsewhere, her holder asked, the slip."""

from playwright.sync_api import expect
from walking import INTAKE, MECHELEN, held_by_mechelen

FAMILY = (
    ("Zlata", "Vyshnevetska", "14/02/1990", "Злата", "Вишневецька"),
    ("Orest", "Vyshnevetskyi", "1988", "Орест", "Вишневецький"),
    ("Marko", "Vyshnevetskyi", "03/2014", "Марко", "Вишневецький"),
    ("Yeva", "Vyshnevetska", "20/08/2019", "Єва", "Вишневецька"),
)
QUESTION = "Her daughter Zlata is here. May she come to us?"
ANSWER = "Ours is another woman of that name; she has no daughter"
ACTIVE = "document.activeElement"


def tab_to(page, condition, most=200):
    """Press Tab until this is true of what has the focus, as somebody would who has no mouse."""
    for _ in range(most):
        if page.evaluate(f"(e => {condition})({ACTIVE})"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach it: {condition}")


def fill(page, name, text):
    tab_to(page, f"e.name === '{name}'")
    page.keyboard.type(text)


def press(page, text):
    """Go to a link or button with these words and press Enter."""
    tab_to(page, f"['A', 'BUTTON'].includes(e.tagName) && e.innerText.trim().startsWith('{text}')")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def one(page, number, person):
    """Fill one person in, in both scripts."""
    given, family, born, *cyrillic = person
    for field, text in (("given_name", given), ("family_name", family), ("born", born)):
        fill(page, f"form-{number}-{field}", text)
    if cyrillic:
        tab_to(page, "e.tagName === 'SUMMARY' && e.innerText.includes('More')")
        page.keyboard.press("Enter")
        for field, text in zip(("given_name", "family_name"), cyrillic, strict=True):
            fill(page, f"form-{number}-{field}_cyrillic", text)


def go(page, address):
    """Go to the link with this address and press Enter."""
    tab_to(page, f"e.getAttribute('href') === '{address}'")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def ask_in_writing(page, address):
    """From the hit to the question that is sent; its address."""
    go(page, address)
    tab_to(page, "e.name === 'purpose'")
    page.keyboard.press("Space")
    fill(page, "words", QUESTION)
    press(page, "Send to")
    expect(page.get_by_text("Sent. You find the question in your inbox.")).to_be_visible()
    return page.url


def answer_in_writing(page, family):
    """The holder finds the question in its inbox and answers."""
    press(page, "Inbox")
    row = page.get_by_role("row").filter(has_text=QUESTION)
    expect(row).to_contain_text("Questions to answer")
    go(page, row.get_by_role("link").get_attribute("href"))
    expect(page.locator("h1 + .lead")).to_contain_text(family)
    fill(page, "answer", ANSWER)
    press(page, "Send the answer")
    expect(page.get_by_text("Answered.")).to_be_visible()


def read_the_answer(page):
    """Whoever asked finds the answer in its inbox, and says that it is read."""
    press(page, "Inbox")
    row = page.get_by_role("row").filter(has_text=ANSWER)
    expect(row).to_contain_text("Answers to read")
    go(page, row.get_by_role("link").get_attribute("href"))
    expect(page.get_by_text(ANSWER)).to_be_visible()
    press(page, "We have read it")
    expect(page.get_by_text("Noted.")).to_be_visible()


def test_a_family_of_five_is_registered_by_keyboard_alone_and_the_holder_of_the_grandmother_is_asked(
    site, browser, signed_in
):
    given, family, born = held_by_mechelen(site)
    page = browser.new_context(base_url=site.address, locale="en-GB").new_page()
    signed_in(page, INTAKE)
    page.goto("/arrivals/")
    assert page.evaluate(f"{ACTIVE}.name") == "q"
    page.keyboard.type(f"{family} {given} {born}")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    known = page.locator("table", has_text="Known elsewhere").locator("tr", has_text=family).first
    expect(known).to_contain_text(born[:4])
    expect(known).to_contain_text("Mechelen")
    assert "/household/" not in known.inner_html()
    ask_in_writing(page, known.get_by_role("link", name="Ask in writing").get_attribute("href"))
    holder = browser.new_context(base_url=site.address, locale="en-GB").new_page()
    signed_in(holder, MECHELEN)
    answer_in_writing(holder, family)
    holder.context.close()
    read_the_answer(page)
    press(page, "Arrivals")
    press(page, "Register a household")
    tab_to(page, "e.name === 'roof'")
    page.keyboard.press("Space")
    for number, person in enumerate((*FAMILY, (given, family, born[:4]))):
        if number:
            press(page, "Add a person")
        one(page, number, person)
    tab_to(page, "e.name === 'register'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/slip/")
    text = page.locator("main").inner_text()
    for person in FAMILY:
        assert person[0] in text
        assert person[3] in text
    expect(page.locator(".qr svg")).to_be_visible()
    assert page.pdf().startswith(b"%PDF")
    page.context.close()
