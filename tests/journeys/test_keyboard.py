"""A desk without a mouse: a family of five in two scripts, the grandmother known elsewhere, the slip printed."""

from playwright.sync_api import expect

INTAKE = "intake@fedasil.demo"
FAMILY = (
    ("Zlata", "Vyshnevetska", "14/02/1990", "Злата", "Вишневецька"),
    ("Orest", "Vyshnevetskyi", "1988", "Орест", "Вишневецький"),
    ("Marko", "Vyshnevetskyi", "03/2014", "Марко", "Вишневецький"),
    ("Yeva", "Vyshnevetska", "20/08/2019", "Єва", "Вишневецька"),
)
HELD_ELSEWHERE = (
    "from perron_site.commands.opening import open_database; open_database();"
    "from perron_site.records import models as m; from perron_site.records.context import as_round, Round\n"
    "with as_round(Round.COMMAND):\n"
    "  f = m.Organisation.objects.get(kind='fedasil')\n"
    "  seen = m.Sight.objects.filter(organisation=f).values('person')\n"
    "  safe = m.SafeMode.objects.filter(until__isnull=True).values('person')\n"
    "  p = m.Person.objects.filter(born__isnull=False, householdmember__end__isnull=True)"
    ".exclude(pk__in=seen).exclude(pk__in=safe).order_by('born').first()\n"
    "  print(p.given_name, p.family_name, p.born, sep='|')"
)
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


def test_a_family_of_five_is_registered_by_keyboard_alone_and_the_grandmother_is_known_elsewhere(
    site, browser, signed_in
):
    given, family, born = site.python(HELD_ELSEWHERE).split("|")
    page = browser.new_context(base_url=site.address, locale="en-GB").new_page()
    signed_in(page, INTAKE)
    page.goto("/arrivals/")
    assert page.evaluate(f"{ACTIVE}.name") == "q"
    page.keyboard.type(f"{family} {given}")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    known = page.locator("table", has_text="Known elsewhere").locator("tr", has_text=family).first
    expect(known).to_contain_text(born[:4])
    holder = known.locator("td").last
    expect(holder).not_to_be_empty()
    assert "/household/" not in known.inner_html()
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
