"""A second step at sign-in: an app, recovery codes, a passkey; each page is shown to axe on the way."""

import hmac
import re
import struct
import time
from base64 import b32decode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as Late
from playwright.sync_api import expect

WORKER = "worker@mechelen.demo"


def code(secret, at=None):
    """The six digits of an authenticator app (RFC 6238)."""
    step = int((at or time.time()) // 30)
    digest = hmac.digest(b32decode(secret), struct.pack(">Q", step), "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


@pytest.fixture
def shown(desk):
    """Names of pages that axe has seen here, with what it found."""
    found = {}

    def show(page, name):
        violations = Axe().run(page).response["violations"]
        found[name] = [f"{each['id']}: {each['nodes'][0]['html'][:150]}" for each in violations]

    yield show
    assert {name: each for name, each in found.items() if each} == {}


def confirm(page, site, shown):
    """Where the password is asked once more."""
    if "reauthenticate" in page.url:
        shown(page, "account_reauthenticate")
        page.get_by_label("Password").fill(site.password)
        page.get_by_role("button", name="Confirm").click()
        page.wait_for_url(lambda url: "reauthenticate" not in url)


def test_an_app_gives_the_second_step(desk, site, shown):
    page = desk(WORKER)
    page.goto("/account/two-steps/")
    shown(page, "mfa_index")
    page.goto("/account/two-steps/totp/activate/")
    confirm(page, site, shown)
    shown(page, "mfa_activate_totp")
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("input[name=code]").fill(code(secret))
    page.locator("main form button").last.click()
    page.wait_for_url(lambda url: "activate" not in url)
    page.goto("/account/two-steps/recovery-codes/")
    shown(page, "mfa_view_recovery_codes")
    recovery = re.search(r"\b[0-9a-z]{8,}\b", page.locator("textarea").input_value())[0]
    page.goto("/account/two-steps/recovery-codes/generate/")
    shown(page, "mfa_generate_recovery_codes")
    page.goto("/account/two-steps/webauthn/")
    shown(page, "mfa_list_webauthn")

    stranger = desk.stranger()
    stranger.goto("/account/login/")
    stranger.get_by_label("Email").fill(WORKER)
    stranger.get_by_label("Password").fill(site.password)
    stranger.get_by_role("button", name="Sign in", exact=True).click()
    expect(stranger.locator("input[name=code]")).to_be_visible()
    shown(stranger, "mfa_authenticate")
    stranger.goto("/my-people/")
    assert "/my-people/" not in stranger.url
    stranger.goto("/account/two-steps/authenticate/")
    stranger.locator("input[name=code]").fill(recovery)
    stranger.locator("main form:has(input[name=code]) button").first.click()
    stranger.wait_for_url("**/my-people/")

    page.goto("/account/two-steps/totp/deactivate/")
    confirm(page, site, shown)
    shown(page, "mfa_deactivate_totp")
    page.locator("main form button").last.click()
    page.wait_for_url(lambda url: "deactivate" not in url)


def press_until(page, name, address):
    """Press as a person would: once more where nothing came of it, which a loaded machine was seen to do once."""
    page.get_by_role("button", name=name).click()
    try:
        page.wait_for_url(address, timeout=15_000)
    except Late:
        page.get_by_role("button", name=name).click()
        page.wait_for_url(address)


def test_a_passkey_signs_in_without_a_password(desk, site, shown, signed_in):
    page = desk.stranger(base_url=site.address.replace("127.0.0.1", "localhost"))
    signed_in(page, "homes@eupen.demo")
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    page.goto("/account/two-steps/webauthn/add/")
    confirm(page, site, shown)
    shown(page, "mfa_add_webauthn")
    page.get_by_label("Passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "/add/" not in url)
    page.goto("/account/two-steps/webauthn/")
    shown(page, "mfa_list_webauthn")
    edit = page.locator("a[href*='/edit/']").first
    remove = page.locator("a[href*='/remove/']").first
    addresses = [each.get_attribute("href") for each in (edit, remove)]
    for address, name in zip(addresses, ("mfa_edit_webauthn", "mfa_remove_webauthn"), strict=True):
        page.goto(address)
        shown(page, name)
    page.goto("/account/logout/")
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "/logout/" not in url)
    page.goto("/account/login/?next=/places/")
    page.wait_for_load_state("networkidle")
    press_until(page, "Sign in with a passkey", "**/places/")
