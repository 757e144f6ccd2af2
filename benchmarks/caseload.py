"""A whole caseload of 100,000 people through the law: seconds from the database, 24 months, two scenarios, every list.

Each run is a process of its own, as the first to ask: opening the database, reading the records, the sweep of all
routes on 24 days under two scenarios, and the five lists under both. The database is filled by ``perron demo`` unless
DATABASE_URL names one. --write puts the table into docs/reference/benchmark-caseload.md. Ends with 1 where the bar
is missed.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "site"))
os.environ.setdefault("PERRON_HOME", "/var/tmp/perron-bench")

PEOPLE, ROUNDS, BAR = 100_000, 3, 10
SCENARIOS = ("adopted", "prolonged-2028")
TABLE = ROOT / "docs" / "reference" / "benchmark-caseload.md"
HEAD = """\
<!-- Made by `make bench`. -->
# A whole caseload through the law

A demonstration of 100,000 people, of whom those who are gone are left out. Each run is a process of its own that has
asked nothing before; seconds on the clock, median of the runs. Figures depend on the machine.
"""


def one_run():
    """Read, sweep and list; the seconds of each part and how much memory it took, as JSON."""
    begun = time.monotonic()
    import django

    django.setup()
    from datetime import date
    from resource import RUSAGE_SELF, getrusage

    from perron.rules.belgium.ahead import endings, lasting, reached
    from perron.rules.belgium.pending import pending
    from perron.rules.belgium.rulebook import belgium
    from perron.rules.belgium.studying import studying
    from perron.rules.population import months, tallies
    from perron_site.queries.law import in_force
    from perron_site.queries.population import population
    from perron_site.records.context import Round, as_round

    told, last = {}, begun

    def done(name):
        nonlocal last
        now = time.monotonic()
        told[name], last = now - last, now

    done("start")
    on = date(2026, 11, 27)
    with as_round(Round.COMMAND):
        whole = population(on)
        moments = {law: in_force(on, law) for law in SCENARIOS}
    done("read the records")
    for law, moment in moments.items():
        tallies(belgium(), whole.people, months(date(2026, 12, 1), 24), moment)
        done(f"sweep, {law}")
        endings(whole.people, moment, 120)
        studying(whole.people, moment, at_school=whole.at_school)
        pending(whole.people, moment)
        reached(whole.people, moment)
        lasting(whole.people, moment)
        done(f"lists, {law}")
    told["all"] = time.monotonic() - begun
    told["peak MB"] = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps({"people": len(whole.persons), "routes": len(belgium().routes), "seconds": told})
    )


def measured(address):
    """One run in a process of its own."""
    surroundings = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "perron_site.config.settings",
    }
    done = subprocess.run(
        [sys.executable, __file__, "--one"],
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def main():
    """Measure in turn, print and judge."""
    load = os.getloadavg()[0]
    if "DATABASE_URL" in os.environ:
        runs = [measured(os.environ["DATABASE_URL"]) for _ in range(ROUNDS)]
    else:
        from databases import a_database, url

        from perron_site.config import embedded_postgres

        embedded_postgres.ensure()
        with a_database(f"bench_{os.getpid()}_caseload") as name:
            both = {
                "DATABASE_URL": url("perron_site", name),
                "PERRON_OWNER_DATABASE_URL": url("perron_owner", name),
            }
            demo = [Path(sys.executable).with_name("perron"), "demo", "--people", str(PEOPLE)]
            subprocess.run(demo, env={**os.environ, **both}, check=True)
            runs = [measured(both["DATABASE_URL"]) for _ in range(ROUNDS)]
    lines = [
        HEAD,
        f"{runs[0]['people']:,} people, {runs[0]['routes']} routes, 24 months, {len(SCENARIOS)} scenarios.",
        "",
    ]
    lines += ["| | median | least – most |", "|---|---|---|"]
    for part in runs[0]["seconds"]:
        each = [run["seconds"][part] for run in runs]
        lines.append(f"| {part} | {median(each):.1f} | {min(each):.1f} – {max(each):.1f} |")
    whole = median(run["seconds"]["all"] for run in runs)
    lines += ["", f"Wanted: all of it within {BAR} s: {'met' if whole <= BAR else 'missed'}.",
              f"Load of the machine when this began: {load:.1f}; measured on {time.strftime('%Y-%m-%d')}."]  # fmt: skip
    print("\n".join(lines))
    if "--write" in sys.argv:
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0 if whole <= BAR else 1


if __name__ == "__main__":
    sys.exit(one_run() if "--one" in sys.argv else main())
