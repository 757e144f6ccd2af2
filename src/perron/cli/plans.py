"""What the commands of ``perron match`` share: a clock that Ctrl-C stops, the plan as a file."""

import csv
import io
import resource
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from perron.matching.clock import Clock
from perron.matching.market import Market
from perron.matching.outcome import Outcome
from perron.vocabulary.errors import PerronError

LANGUAGES = ("nl", "fr", "de", "en", "uk", "ru")


def positive(text: str) -> float:
    """A number above 0 (ValueError)."""
    if not float(text) > 0:
        raise ValueError(text)
    return float(text)


def tell(line: str) -> None:
    """Progress, when a person watches."""
    if sys.stderr.isatty():
        print(line, file=sys.stderr, flush=True)


@contextmanager
def stoppable(clock: Clock) -> Iterator[Clock]:
    """Ctrl-C stops the search, not the command: the best plan until then is given."""
    before = signal.signal(signal.SIGINT, lambda *_: clock.stop())
    try:
        yield clock
    finally:
        signal.signal(signal.SIGINT, before)


def asked(market: Market, name: str | None) -> int | None:
    """The household to explain (PerronError where it does not stand there)."""
    if name is None:
        return None
    if name not in market.households:
        raise PerronError("market.no_household", household=name)
    return market.households.index(name)


def plan_rows(market: Market, outcome: Outcome) -> list[tuple[str, str]]:
    """Each household with its place, or an empty one."""
    return [("household", "place")] + [
        (name, market.places[j] if j >= 0 else "")
        for name, j in zip(market.households, outcome.home, strict=True)
    ]


def write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """The plan as CSV, whole or not at all (OSError)."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    half = path.with_name(f".{path.name}.half")
    half.write_text(text.getvalue(), encoding="utf-8")
    half.replace(path)


def peak_mb() -> int:
    """The most memory that was held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def proof(answer: dict[str, Any]) -> str:
    """How sure the value is, in words."""
    if answer["gap"] == 0:
        return "proven: no plan is worth more"
    if answer["value"] == answer["bound"]:
        return f"proven for as many placed; that no more of a tier can be placed is open, gap {answer['gap']:.4%}"
    return f"gap {answer['gap']:.4%}"


def households(count: int) -> str:
    """So many households."""
    return "1 household" if count == 1 else f"{count} households"
