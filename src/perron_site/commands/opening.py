"""What every command of the site does first: have a database with its tables, then set Django up."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import django

from perron.vocabulary.acting import Acting
from perron.vocabulary.organisations import Purpose, Role
from perron_site.config import embedded_postgres

SETTINGS = "perron_site.config.settings"


def open_database() -> None:
    """Set Django up as the site's role, on a database of this site: real or training (OSError)."""
    set_up()
    must_be_ours()


def set_up() -> None:
    """Start the database that comes along, where none is named, and set Django up."""
    if "DATABASE_URL" not in os.environ:
        embedded_postgres.ensure()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def must_be_ours() -> None:
    """Compare the mark of the database with the site that opens it (OSError)."""
    from django.conf import settings  # noqa: PLC0415 - needs Django set up

    from perron_site.queries.demonstration import is_training  # noqa: PLC0415 - the same
    from perron_site.records.context import Round, as_round  # noqa: PLC0415 - the same

    with as_round(Round.COMMAND):
        marked = is_training()
    if marked and not settings.TRAINING:
        raise OSError(
            "this is the database of the training site. Name the real one in DATABASE_URL,"
            " or say 'perron training run' before the command"
        )
    if settings.TRAINING and not marked:
        raise OSError(
            "this database is not one of training: nothing was changed. PERRON_TRAINING_DATABASE_URL"
            " must name one that 'perron training start' made"
        )


def open_as_owner() -> None:
    """Set Django up as the owner of the tables, for what concerns every row of every table (OSError)."""
    if "DATABASE_URL" in os.environ and "PERRON_OWNER_DATABASE_URL" not in os.environ:
        raise OSError(
            "PERRON_OWNER_DATABASE_URL is missing: everything is read and written as the owner"
        )
    os.environ["PERRON_DATABASE_ROLE"] = "owner"
    open_database()


def migrate() -> None:
    """Bring the tables up to date as their owner, in a process of its own (CalledProcessError)."""
    if "DATABASE_URL" not in os.environ:
        embedded_postgres.ensure()
    elif "PERRON_OWNER_DATABASE_URL" not in os.environ:
        return
    as_owner = {**os.environ, "PERRON_DATABASE_ROLE": "owner", "DJANGO_SETTINGS_MODULE": SETTINGS}
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"], env=as_owner, check=True
    )


def now() -> datetime:
    """Read the clock, once a command."""
    return datetime.now(UTC)  # noqa: TID251 - a command is a door


def load_organisations(at: datetime) -> None:
    """Have the municipalities and organisations; acts for the first of them where there is none yet."""
    from perron_site.actions.organisations import (  # noqa: PLC0415 - needs Django set up
        NOBODY_YET,
        load_territory,
    )
    from perron_site.records.context import Round, as_round  # noqa: PLC0415 - the same

    with as_round(Round.COMMAND):
        load_territory(Acting(None, NOBODY_YET, Role.SYSTEM, Purpose.DAILY_ROUND, at))
