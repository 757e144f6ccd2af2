"""``perron training``: a site to practise on, with a database of its own. See docs/adr/0018."""

import os
from argparse import REMAINDER, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from perron.cli.command import Exit
from perron.cli.main import main
from perron_site.commands.demo import SEED, fill, number
from perron_site.commands.opening import (
    migrate,
    must_be_ours,
    now,
    open_as_owner,
    set_up,
)
from perron_site.commands.serve import PORT_OF_TRAINING, must_be_free, prepare, serve

PEOPLE = 60
ABOUT = """\
The training site looks like the real one and is marked on every page, sheet of paper and file. It has a
database, log-ins, cookies and lists of its own: nothing goes from one site to the other. Its people are invented.

  start   make its database and its people where they are missing, then serve it until Ctrl-C;
          'perron serve --training' does the same beside the real site
  reset   put everything back as it was at the beginning, with the dates of today; whoever is signed in
          signs in anew. Everything or nothing, also while it is served
  run     any other command, on the training database

With the PostgreSQL that comes along nothing else is needed. With DATABASE_URL: a second, empty database with
the same two roles and rights, named in PERRON_TRAINING_DATABASE_URL and PERRON_TRAINING_OWNER_DATABASE_URL.
Behind a proxy: a host name of its own, as in PERRON_TRAINING_ADDRESS=https://practise.perron.example

examples:
  perron training start --port 8001
  perron training reset
  perron training run user an@gent.be --name "An Peeters" --for "OCMW Gent" --role case_worker"""


@dataclass(frozen=True, slots=True)
class Training:
    """Start it, put it back, or run another command there."""

    name: str = "training"
    help: str = "open a site to practise on, beside the real one, or put it back as it was"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is to be done."""
        parser.epilog = ABOUT
        inside = parser.add_subparsers(metavar="WHAT", required=True)

        def added(word: str, said: str, answer: Callable[[Namespace], int]) -> ArgumentParser:
            sub = inside.add_parser(
                word, help=said, description=said, epilog=ABOUT.partition("\n\n")[2],
                formatter_class=RawDescriptionHelpFormatter,
            )  # fmt: skip
            sub.set_defaults(answer=answer)
            return sub

        sub = added("start", "make what is missing, then serve the training site", start)
        sub.add_argument("--host", default="127.0.0.1", help="address (default 127.0.0.1)")
        sub.add_argument(
            "--port", type=int, default=PORT_OF_TRAINING, help="port (default %(default)s)"
        )
        sub.add_argument(
            "--people", type=number, default=PEOPLE, help="how many, the first time (default %(default)s)"
        )  # fmt: skip
        added("reset", "put everything back as it was at the beginning", reset)
        sub = added("run", "run another command on the training database", run_there)
        sub.add_argument("words", nargs=REMAINDER, metavar="COMMAND", help="the command, as usual")

    def run(self, args: Namespace) -> int:
        """Become a process of the training site, then do it."""
        replaced = surroundings(os.environ)
        for name in filter(of_real, list(os.environ)):
            del os.environ[name]
        os.environ.update(replaced)
        answer: Callable[[Namespace], int] = args.answer
        return answer(args)


def of_real(name: str) -> bool:
    """Whether a variable is one that the training site must not have: an address or a secret of the real site."""
    return "DATABASE_URL" in name or (name.startswith("PERRON_") and name.endswith("_SECRET"))


def surroundings(real: Mapping[str, str]) -> dict[str, str]:
    """What differs for the training site (OSError: something is missing, or both sites would be one)."""
    site = real.get("PERRON_TRAINING_DATABASE_URL")
    owner = real.get("PERRON_TRAINING_OWNER_DATABASE_URL")
    own = {"PERRON_TRAINING": "1", **addresses(real)}
    if site and owner:
        if "DATABASE_URL" in real and place(site) == place(real["DATABASE_URL"]):
            raise OSError("PERRON_TRAINING_DATABASE_URL names the real database: name another one")
        return own | {"DATABASE_URL": site, "PERRON_OWNER_DATABASE_URL": owner}
    if site or owner or "DATABASE_URL" in real:
        raise OSError(
            "where PostgreSQL does not come along, training needs a second, empty database: name it in"
            " PERRON_TRAINING_DATABASE_URL (role of the site) and PERRON_TRAINING_OWNER_DATABASE_URL (role that"
            " owns the tables)"
        )
    return own


def place(url: str) -> tuple[str | None, int, str]:
    """The server and the database of an address, whoever signs in there."""
    parts = urlsplit(url)
    return parts.hostname, parts.port or 5432, parts.path


def addresses(real: Mapping[str, str]) -> dict[str, str]:
    """Under which address people open the training site, and where the way back leads (OSError)."""
    address = real.get("PERRON_TRAINING_ADDRESS", "").rstrip("/")
    if real.get("PERRON_HTTPS") == "1" and not address:
        raise OSError(
            "behind a proxy the training site needs a host name of its own: name it in"
            " PERRON_TRAINING_ADDRESS, such as https://practise.perron.example"
        )
    back = real.get("PERRON_ORIGINS", "").split(",")[0]
    own = {"PERRON_ORIGINS": address, "PERRON_BESIDE_ADDRESS": back}
    return own | ({"PERRON_HOSTS": urlsplit(address).hostname or ""} if address else {})


def start(args: Namespace) -> int:
    """Make what is missing, then serve until somebody stops it."""
    must_be_free(args.host, args.port)
    migrate()
    set_up()
    if (ended := have_people(args.people)) != Exit.DONE:
        return ended
    prepare()
    return serve(args.host, args.port, 1, "The training site")


def have_people(people: int) -> int:
    """Fill an empty database and mark it; leave a marked one as it is; refuse any other (OSError)."""
    from perron_site.queries.demonstration import holds_anything  # noqa: PLC0415 - needs Django set up
    from perron_site.records.context import Round, as_round  # noqa: PLC0415 - the same

    with as_round(Round.COMMAND):
        begun = holds_anything()
    if begun:
        must_be_ours()
    return fill(now(), people, SEED)


def reset(_: Namespace) -> int:
    """Empty the training database and tell its story anew, in one transaction."""
    migrate()
    open_as_owner()
    from django.conf import settings  # noqa: PLC0415 - needs Django set up
    from django.db import transaction  # noqa: PLC0415 - the same

    from perron_site.actions.paper import forget_paper  # noqa: PLC0415 - the same
    from perron_site.queries.demonstration import demonstration  # noqa: PLC0415 - the same
    from perron_site.records.emptying import empty  # noqa: PLC0415 - the same

    with transaction.atomic():
        found = demonstration()
        empty()
        ended = fill(now(), found.people if found else PEOPLE, found.seed if found else SEED)
    forget_paper(settings.PAPER, set())
    return ended


def run_there(args: Namespace) -> int:
    """Run another command of ``perron``: its database is that of training."""
    return main(args.words)


command = Training()
