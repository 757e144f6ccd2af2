"""A woman in safe mode: from the desk's click to what her husband's link shows."""

import re

from playwright.sync_api import expect
from walking import DVZ, FEDASIL, accept_the_bed, register

COUPLE = (
    ("Iryna", "Zakhyst", "17/05/1992", "Ірина"),
    ("Petro", "Zakhyst", "03/02/1990", "Петро"),
)
PARTED = (
    ("Iryna", "Rozluka", "17/05/1992", "Ірина"),
    ("Petro", "Rozluka", "03/02/1990", "Петро"),
    ("Nadiia", "Rozluka", "11/04/2016", "Надія"),
)


def link_of(page, number, name):
    page.goto(f"/household/{number}/")
    page.get_by_role("button", name=f"personal link {name}").click()
    return page.locator(".address a").get_attribute("href")


def test_a_woman_is_hidden_and_her_husbands_link_shows_nothing_of_her(desk):
    number = register(desk(DVZ), COUPLE)
    fedasil = desk(FEDASIL)
    hers = link_of(fedasil, number, "Iryna Zakhyst")
    fedasil.goto(f"/household/{number}/")
    fedasil.get_by_role("link", name="Somebody must not be found").click()
    fedasil.get_by_role("group", name="Who must not be found").get_by_label("Iryna").check()
    fedasil.get_by_label("Why", exact=True).fill("She is afraid of him")
    fedasil.get_by_role("button", name="Set safe mode now").click()
    expect(fedasil.get_by_text("Safe mode: must not be found")).to_be_visible()
    new = int(re.search(r"/household/(\d+)/", fedasil.url)[1])
    assert new != number
    his = link_of(fedasil, number, "Petro Zakhyst")
    telephone = desk.stranger()
    telephone.goto(his)
    expect(telephone.get_by_text("Петро").first).to_be_visible()
    for word in ("Iryna", "Ірина", f"H-{new}"):
        assert word not in telephone.content()
    telephone.goto(hers)
    expect(telephone.locator("h1")).to_contain_text(re.compile("link|посилання"))
    fedasil.goto(f"/household/{number}/")
    assert "Iryna" not in fedasil.locator("main").inner_text()


def name_parent(page, parent):
    page.get_by_role("group", name="Who", exact=True).get_by_label(parent).check()
    page.get_by_label("In which quality").select_option("parent")
    page.get_by_label("Who told you so").fill("Both parents")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Written down who may act.")).to_be_visible()


def test_separated_parents_both_read_the_childs_school_and_he_never_where_it_is(desk):
    dvz, fedasil = desk(DVZ), desk(FEDASIL)
    number = register(dvz, PARTED)
    bed = accept_the_bed(fedasil, number)
    fedasil.goto(f"/household/{number}/")
    fedasil.get_by_role("link", name="Name who may act Nadiia Rozluka").click()
    for parent in ("Iryna Rozluka", "Petro Rozluka"):
        name_parent(fedasil, parent)
    fedasil.goto(f"/household/{number}/safe/")
    fedasil.get_by_role("group", name="Who must not be found").get_by_label("Iryna").check()
    fedasil.get_by_role("group", name="Who goes along").get_by_label("Nadiia").check()
    fedasil.get_by_label("They stay where they sleep now").check()
    fedasil.get_by_label("Why", exact=True).fill("She is afraid of him")
    fedasil.get_by_role("button", name="Set safe mode now").click()
    new = int(re.search(r"/household/(\d+)/", fedasil.url)[1])
    telephone = desk.stranger()
    telephone.goto(link_of(fedasil, number, "Petro Rozluka"))
    card = telephone.locator("#children ~ .cards article")
    expect(card).to_contain_text("Nadiia")
    expect(card).to_contain_text(re.compile("School|Школа"))
    assert bed.split(",")[0] not in card.inner_text()
    for word in ("Iryna", "Ірина", f"H-{new}"):
        assert word not in telephone.content()
