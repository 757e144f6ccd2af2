"""Everything out and in again with 100,000 people: seconds and peak memory of each command."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "site"))
os.environ.setdefault("PERRON_HOME", "/var/tmp/perron-bench")

from perron_site.config import embedded_postgres  # noqa: E402 - after PERRON_HOME

embedded_postgres.ensure()

import psycopg  # noqa: E402 - the same
from databases import a_database, python, url  # noqa: E402 - the same

PEOPLE = 100_000
FILL = f"""
insert into records_household (arrived_on, demonstration)
    select '2026-01-01', false from generate_series(1, {PEOPLE // 4});
insert into records_person (given_name, family_name, given_name_cyrillic, family_name_cyrillic, born, nationalities,
    languages, telephone, email, demonstration)
    select 'Olena ' || n, 'Марчук, "' || n || '"', 'Олена', '', '1992', '{{UA}}', '{{uk,ru}}', '', '', false
    from generate_series(1, {PEOPLE}) n;
insert into records_householdmember (household_id, person_id, start)
    select h.id, p.id, '2026-01-01' from (select id, row_number() over (order by id) n from records_person) p
    join (select id, row_number() over (order by id) n from records_household) h on h.n = (p.n + 3) / 4
    on conflict do nothing;
insert into records_sight (organisation_id, person_id, why)
    select o.id, p.id, 'responsible' from records_person p, (select min(id) id from records_organisation) o
    on conflict do nothing;
insert into records_track (person_id, kind, step, since, responsible_id, opened_on, matrix)
    select p.id, k.kind, k.step, '2026-01-01', o.id, '2026-01-01', '2026-11-25' from records_person p,
    (values ('protection', 'protection.pending'), ('municipality', 'municipality.card'),
        ('support', 'support.running')) k(kind, step),
    (select min(id) id from records_organisation) o on conflict do nothing;
insert into records_trackstep (track_id, step, holder_id, taken_up, start)
    select id, step, responsible_id, false, since from records_track on conflict do nothing;
insert into records_journal (at, event, organisation_id, role, purpose, household_id, person_id, details)
    select now(), 'person:added', o.id, 'system', 'daily_round', null, p.id, '{{}}' from records_person p,
    (select min(id) id from records_organisation) o, generate_series(1, 8);
"""


def measured(name: str, *words: str) -> dict[str, object]:
    """Run one command on this database; how long it took and how much memory it and its children held."""
    surroundings = {**os.environ, "DATABASE_URL": url("perron_site", name),
                    "PERRON_OWNER_DATABASE_URL": url("perron_owner", name)}  # fmt: skip
    begun = time.monotonic()
    done = subprocess.Popen([Path(sys.executable).with_name("perron"), *words], env=surroundings)
    _, status, used = os.wait4(done.pid, 0)
    return {"command": " ".join(words[:2]), "ended": status, "seconds": round(time.monotonic() - begun, 1),
            "peak_mb": round(used.ru_maxrss / 1024)}  # fmt: skip


def main() -> None:
    """Fill a database, take everything out, in, and out again; compare."""
    rows = []
    with (
        TemporaryDirectory() as there,
        a_database(f"bench_{os.getpid()}_out") as out,
        a_database(f"bench_{os.getpid()}_in") as into,
    ):
        for name in (out, into):
            python(name, "django", "migrate", "--verbosity", "0", role="perron_owner")
        python(out, "caseload")
        with psycopg.connect(url("perron_owner", out), autocommit=True) as link:
            link.execute(FILL)
        first, again = Path(there, "first"), Path(there, "again")
        rows.append(measured(out, "export", "all", str(first)))
        rows.append(measured(into, "import", "all", str(first)))
        rows.append(measured(into, "export", "all", str(again)))
        same = all(
            path.read_bytes() == (again / path.name).read_bytes() for path in first.iterdir()
        )
        size = sum(path.stat().st_size for path in first.iterdir()) >> 20
        count = sum(
            each["rows"] for each in json.loads((first / "manifest.json").read_text())["files"]
        )
    for row in rows:
        print(
            f"{row['command']:<12} ended {row['ended']}  {row['seconds']:>6} s  peak {row['peak_mb']} MB"
        )
    print(f"{PEOPLE} people, {count} rows, {size} MB; the second export is the same: {same}")


if __name__ == "__main__":
    main()
