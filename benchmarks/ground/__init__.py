"""A country for a benchmark: a database of its own in a folder of its own, removed at the end.

Fedasil sees all the people, one town sees few of them. Import it before anything that reads PERRON_HOME.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="perron-bench-", dir="/var/tmp"))
HOME.chmod(0o755)
os.environ |= {"PERRON_HOME": str(HOME), "DJANGO_SETTINGS_MODULE": "perron_site.config.settings"}
os.environ.pop("DATABASE_URL", None)

from perron_site.config import embedded_postgres  # noqa: E402 - the folder is named first

PEOPLE, FEW, SIZE = int(os.environ.get("PERRON_BENCH_PEOPLE", "100000")), 700, 4
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FILL = f"""
insert into records_household (id, arrived_on, municipality_id, demonstration)
    select n, date '2026-11-01', '44021', true from generate_series(0, {PEOPLE // SIZE}) n;
insert into records_householdmember (household_id, person_id, start)
    select n / {SIZE}, n, date '2026-11-01' from generate_series(1, {PEOPLE}) n;
insert into records_track (person_id, kind, step, since, responsible_id, taken_up_at, opened_on, matrix)
    select n, 'roof', 'roof.emergency', date '2026-11-01', case when n <= {FEW} then %(few)s else %(all)s end,
        now(), date '2026-11-01', %(version)s from generate_series(1, {PEOPLE}) n;
insert into records_sight (organisation_id, person_id, why)
    select %(few)s, n, 'responsible' from generate_series(1, {FEW}) n;
insert into records_sight (organisation_id, person_id, why)
    select %(all)s, n, 'responsible' from generate_series(1, {PEOPLE}) n;
"""
"""Households, members, roofs and sight for people who are there already, numbered from 1."""


def prepared(people: Callable[[object], None], more: str = "") -> tuple[int, int]:
    """Make the tables, let ``people`` write the people as the owner, then the rest; who sees few, and who sees all."""
    import django

    embedded_postgres.ensure()
    owner = os.environ | {"PERRON_DATABASE_ROLE": "owner"}
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"], env=owner, check=True
    )
    django.setup()
    import psycopg

    from perron.responsibility.matrix import adopted
    from perron.vocabulary.organisations import OrganisationKind
    from perron_site.commands.opening import load_organisations
    from perron_site.queries.organisations import organisation

    load_organisations(NOW)
    few = organisation(OrganisationKind.MUNICIPALITY, "44021")
    everybody = organisation(OrganisationKind.FEDASIL)
    names = {"few": few, "all": everybody, "version": adopted().version}
    with psycopg.connect(embedded_postgres.address("perron_owner"), autocommit=True) as link:
        people(link)
        link.execute(psycopg.ClientCursor(link).mogrify(FILL + more, names))
        link.execute("vacuum analyze")
    return few, everybody


@contextmanager
def removed_afterwards() -> Iterator[None]:
    """Stop the database and remove the folder, whatever happens."""
    try:
        yield
    finally:
        embedded_postgres.stop()
        shutil.rmtree(HOME, ignore_errors=True)
