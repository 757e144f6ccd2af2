"""What desks do on the way: register, accept a bed, note what happened to a stay, offer."""

import re

from playwright.sync_api import expect

DVZ, FEDASIL = "desk@dvz.demo", "night@fedasil.demo"
GENT, MECHELEN = "homes@gent.demo", "homes@mechelen.demo"
INTAKE = "intake@fedasil.demo"
HELD_BY_MECHELEN = (
    "from perron_site.commands.opening import open_database; open_database();"
    "from django.db.models import F; from perron_site.records import models as m;"
    "from perron_site.records.context import as_round, Round\n"
    "with as_round(Round.COMMAND):\n"
    "  f = m.Organisation.objects.get(kind='fedasil')\n"
    "  seen = m.Sight.objects.filter(organisation=f).values('person')\n"
    "  safe = m.SafeMode.objects.filter(until__isnull=True).values('person')\n"
    "  people = m.Person.objects.filter(born__isnull=False, householdmember__end__isnull=True)"
    ".exclude(pk__in=seen).exclude(pk__in=safe).order_by('born')\n"
    "  for p in people:\n"
    "    t = p.track_set.filter(closed_on=None).order_by(F('taken_up_at').desc(nulls_last=True), '-pk').first()\n"
    "    if t and t.responsible.kind == 'municipality' and t.responsible.name == 'Stad Mechelen':\n"
    "      print(p.given_name, p.family_name, p.born, sep='|')"
)
TELEPHONE = {"viewport": {"width": 390, "height": 844}, "locale": "uk-UA"}


def held_by_mechelen(site, place=0):
    """Somebody whom Fedasil does not see and whom the town of Mechelen holds: given name, family name, birth.

    The oldest first: whoever is asked about in one test is not asked about in another.
    """
    return site.python(HELD_BY_MECHELEN).splitlines()[place].split("|")


def register(page, people, *, wheelchair=None):
    """Through the keyboard alone would do; the number of the household."""
    page.goto("/arrivals/")
    page.get_by_label("Name, birth date or number").fill(people[0][1])
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**q=**")
    expect(page.get_by_role("row").filter(has_text=people[0][1])).to_have_count(0)
    page.get_by_role("link", name="Register a household").click()
    page.get_by_label("Yes, a bed tonight").check()
    for row, (given, family, born, cyrillic) in enumerate(people):
        if row:
            page.get_by_role("button", name="Add a person").click()
        fields = page.locator("section", has=page.get_by_role("heading", name=f"Person {row + 1}"))
        fields.get_by_label("Given name", exact=True).fill(given)
        fields.get_by_label("Family name", exact=True).fill(family)
        fields.get_by_label("Born").fill(born)
        fields.get_by_label("Ukrainian").check()
        if row == wheelchair:
            fields.get_by_label("Wheelchair").check()
        fields.get_by_text("More, if there is time").click()
        fields.get_by_label("Given name in Cyrillic").fill(cyrillic)
    page.get_by_role("button", name="Register").click()
    page.wait_for_url("**/slip/")
    return int(re.search(r"/arrivals/(\d+)/slip/", page.url)[1])


def accept_the_bed(page, number):
    page.goto("/tonight/")
    page.get_by_role("button", name="Propose").click()
    row = page.locator("tr", has=page.get_by_role("link", name=f"H-{number}", exact=True))
    bed = row.locator("td[data-label='Proposed bed'] strong").inner_text()
    row.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("The bed is given.")).to_be_visible()
    return bed


def say(page, family, words):
    """Open the stay of a family on Places, on whichever of its pages it stands, and say what happened."""
    stay = page.locator("details", has=page.locator("summary", has_text=family)).last
    for number in range(1, 20):
        page.goto(f"/places/?page={number}")
        if stay.count():
            break
    stay.locator("summary").click()
    stay.get_by_text(words, exact=True).click()
    expect(page.get_by_text("Noted.")).to_be_visible()


def offer(page, number, town, organisation):
    page.goto(f"/household/{number}/")
    page.get_by_role("link", name="Hand over to another organisation").click()
    page.get_by_label("Find the organisation").fill(town)
    page.get_by_role("button", name="Search").click()
    page.get_by_label(organisation).check()
    page.get_by_label("Roof").check()
    page.get_by_label("Why them").fill("A home is free in this town.")
    page.get_by_label("They agree to this handover").check()
    page.get_by_role("button", name="Offer", exact=True).click()
    expect(page.get_by_text("You keep the baton until they say yes.").first).to_be_visible()
