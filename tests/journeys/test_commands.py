"""The commands of the site, on the same database as the pages, and what a person does around them."""

import json
import re

from playwright.sync_api import expect


def test_an_account_is_made_by_a_command_and_signs_in(site, desk):
    said = site.perron(
        "user", "an@gent.example", "--name", "An Peeters", "--for", "OCMW Gent", "--role", "case_worker",
    )  # fmt: skip
    password = re.search(r"shown this once: (\S+)", said)[1]
    page = desk.stranger()
    page.goto("/my-people/")
    page.get_by_label("Email").fill("an@gent.example")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="My people")).to_be_visible()
    expect(page.get_by_text("OCMW Gent")).to_be_visible()


def test_an_organisation_that_is_not_clear_is_asked_for(site):
    ran = site.run("user", "x@y.be", "--name", "X", "--for", "gent", "--role", "case_worker")
    assert ran.returncode == 2
    assert "OCMW Gent; Stad Gent" in ran.stderr


def test_the_round_of_a_day_done_twice_does_nothing_twice(site):
    site.perron("day")
    again = json.loads(site.perron("day", "--json"))
    assert again["done_before"] is True
    assert (again["proposals"], again["notices"]) == (0, 0)


def test_the_gaps_on_the_command_line_are_those_of_the_net(site, desk):
    gaps = json.loads(site.perron("gaps", "--json"))
    nobody = {each["person"] for each in gaps if each["kind"] == "not_taken_up"}
    page = desk("coordinator@region.demo")
    page.goto("/net/")
    assert page.locator(".bignumber b").inner_text() == str(len(nobody))


def test_a_taken_port_is_named_before_anything_is_done(site):
    port = site.address.rsplit(":", 1)[1]
    ran = site.run("serve", "--port", port)
    assert ran.returncode == 3
    assert f"port {port}" in ran.stderr
    assert "--port 8080" in ran.stderr


def test_the_list_of_places_comes_as_a_file(desk):
    page = desk("homes@gent.demo")
    page.goto("/places/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV Places").click()
    text = waiting.value.path().read_text("utf-8-sig")
    assert text.splitlines()[0].startswith(
        "site,street,municipality,telephone,unit,kind,state,beds"
    )
    assert "Oostakker" in text
