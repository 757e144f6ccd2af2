"""``perron retain``: the retention run of a day."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict, dataclass

from perron.cli.command import Exit, day, in_json
from perron_site.commands.opening import now, open_database


@dataclass(frozen=True, slots=True)
class Retain:
    """What is past its term goes; the daily round does it too."""

    name: str = "retain"
    help: str = "blank and forget what is past its term, and say whom a person must look at"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day, and whether anything is kept."""
        parser.epilog = (
            "The terms stand in `perron rules parameters --name keeping`. Where a term is not known,\n"
            "nothing goes: people are only counted.\n\n"
            "examples:\n  perron retain --dry-run --json\n  perron retain --on 2027-12-24 --dry-run"
        )
        parser.add_argument("--on", type=day, metavar="DATE", help="the day (default: today)")
        parser.add_argument("--dry-run", action="store_true", help="do all of it, keep nothing")
        parser.add_argument("--json", action="store_true", help="one JSON document as the answer")

    def run(self, args: Namespace) -> int:
        """Do the run and say what it did."""
        open_database()
        from perron_site.actions.retention import run_retention  # noqa: PLC0415 - needs Django set up
        from perron_site.queries.organisations import the_system  # noqa: PLC0415 - the same
        from perron_site.records.context import Round, as_round  # noqa: PLC0415 - the same

        by = the_system(now())
        on = args.on or by.on
        with as_round(Round.DAY):
            report = asdict(run_retention(by, on=on, dry_run=args.dry_run))
        if args.json:
            print(in_json({"on": on.isoformat(), "dry_run": args.dry_run, **report}))
            return Exit.DONE
        head = f"Retention run of {on}{', nothing is kept' if args.dry_run else ''}"
        told = {
            "notices": "notices blanked",
            "links": "personal links blanked",
            "sights": "ended rights to look forgotten",
            "reads": "looks at a person forgotten",
            "questions": "questions in writing forgotten",
            "checks": "checks of hosts forgotten",
            "files": "files that nobody answered forgotten",
            "people": "people whose lines have all ended: look at them, no term is known",
        }
        print("\n".join([head, *(f"  {report[key]:>6}  {text}" for key, text in told.items())]))
        return Exit.DONE


command = Retain()
