"""What a command of ``perron`` is; the entry-point group ``perron.commands`` lists them."""

import json
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from enum import IntEnum
from typing import Protocol


class Exit(IntEnum):
    """How a command ends."""

    DONE = 0
    BAD_NEWS = 1
    BAD_INPUT = 2
    SURROUNDINGS = 3


class Command(Protocol):
    """One word after ``perron``; ``run`` returns an ``Exit`` or raises PerronError or OSError."""

    @property
    def name(self) -> str:
        """The word."""

    @property
    def help(self) -> str:
        """What it does, in one line."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may follow the word; ``parser.epilog`` may hold examples."""

    def run(self, args: Namespace) -> int:
        """Do it."""


def day(text: str) -> date:
    """Read a day from the command line (ArgumentTypeError)."""
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ArgumentTypeError(f"{text!r} is no day; write it as 2026-11-23") from wrong


def in_json(answer: object) -> str:
    """Write an answer for programs, so that people can read it too."""
    return json.dumps(answer, indent=2, ensure_ascii=False)
