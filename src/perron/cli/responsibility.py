"""``perron responsibility``: show who must act where, and prove that nobody is left to nobody."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from perron.cli.command import Exit, in_json
from perron.messages.texts import say
from perron.responsibility.charts import CounterExample
from perron.responsibility.check import counter_examples
from perron.responsibility.matrix import adopted, matrix_of, versions
from perron.responsibility.reading import read_matrix
from perron.responsibility.rows import Clock, Escalation, Matrix, Opening, Row
from perron.vocabulary.errors import BadFile, Fault
from perron.vocabulary.territory import Region
from perron.vocabulary.wording import message

NO_REGION = "none"
CHECK = "prove that every open step has one organisation, a clock and a next step"
MATRIX = "print who must act at each step, in each region, by when"
EXAMPLES = """\
examples:
  perron responsibility matrix --json
  perron responsibility check
  perron responsibility check --matrix my-matrix.yaml"""


@dataclass(frozen=True, slots=True)
class Responsibility:
    """The matrix of duties: shown, and proven."""

    name: str = "responsibility"
    help: str = "who must act at each step: show the matrix, prove that it has no hole"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is asked of the matrix."""
        parser.epilog = EXAMPLES
        inside = parser.add_subparsers(metavar="WHAT", required=True)
        for word, said, answer in (("matrix", MATRIX, show), ("check", CHECK, check)):
            sub = inside.add_parser(
                word,
                help=said,
                description=said,
                epilog=EXAMPLES,
                formatter_class=RawDescriptionHelpFormatter,
            )
            sub.add_argument("--json", action="store_true", help="one JSON document as the answer")
            sub.set_defaults(answer=answer, matrix=None)
            if answer is check:
                sub.add_argument(
                    "--matrix",
                    type=Path,
                    metavar="FILE",
                    help="YAML or JSON as `matrix` prints it (default: every version that comes with Perron)",
                )

    def run(self, args: Namespace) -> int:
        """Answer."""
        return int(args.answer(args))


def show(args: Namespace) -> int:
    """Print every row, one a region."""
    matrix = adopted()
    if args.json:
        print(in_json(as_records(matrix)))
    else:
        print(f"The matrix {matrix.version}. Each line: step, regions, organisation, clock.")
        print("\n".join(as_line(row) for row in matrix.rows))
    return Exit.DONE


def check(args: Namespace) -> int:
    """Prove every version, or the one of a file; or name counter-examples, the smallest first."""
    if args.matrix is None:
        given = {version: matrix_of(version) for version in versions()}
    else:
        given = {str(args.matrix): read(args.matrix)}
    proofs = {name: counter_examples(matrix) for name, matrix in given.items()}
    if args.json:
        print(in_json(as_proof(proofs, args.language)))
    else:
        for name, found in proofs.items():
            print(
                "\n".join(as_lines(each, args.language) for each in found)
                or sound(name, given[name])
            )
    return Exit.BAD_NEWS if any(proofs.values()) else Exit.DONE


def sound(name: str, matrix: Matrix) -> str:
    """Say that a matrix is proven."""
    steps = {row.step for row in matrix.rows}
    lines = {row.track for row in matrix.rows}
    return (
        f"The matrix {name} has no hole: {len(steps)} steps on {len(lines)} lines,"
        " every region, every day since its first."
    )


def read(path: Path) -> Matrix:
    """Read the matrix of a file (BadFile, OSError)."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        before = content[: wrong.start].split(b"\n")
        place = len(before), len(before[-1]) + 1
        raise BadFile((Fault(str(path), *place, message("file.not_utf8")),)) from wrong
    return read_matrix(text, str(path))


def as_records(matrix: Matrix) -> list[dict[str, object]]:
    """One record for each row and region; null stands for a household without a municipality."""
    return [as_record(row, region) for row in matrix.rows for region in row.regions]


def as_record(row: Row, region: Region | None) -> dict[str, object]:
    """A row by the keys of its file."""
    return {
        "track": row.track,
        "step": row.step,
        "region": region,
        "from": row.start.isoformat(),
        "until": row.end.isoformat() if row.end else None,
        "organisation": row.organisation,
        "clock": clock_record(row.clock),
        "no_clock": row.no_clock or None,
        "next": list(row.next),
        "first": row.first,
        "closing": row.closing,
        "resting": row.resting,
        "waits_for": [
            {"step": wait.step, "source": wait.source.text, "mark": wait.source.mark}
            for wait in row.waits_for
        ],
        "roles": sorted(row.roles),
        "opens": [opening_record(opening) for opening in row.opens],
        "tells": {
            "person": row.tells.person or None,
            "holder": row.tells.holder or None,
            "coordinator": row.tells.coordinator or None,
        },
        "escalation": escalation_record(row.escalation),
        "source": row.source.text if row.source else None,
        "mark": row.source.mark if row.source else None,
    }


def opening_record(opening: Opening) -> dict[str, object]:
    """A line that opens, by the keys of its file."""
    return {
        "line": opening.line,
        "from_age": opening.from_age,
        "until_age": opening.until_age,
        "alone": opening.alone,
        "days_before_end": opening.days_before_end,
        "source": opening.source.text,
        "mark": opening.source.mark,
    }


def escalation_record(escalation: Escalation | None) -> dict[str, object] | None:
    """Who is asked when nothing happens, by the keys of its file."""
    if escalation is None:
        return None
    return {
        "remind": escalation.remind,
        "fallback": list(escalation.fallback),
        "coordinator": list(escalation.coordinator),
    }


def clock_record(clock: Clock | None) -> dict[str, object] | None:
    """A clock by the keys of its file."""
    if clock is None:
        return None
    return {
        "days": clock.days,
        "working_days": clock.working_days,
        "source": clock.source.text,
        "mark": clock.source.mark,
    }


def as_line(row: Row) -> str:
    """A row for people."""
    places = ",".join(region or NO_REGION for region in row.regions)
    days = row.clock and f"{row.clock.days} {'working ' if row.clock.working_days else ''}days"
    until = f", until {row.end}" if row.end else ""
    return f"{row.step:30}{places:24}{row.organisation or '':14}{days or '-'}{until}"


def as_proof(proofs: Mapping[str, Sequence[CounterExample]], language: str) -> dict[str, object]:
    """The outcome as one document; ``matrix`` is the newest of the versions that were proven."""
    return {
        "matrix": list(proofs)[-1],
        "sound": not any(proofs.values()),
        "versions": {name: not found for name, found in proofs.items()},
        "counter_examples": [
            {
                "kind": example.message.key.removeprefix("matrix."),
                "track": example.track,
                "step": example.step,
                "region": example.region,
                "on": example.on.isoformat(),
                "way": list(example.way),
                "message": say(example.message, language),
            }
            for found in proofs.values()
            for example in found
        ],
    }


def as_lines(example: CounterExample, language: str) -> str:
    """A counter-example for people; the way to it where that is not the step alone."""
    said = say(example.message, language)
    way = " → ".join(example.way)
    return said if len(example.way) <= 1 or way in said else f"{said}\n  {way}"


command = Responsibility()
