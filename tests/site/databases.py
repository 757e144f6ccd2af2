"""Databases for tests: made as their owner, used as the site's role, dropped afterwards."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from perron_site.config import embedded_postgres

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "perron_site.config.settings"


def name_of(purpose: str) -> str:
    """A name that no other test run on this server uses."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    run = os.getpid() if worker == "main" else os.getppid()
    return f"test_{run}_{worker}{purpose}"


def superuser(name: str = "postgres") -> psycopg.Connection:
    """A connection that may make and drop databases."""
    return psycopg.connect(embedded_postgres.superuser_address(name), autocommit=True)


@contextmanager
def a_database(name: str, template: str | None = None) -> Iterator[str]:
    """Have a database of the owner with the rights of both roles, empty or as a copy of another; its name."""
    made = sql.SQL("create database {} owner perron_owner template {}").format(
        sql.Identifier(name), sql.Identifier(template or "template1")
    )
    with superuser() as link:
        link.execute(made)
    try:
        if template is None:
            with superuser(name) as link:
                embedded_postgres.prepare(link)
        yield name
    finally:
        with superuser() as link:
            link.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def url(role: str, name: str) -> str:
    """Where this role finds this database."""
    return embedded_postgres.address(role).rsplit("/", 1)[0] + f"/{name}"


def python(name: str, *command: str, role: str = "perron_site", **more: object):
    """Run a Python program of the site on this database, in a process of its own; what it wrote."""
    surroundings = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATABASE_URL": url("perron_site", name),
        "PERRON_OWNER_DATABASE_URL": url("perron_owner", name),
        "PGOPTIONS": "-c perron.round=command",
        "PERRON_DATABASE_ROLE": "owner" if role == "perron_owner" else "site",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests" / "site"))),
    }
    done = subprocess.run(
        [sys.executable, "-m", *command],
        env=surroundings, capture_output=True, text=True, check=False, timeout=300, **more,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def migrate(name: str) -> None:
    """Make all tables, as their owner."""
    python(name, "django", "migrate", "--verbosity", "0", role="perron_owner")
