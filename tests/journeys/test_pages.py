"""axe looks at every page; a page that nobody shows to it fails here."""

import re

import pytest
from looking import WIDE, in_all_looks, look
from playwright.sync_api import expect
from walking import INTAKE, MECHELEN, held_by_mechelen

DVZ, FEDASIL = "desk@dvz.demo", "night@fedasil.demo"
GENT, COORDINATOR = "homes@gent.demo", "coordinator@region.demo"
SUPERVISOR, LAW = "supervisor@gent.demo", "law@dvz.demo"
TWO_DESKS = "worker@gent.demo"
LANGUAGES = ("nl", "fr", "de", "en", "uk", "ru")
PAGES = {
    "home": (None, "/"),
    "account_login": (None, "/account/login/"),
    "account_signup": (None, "/account/signup/"),
    "account_inactive": (None, "/account/inactive/"),
    "styleguide": (None, "/styleguide/"),
    "accessibility": (None, "/accessibility/"),
    "data": (None, "/data/"),
    "interview": (None, "/what-can-i-do/"),
    "law_changes": (None, "/law/"),
    "other_countries": (None, "/law/other-countries/"),
    "my_line": (None, "{link}"),
    "act_for": (DVZ, "/act-for/"),
    "account": (DVZ, "/account/"),
    "account_logout": (DVZ, "/account/logout/"),
    "account_change_password": (DVZ, "/account/password/change/"),
    "arrivals": (DVZ, "/arrivals/?q=ol"),
    "files": (DVZ, "/files/"),
    "file": (DVZ, "/files/{file}/"),
    "paper": (FEDASIL, "/paper/"),
    "queue": (DVZ, "/queue/"),
    "ticket": (DVZ, "/queue/{visit}/ticket/"),
    "appointments": (DVZ, "/queue/appointments/"),
    "waiting_room": (None, "{room}"),
    "register_household": (DVZ, "/arrivals/new/"),
    "slip": (DVZ, "/arrivals/{seen}/slip/"),
    "ask_holder": (INTAKE, "/arrivals/ask/{hit}/"),
    "question": (INTAKE, "/questions/{question}/"),
    "twice": (DVZ, "/people/twice/"),
    "correct_person": (DVZ, "/people/{person}/correct/"),
    "tonight": (FEDASIL, "/tonight/"),
    "places": (GENT, "/places/"),
    "hosts": (GENT, "/places/hosts/"),
    "host": (GENT, "/places/hosts/{host}/"),
    "my_people": (GENT, "/my-people/"),
    "ahead": (GENT, "/my-people/ahead/?days=200"),
    "household": (FEDASIL, "/household/{held}/"),
    "offer": (FEDASIL, "/household/{held}/offer/?q=gent"),
    "safe_mode": (FEDASIL, "/household/{held}/safe/"),
    "representation": (DVZ, "/people/{child}/acting/"),
    "split": (FEDASIL, "/household/{held}/split/"),
    "move": (FEDASIL, "/household/{held}/move/?q=namur&to=92094"),
    "merge": (FEDASIL, "/household/{held}/merge/?q=o&other={held}"),
    "net": (COORDINATOR, "/net/"),
    "figures": (GENT, "/figures/"),
    "housing": (COORDINATOR, "/net/housing/"),
    "parity": (COORDINATOR, "/net/equal-treatment/"),
    "my_data": (None, "{link}data/"),
    "my_options": (None, "{link}options/"),
    "options": (DVZ, "/people/{person}/options/"),
    "options_letter": (DVZ, "/people/{person}/options/letter/?language=en"),
    "person_file": (DVZ, "/people/{person}/file/"),
    "erasures": (COORDINATOR, "/erasures/"),
    "glass": (SUPERVISOR, "/glass/"),
    "opened": (SUPERVISOR, "/glass/household/{held}/"),
    "glass_report": (COORDINATOR, "/glass/report/"),
    "inbox": (GENT, "/inbox/"),
    "away": (GENT, "/inbox/away/?q=gent"),
    "offer_many": (FEDASIL, "/my-people/offer/?household={held}"),
    "correct_contact": (FEDASIL, "/contacts/{contact}/"),
    "late_answer": (COORDINATOR, "/handover/{late}/late/"),
    "law_desk": (LAW, "/law/desk/"),
    "enter_law_change": (LAW, "/law/desk/new/"),
    "law_change": (LAW, "/law/desk/{law}/"),
}
"""The name of each page, who may open it, and where it is."""
MORE = {
    "an offer before yes": (GENT, "/household/{offered}/"),
    "a page that is not there": (None, "/nowhere/"),
    "a page of another desk": (GENT, "/tonight/"),
    "a link that has ended": (None, "/line/nothing/"),
    "dispatcher's places": (FEDASIL, "/places/"),
    "own net": (GENT, "/net/"),
    "pupils and students ahead": (GENT, "/my-people/ahead/?list=studying"),
    "files that wait": (GENT, "/my-people/ahead/?list=pending"),
    "five years ahead": (COORDINATOR, "/my-people/ahead/?list=five_years"),
    "what lasts": (COORDINATOR, "/my-people/ahead/?list=lasting"),
    "a question to answer": (MECHELEN, "/questions/{question}/"),
    "an inbox with a question": (MECHELEN, "/inbox/"),
    "nothing found": (DVZ, "/arrivals/?q=zzzz"),
    "found elsewhere": (DVZ, "/arrivals/?q=olena+kovalenko"),
}
MAIN = ("arrivals", "tonight", "my_people", "household", "my_line", "net", "options")
TWO_STEPS = ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn",
             "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp",
             "mfa_reauthenticate", "account_reauthenticate", "mfa_remove_webauthn",
             "mfa_edit_webauthn", "mfa_authenticate")  # fmt: skip
