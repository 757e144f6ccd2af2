"""``perron ahead``: what lies ahead of everybody, one list at a time, as CSV for scripts."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import dataclass

from perron.cli.command import day
from perron_site.commands.opening import now, open_database

LISTS = ("ending", "studying", "pending", "five-years", "lasting")
SCENARIOS = ("adopted", "prolonged-2028", "note")
MOST_DAYS = 1100


def days(text: str) -> int:
    """Read how many days to look ahead (ArgumentTypeError)."""
    if not text.isdecimal() or int(text) > MOST_DAYS:
        raise ArgumentTypeError(f"{text!r} is no number of days from 0 to {MOST_DAYS}")
    return int(text)


@dataclass(frozen=True, slots=True)
class Ahead:
    """The lists of the page of the same name, over the database; numbers of people, never names."""

    name: str = "ahead"
    help: str = (
        "say of everybody whose right ends, which files wait, who reaches five years, what lasts"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the list, the day, the scenario and how far to look."""
        parser.epilog = (
            "ending: whose right ends, with the routes of the day after; studying: pupils and students\n"
            "whose right ends first; pending: asylum files of Ukrainians by age; five-years: by month,\n"
            "without and with temporary protection; lasting: who has a lasting route, small numbers empty.\n\n"
            "examples:\n  perron ahead ending --days 120\n  perron ahead five-years --scenario note --json"
        )
        parser.add_argument("list", choices=LISTS, help="which list")
        parser.add_argument("--on", type=day, metavar="DATE", help="the day (default: today)")
        parser.add_argument("--scenario", choices=SCENARIOS, default=SCENARIOS[0], help="the law")
        parser.add_argument("--days", type=days, default=90, metavar="N", help="how far (ending)")
        parser.add_argument("--json", action="store_true", help="one JSON document as the answer")

    def run(self, args: Namespace) -> int:
        """Print the list."""
        open_database()
        from perron_site.commands.listing import tell_ahead  # noqa: PLC0415 - needs Django set up

        return tell_ahead(now(), args)


command = Ahead()
