"""Looking at a page as axe does, in every look that a page has."""

from axe_playwright_python.sync_playwright import Axe

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LOOKS = [(size, scheme) for size in (WIDE, PHONE) for scheme in ("light", "dark")]
TOO_WIDE = (
    "[...document.querySelectorAll('.tablebox')].some(box => box.scrollWidth > box.clientWidth + 1)"
)


def look(page, language="en"):
    """What axe finds, and whether the page is wider than the screen."""
    found = [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in Axe().run(page).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the screen")
    if page.evaluate(TOO_WIDE):
        found.append("a table is wider than its column")
    if page.locator("html").get_attribute("lang") != language:
        found.append(f"not in {language}")
    return found
