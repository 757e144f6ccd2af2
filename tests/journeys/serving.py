"""Starting the real commands on the database of an installation, and waiting until a site is open."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

PERRON = Path(sys.executable).with_name("perron")


def environment(home):
    names = {"DATABASE_URL", "PERRON_OWNER_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    return {k: v for k, v in os.environ.items() if k not in names} | {"PERRON_HOME": str(home)}


def run(home, *words):
    return subprocess.run(
        [PERRON, *words],
        env=environment(home),
        capture_output=True,
        check=False,
        text=True,
        timeout=240,
    )


def perron(home, *words):
    ran = run(home, *words)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(home, port, address):
    with started(home, "serve", "--port", str(port)) as (program, log):
        until_open(address, program, log)
        yield


@contextmanager
def started(home, *words, **more):
    """A command that goes on until it is stopped, with the file into which it writes."""
    log = home / f"{words[0]}-{words[-1]}.log"
    with log.open("w") as out:
        program = subprocess.Popen(
            [PERRON, *words], env=environment(home) | more, stdout=out, stderr=out
        )
        try:
            yield program, log
        finally:
            program.send_signal(signal.SIGTERM)
            program.wait(timeout=60)


def until_open(address, program, log, tenths=300):
    for _ in range(tenths):
        assert program.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(log.read_text())
