"""A man is refused: his bed stays, and he is told in his language what he can do, by when, before that day."""

from datetime import timedelta

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from walking import DVZ, FEDASIL, TELEPHONE, accept_the_bed, register, say

from perron.messages.days import written_out
from perron.vocabulary.intervals import day_in_brussels
from perron_site.commands.opening import now


def refuse(page, number):
    """The Immigration Office takes the line up and decides."""
    page.goto(f"/household/{number}/")
    card = page.locator(".gapcard", has_text="protection")
    card.get_by_role("button", name="Take it up").click()
    for step in ("protection.pending", "protection.refused"):
        row = page.locator("#steps ~ div tr", has_text="Protection")
        row.locator("select").select_option(step)
        row.get_by_role("button").click()
        expect(page.get_by_text("The line moved to its next step.")).to_be_visible()


def test_a_refused_man_keeps_his_bed_and_gets_his_remedy_explained_before_its_last_day(desk, site):
    number = register(desk(DVZ), (("Andrii", "Remedenko", "1985", "Андрій"),))
    night, office = desk(FEDASIL), desk(DVZ)
    accept_the_bed(night, number)
    say(night, "Remedenko", "They came")
    refuse(office, number)
    last = day_in_brussels(now()) + timedelta(days=30)
    expect(office.get_by_text("The roof waits for no status: the bed stays.")).to_be_visible()
    expect(office.get_by_text("The person can appeal within").first).to_contain_text(
        written_out(last, "en")
    )

    site.perron("day")
    office.goto(f"/household/{number}/")
    office.get_by_role("button", name="Give a personal link Andrii Remedenko").click()
    address = office.locator(".address a").get_attribute("href")
    andrii = desk.stranger(**TELEPHONE)
    andrii.goto(address)
    main = andrii.locator("main")
    expect(main.get_by_role("heading", name="Вам відмовили в захисті")).to_contain_text(
        written_out(last, "uk")
    )
    letter = main.locator("article.letter", has_text="Вам відмовили в захисті")
    for way in ("адвокат", "доказ", "біженець", "консультант"):
        expect(letter.locator("li", has_text=way)).to_be_visible()
    expect(letter).to_contain_text("Ваше ліжко не залежить від цього рішення.")
    expect(main).to_contain_text("Ariane")
    assert Axe().run(andrii).response["violations"] == []


def test_a_refused_man_appeals_or_asks_again_and_no_way_is_closed(desk):
    number = register(desk(DVZ), (("Bohdan", "Appealenko", "1979", "Богдан"),))
    office = desk(DVZ)
    refuse(office, number)
    row = office.locator("#steps ~ div tr", has_text="Protection")
    ways = row.locator("select option").evaluate_all("options => options.map(each => each.value)")
    assert {"protection.appealed", "protection.pending"} <= set(ways)
    row.locator("select").select_option("protection.appealed")
    row.get_by_role("button").click()
    row = office.locator("#steps ~ div tr", has_text="Protection")
    expect(row).to_contain_text("Appeal")
