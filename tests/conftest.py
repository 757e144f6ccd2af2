"""The real database for tests: made by the owner, used as the site's role. And the traps."""

import logging
import os
import re
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import django
import pytest

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("PERRON_HOME", str(Path(f"/var/tmp/perron-tests-{os.geteuid()}")))
os.environ["DJANGO_SETTINGS_MODULE"] = "perron_site.config.settings"

import system_postgres  # noqa: E402 - the folder is named first
from django.db import connection  # noqa: E402 - the same
from django.db.models import QuerySet  # noqa: E402 - the same
from django.template.base import Node  # noqa: E402 - the same

from perron_site.config import embedded_postgres  # noqa: E402 - the same

if "PYTEST_XDIST_WORKER" not in os.environ and "DATABASE_URL" not in os.environ:
    if os.environ.get("PERRON_TEST_SERVER") == "system":
        system_postgres.start()
    else:
        embedded_postgres.ensure()
django.setup()
if "PYTEST_XDIST_WORKER" not in os.environ:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)

from databases import a_database, migrated, name_of, superuser  # noqa: E402 - after the settings

from perron.vocabulary.acting import Acting  # noqa: E402 - after the settings
from perron.vocabulary.organisations import Purpose, Role  # noqa: E402 - the same
from perron_site.actions.organisations import NOBODY_YET, load_territory  # noqa: E402 - the same

FIRST_LOAD = Acting(
    None, NOBODY_YET, Role.SYSTEM, Purpose.DAILY_ROUND, datetime(2026, 11, 25, tzinfo=UTC)
)


AS_THE_SYSTEM = {"options": "-c perron.round=command"}
"""A direct call in a test names itself as the system; pages and proofs put an organisation or a person there."""


def pytest_report_header():
    """Say which server the tests run on."""
    if "DATABASE_URL" in os.environ:
        return None
    with superuser() as link:
        return f"tests run on PostgreSQL {link.info.server_version // 10000}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """Make a database of this test run, with the tables of the owner, then connect as the site's role."""
    with a_database(name_of(""), migrated()) as name, django_db_blocker.unblock():
        connection.close()
        connection.settings_dict.update({"NAME": name, "OPTIONS": AS_THE_SYSTEM})
        load_territory(FIRST_LOAD)
        yield
        connection.close()


# The traps: each test runs among them. tests/house/test_traps.py shows that each one catches its fault.

HERE = {"127.0.0.1", "::1", "localhost", "", None}


def here_only(host: object) -> None:
    """Fail on the name or number of another machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if name not in HERE:
        pytest.fail(f"a test reaches for the network: {name}")


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch):
    """No test reaches beyond this machine, by number or by name."""

    def guarded(reach):
        def guard(self, *words):
            if isinstance(words[-1], tuple):
                here_only(words[-1][0])
            return reach(self, *words)

        return guard

    for way in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, way, guarded(getattr(socket.socket, way)))
    find = socket.getaddrinfo

    def found(host, *words, **more):
        here_only(host)
        return find(host, *words, **more)

    monkeypatch.setattr(socket, "getaddrinfo", found)


WRITES = re.compile(r"\b(insert\s+into|update\s+\S+\s+set|delete\s+from)\b", re.IGNORECASE)
ROOMS = {room: str(ROOT / "src" / "perron_site" / room) for room in ("queries", "actions")}


def room_of(frame) -> str | None:
    """The room of the innermost function of a query or an action that is at work."""
    while frame is not None:
        for room, folder in ROOMS.items():
            if frame.f_code.co_filename.startswith(folder):
                return room
        frame = frame.f_back
    return None


@pytest.fixture(autouse=True)
def queries_only_read():
    """No function of a query writes."""

    def guarded(execute, statement, *words):
        if WRITES.search(str(statement)) and room_of(sys._getframe()) == "queries":
            pytest.fail(f"a query writes: {statement}")
        return execute(statement, *words)

    with connection.execute_wrapper(guarded):
        yield


OUR_TEMPLATES = str(ROOT / "src" / "perron_site" / "web" / "templates")


def template_at_work(frame) -> str:
    """The file of the innermost template that is being rendered."""
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return str(node.origin.name)
        frame = frame.f_back
    return ""


@pytest.fixture(autouse=True)
def templates_name_what_exists():
    """No template of ours uses a variable that does not exist; those of Django and allauth may."""
    log, level = logging.getLogger("django.template"), logging.getLogger("django.template").level

    def guarded(record: logging.LogRecord) -> bool:
        if "resolving variable" not in record.msg:
            return record.levelno >= max(level, logging.INFO)
        file, name = template_at_work(sys._getframe()), str(record.args[0])
        part = file.removeprefix(OUR_TEMPLATES).lstrip("/")
        if file.startswith(OUR_TEMPLATES):
            pytest.fail(f"a template uses what does not exist: {name} in {part}")
        return False

    log.addFilter(guarded)
    log.setLevel(logging.DEBUG)
    yield
    log.setLevel(level)
    log.removeFilter(guarded)


@pytest.fixture(autouse=True)
def order_is_asked_for(monkeypatch):
    """A question without an order is not cut, and its answers come shuffled."""
    cut, fetch = QuerySet.__getitem__, QuerySet._fetch_all

    def guarded(self, key):
        if self._result_cache is None and not self.ordered:
            pytest.fail(f"a question without an order is cut: {self.model.__name__}")
        return cut(self, key)

    def shuffled(self):
        fresh = self._result_cache is None
        fetch(self)
        if fresh and not self.ordered:
            Random(0).shuffle(self._result_cache)

    monkeypatch.setattr(QuerySet, "__getitem__", guarded)
    monkeypatch.setattr(QuerySet, "_fetch_all", shuffled)
