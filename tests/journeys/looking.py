"""Looking at a page as axe does, in every look that a page has."""

from axe_playwright_python.sync_playwright import Axe

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ALL = {"resultTypes": ["violations"]}
COLOURS = ALL | {"runOnly": ["color-contrast"]}
"""All that a dark page can have wrong which a light one has right."""
TOO_WIDE = (
    "[...document.querySelectorAll('.tablebox')].some(box => box.scrollWidth > box.clientWidth + 1)"
)


def in_all_looks(page, language="en"):
    """What is wrong with the page that is open, wide and on a phone, light and dark."""
    found = {}
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        for scheme, rules in (("light", ALL), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found[f"{size['width']} {scheme}"] = look(page, language, rules)
    return {look: faults for look, faults in found.items() if faults}


def look(page, language="en", rules=ALL):
    """What axe finds by all of its rules or some, and whether the page is wider than the screen."""
    found = [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in Axe().run(page, options=rules).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the screen")
    if page.evaluate(TOO_WIDE):
        found.append("a table is wider than its column")
    if page.locator("html").get_attribute("lang") != language:
        found.append(f"not in {language}")
    return found
