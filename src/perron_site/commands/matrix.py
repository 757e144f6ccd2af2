"""``perron matrix``: carry running lines over to another version of the matrix, with a preview."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perron.cli.command import Exit, in_json
from perron.messages.texts import say
from perron.responsibility.matrix import versions
from perron.vocabulary.wording import message
from perron_site.commands.opening import now, open_database

if TYPE_CHECKING:
    from perron_site.queries.carrying import Preview

ADOPT = (
    "let every line that runs follow a version: all of them or none; to undo, adopt the other one"
)
EXAMPLES = """\
examples:
  perron matrix adopt 2026-11-25 --preview
  perron matrix adopt 2026-11-25
  perron matrix adopt 2026-11 --preview --json"""


@dataclass(frozen=True, slots=True)
class MatrixCommand:
    """The versions of the matrix over the database; new lines open on the newest."""

    name: str = "matrix"
    help: str = "carry running lines over to another version of the matrix"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the version, and whether to look only."""
        parser.epilog = EXAMPLES
        inside = parser.add_subparsers(metavar="WHAT", required=True)
        sub = inside.add_parser(
            "adopt",
            help=ADOPT,
            description=ADOPT,
            epilog=EXAMPLES,
            formatter_class=RawDescriptionHelpFormatter,
        )
        sub.add_argument(
            "version", metavar="VERSION", choices=versions(), help=", ".join(versions())
        )
        sub.add_argument(
            "--preview", action="store_true", help="say what would change, change nothing"
        )
        sub.add_argument("--json", action="store_true", help="one JSON document as the answer")

    def run(self, args: Namespace) -> int:
        """Preview or adopt; 1 when a line stands at a step that the version does not know."""
        open_database()
        from perron_site.actions.carrying import adopt_matrix  # noqa: PLC0415 - needs Django set up
        from perron_site.queries.carrying import preview  # noqa: PLC0415 - the same
        from perron_site.queries.organisations import the_system  # noqa: PLC0415 - the same
        from perron_site.records.context import Round, as_round  # noqa: PLC0415 - the same

        with as_round(Round.COMMAND):
            by = the_system(now())
            seen = preview(by, args.version)
            done = not args.preview and not seen.stays_behind
            if done:
                seen = adopt_matrix(by, version=args.version)
        print(in_json(as_json(seen, done=done)) if args.json else as_text(seen, done=done))
        return Exit.BAD_NEWS if seen.stays_behind else Exit.DONE


def as_json(seen: "Preview", *, done: bool) -> dict[str, object]:
    """The whole preview as one document."""
    return {
        "version": seen.version,
        "adopted": done,
        "lines": [
            {
                "line": f"T-{each.track.id}",
                "household": f"H-{each.track.household}",
                "track": each.track.kind,
                "step": each.track.step,
                "from_version": each.track.matrix,
                "holder": each.holder,
                "due_on": each.due_on.isoformat() if each.due_on else None,
                "changes_clock": each.changes_clock,
                "changes_next": each.changes_next,
            }
            for each in seen.lines
        ],
        "stays_behind": [
            {"line": f"T-{track.id}", "household": f"H-{track.household}", "step": track.step}
            for track in seen.stays_behind
        ],
    }


def as_text(seen: "Preview", *, done: bool) -> str:
    """A line for each line of the map, and each line of a person that cannot come along."""
    holder = Counter(each.track.kind for each in seen.lines if each.holder)
    clock = Counter(each.track.kind for each in seen.lines if each.changes_clock)
    after = Counter(each.track.kind for each in seen.lines if each.changes_next)
    every = Counter(each.track.kind for each in seen.lines)
    head = f"{sum(every.values())} lines {'now follow' if done else 'would follow'} {seen.version}."
    lines = [
        f"  {say(message(f'track.{kind}'), 'en'):16}{count:>7} lines,"
        f" {holder[kind]} change holder, {clock[kind]} clock, {after[kind]} next steps"
        for kind, count in every.items()
    ]
    lines += [
        f"  T-{track.id} of H-{track.household} stands at {track.step}, which {seen.version} does not know"
        for track in seen.stays_behind
    ]
    if seen.stays_behind:
        lines.append("Nothing was changed.")
    return "\n".join([head, *lines])


command = MatrixCommand()
