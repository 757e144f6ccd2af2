import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from perron_site.config import embedded_postgres

SOURCES = Path(embedded_postgres.__file__).parents[2]
ENSURE = "from perron_site.config.embedded_postgres import ensure; ensure()"


class Installation:
    """One installation in a folder of its own, and the processes that belong to it."""

    def __init__(self, folder):
        self.folder, self.home, self.data = folder, folder / "home", folder / "home" / "pgdata"
        self.said = folder / "said"

    @staticmethod
    def until(true, seconds=30):
        """Wait until it is true; it must become so."""
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, "it did not come"
            time.sleep(0.02)

    def ask(self, question, database="perron"):
        """The rows, as the superuser."""
        with embedded_postgres.connected(database) as link:
            return link.execute(question).fetchall()

    def keep(self, word):
        with embedded_postgres.connected("perron") as link:
            link.execute("drop table if exists kept")
            link.execute("create table kept (word text)")
            link.execute("insert into kept values (%s)", [word])

    def kept(self):
        return [word for (word,) in self.ask("select word from kept order by word")]

    def processes(self):
        """Every process that names this installation in its command, or works in its data."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                here = str(self.folder) in (process / "cmdline").read_text(errors="replace")
                if here or (process / "cwd").resolve() == self.data:
                    found.append(int(process.name))
            except OSError:
                continue
        return found

    def servers(self):
        """The servers that run on its data, without their helpers."""
        begins = f"postgres\0-D\0{self.data}\0"
        return [pid for pid in self.processes() if begins in command(pid)]

    def in_a_process(self, python=sys.executable, **more):
        """Have the server from another process."""
        site = next(path for path in sys.path if path.endswith("site-packages"))
        surroundings = {"PERRON_HOME": str(self.home), "PYTHONPATH": f"{SOURCES}:{site}"}
        with self.said.open("a") as said:
            words = [python, "-c", ENSURE]
            return subprocess.Popen(words, env=surroundings, cwd="/", stderr=said, **more)

    def stopped(self):
        embedded_postgres.stop()
        self.until(lambda: not self.servers())

    def killed(self):
        """The server is killed without a chance to tidy up; its pid file as it left it."""
        (server,) = self.servers()
        os.kill(server, signal.SIGKILL)
        self.until(lambda: not self.servers())
        return self.data / "postmaster.pid"


def command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""


@contextmanager
def an_installation():
    """An empty installation, which every user of the machine may enter; all of it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="perron-start-", dir="/var/tmp"))
    folder.chmod(0o755)
    one = Installation(folder)
    yield one
    for pid in one.processes():
        os.kill(pid, signal.SIGKILL)
    one.until(lambda: not one.processes())
    shutil.rmtree(folder)


@pytest.fixture
def installation(monkeypatch):
    """An empty installation of this test."""
    with an_installation() as one:
        monkeypatch.setenv("PERRON_HOME", str(one.home))
        yield one


@pytest.fixture(scope="module")
def shared():
    with an_installation() as one:
        yield one


@pytest.fixture
def running(shared, monkeypatch):
    """A server that runs; each test leaves it in order for the next one."""
    monkeypatch.setenv("PERRON_HOME", str(shared.home))
    embedded_postgres.ensure()
    return shared
