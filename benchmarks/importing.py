"""perron import with 100,000 people of one file, beside COPY of the same cells into a bare table."""

import csv
import os
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "site"))
os.environ.setdefault("PERRON_HOME", "/var/tmp/perron-bench")

from perron_site.config import embedded_postgres  # noqa: E402 - after PERRON_HOME

embedded_postgres.ensure()

import psycopg  # noqa: E402 - the same
from databases import SETTINGS, a_database, python, url  # noqa: E402 - the same

from perron_site.commands.demonstration.names import latin, pool  # noqa: E402 - the same

PEOPLE = int(os.environ.get("PERRON_BENCH_PEOPLE", "100000"))
HEADER = ("reference", "household", "family name", "given name", "born", "sex", "telephone")


def written(path: Path) -> None:
    """Invented people, three a household, as a desk would have them."""
    given, family = ([latin(each) for each in pool()[key]] for key in ("female", "surnames"))
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(HEADER)
        for number in range(PEOPLE):
            name, rest = divmod(number, len(given) * len(family))
            born = date(1980, 1, 1) + timedelta(days=name)
            one, other = given[rest % len(given)], family[rest // len(given)]
            out.writerow(
                (f"R-{number}", f"G-{number // 3}", other, one, born.strftime("%d/%m/%Y"), "", "")
            )


def copied(path: Path, database: str) -> float:
    """Seconds that COPY takes for the same cells."""
    columns = ", ".join(f'"{each}" text' for each in HEADER)
    with psycopg.connect(url("perron_owner", database), autocommit=True) as link:
        link.execute(f"create table bare ({columns})")
        begun = time.monotonic()
        with (
            link.cursor() as cursor,
            cursor.copy("copy bare from stdin (format csv, header, delimiter ';')") as copy,
        ):
            copy.write(path.read_bytes())
        return time.monotonic() - begun


def taken_in(path: Path, database: str) -> float:
    """Seconds that ``perron import people`` takes."""
    surroundings = {
        **os.environ,
        "DATABASE_URL": url("perron_site", database),
        "PERRON_OWNER_DATABASE_URL": url("perron_owner", database),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }
    begun = time.monotonic()
    command = [Path(sys.executable).with_name("perron"), "import", "people", str(path)]
    subprocess.run(command, env=surroundings, check=True)
    return time.monotonic() - begun


def main() -> None:
    """Print both times."""
    with TemporaryDirectory() as folder, a_database(f"bench_{os.getpid()}_import") as database:
        path = Path(folder, "people.csv")
        written(path)
        python(database, "django", "migrate", "--verbosity", "0", role="perron_owner")
        python(database, "caseload")
        bare, whole = copied(path, database), taken_in(path, database)
        times = f"{whole / bare:.0f} times"
        print(f"{PEOPLE} people: COPY {bare:.2f} s, perron import {whole:.1f} s ({times})")


if __name__ == "__main__":
    main()
