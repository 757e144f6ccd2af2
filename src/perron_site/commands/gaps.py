"""``perron gaps``: who is about to be forgotten."""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass

from perron.cli.command import day
from perron_site.commands.opening import now, open_database


@dataclass(frozen=True, slots=True)
class Gaps:
    """Every gap of every person, over the database."""

    name: str = "gaps"
    help: str = "list every gap in the net: nobody took it up, no roof tonight, a roof that ends"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day, and whether a gap is a failure."""
        parser.epilog = "examples:\n  perron gaps\n  perron gaps --fail-on-gaps --json"
        parser.add_argument("--on", type=day, metavar="DATE", help="the day (default: today)")
        parser.add_argument(
            "--fail-on-gaps", action="store_true", help="end with 1 if there is one"
        )
        parser.add_argument("--json", action="store_true", help="one JSON document as the answer")

    def run(self, args: Namespace) -> int:
        """List the gaps, the oldest first."""
        open_database()
        from perron_site.commands.reports import tell_gaps  # noqa: PLC0415 - needs Django set up

        return tell_gaps(now(), args.on, fail=args.fail_on_gaps, as_json=args.json)


command = Gaps()
