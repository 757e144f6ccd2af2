"""Databases for tests: made as their owner, used as the site's role, dropped afterwards."""

import hashlib
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
        env=surroundings, capture_output=True, text=True, check=False, timeout=850, **more,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def migrated() -> str:
    """A database with all tables and nobody in it, to copy: made once on this server as long as they stay the same."""
    records = sorted((ROOT / "src" / "perron_site" / "records").rglob("*.py"))
    known = b"".join(path.read_bytes() for path in (*records, ROOT / "requirements.lock"))
    name = f"tables_{hashlib.sha256(known).hexdigest()[:16]}"
    there = "select datname from pg_database where datname like 'tables\\_%'"
    with superuser() as link:
        link.execute("select pg_advisory_lock(1)")  # the other process waits and finds it made
        found = {row[0] for row in link.execute(there)}
        if name in found:
            return name
        for old in found:
            link.execute(sql.SQL("drop database {}").format(sql.Identifier(old)))
        with a_database(name_of("_tables")) as made:
            python(made, "django", "migrate", "--verbosity", "0", role="perron_owner")
            with superuser(
                made
            ) as owner:  # tests leave no rows: what is counted of them would mislead the planner
                for (table,) in owner.execute(
                    "select format('%I', relname) from pg_class"
                    " where relkind = 'r' and relnamespace = 'public'::regnamespace"
                ).fetchall():
                    owner.execute(f"alter table {table} set (autovacuum_enabled = false)")
            link.execute(
                sql.SQL("create database {} owner perron_owner template {}").format(
                    sql.Identifier(name), sql.Identifier(made)
                )
            )
    return name
