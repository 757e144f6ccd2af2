"""``perron serve``: database, worker and site, until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

from perron.cli.command import Exit
from perron_site.commands.demo import PEOPLE, SEED, fill
from perron_site.commands.opening import load_organisations, migrate, now, open_database

PATIENCE = 60.0
"""Seconds until the first page must come."""
LEAVE = 30.0
"""Seconds in which a program must end by itself; it waits for what it started."""
PORT_OF_TRAINING = 8001
Programs = list[subprocess.Popen[bytes]]


@dataclass(frozen=True, slots=True)
class Serve:
    """The whole site on one machine; behind a proxy with HTTPS it serves an organisation."""

    name: str = "serve"
    help: str = "open the site, with its database and its worker"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to listen, and whether to begin with the demonstration."""
        parser.epilog = (
            "examples:\n  perron serve\n  perron serve --demo --port 8080\n  perron serve --training\n\n"
            "Ctrl-C stops the site and the worker. The database that comes along goes on running\n"
            "for the other commands; a restart of the machine ends it, and nothing is lost.\n"
            "The training site stands beside the real one: perron training --help"
        )
        parser.add_argument("--host", default="127.0.0.1", help="address (default 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port (default 8000)")
        parser.add_argument("--processes", type=int, default=2, help="of the site (default 2)")
        parser.add_argument(
            "--demo", action="store_true", help="fill an empty database first, and do today's round"
        )

        parser.add_argument(
            "--training", type=int, nargs="?", const=PORT_OF_TRAINING, metavar="PORT",
            help="serve the training site too, on this port (%(const)s when none is named)",
        )  # fmt: skip

    def run(self, args: Namespace) -> int:
        """Prepare everything, then serve until somebody stops it."""
        must_be_free(args.host, args.port)
        migrate()
        open_database()
        if args.demo and (ended := demonstrate()) != Exit.DONE:
            return ended
        prepare()
        if args.training is None:
            return serve(args.host, args.port, args.processes, "Perron")
        os.environ["PERRON_BESIDE"] = f"{args.host}:{args.training}"
        os.environ["PERRON_BESIDE_ADDRESS"] = os.environ.get("PERRON_TRAINING_ADDRESS", "")
        exercise = ["perron.cli.main", "training", "start", "--host", args.host]
        beside = [*exercise, "--port", str(args.training)]
        return serve(args.host, args.port, args.processes, "Perron", beside)


def must_be_free(host: str, port: int) -> None:
    """Stop before anything is done when the port is taken (OSError)."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise OSError(
                f"port {port} on {host} cannot be had ({taken.strerror})."
                " Stop what listens there, or choose another one: --port 8080"
            ) from taken


def demonstrate() -> int:
    """Fill an empty database, and do the round of today."""
    from perron_site.commands.reports import tell_day  # noqa: PLC0415 - needs Django set up

    ended = fill(now(), PEOPLE, SEED)
    return tell_day(now(), None, dry_run=False, as_json=False) if ended == Exit.DONE else ended


def prepare() -> None:
    """Have the organisations, and style sheets named by their content where the site serves them from."""
    from django.core.management import call_command  # noqa: PLC0415 - the same

    load_organisations(now())
    call_command("collectstatic", interactive=False, verbosity=0)


def serve(
    host: str, port: int, processes: int, called: str, beside: Sequence[str] | None = None
) -> int:
    """Run site and worker until one of them ends or somebody stops them; what runs beside them may end."""
    address = f"{host}:{port}"
    site = ["gunicorn", "perron_site.config.wsgi", "--bind", address, "--workers", str(processes)]
    threads = ["--worker-class", "gthread", "--threads", "4", "--log-level", "warning"]
    worker = ["django", "procrastinate", "worker", "--concurrency", "2"]
    others = [beside] if beside else []
    with (
        running([*site, *threads, "--no-control-socket"], worker) as programs,
        suppress(KeyboardInterrupt),
    ):
        if not answers(host, port, programs):
            print("perron serve: the site did not come up", file=sys.stderr)
            return Exit.SURROUNDINGS
        print(f"{called} is open: http://{address}   (Ctrl-C stops it)", flush=True)
        with running(*others, PERRON_BESIDE=address) as exercise:
            watch(programs, exercise)
        print("perron serve: a part ended by itself; all is stopped", file=sys.stderr)
        return Exit.SURROUNDINGS
    return Exit.DONE


def watch(programs: Programs, exercise: Programs) -> None:
    """Return when a program ends; when the training site does, say so and go on."""
    while all(program.poll() is None for program in programs):
        if any(program.poll() is not None for program in exercise):
            exercise.clear()
            print(
                "perron serve: the training site has ended; the real one goes on", file=sys.stderr
            )
        time.sleep(0.5)


@contextmanager
def running(*commands: Sequence[str], **more: str) -> Iterator[Programs]:
    """Start these Python programs; whatever happens, none of them is left behind."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", *words], env=os.environ | more, start_new_session=True
        )
        for words in commands
    ]
    try:
        yield programs
    finally:
        for program in programs:
            program.terminate()
        for program in programs:
            ended(program)


def ended(program: subprocess.Popen[bytes]) -> None:
    """Wait until a program has ended, and end it when it does not."""
    try:
        program.wait(timeout=LEAVE)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def answers(host: str, port: int, programs: Programs) -> bool:
    """Whether the site answers before patience ends or a program does; asked as a proxy with HTTPS asks."""
    name = os.environ.get("PERRON_HOSTS", "*").split(",")[0].lstrip(".")
    headers = {"X-Forwarded-Proto": "https"} | ({} if name == "*" else {"Host": name})
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and all(program.poll() is None for program in programs):
        with suppress(HTTPException, OSError), closing(HTTPConnection(host, port, 2)) as link:
            link.request("GET", "/health", headers=headers)
            if link.getresponse().status == HTTPStatus.OK:
                return True
        time.sleep(0.2)
    return False


command = Serve()