"""Pages of the two steps, in the order in which somebody sets them up."""
NO_PAGE = {"file_faults", "language", "health", "robots", "mfa_download_recovery_codes",
           "mfa_login_webauthn", "mfa_reauthenticate_webauthn", "mfa_signup_webauthn", "mfa_trust"}  # fmt: skip
"""Answers that nobody reads as a page: data, files, and steps of the browser itself."""
FILES = ("_csv", "_xlsx")


def names_in(patterns):
    for each in patterns:
        if hasattr(each, "url_patterns"):
            if getattr(each, "app_name", None) != "admin":
                yield from names_in(each.url_patterns)
        elif each.name:
            yield each.name


def all_names():
    from perron_site.config.urls import urlpatterns

    return sorted(set(names_in(urlpatterns)))


def a_file(page):
    """A file that waits for a yes, with a header that nobody knows, and one fault."""
    page.goto("/files/")
    text = "given name;family name;birth date;Hoe\nOlena;Marchuk;1992;x\nIryna;Koval;31/02/1990;\n"
    sent = {"name": "lijst.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("File", exact=True).set_input_files(sent)
    page.get_by_role("button", name="Show what it would do").click()
    return {"file": page.url.split("/")[-2]}


def the_queue(page, site):
    """Two numbers, one of them called; the last number and the address of the waiting room."""
    page.goto("/queue/")
    for _ in range(2):
        page.get_by_role("button", name="Give a number").click()
        visit = page.url.split("/")[-3]
        page.goto("/queue/")
    page.get_by_role("button", name=re.compile("^Call ")).first.click()
    page.get_by_role("link", name="What the waiting room sees").click()
    room = page.url.removeprefix(site.address)
    return {"visit": visit, "room": room}


def a_question(page, site):
    """Somebody is found elsewhere, and their holder is asked; the numbers of the hit and of the question."""
    given, family, born = held_by_mechelen(site, place=1)
    page.goto(f"/arrivals/?q={family}+{given}+{born}")
    page.get_by_role("link", name="Ask in writing").first.click()
    hit = page.url.split("/")[-2]
    page.locator("input[name=purpose]").first.check()
    page.get_by_label("In your own words, if needed").fill("Is she the mother of Zlata?")
    page.get_by_role("button", name="Send to").click()
    page.wait_for_url("**/questions/**")
    return {"hit": hit, "question": page.url.split("/")[-2]}


def a_change_of_the_law(page, signed_in):
    """A change that waits for a second person; its number."""
    page.context.clear_cookies()
    signed_in(page, LAW)
    page.goto("/law/desk/new/?key=ltr.years&valid_from=2027-01-01")
    page.get_by_label("Value", exact=True).fill("4")
    page.get_by_label("Act", exact=True).fill("An invented act")
    page.get_by_label("Article").fill("art. 1")
    page.get_by_label("Published on").fill(page.get_by_label("Takes effect on").input_value())
    page.get_by_label("adopted").check()
    page.get_by_label("Verified").check()
    page.get_by_role("button", name="Show whom it affects").click()
    page.get_by_role("button", name="Enter it for a second person").click()
    return {"law": page.url.split("/")[-2]}


@pytest.fixture(scope="module")
def numbers(site, browser, signed_in):
    """Households of the demonstration that show what there is, and a personal link."""
    page = browser.new_context(base_url=site.address, locale="en-GB").new_page()
    signed_in(page, DVZ)
    page.goto("/arrivals/?q=ol")
    seen = page.locator("main table a[href^='/household/']").first.inner_text().removeprefix("H-")
    page.goto(f"/household/{seen}/")
    person = re.search(r"/people/(\d+)/correct/", page.content())[1]
    page.locator("button", has_text="personal link").first.click()
    link = page.locator(".address a").get_attribute("href").removeprefix(site.address)
    queue = the_queue(page, site) | a_file(page)
    page.goto("/arrivals/?q=ol")
    homes = [
        each.get_attribute("href")
        for each in page.locator("main table a[href^='/household/']").all()
    ]
    for each in homes:
        page.goto(each)
        if found := re.search(r"/people/(\d+)/acting/", page.content()):
            child = found[1]
            break
    page.context.clear_cookies()
    signed_in(page, FEDASIL)
    page.goto("/my-people/")
    held = page.locator("main table a[href^='/household/']").first.get_attribute("href")
    page.goto(held)
    page.get_by_text("Write a contact down").click()
    page.get_by_label("What you promise, if anything").fill("We call about the school")
    today = page.get_by_label("On", exact=True).input_value()
    page.get_by_label("Until", exact=True).fill(today)
    page.locator("form[action='/contacts/new/'] button").click()
    contact = re.search(r"/contacts/(\d+)/", page.content())[1]
    page.context.clear_cookies()
    signed_in(page, SUPERVISOR)
    page.goto("/glass/")
    page.get_by_label("Number of the household").fill(f"H-{held.split('/')[2]}")
    page.get_by_label("A child in danger").check()
    page.get_by_label("In your own words").fill("The school called")
    page.get_by_role("button", name="Open it").click()
    page.context.clear_cookies()
    signed_in(page, GENT)
    page.goto("/my-people/")
    waiting = page.get_by_role("link", name="Offered to you").first.get_attribute("href")
    page.goto("/places/hosts/")
    host = page.locator("main table a").first.get_attribute("href")
    page.context.clear_cookies()
    signed_in(page, COORDINATOR)
    page.goto("/net/")
    for each in page.locator("#late ~ * a[href^='/household/']").all():
        brought = each.get_attribute("href")
    page.goto(brought)
    late = page.get_by_role("link", name="Answer for it").first.get_attribute("href")
    page.context.clear_cookies()
    signed_in(page, INTAKE)
    queue |= a_question(page, site) | a_change_of_the_law(page, signed_in)
    page.context.close()
    return queue | {
        "child": child, "host": host.split("/")[3], "late": late.split("/")[2], "contact": contact,
        "seen": seen, "person": person, "link": link, "held": held.split("/")[2],
        "offered": waiting.split("/")[2],
    }  # fmt: skip


@pytest.fixture(scope="module", params=[True])
def eyes(site, browser, signed_in, request):
    """A page for each desk, kept open; with a script or without."""
    opened = {}

    def page(email):
        if email not in opened:
            context = browser.new_context(
                base_url=site.address, viewport=WIDE, locale="en-GB", java_script_enabled=request.param
            )  # fmt: skip
            opened[email] = context.new_page()
            if email:
                signed_in(opened[email], email)
        return opened[email]

    yield page
    for each in opened.values():
        each.context.close()


def in_language(page, site, language):
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site.address}])


