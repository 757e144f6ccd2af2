"""``perron day``: the daily round."""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass

from perron.cli.command import day
from perron_site.commands.opening import now, open_database


@dataclass(frozen=True, slots=True)
class Day:
    """Roofs for tonight, late answers, notices and the net; twice on a day does nothing twice."""

    name: str = "day"
    help: str = "do the daily round: roofs tonight, late answers, notices due, gaps"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day, and whether anything is kept."""
        parser.epilog = "examples:\n  perron day\n  perron day --on 2026-12-24 --dry-run --json"
        parser.add_argument("--on", type=day, metavar="DATE", help="the day (default: today)")
        parser.add_argument("--dry-run", action="store_true", help="do all of it, keep nothing")
        parser.add_argument("--json", action="store_true", help="one JSON document as the answer")

    def run(self, args: Namespace) -> int:
        """Do the round and say what it did."""
        open_database()
        from perron_site.commands.reports import tell_day  # noqa: PLC0415 - needs Django set up

        return tell_day(now(), args.on, dry_run=args.dry_run, as_json=args.json)


command = Day()
