"""``perron demo``: the demonstration caseload."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import dataclass
from datetime import datetime

from perron.cli.command import Exit
from perron_site.commands.opening import migrate, now, open_database
from perron_site.config.secrets import secret

PEOPLE, SEED = 200, 1
MOST = 1_000_000


def number(text: str) -> int:
    """Read how many people (1 to a million)."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise ArgumentTypeError(f"{text!r} is no number from 1 to {MOST}")
    return int(text)


@dataclass(frozen=True, slots=True)
class Demo:
    """Invented people and places, and what happened to them, told through the real actions."""

    name: str = "demo"
    help: str = "fill an empty database with an invented caseload"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many people, and the seed of the dice."""
        parser.epilog = "examples:\n  perron demo\n  perron demo --people 60 --seed 7\n  perron demo --people 100000"
        parser.add_argument(
            "--people", type=number, default=PEOPLE, help=f"how many (default {PEOPLE})"
        )
        parser.add_argument("--seed", type=int, default=SEED, help=f"of the dice (default {SEED})")

    def run(self, args: Namespace) -> int:
        """Make the caseload, unless this database holds anything else."""
        migrate()
        open_database()
        return fill(now(), args.people, args.seed)


def fill(at: datetime, people: int, seed: int) -> int:
    """Make the caseload, whole or not at all."""
    from perron_site.records.context import Round, as_round  # noqa: PLC0415 - needs Django set up

    with as_round(Round.COMMAND):
        return caseload(at, people, seed)


def caseload(at: datetime, people: int, seed: int) -> int:
    """Make the caseload once; a database with other data is left as it is."""
    from perron_site.commands.demonstration.caseload import play  # noqa: PLC0415 - needs Django set up
    from perron_site.queries.demonstration import (  # noqa: PLC0415 - the same
        demonstration,
        holds_other_data,
    )

    found = demonstration()
    if found is None and holds_other_data():
        print(
            "perron demo: this database holds data that is not a demonstration. Nothing was changed."
            " Use another database (PERRON_HOME or DATABASE_URL).",
            file=sys.stderr,
        )
        return Exit.BAD_INPUT
    if found is not None:
        print(f"The demonstration is here already: {found.people} people, seed {found.seed}.")
    else:
        made = play(at, people=people, seed=seed, password=password(), tick=tick)
        print(f"{people} invented people in {made} households.")
    tell_log_ins()
    return Exit.DONE


def password() -> str:
    """The password of every log-in of the demonstration: its own in each installation, short enough to type."""
    return secret("demonstration")[:12]


def tick(day: int, days: int) -> None:
    """Show how far the story is, when a person watches."""
    if sys.stderr.isatty():
        end = "\n" if day >= days else ""
        print(f"\rday {day} of {days}", end=end, file=sys.stderr, flush=True)


def tell_log_ins() -> None:
    """Say with which addresses one can sign in, and with which password."""
    from perron_site.commands.demonstration.desks import addresses  # noqa: PLC0415 - the same

    print(f"Sign in with the password {password()} as one of:")
    for address in addresses():
        print(f"  {address}")


command = Demo()
