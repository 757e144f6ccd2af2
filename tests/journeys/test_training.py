"""A new colleague practises beside real work: two sites of one installation, and nothing goes from one to the other."""

import json
import os
import re
import signal
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from looking import in_all_looks
from playwright.sync_api import expect
from serving import free_port, perron, started, until_open
from walking import register

DVZ = "desk@dvz.demo"
PRACTISED = [("Zoriana", "Vpravnytska", "1990", "Зоряна")]
REALLY = [("Solomiia", "Spravzhnia", "1991", "Соломія")]
PRINTED = "getComputedStyle(document.querySelector('.practice'), '::after')"
PATIENCE = 3000
"""Tenths of a second in which the people of the exercise are made, on a busy machine."""


@dataclass(frozen=True)
class Both:
    real: str
    training: str
    log: Path
    passwords: dict

    def port(self, address):
        return address.rpartition(":")[2]


@pytest.fixture(scope="module")
def both(site):
    real, training = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
    port = training.rpartition(":")[2]
    first = ("training", "start", "--people", "12", "--port", port)
    with started(site.home, *first) as (program, log):
        until_open(training, program, log, PATIENCE)
    words = ("serve", "--port", real.rpartition(":")[2], "--training", port)
    with started(site.home, *words) as (program, log):
        until_open(real, program, log)
        until_open(training, program, log, PATIENCE)
        secret = (site.home / "training" / "demonstration.secret").read_text()
        yield Both(real, training, log, {real: site.password, training: secret[:12]})


@pytest.fixture
def at(browser, both, signed_in):
    """``at(both.real)`` is a page of a browser of its own, signed in there."""
    contexts = []

    def page(address, **options):
        context = browser.new_context(base_url=address, locale="en-GB", **options)
        contexts.append(context)
        opened = context.new_page()
        signed_in(opened, DVZ, both.passwords[address])
        return opened

    yield page
    for each in contexts:
        each.close()


def finds(page, name):
    page.goto(f"/arrivals/?q={name}")
    return page.get_by_role("row").filter(has_text=name).count() > 0


def test_what_is_practised_never_shows_in_real_work_nor_the_other_way_round(at, both):
    real, training = at(both.real), at(both.training)
    register(training, PRACTISED)
    expect(training.locator(".practice")).to_contain_text("Everybody here is invented")
    register(real, REALLY)
    assert real.locator(".practice").count() == 0
    assert (finds(training, "Vpravnytska"), finds(real, "Vpravnytska")) == (True, False)
    assert (finds(training, "Spravzhnia"), finds(real, "Spravzhnia")) == (False, True)


def test_the_slip_and_the_lists_say_on_each_sheet_that_they_are_practice(at, both):
    page = at(both.training)
    number = register(page, [("Myroslava", "Vpravna", "1980", "Мирослава")])
    page.emulate_media(media="print")
    for address in (f"/arrivals/{number}/slip/", "/paper/"):
        page.goto(address)
        expect(page.locator(".practice")).to_be_visible()
        expect(page.get_by_role("link", name="To the real work")).to_be_hidden()
        assert page.evaluate(f"{PRINTED}.content") == '"Practice"'
        assert page.evaluate(f"{PRINTED}.position") == "fixed"  # so it comes on every sheet
    page.emulate_media(media="screen")
    assert page.evaluate(f"{PRINTED}.content") == "none"


def test_the_way_there_and_back(at, both):
    page = at(both.real)
    page.goto("/account/")
    page.get_by_role("link", name="Open the training site").click()
    page.wait_for_url(f"{both.training}/")
    expect(page).to_have_title(re.compile("^Practice: "))
    page.get_by_role("link", name="To the real work").click()
    page.wait_for_url(f"{both.real}/arrivals/")


def test_in_one_browser_the_two_log_ins_do_not_meet(at, both):
    page = at(both.real)
    page.goto(f"{both.training}/arrivals/")
    assert "/login/" in page.url
    page.locator("input[name=login]").fill(DVZ)
    page.locator("input[name=password]").fill(both.passwords[both.real])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("input[name=password]")).to_be_visible()
    page.locator("input[name=password]").fill(both.passwords[both.training])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/arrivals/")
    page.goto(f"{both.training}/account/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{both.real}/arrivals/")
    expect(page.get_by_role("heading", name="Arrivals")).to_be_visible()


