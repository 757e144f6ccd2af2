"""``perron export``: everything that the database holds, as files."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict, dataclass
from pathlib import Path

from perron.cli.command import Exit, in_json
from perron.files.folder import whole
from perron_site.commands.opening import now, open_as_owner
from perron_site.commands.progress import working_on

ABOUT = """\
DIR gets one CSV file a table (UTF-8, a header, each value in quotes, days and moments as ISO 8601 in UTC)
and manifest.json with the number of rows and the SHA-256 of each file. Nothing between two commas is
"not known"; "" is "known to be empty". Lists and ranges stand as PostgreSQL writes them.
DIR must be new or empty; it appears when everything is in it.

Left behind: passwords, sessions, second steps of sign-in, jobs. Personal links go along, as digests
from which no link can be made. The files hold personal data: keep them as you keep the database.

examples:
  perron export all /var/backups/perron-2026-11-25
  perron export all out --json"""


@dataclass(frozen=True, slots=True)
class Export:
    """All data out; ``perron import all`` takes it in again."""

    name: str = "export"
    help: str = "write everything that the database holds into files"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is exported, and where to."""
        parser.epilog = ABOUT
        parser.add_argument("what", choices=["all"], help="everything")
        parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
        parser.add_argument("--json", action="store_true", help="one JSON document as the answer")

    def run(self, args: Namespace) -> int:
        """Write the files, then note in the journal that they were written."""
        open_as_owner()
        from perron_site.actions.exports import note_export  # noqa: PLC0415 - needs Django set up
        from perron_site.queries.everything import write_everything  # noqa: PLC0415 - the same
        from perron_site.queries.organisations import the_system  # noqa: PLC0415 - the same

        by = the_system(now())
        with whole(args.folder) as folder:
            parts = write_everything(folder, working_on)
            rows = sum(part.rows for part in parts)
            note_export(by, tables=len(parts), rows=rows)
        working_on("")
        if args.json:
            print(
                in_json(
                    {
                        "folder": str(args.folder),
                        "rows": rows,
                        "files": [asdict(part) for part in parts],
                    }
                )
            )
        else:
            print(f"{rows} rows in {len(parts)} files: {args.folder}")
        return Exit.DONE


command = Export()
