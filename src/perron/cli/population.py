"""``perron rules population`` and ``compare``: many people through the law, month by month."""

import sys
from argparse import ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from perron.cli.command import Exit, in_json
from perron.cli.options import add_law
from perron.messages.texts import say
from perron.rules.belgium.rulebook import belgium
from perron.rules.moments import Moment
from perron.rules.population import Tally, months, tallies
from perron.rules.scenarios import Change, changes, months_that_differ
from perron.rules.tables import read_people, write_table

COLUMNS = ("month", "pathway", "yes", "no", "authority", "unknown")
POPULATION = "count the verdicts of many people, month by month"
COMPARE = "say who gains and who loses which route between two scenarios, in which month, and why"
POPULATION_EXAMPLES = """\
examples:
  perron rules population people.csv --from 2026-12 --months 24 --out counts.csv
  perron rules population people.parquet --from 2026-12 --months 60 --scenario note --json

One row a person, one column a fact (docs/reference/facts.md): job_offer.region for a field of a
record, ";" between the items of a list, "-" for "known: none", empty for unknown. Each month is
asked about on its first day. The four verdicts of a month add up to the number of rows."""
COMPARE_EXAMPLES = """\
examples:
  perron rules compare people.csv --scenario adopted --scenario note
  perron rules compare people.csv --scenario adopted --scenario mine.yaml --from 2027-01 --json"""


def month(text: str) -> date:
    """Read a month from the command line (ArgumentTypeError)."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as wrong:
        raise ArgumentTypeError(f"{text!r} is no month; write it as 2026-11") from wrong


def how_many(text: str) -> int:
    """Read a number of months from the command line (ArgumentTypeError)."""
    if not text.isdecimal() or not 1 <= int(text) <= 1200:  # noqa: PLR2004 - a hundred years
        raise ArgumentTypeError(f"{text!r} is no number of months from 1 to 1200")
    return int(text)


def add_population(inside: Any) -> None:  # noqa: ANN401 - argparse does not name its type
    """Take people and months."""
    sub = inside.add_parser(
        "population",
        help=POPULATION,
        description=POPULATION,
        epilog=POPULATION_EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
    )
    sub.add_argument("people", type=Path, metavar="PEOPLE", help="CSV or Parquet")
    add_months(sub)
    add_law(sub)
    sub.add_argument("--out", type=Path, metavar="COUNTS.csv", help="CSV, or Parquet by its name")
    sub.add_argument("--json", action="store_true", help="one JSON document as the answer")
    sub.set_defaults(answer=population)


def add_months(sub: Any, *, first: str | None = None) -> None:  # noqa: ANN401 - argparse does not name it
    """Take the first month and how many."""
    sub.add_argument(
        "--from", dest="first", type=month, metavar="YYYY-MM", default=first, required=not first,
        help="the first month",
    )  # fmt: skip
    sub.add_argument(
        "--months", type=how_many, default="24" if first else "12", metavar="N", help="how many"
    )


def add_compare(inside: Any) -> None:  # noqa: ANN401 - argparse does not name its type
    """Take people and two scenarios."""
    sub = inside.add_parser(
        "compare",
        help=COMPARE,
        description=COMPARE,
        epilog=COMPARE_EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
    )
    sub.add_argument("people", type=Path, metavar="PEOPLE", help="CSV or Parquet")
    sub.add_argument(
        "--scenario", action="append", metavar="NAME", required=True, help="twice: before and after"
    )
    add_months(sub, first="2026-12")
    sub.add_argument("--lang", default="en", help="the language of the reasons")
    sub.add_argument("--json", action="store_true", help="one JSON document as the answer")
    sub.set_defaults(answer=compare)


def population(args: Namespace) -> int:
    """Count, and print or write the counts."""
    people = read_people(args.people)
    moment = Moment(args.first, args.scenario)
    rulebook = belgium(safe_return=args.safe_return == "possible")
    days = months(args.first, args.months)
    found = tallies(rulebook, people, days, moment, progress=progress)
    rows = [row_of(each) for each in found]
    if args.out:
        write_table(args.out, COLUMNS, rows)
    if args.json:
        print(in_json([dict(zip(COLUMNS, row, strict=True)) for row in rows]))
    elif not args.out:
        print("\n".join(",".join(map(str, row)) for row in (COLUMNS, *rows)))
    else:
        print(f"{people.size} people, {len(days)} months: {args.out}")
    return Exit.DONE


def row_of(tally: Tally) -> tuple[str | int, ...]:
    """A tally by the columns of the contract."""
    return (
        f"{tally.on:%Y-%m}", tally.route, tally.yes, tally.no, tally.authority, tally.unknown,
    )  # fmt: skip


def progress(done: int, whole: int) -> None:
    """Tell somebody who watches how far it is."""
    if sys.stderr.isatty():
        print(f"\r{done:,} of {whole:,} people", end="" if done < whole else "\n", file=sys.stderr)


def compare(args: Namespace) -> int:
    """Print who gains and who loses what."""
    if len(args.scenario) != 2:  # noqa: PLR2004 - before and after
        print("perron: --scenario is given twice: before and after", file=sys.stderr)
        return Exit.BAD_INPUT
    people = read_people(args.people)
    before, after = (Moment(args.first, name) for name in args.scenario)
    days = months(args.first, args.months)
    found = list(changes(belgium(), people, days, (before, after)))
    differing = months_that_differ(belgium(), people, days, (before, after))
    if args.json:
        print(in_json(as_document(args, found, differing)))
    else:
        print("\n".join(as_lines(found, differing, args)))
    return Exit.DONE


def as_document(
    args: Namespace, found: Sequence[Change], differing: Iterable[Any]
) -> dict[str, Any]:
    """The comparison for programs: the counts a month, and each person who gains or loses."""
    return {
        "before": args.scenario[0],
        "after": args.scenario[1],
        "months": [asdict(each) for each in differing],
        "changes": [
            {
                "row": each.person + 1,
                "pathway": each.route,
                "month": f"{each.on:%Y-%m}",
                "before": each.before,
                "after": each.after,
                "kind": each.kind,
                "why": [say(one.message, args.lang) for one in each.why],
                "parameters": list(each.parameters),
            }
            for each in found
        ],
    }


def as_lines(found: Sequence[Change], differing: Sequence[Any], args: Namespace) -> list[str]:
    """The comparison for people."""
    if not found:
        return [
            f"Nobody gains or loses anything between {args.scenario[0]} and {args.scenario[1]}."
        ]
    lines = [f"From {args.scenario[0]} to {args.scenario[1]}:"]
    lines += [
        f"{each.month}  {each.pathway}: {each.gains} gain, {each.loses} lose, {each.other} other change"
        for each in differing
    ]
    grouped = Counter(
        (each.route, each.kind, each.parameters, tuple(say(o.message, args.lang) for o in each.why))
        for each in found
    )
    lines.append("")
    for (route, kind, parameters, why), people in sorted(grouped.items(), key=str):
        lines.append(
            f"{route}: {people} people {kind}, because of {', '.join(parameters) or 'the facts'}"
        )
        lines += [f"  - {sentence}" for sentence in why]
    return lines
