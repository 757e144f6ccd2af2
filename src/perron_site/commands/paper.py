"""``perron paper``: the lists of every desk as files, for the hour in which the power fails."""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path

from perron.cli.command import Exit, in_json
from perron_site.commands.opening import now, open_database


@dataclass(frozen=True, slots=True)
class OnPaper:
    """One file an organisation in which somebody can sign in; the worker writes them every hour."""

    name: str = "paper"
    help: str = "write the lists of every desk, and a slip to write on, as files to print"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.epilog = (
            "DIR gets one HTML file an organisation, in the language of most of its users: who sleeps where\n"
            "tonight, who asks for a roof, who came lately, whom to call, and a slip to write on. Only the\n"
            "owner of the files reads them. The worker does the same ten minutes after every hour.\n\n"
            "examples:\n  perron paper\n  perron paper /media/stick --json"
        )
        parser.add_argument(
            "folder", type=Path, nargs="?", metavar="DIR", help="default: paper, beside the data"
        )
        parser.add_argument("--json", action="store_true", help="one JSON document as the answer")

    def run(self, args: Namespace) -> int:
        """Write the files and say which."""
        open_database()
        from django.conf import settings  # noqa: PLC0415 - needs Django set up

        from perron_site.actions.paper import forget_paper, write_paper  # noqa: PLC0415 - the same
        from perron_site.queries.paper import desks  # noqa: PLC0415 - the same
        from perron_site.records.context import as_organisation  # noqa: PLC0415 - the same

        folder: Path = args.folder or settings.PAPER
        written = []
        for by, language in desks(now()):
            with as_organisation(by):
                written.append(write_paper(by, folder=folder, language=language))
        if args.folder is None:
            forget_paper(folder, set(written))
        if args.json:
            print(in_json({"folder": str(folder), "files": [file.name for file in written]}))
        else:
            print(f"{len(written)} files stand in {folder}.")
        return Exit.DONE


command = OnPaper()