@pytest.mark.parametrize(("of", "to"), [("real", "training"), ("training", "real")])
def test_a_cookie_of_one_is_refused_by_the_other(at, both, browser, of, to):
    page = at(getattr(both, of))
    kept = {each["name"]: each["value"] for each in page.context.cookies()}
    session = kept["sessionid" if of == "real" else "training_sessionid"]
    stranger = browser.new_context()
    for name in ("sessionid", "training_sessionid"):
        address = f"{getattr(both, to)}/arrivals/"
        answer = stranger.request.get(
            address, headers={"Cookie": f"{name}={session}"}, max_redirects=0
        )
        assert (answer.status, "/login/" in answer.headers.get("location", "")) == (302, True)
    own = stranger.request.get(
        f"{getattr(both, of)}/arrivals/",
        headers={"Cookie": f"sessionid={session}; training_sessionid={session}"},
        max_redirects=0,
    )
    assert own.status == 200
    stranger.close()


@pytest.mark.parametrize("language", ["en", "uk"])
def test_axe_finds_nothing_on_a_page_with_the_banner(at, both, language):
    found = {}
    page = at(both.training)
    cookie = {"name": "django_language", "value": language, "url": both.training}
    page.context.add_cookies([cookie])
    for address in ("/arrivals/", "/paper/", "/account/", "/nowhere/"):
        page.goto(address)
        found[address] = in_all_looks(page, language)
    assert {key: faults for key, faults in found.items() if faults} == {}


def test_each_line_of_the_log_says_of_which_site_it_is(at, both):
    for address in (both.real, both.training):
        at(address).goto("/places/hosts/")
    lines = [line for line in both.log.read_text().splitlines() if line.startswith("{")]
    requests = [each for each in map(json.loads, lines) if each["event"] == "request"]
    assert {each.get("training", False) for each in requests} == {True, False}


def test_a_reset_while_it_is_served_puts_the_exercise_back_and_leaves_real_work(at, both, site):
    page, real = at(both.training), at(both.real)
    register(page, [("Lada", "Vpravchuk", "1979", "Лада")])
    register(real, [("Rada", "Spravna", "1979", "Рада")])
    said = perron(site.home, "training", "reset")
    assert "12 invented people" in said
    page.goto("/arrivals/")
    assert "/login/" in page.url
    again = at(both.training)
    assert not finds(again, "Vpravchuk")
    assert not finds(again, "Vpravnytska")
    assert json.loads(perron(site.home, "training", "run", "gaps", "--json"))
    assert finds(real, "Spravna")


def test_when_the_training_site_ends_real_work_goes_on_and_no_link_leads_there(at, both):
    page = at(both.real)
    end_of("training", "start", "--host", "127.0.0.1", "--port", both.port(both.training))
    deadline = time.monotonic() + 60
    while "the training site has ended; the real one goes on" not in both.log.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.2)
    page.goto("/account/")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    assert page.get_by_role("link", name="Open the training site").count() == 0


def end_of(*words):
    """Stop the one program that was started with these words."""
    (found,) = (
        int(each.name) for each in Path("/proc").glob("[0-9]*") if "\0".join(words) in command(each)
    )
    os.kill(found, signal.SIGTERM)


def command(process):
    try:
        return (process / "cmdline").read_text(errors="replace")
    except OSError:
        return ""


def asked(port, host):
    link = HTTPConnection("127.0.0.1", port, timeout=30)
    link.request("HEAD", "/robots.txt", headers={"Host": host, "X-Forwarded-Proto": "https"})
    answer = link.getresponse()
    link.close()
    return answer.status, answer.headers["Perron-Site"]


def test_behind_a_proxy_with_https_each_site_answers_to_its_own_name(site, both):
    port, training = free_port(), free_port()
    proxied = {
        "PERRON_HTTPS": "1",
        "PERRON_HOSTS": "perron.example",
        "PERRON_ORIGINS": "https://perron.example",
        "PERRON_TRAINING_ADDRESS": "https://practise.perron.example",
    }
    words = ("serve", "--port", str(port), "--training", str(training))
    with started(site.home, *words, **proxied) as (program, log):
        deadline = time.monotonic() + PATIENCE / 10
        while "The training site is open" not in log.read_text():
            assert program.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        assert asked(port, "perron.example") == (200, None)
        assert asked(training, "practise.perron.example") == (200, "training")
        assert asked(port, "practise.perron.example")[0] == 400
        assert asked(training, "perron.example")[0] == 400
