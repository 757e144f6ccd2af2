"""Thirty-two desks as processes of the operating system, started at one moment; some are killed at work.

Django is loaded once; each desk is a fork of that, made before any connection to the database is open, and opens
its own. A killed desk dies by SIGKILL, at the statement and the moment that the seed says.
"""

import json
import os
import signal
import sys
import threading
import traceback
from itertools import islice
from pathlib import Path
from random import Random

import django
import highspy  # noqa: F401 - loaded once, before the forks

django.setup()

from django.db import connection  # noqa: E402 - Django is set up first
from race.desk import TONIGHT, Desk  # noqa: E402 - the same
from race.handing import HandingDesk  # noqa: E402 - the same

from perron.responsibility.matrix import adopted  # noqa: E402 - the same
from perron.vocabulary.working_days import legal_holidays  # noqa: E402 - the same

DESKS, KILLED = 32, 8
KINDS = {"beds": Desk, "batons": HandingDesk}


def kill_at(statement: int, delay: float) -> None:
    """Die a little after that statement was begun: in it, between two, or in the commit."""
    begun = 0

    def counting(execute, *words):
        nonlocal begun
        begun += 1
        if begun == statement:
            threading.Timer(delay, os.kill, (os.getpid(), signal.SIGKILL)).start()
        return execute(*words)

    connection.execute_wrappers.append(counting)


def work(
    desk: Desk | HandingDesk, seed: str, acts: int, note: Path, doors: tuple[int, int]
) -> None:
    """Connect, wait for the gate, then act; every answer is noted at once."""
    connected, gate = doors
    dice = Random(f"{seed}-kill-{desk.number}")
    dies = desk.number < KILLED
    connection.ensure_connection()
    if dies:
        kill_at(dice.randint(1, 15 * acts), dice.uniform(0, 0.004))
    os.write(connected, b".")
    os.read(gate, 1)
    with note.open("w", encoding="utf-8", buffering=1) as lines:
        for act in islice(desk.acts(), acts):
            try:
                answer = desk.do(act)
            except Exception:  # noqa: BLE001 - every other error is what the race looks for
                answer = f"error {traceback.format_exc()}"
            lines.write(json.dumps([act.__name__, answer]) + "\n")
    if dies:
        os.kill(os.getpid(), signal.SIGKILL)
    connection.close()


def race(kind: str, seed: str, acts: int, folder: Path) -> list[dict[str, object]]:
    """Start all desks, open the gate, wait for all; what each did and how it ended."""
    adopted(), legal_holidays(TONIGHT.year), legal_holidays(TONIGHT.year + 1)
    gate, opened = os.pipe()
    ready, connected = os.pipe()
    desks = {}
    for number in range(DESKS):
        note = folder / f"{number}.jsonl"
        pid = os.fork()
        if pid == 0:
            os.close(opened)
            code = 1
            try:
                work(KINDS[kind](number, seed), seed, acts, note, (connected, gate))
                code = 0
            finally:
                sys.stderr.flush()
                os._exit(code)
        desks[pid] = note
    os.close(connected)
    waiting = 0
    while waiting < DESKS and (more := len(os.read(ready, DESKS))):
        waiting += more
    os.close(opened)
    return [ended(pid, note) for pid, note in desks.items()]


def ended(pid: int, note: Path) -> dict[str, object]:
    """How one desk ended, and every answer it had until then."""
    _, status = os.waitpid(pid, 0)
    answers = note.read_text(encoding="utf-8").splitlines() if note.exists() else []
    whole = [json.loads(line) for line in answers]
    return {"ended": os.waitstatus_to_exitcode(status), "answers": whole}


if __name__ == "__main__":
    sys.stdout.write(
        json.dumps(race(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])))
    )