@pytest.mark.parametrize("name", [*PAGES, *MORE])
def test_axe_finds_nothing_on_a_page(name, eyes, numbers, site):
    email, address = (PAGES | MORE)[name]
    page = eyes(email)
    in_language(page, site, "en")
    page.goto(address.format_map(numbers))
    assert in_all_looks(page) == {}


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
@pytest.mark.parametrize("name", MAIN)
def test_axe_finds_nothing_on_a_main_page_in_any_language(name, language, eyes, numbers, site):
    email, address = PAGES[name]
    page = eyes(email)
    in_language(page, site, language)
    page.goto(address.format_map(numbers))
    assert in_all_looks(page, language) == {}


@pytest.mark.parametrize("eyes", [False], indirect=True, ids=["no script"])
@pytest.mark.parametrize("name", [*PAGES, *MORE])
def test_a_page_works_without_a_script(name, eyes, numbers, site):
    email, address = (PAGES | MORE)[name]
    page = eyes(email)
    page.goto(address.format_map(numbers))
    expect(page.get_by_role("heading", level=1).first).to_be_visible()


def test_every_page_is_shown_to_axe(eyes, site, numbers):
    """A new page stands here, or it only takes what is sent (405)."""
    page = eyes(FEDASIL)
    shown = {*PAGES, *TWO_STEPS, *NO_PAGE}
    unseen = [name for name in all_names() if name not in shown and not name.endswith(FILES)]
    answers = {}
    for name in unseen:
        answer = page.request.get(address_of(name, numbers), max_redirects=0)
        answers[name] = answer.status
    assert {name: status for name, status in answers.items() if status not in {403, 405}} == {}
    assert "accept_all" in answers


def address_of(name, numbers):
    from django.urls import get_resolver

    (possibility, *_), *_ = get_resolver("perron_site.config.urls").reverse_dict.getlist(name)
    route, params = possibility[0]
    return "/" + route % dict.fromkeys(params, numbers["held"])


def test_axe_finds_nothing_in_the_read_only_records(site, browser, signed_in):
    said = site.perron(
        "user", "staff@perron.example", "--name", "Staff", "--for", "Fedasil", "--role", "dispatcher", "--staff",
    )  # fmt: skip
    password = re.search(r"shown this once: (\S+)", said)[1]
    page = browser.new_context(base_url=site.address, locale="en-GB").new_page()
    signed_in(page, "staff@perron.example", password)
    found = {}
    for address in ("/admin/", "/admin/records/household/", "/admin/records/organisation/"):
        page.goto(address)
        found[address] = look(page)
    page.locator("#result_list a").first.click()
    found["a row"] = look(page)
    page.context.close()
    assert {key: faults for key, faults in found.items() if faults} == {}
