"""``perron erasures``: whose values were erased, by number, and the same again in a restored backup."""

import json
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path

from perron.cli.command import Exit, in_json
from perron.vocabulary.erasure import ErasureGround
from perron.vocabulary.errors import BadFile, Fault
from perron.vocabulary.wording import message
from perron_site.commands.opening import now, open_as_owner

ABOUT = """\
A backup from before an erasure still holds the values. Keep the list outside of the backups, and
replay it after each restore, before anybody signs in. The list holds numbers, reasons and days.

examples:
  perron erasures --json > erasures.json
  perron erasures --replay erasures.json"""


@dataclass(frozen=True, slots=True)
class Erasures:
    """The list of what a restored backup must erase again."""

    name: str = "erasures"
    help: str = "list whose values were erased, or erase them again in a restored backup"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the list to replay, if there is one."""
        parser.epilog = ABOUT
        parser.add_argument("--replay", type=Path, metavar="FILE", help="a list from --json")
        parser.add_argument("--json", action="store_true", help="one JSON document as the answer")

    def run(self, args: Namespace) -> int:
        """List them, or do them again."""
        open_as_owner()
        if args.replay is not None:
            return replay(args.replay, as_json=args.json)
        from perron_site.queries.erasure import erasures  # noqa: PLC0415 - needs Django set up

        rows = [
            {"person": f"P-{each.person}", "ground": each.ground.value, "on": each.on.isoformat()}
            for each in erasures()
        ]
        text = (f"{row['person']:<10} {row['on']}  {row['ground']}" for row in rows)
        print(in_json(rows) if args.json else "\n".join(text) or "Nobody's values were erased.")
        return Exit.DONE


def replay(path: Path, *, as_json: bool) -> int:
    """Erase again whoever is in the list and still has values here."""
    from perron_site.actions.erasure import replay_erasure  # noqa: PLC0415 - needs Django set up
    from perron_site.queries.organisations import the_system  # noqa: PLC0415 - the same

    by = the_system(now())
    wanted = read(path)
    done = [replay_erasure(by, person_id=person, ground=ground) for person, ground in wanted]
    if as_json:
        print(in_json({"listed": len(done), "erased": sum(done)}))
    else:
        print(f"{sum(done)} erased again, {len(done) - sum(done)} were erased already.")
    return Exit.DONE


def read(path: Path) -> list[tuple[int, ErasureGround]]:
    """The numbers and reasons of a list (BadFile)."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [
            (int(row["person"].removeprefix("P-")), ErasureGround(row["ground"])) for row in rows
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        fault = Fault(str(path), 1, 1, message("erasure.no_list"))
        raise BadFile((fault,)) from wrong


command = Erasures()
