"""A family of four, from the platform to a home, by five desks and their own telephone."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from walking import DVZ, FEDASIL, GENT, MECHELEN, TELEPHONE, accept_the_bed, offer, register, say

FAMILY = (
    ("Olena", "Olenivska", "17/05/1992", "Олена"),
    ("Nina", "Olenivska", "1959", "Ніна"),
    ("Danylo", "Olenivska", "03/2017", "Данило"),
    ("Sofiia", "Olenivska", "2021", "Софія"),
)


def test_the_bed_is_asked_for_before_any_question_about_status(desk):
    page = desk(DVZ)
    page.goto("/arrivals/new/")
    first = page.locator("main input:not([type=hidden])").first
    assert first.get_attribute("name") == "roof"
    asked = [each.get_attribute("name") for each in page.locator("main input, main select").all()]
    places = [place for place, name in enumerate(asked) if name and name.endswith("nationalities")]
    assert places
    assert min(places) > asked.index("roof")
    assert not any("protection" in name or "status" in name for name in asked if name)


def test_what_was_typed_is_still_there_when_something_is_wrong(desk):
    page = desk(DVZ)
    page.goto("/arrivals/new/")
    page.get_by_label("Given name", exact=True).fill("Olena")
    page.get_by_label("Born").fill("31/31/2020")
    page.locator("form[method=post]:has(input[name=roof])").evaluate(
        "form => form.noValidate = true"
    )
    page.get_by_role("button", name="Register").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Nothing is saved yet")
    expect(alert).to_contain_text("Say whether they need a bed tonight.")
    expect(alert).to_contain_text("This is no date.")
    expect(alert).to_contain_text("Family name")
    expect(page.get_by_label("Given name", exact=True)).to_have_value("Olena")
    assert Axe().run(page).response["violations"] == []


@pytest.fixture
def olenivska(desk):
    return register(desk(DVZ), FAMILY, wheelchair=1)


def test_a_family_of_four_walks_from_the_platform_to_a_home(desk, olenivska, pictures):
    number, night = olenivska, desk(FEDASIL)
    night.goto("/tonight/")
    expect(night.get_by_role("link", name=f"H-{number}", exact=True)).to_be_visible()
    pictures.take(night, "tonight")
    html = night.content()
    assert "UA" not in re.findall(r"\b[A-Z]{2}\b", night.locator("main").inner_text())
    assert "ationalit" not in html.replace("asks for no nationality and no status", "")
    accept_the_bed(night, number)
    say(night, "Olenivska", "They came")

    gent_says_no(night, desk(GENT), number)
    mechelen_says_yes(night, desk(MECHELEN), number)
    they_get_a_home(desk(MECHELEN), number, pictures)
    olena_reads_her_line(desk(MECHELEN), desk.stranger(**TELEPHONE), number, pictures)


def gent_says_no(night, gent, number):
    offer(night, number, "gent", "Stad Gent")
    gent.goto("/my-people/")
    gent.locator("tr", has_text=f"H-{number} ").get_by_role("link", name="Offered to you").click()
    for given, family, _, cyrillic in FAMILY:
        for name in (given, family, cyrillic):
            assert name not in gent.content()
    expect(gent.get_by_text("4 people")).to_be_visible()
    expect(gent.get_by_text("Wheelchair")).to_be_visible()
    gent.get_by_label("If you decline: why?").select_option("no_place")
    gent.get_by_label("In your own words").fill("No step-free flat is free before January.")
    gent.get_by_role("button", name="Decline with this reason").click()
    expect(gent.get_by_text("Declined, with your reason.")).to_be_visible()
    night.goto(f"/household/{number}/")
    expect(night.get_by_text("No step-free flat is free before January.")).to_be_visible()


def mechelen_says_yes(night, mechelen, number):
    offer(night, number, "meche", "Stad Mechelen")
    mechelen.goto(f"/household/{number}/")
    mechelen.get_by_role("button", name="Accept").click()
    expect(mechelen.get_by_text("you hold the baton now")).to_be_visible()
    expect(mechelen.get_by_role("heading", name="Olenivska, 4 people")).to_be_visible()


def they_get_a_home(mechelen, number, pictures):
    mechelen.goto("/places/")
    seeker = mechelen.locator("article", has=mechelen.get_by_role("heading", name="Olenivska"))
    seeker.get_by_role("button", name="Propose a home").click()
    expect(seeker.get_by_text("Why this home")).to_be_visible()
    expect(seeker.locator("ul.ticks")).to_contain_text("4 of 4")
    expect(seeker).to_contain_text("Adapted flat")
    seeker.get_by_role("button", name="They say yes").click()
    expect(mechelen.get_by_text("Noted.")).to_be_visible()
    say(mechelen, "Olenivska", "They came")
    mechelen.goto(f"/household/{number}/")
    pictures.take(mechelen, "household", of="section:has(> #map)")
    stays = mechelen.locator("#stays ~ ul li", has_text="Adapted flat")
    expect(stays).to_contain_text("there now")


def olena_reads_her_line(mechelen, olena, number, pictures):
    """Told in Ukrainian who is responsible and what comes next; a new link stops the old one."""
    mechelen.get_by_role("button", name="Give a personal link Olena Olenivska").click()
    address = mechelen.locator(".address a").get_attribute("href")
    assert Axe().run(mechelen).response["violations"] == []
    olena.goto(address)
    assert olena.locator("html").get_attribute("lang") == "uk"
    expect(olena.get_by_role("heading", level=1)).to_contain_text("Олена")
    expect(olena.get_by_text("Ваш наступний крок")).to_be_visible()
    expect(olena.locator("main")).to_contain_text("Stad Mechelen")
    assert "Nina" not in olena.content()
    pictures.take(olena, "my-line")
    mechelen.goto(f"/household/{number}/")
    mechelen.get_by_role("button", name="New personal link Olena Olenivska").click()
    olena.goto(address)
    expect(olena.get_by_role("heading", level=1)).to_have_text("Це посилання не працює")


def test_somebody_whose_protection_is_refused_still_has_a_roof(desk):
    number = register(desk(DVZ), (("Iryna", "Refusenko", "1988", "Ірина"),))
    desk_of_dvz, night = desk(DVZ), desk(FEDASIL)
    desk_of_dvz.goto(f"/household/{number}/")
    card = desk_of_dvz.locator(".gapcard", has_text="protection")
    card.get_by_role("button", name="Take it up").click()
    for step in ("protection.pending", "protection.refused"):
        row = desk_of_dvz.locator("#steps ~ div tr", has_text="Protection")
        row.locator("select").select_option(step)
        row.get_by_role("button").click()
        expect(desk_of_dvz.get_by_text("The line moved to its next step.")).to_be_visible()
    expect(desk_of_dvz.get_by_text("The roof waits for no status: the bed stays.")).to_be_visible()
    accept_the_bed(night, number)
    say(night, "Refusenko", "They came")
    night.goto(f"/household/{number}/")
    expect(night.locator("#stays ~ ul")).to_contain_text("there now")
    expect(night.get_by_text("The person can appeal within").first).to_be_visible()


def test_a_stay_ends_the_day_it_began_and_the_household_asks_again(desk):
    number = register(desk(DVZ), (("Petro", "Shortstay", "1970", "Петро"),))
    night = desk(FEDASIL)
    accept_the_bed(night, number)
    say(night, "Shortstay", "They came")
    say(night, "Shortstay", "They leave today")
    night.goto("/tonight/")
    expect(night.locator("#tonight")).to_contain_text(f"H-{number}")
    bed = accept_the_bed(night, number)
    assert bed


def test_another_desk_changes_the_page_within_seconds(desk):
    night = desk(FEDASIL)
    night.goto("/tonight/")
    before = night.locator(".bignumber b").inner_text()
    register(desk(DVZ), (("Nova", "Latecomer", "1990", "Нова"),))
    expect(night.locator(".bignumber b")).to_have_text(str(int(before) + 1), timeout=15_000)


def test_the_three_pictures_of_the_documents_are_there():
    folder = Path(__file__).resolve().parents[2] / "docs" / "pictures"
    for name in ("tonight", "household", "my-line"):
        assert (folder / f"{name}.png").read_bytes().startswith(b"\x89PNG"), name
