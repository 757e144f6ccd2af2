"""Main pages with 1,000, 10,000 and 100,000 people beside a bare list, and how long each demonstration takes to load.

Bars of the project: loaded in five minutes, 15 questions a page, three times the bare list (fifty people in the same
frame), and at 100,000 people no more than 1.2 times what the page costs at 10,000. Ends with 1 and names each bar that
is missed.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "site"))
os.environ.setdefault("PERRON_HOME", "/var/tmp/perron-bench")

from perron_site.config import embedded_postgres  # noqa: E402 - after PERRON_HOME

embedded_postgres.ensure()

import psycopg  # noqa: E402 - the same
from databases import SETTINGS, a_database, url  # noqa: E402 - the same

SIZES = tuple(
    int(size) for size in os.environ.get("PERRON_BENCH_SIZES", "1000 10000 100000").split()
)
SECONDS, QUESTIONS, BARE, GROWS = 300, 15, 3, 1.2
Found = dict[str, tuple[float, int]]


def loaded(people: int, name: str) -> float:
    """Seconds that the demonstration takes."""
    begun = time.monotonic()
    command = [Path(sys.executable).with_name("perron"), "demo", "--people", str(people)]
    subprocess.run(command, env=where(name), check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begun


def where(name: str) -> dict[str, str]:
    """The surroundings of a command on this database."""
    return {
        **os.environ,
        "DATABASE_URL": url("perron_site", name),
        "PERRON_OWNER_DATABASE_URL": url("perron_owner", name),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }


def visited(name: str) -> Found:
    """The time and the questions of each page."""
    with psycopg.connect(url("perron_owner", name), autocommit=True) as link:
        link.execute("vacuum analyze")
    program = ROOT / "benchmarks" / "ground" / "visits.py"
    done = subprocess.run(
        [sys.executable, program], env=where(name), check=True, capture_output=True, text=True
    )
    return {
        page: (ms, asked) for page, (ms, asked) in json.loads(done.stdout.splitlines()[-1]).items()
    }


def missed(times: dict[int, float], pages: dict[int, Found]) -> list[str]:
    """Every bar that is not reached."""
    largest, before = max(SIZES), sorted(SIZES)[-2] if len(SIZES) > 1 else max(SIZES)
    found = [
        f"{size} people take {times[size]:.0f} s to load" for size in SIZES if times[size] > SECONDS
    ]
    for page, (ms, asked) in pages[largest].items():
        if asked > QUESTIONS:
            found.append(f"{page} asks {asked} questions")
        if ms > BARE * pages[largest]["bare"][0]:
            found.append(f"{page} costs {ms / pages[largest]['bare'][0]:.1f} times the bare list")
        if ms > GROWS * pages[before][page][0]:
            found.append(
                f"{page} costs {ms / pages[before][page][0]:.1f} times what it costs at {before}"
            )
    return found


def main() -> int:
    """Print the tables; 1 when a bar is missed."""
    times, pages = {}, {}
    for size in SIZES:
        with a_database(f"bench_{os.getpid()}_{size}") as name:
            times[size] = loaded(size, name)
            pages[size] = visited(name)
            print(f"{size} people loaded in {times[size]:.0f} s", flush=True)
    print(f"\n{'fastest, ms (questions)':<38}" + "".join(f"{size:>18}" for size in SIZES))
    for page in pages[SIZES[0]]:
        cells = (f"{pages[size][page][0]:.1f} ({pages[size][page][1]})" for size in SIZES)
        print(f"{page:<38}" + "".join(f"{each:>18}" for each in cells))
    wrong = missed(times, pages)
    print(
        "\n".join(["", *(f"missed: {each}" for each in wrong)])
        if wrong
        else "\nevery bar is reached"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
