"""The reference in docs, made from the code: commands, duties, a drawing of each line. ``--check`` only compares."""

import os
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

from diagram import drawn, stations, twin
from parity_manual import parity
from rules_manual import rules
from values_manual import fact_table, parameter_table

from perron.messages.texts import say
from perron.responsibility.matrix import adopted
from perron.responsibility.rows import Escalation, Opening, Row
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import TrackKind
from perron.vocabulary.verdicts import Mark, Source
from perron.vocabulary.wording import message

ROOT = Path(__file__).resolve().parents[1]
os.environ["COLUMNS"] = "100"
REFERENCE = ROOT / "docs" / "reference"
LINES = REFERENCE / "lines"
COLUMNS = (
    "step", "regions", "who", "roles", "clock", "next", "opens", "tells", "when nothing happens",
    "source", "mark",
)  # fmt: skip
MADE = "<!-- Made by `make docs` from the code. -->"


def pages() -> dict[Path, str]:
    """Every page of the reference."""
    drawings = {
        LINES / f"{kind}.svg": drawn(kind, stations(adopted().rows, kind)) for kind in kinds()
    }
    return drawings | {
        REFERENCE / "commands.md": "\n".join([MADE, "# Commands", "", *commands()]) + "\n",
        REFERENCE / "facts.md": "\n".join([MADE, "# Facts", "", *fact_table()]) + "\n",
        REFERENCE / "parameters.md": "\n".join([MADE, "# Dated values", "", *parameter_table()])
        + "\n",
        REFERENCE / "rules.md": "\n".join([MADE, "# The law as modelled", "", *rules()]) + "\n",
        REFERENCE / "parity.md": "\n".join([MADE, "# Equal treatment", "", *parity()]) + "\n",
        REFERENCE / "matrix.md": "\n".join([MADE, "# Who must act", "", *matrix()]) + "\n",
    }


def commands() -> Iterator[str]:
    """The help of each command, as the command line gives it."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - after COLUMNS is set

    from perron.cli.main import GROUP, parser_of  # noqa: PLC0415 - the same

    every = {point.name: point.load() for point in entry_points(group=GROUP)}
    yield from told(parser_of(every), "perron")


def told(parser: ArgumentParser, name: str) -> Iterator[str]:
    """One command, then those inside it."""
    yield from (f"## {name}", "", "```", parser.format_help().rstrip(), "```", "")
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to list them
        if isinstance(action, _SubParsersAction):
            for word, inner in action.choices.items():
                yield from told(inner, f"{name} {word}")


def matrix() -> Iterator[str]:
    """Each step with its organisation, its clock, what may follow and its source."""
    yield f"Version {adopted().version}. Regions are named where a row does not hold for all."
    for kind in kinds():
        name = say(message(f"track.{kind}"), "en")
        yield from (
            "",
            f"## {kind}",
            "",
            f"![{name}: what may follow each step](lines/{kind}.svg)",
            "",
        )
        yield from twin(stations(adopted().rows, kind))
        yield from ("", f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|")
        for row in adopted().rows:
            if row.track is kind:
                yield row_told(row)


def kinds() -> tuple[TrackKind, ...]:
    """The lines of the adopted matrix, in its order."""
    return tuple(dict.fromkeys(row.track for row in adopted().rows))


def row_told(row: Row) -> str:
    """One row of the table."""
    every = len(row.regions) == len(Region) + 1
    regions = "all" if every else ", ".join(str(each or "not known yet") for each in row.regions)
    clock = "–"
    if row.clock:
        clock = f"{row.clock.days} {'working ' if row.clock.working_days else ''}days"
    source = row.source or Source("", Mark.UNKNOWN)
    tells = {
        "person": row.tells.person, "holder": row.tells.holder, "coordinator": row.tells.coordinator,
    }  # fmt: skip
    cells = (
        row.step,
        regions,
        row.organisation,
        ", ".join(sorted(row.roles)) or "any",
        clock,
        ", ".join(row.next) or "closes the line",
        "; ".join(opening_told(each) for each in row.opens) or "–",
        "; ".join(f"{who}: {key}" for who, key in tells.items() if key) or "–",
        "–" if row.closing else escalation_told(row.escalation),
        source.text,
        source.mark,
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def opening_told(opening: Opening) -> str:
    """Another line that opens, and for whom."""
    words = [str(opening.line)]
    words += [f"from age {opening.from_age}"] if opening.from_age is not None else []
    words += [f"under {opening.until_age}"] if opening.until_age is not None else []
    words += ["without a known adult"] if opening.alone else []
    days = opening.days_before_end
    words += [f"{days} days before the protection ends"] if days is not None else []
    return " ".join(words)


def escalation_told(escalation: Escalation | None) -> str:
    """Who is asked when nothing happens: the first that can be found of each list."""
    if escalation is None:
        return "–"
    lists = (escalation.fallback, escalation.coordinator)
    chain = " → ".join(" or ".join(each) for each in lists)
    return f"{escalation.remind} working days before: reminder; {chain}"


def main() -> int:
    """Write the pages, or name those that are not as the code says."""
    old = [page for page, text in pages().items() if not page.exists() or page.read_text() != text]
    if "--check" in sys.argv[1:]:
        print(
            "\n".join(f"{page.relative_to(ROOT)}: run make docs" for page in old) or "Up to date."
        )
        return bool(old)
    for page, text in pages().items():
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
        print(page.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
