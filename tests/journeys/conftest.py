"""A real site for the browser, made by the real commands: database, demonstration, site and worker."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from serving import environment, free_port, perron, run, served

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
PEOPLE = "60"
WIDE = {"width": 1280, "height": 900}
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Without Chromium journeys do not run."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and "CI" not in os.environ:
                item.add_marker(
                    pytest.mark.skip(reason="Chromium is missing: apt-get install chromium")
                )


@dataclass(frozen=True)
class Site:
    address: str
    password: str
    home: Path

    def run(self, *words):
        """A command of perron on this site's database."""
        return run(self.home, *words)

    def perron(self, *words):
        """A command that must succeed; what it printed."""
        return perron(self.home, *words)

    def python(self, code):
        """What a line of Python prints that finds this site's database."""
        line = [sys.executable, "-c", code]
        ran = subprocess.run(
            line, env=environment(self.home), capture_output=True, check=True, text=True
        )
        return ran.stdout.strip()


@pytest.fixture(scope="session")
def site():
    home = Path(f"/var/tmp/perron-journeys-{os.geteuid()}-{os.getpid()}")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    try:
        perron(home, "demo", "--people", PEOPLE)
        with served(home, port, address):
            yield Site(address, (home / "demonstration.secret").read_text()[:12], home)
    finally:
        stop = "from perron_site.config import embedded_postgres as database; database.stop()"
        subprocess.run([sys.executable, "-c", stop], env=environment(home), check=False)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def browser():
    """A browser for the tests of one file; while it is open, its event loop runs, and Django refuses any query."""
    if CHROMIUM is None:
        pytest.fail("Chromium is missing, and CI=true: apt-get install chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def sign_in(page, site, email, password=None):
    """Sign in, and act for the first organisation where there are several."""
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password or site.password)
    page.locator("form:has(input[name=password]) button").first.click()
    page.wait_for_url(lambda url: "/login/" not in url)
    if "/act-for/" in page.url:
        page.locator("main button").first.click()
        page.wait_for_url(lambda url: "/act-for/" not in url)


@dataclass
class Desks:
    """Browsers of their own for each desk, signed in; whatever a page complains about fails the test."""

    browser: object
    site: Site
    contexts: dict
    complaints: list

    def stranger(self, **options):
        usual = {"base_url": self.site.address, "viewport": WIDE, "locale": "en-GB"}
        context = self.browser.new_context(**(usual | options))
        self.contexts[f"stranger {len(self.contexts)}"] = context
        page = context.new_page()
        page.on("console", self.note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def note(self, line):
        expected = "Failed to load resource"  # a page that says 404 or 409 on purpose
        if line.type in {"error", "warning"} and expected not in line.text:
            self.complaints.append(line.text)

    def __call__(self, email, **options):
        key = f"{email} {sorted(options.items())}"
        if key not in self.contexts:
            page = self.stranger(**options)
            sign_in(page, self.site, email)
            self.contexts[key] = page
        return self.contexts[key]


@pytest.fixture
def desk(browser, site):
    """``desk("night@fedasil.demo")`` is the page of that desk."""
    desks = Desks(browser, site, {}, [])
    yield desks
    for each in desks.contexts.values():
        if hasattr(each, "new_page"):
            each.close()
    assert desks.complaints == []


@dataclass(frozen=True)
class Pictures:
    """Pictures of the walk; with PERRON_PICTURES=1 they are those of the documents."""

    folder: Path

    def take(self, page, name, of=None):
        """The window, or the part ``of`` the page."""
        self.folder.mkdir(parents=True, exist_ok=True)
        seen = page.locator(of) if of else page
        seen.screenshot(path=self.folder / f"{name}.png")
        assert (self.folder / f"{name}.png").stat().st_size > 20_000


@pytest.fixture(scope="session")
def pictures():
    root = HERE.parents[1]
    wanted = os.environ.get("PERRON_PICTURES") == "1"
    return Pictures(root / "docs" / "pictures" if wanted else root / "tests" / "output")


@pytest.fixture(scope="session")
def signed_in(site):
    """``signed_in(page, email)`` signs a page in."""
    return lambda page, email, password=None: sign_in(page, site, email, password)
