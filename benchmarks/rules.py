# ruff: noqa: E402, E501 - threads are set before anything is loaded; one bar a line
"""The rules beside openfisca-core, Polars, zen-engine and NumPy by hand, on the same ten invented routes.

All numbers of these rules are invented. 100,000 invented people, 31 facts, 60 months and one month; for ours and Polars
also with a tenth of the facts unknown. All sides run in turn in one process; CPU time, median of seven rounds. The
counts of each month are compared with NumPy by hand before anything is measured. --write puts the table into
docs/reference/benchmark-rules.md. Ends with 1 where a bar of the table is missed.
"""

import os
import sys
import time
import tracemalloc
from pathlib import Path

for name in ("OMP_NUM_THREADS", "POLARS_MAX_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

sys.path.insert(0, str(Path(__file__).resolve().parent / "ground"))

from statistics import median

import law_ground as ground

ROUNDS = 7
PEOPLE = 100_000
ZEN = 500
TABLE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "benchmark-rules.md"


def measured(sides, rounds=ROUNDS):
    """CPU milliseconds of each side in each round, in turn."""
    found = {name: [] for name in sides}
    for run in sides.values():
        run()
    for _ in range(rounds):
        for name, run in sides.items():
            begun = time.process_time()
            run()
            found[name].append((time.process_time() - begun) * 1000)
    return found


def against(found, one, other):
    """How many times longer the other takes, round by round."""
    return median(b / a for a, b in zip(found[one], found[other], strict=True))


def peak(run):
    """Megabytes above what was there before."""
    tracemalloc.start()
    run()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


def main():
    """Measure, print and judge."""
    load = os.getloadavg()[0]
    known, open_ = ground.people(PEOPLE, 0.0), ground.people(PEOPLE, 0.1)
    months, single = ground.months(60), ground.months(1)
    ours_known, ours_open = ground.columns(known), ground.columns(open_)
    ground.same_counts(ours_known, known, months)
    many = measured({
        "ours, 10 % unknown": lambda: ground.ours(ours_open, months),
        "ours, all known": lambda: ground.ours(ours_known, months),
        "openfisca-core": ground.openfisca(known, months),
        "Polars, 10 % unknown": ground.polars(open_, months),
        "NumPy by hand": lambda: ground.by_hand(known, months),
    })  # fmt: skip
    one = measured({
        "ours, 10 % unknown": lambda: ground.ours(ours_open, single),
        "ours, all known": lambda: ground.ours(ours_known, single),
        "openfisca-core": ground.openfisca(known, single),
        "Polars, 10 % unknown": ground.polars(open_, single),
        "NumPy by hand": lambda: ground.by_hand(known, single),
        f"zen-engine, {ZEN} people only": ground.zen(known, ZEN),
    })  # fmt: skip
    person = median(ground.one_person(open_, number) for number in range(200))
    memory = peak(lambda: ground.ours(ours_open, months))
    bars = [
        ("60 months, 10 % unknown: openfisca-core / ours", against(many, "ours, 10 % unknown", "openfisca-core"), 8, ">="),
        ("60 months, 10 % unknown: Polars / ours", against(many, "ours, 10 % unknown", "Polars, 10 % unknown"), 5, ">="),
        ("one month, 10 % unknown: openfisca-core / ours", against(one, "ours, 10 % unknown", "openfisca-core"), 1, ">="),
        ("one person, explained, next question (ms)", person, 2, "<="),
        ("memory above the input, 60 months (MB)", memory, 20, "<="),
        ("dates that differ from dateutil, of 300,000", ground.dates_that_differ(300_000), 0, "<="),
        ("questions asked / by a random relevant order", ground.questions(60), 0.85, "<="),
    ]  # fmt: skip
    lines = [*table("60 months", many), "", *table("One month", one), "", *verdict(bars), ""]
    lines.append(
        f"zen-engine is asked one person after the other, {ZEN} of them; it has no unknown facts."
    )
    lines.append(
        f"Load of the machine when this began: {load:.1f}; measured on {time.strftime('%Y-%m-%d')}."
    )
    print("\n".join(lines))
    if "--write" in sys.argv:
        TABLE.write_text("\n".join([*HEAD, *lines]) + "\n", encoding="utf-8")
    return 0 if all(met(value, bar, sign) for _, value, bar, sign in bars) else 1


HEAD = [
    "<!-- Made by `make bench`. -->",
    "# The rules beside their peers",
    "",
    "Ten invented routes over 31 facts, 100,000 invented people, counts by month and route. CPU time of one process, all",
    "sides in turn, median of seven rounds. Figures depend on the machine; the ratios are what counts.",
    "",
]  # fmt: skip


def table(title, found):
    """One table of times."""
    yield f"## {title}, 100,000 people"
    yield ""
    yield "| | ms, median | least – most |"
    yield "|---|---|---|"
    for name, times in found.items():
        yield f"| {name} | {median(times):.1f} | {min(times):.1f} – {max(times):.1f} |"


def verdict(bars):
    """The bars, each with what was measured."""
    yield "## Bars"
    yield ""
    yield "| bar | measured | wanted | |"
    yield "|---|---|---|---|"
    for name, value, bar, sign in bars:
        yield f"| {name} | {value:.2f} | {sign} {bar} | {'met' if met(value, bar, sign) else 'missed'} |"


def met(value, bar, sign):
    """Whether a bar is met."""
    return value >= bar if sign == ">=" else value <= bar


if __name__ == "__main__":
    sys.exit(main())
