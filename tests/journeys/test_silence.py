"""A municipality never answers: the giver keeps the baton, and a coordinator ends up with it on the desk."""

import psycopg
from playwright.sync_api import expect
from walking import DVZ, FEDASIL, MECHELEN, offer, register

GENT, COORDINATOR = "homes@gent.demo", "coordinator@region.demo"
THREE_WEEKS_EARLIER = """
    update records_handover set offered_at = offered_at - interval '21 days', due_on = due_on - 21
    where household_id = %s and state = 'offered'"""
ADDRESS = (
    "from perron_site.config import embedded_postgres as it; print(it.superuser_address('perron'))"
)


def days_pass(site, number):
    """As if it had been offered three weeks earlier, whatever weekday it is; then the daily round."""
    with psycopg.connect(site.python(ADDRESS), autocommit=True) as link:
        assert link.execute(THREE_WEEKS_EARLIER, [number]).rowcount == 1
    site.perron("day")


def acting_for(page, organisation):
    page.goto("/act-for/")
    page.get_by_role("button", name=organisation).click()
    page.wait_for_url(lambda url: "/act-for/" not in url)


def test_a_municipality_never_answers_and_nobody_falls_through(desk, site):
    number = register(desk(DVZ), (("Tetiana", "Movchanka", "1969", "Тетяна"),))
    night, gent = desk(FEDASIL), desk(GENT)
    offer(night, number, "gent", "Stad Gent")
    days_pass(site, number)

    gent.goto("/inbox/")
    waiting = gent.locator("tr", has_text=f"H-{number}").first
    expect(waiting).to_contain_text("late")
    assert "Movchanka" not in gent.content()

    night.goto(f"/household/{number}/")
    expect(night.locator("#steps ~ div tr", has_text="Roof").first).to_contain_text("Fedasil")
    expect(night.locator("main")).to_contain_text("Stad Gent")

    region = desk(COORDINATOR)
    acting_for(region, "Vla")
    region.goto("/inbox/")
    region.locator("tr", has_text=f"H-{number}").get_by_role("link").first.click()
    region.get_by_role("link", name="Answer for it").click()
    expect(region.get_by_role("heading", name="A late answer")).to_be_visible()
    assert "Movchanka" not in region.content()
    region.get_by_label("Find the organisation").fill("mechel")
    region.get_by_role("button", name="Search").click()
    region.get_by_label("Stad Mechelen").check()
    region.get_by_role("button", name="Ask them").click()

    night.goto(f"/household/{number}/")
    expect(night.locator("#steps ~ div tr", has_text="Roof").first).to_contain_text("Fedasil")
    mechelen = desk(MECHELEN)
    mechelen.goto(f"/household/{number}/")
    mechelen.get_by_role("button", name="Accept").click()
    expect(mechelen.get_by_text("you hold the baton now")).to_be_visible()
    expect(mechelen.get_by_role("heading", level=1)).to_contain_text("Movchanka")
