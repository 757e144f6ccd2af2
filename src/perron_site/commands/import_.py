"""``perron import``: data from files."""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path

from perron.cli.command import Exit, in_json
from perron_site.commands.opening import migrate, open_as_owner
from perron_site.commands.progress import working_on

ABOUT = """\
all: a folder that `perron export all` wrote, into an empty database of the same version. Everything or
nothing: one transaction, every rule of the database checked, every fault named as FILE:LINE:CELL.
Accounts come without passwords: give each a new one before they can sign in.

examples:
  perron import all /var/backups/perron-2026-11-25
  perron import all out --json"""


@dataclass(frozen=True, slots=True)
class Import:
    """All data in again."""

    name: str = "import"
    help: str = "take in what an export wrote"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is imported, and from where."""
        parser.epilog = ABOUT
        parser.add_argument("what", choices=["all"], help="everything")
        parser.add_argument("path", type=Path, metavar="DIR", help="the folder of the export")
        parser.add_argument("--json", action="store_true", help="one JSON document as the answer")

    def run(self, args: Namespace) -> int:
        """Take it in and say how much it was."""
        migrate()
        open_as_owner()
        from perron_site.records.restoring import restore  # noqa: PLC0415 - needs Django set up

        rows = restore(args.path, working_on)
        working_on("")
        print(in_json({"rows": rows}) if args.json else f"{rows} rows are in the database.")
        return Exit.DONE


command = Import()
