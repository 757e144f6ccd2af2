"""``perron serve``: database, worker and site, until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.error import URLError
from urllib.request import urlopen

from perron.cli.command import Exit
from perron_site.commands.demo import PEOPLE, SEED, fill
from perron_site.commands.opening import load_organisations, migrate, now, open_database

PATIENCE = 60.0
"""Seconds until the first page must come."""


@dataclass(frozen=True, slots=True)
class Serve:
    """The whole site on one machine; behind a proxy with HTTPS it serves an organisation."""

    name: str = "serve"
    help: str = "open the site, with its database and its worker"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to listen, and whether to begin with the demonstration."""
        parser.epilog = (
            "examples:\n  perron serve\n  perron serve --demo --port 8080\n\n"
            "Ctrl-C stops the site and the worker. The database that comes along goes on running\n"
            "for the other commands; a restart of the machine ends it, and nothing is lost."
        )
        parser.add_argument("--host", default="127.0.0.1", help="address (default 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port (default 8000)")
        parser.add_argument("--processes", type=int, default=2, help="of the site (default 2)")
        parser.add_argument(
            "--demo", action="store_true", help="fill an empty database first, and do today's round"
        )

    def run(self, args: Namespace) -> int:
        """Prepare everything, then serve until somebody stops it."""
        must_be_free(args.host, args.port)
        migrate()
        open_database()
        if args.demo and (ended := demonstrate()) != Exit.DONE:
            return ended
        prepare()
        return serve(args.host, args.port, args.processes)


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


def serve(host: str, port: int, processes: int) -> int:
    """Run site and worker until one of them ends or somebody stops them."""
    address = f"{host}:{port}"
    site = ["gunicorn", "perron_site.config.wsgi", "--bind", address, "--workers", str(processes)]
    threads = ["--worker-class", "gthread", "--threads", "4", "--log-level", "warning"]
    worker = ["django", "procrastinate", "worker", "--concurrency", "2"]
    with (
        running([*site, *threads, "--no-control-socket"], worker) as programs,
        suppress(KeyboardInterrupt),
    ):
        if not answers(f"http://{address}/health", programs):
            print("perron serve: the site did not come up", file=sys.stderr)
            return Exit.SURROUNDINGS
        print(f"Perron is open: http://{address}   (Ctrl-C stops it)", flush=True)
        while all(program.poll() is None for program in programs):
            time.sleep(0.5)
        print("perron serve: a part ended by itself; all is stopped", file=sys.stderr)
        return Exit.SURROUNDINGS
    return Exit.DONE


@contextmanager
def running(*commands: list[str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Start these Python programs; whatever happens, none of them is left behind."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    programs = [
        subprocess.Popen([sys.executable, "-m", *words], env=os.environ, start_new_session=True)
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
        program.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def answers(url: str, programs: list[subprocess.Popen[bytes]]) -> bool:
    """Whether the site answers before patience ends or a program does."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and all(program.poll() is None for program in programs):
        with suppress(URLError, OSError), urlopen(url, timeout=2) as page:  # noqa: S310 - our own address
            return bool(page.status == 200)  # noqa: PLR2004 - HTTP
        time.sleep(0.2)
    return False


command = Serve()
