"""A family moves from Gent to Namur, and the file is where they are."""

from playwright.sync_api import expect
from walking import DVZ, FEDASIL, GENT, accept_the_bed, offer, register, say

NAMUR = "homes@namur.demo"
FAMILY = (
    ("Larysa", "Pereizdko", "12/04/1988", "Лариса"),
    ("Maksym", "Pereizdko", "03/09/2016", "Максим"),
)


def settled_in_gent(desk):
    """From the platform to a home in Gent; the number of the household."""
    number = register(desk(DVZ), FAMILY, wheelchair=1)
    night, gent = desk(FEDASIL), desk(GENT)
    accept_the_bed(night, number)
    say(night, "Pereizdko", "They came")
    offer(night, number, "gent", "Stad Gent")
    gent.goto(f"/household/{number}/")
    gent.get_by_role("button", name="Accept").click()
    expect(gent.get_by_text("you hold the baton now")).to_be_visible()
    gent.goto("/places/")
    seeker = gent.locator("article", has=gent.get_by_role("heading", name="Pereizdko"))
    seeker.get_by_role("button", name="Propose a home").click()
    seeker.get_by_role("button", name="They say yes").click()
    expect(gent.get_by_text("Noted.")).to_be_visible()
    say(gent, "Pereizdko", "They came")
    return number


def test_a_family_moves_from_gent_to_namur_and_the_file_is_where_they_are(desk):
    number = settled_in_gent(desk)
    gent, namur = desk(GENT), desk(NAMUR)
    namur.goto("/act-for/")
    namur.get_by_role("button", name="Ville de Namur").click()
    namur.wait_for_url(lambda url: "/act-for/" not in url)
    namur.goto(f"/household/{number}/")
    expect(namur.get_by_role("heading", level=1)).not_to_contain_text("Pereizdko")

    gent.goto(f"/household/{number}/move/")
    gent.get_by_label("Find the municipality").fill("Namen")
    gent.get_by_role("button", name="Search").click()
    gent.locator("main").get_by_role("link", name="Namur", exact=True).click()
    changes = gent.locator("section:has(> #changes) table")
    expect(changes.locator("tr", has_text="Roof").first).to_contain_text(
        "offered: they must say yes"
    )
    gent.get_by_label("Why", exact=True).fill("Their sister lives in Namur.")
    gent.get_by_label("They agree to this handover").check()
    gent.get_by_role("button", name="Move to Namur").click()
    expect(gent.get_by_role("heading", level=1)).to_contain_text("Pereizdko")
    expect(gent.locator("#steps ~ div tr", has_text="Roof").first).to_contain_text("Stad Gent")

    namur.goto("/my-people/")
    row = namur.locator("tr", has_text=f"H-{number} ")
    expect(row).to_contain_text("Stad Gent waits for your answer")
    row.get_by_role("link", name="Pereizdko").click()
    namur.get_by_role("button", name="Accept").first.click()
    expect(namur.get_by_text("you hold the baton now")).to_be_visible()
    main = namur.locator("main")
    expect(main.get_by_role("heading", level=1)).to_contain_text("Pereizdko")
    expect(main).to_contain_text("Wheelchair")
    expect(main).to_contain_text("Лариса")
    expect(main.locator("#steps ~ div tr", has_text="Roof").first).to_contain_text("Ville de Namur")

    gent.goto(f"/household/{number}/")
    expect(gent.get_by_role("heading", level=1)).to_contain_text("Pereizdko")
    expect(gent.locator("#steps ~ div tr", has_text="Roof").first).to_contain_text("Ville de Namur")
    expect(gent.get_by_role("link", name="Hand over to another organisation")).to_have_count(0)
