"""``perron rules audit``: what is wrong with the rules themselves, proven over everybody there could be."""

import sys
from argparse import Namespace, RawDescriptionHelpFormatter
from dataclasses import asdict
from datetime import date
from pathlib import Path
from runpy import run_path
from traceback import extract_tb
from typing import Any

from perron.cli.command import Exit, day, in_json
from perron.rules.belgium.rulebook import belgium
from perron.rules.moments import Moment
from perron.rules.routes import Rulebook
from perron.vocabulary.errors import BadFile, Fault
from perron.vocabulary.wording import message

AUDIT = "prove what is wrong with the rules themselves"
EXAMPLES = """\
examples:
  perron rules audit
  perron rules audit --on 2027-03-05 --scenario note --json
  perron rules audit --pack my_rules/

Looks for contradictions, rules that can never be true, rules implied by others, people without
any durable route, and pairs of people alike but for nationality, origin or arrival whom the rules
treat differently. Faults end with 1; what is only shown does not. --pack is a folder with
rulebook.py, which holds RULEBOOK. Needs z3: pip install "perron[audit]"."""
FIRST = date(2026, 11, 23)
NEEDS = 'perron rules audit needs z3. Install it: pip install "perron[audit]"'


def add_audit(inside: Any) -> None:  # noqa: ANN401 - argparse does not name its type
    """Take a day and rules."""
    sub = inside.add_parser(
        "audit",
        help=AUDIT,
        description=AUDIT,
        epilog=EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
    )
    sub.add_argument("--pack", type=Path, metavar="FOLDER", help="rules of your own")
    sub.add_argument("--on", type=day, default=FIRST, metavar="DATE", help=f"default: {FIRST}")
    sub.add_argument("--scenario", default="adopted", metavar="NAME", help="default: adopted")
    sub.add_argument("--json", action="store_true", help="one JSON document as the answer")
    sub.set_defaults(answer=audit)


def audit(args: Namespace) -> int:
    """Print what was found; a fault of the rules ends with 1."""
    try:
        from perron.rules.audit import FAULTS  # noqa: PLC0415 - z3 is an extra
        from perron.rules.audit import audit as prove  # noqa: PLC0415 - the same
    except ModuleNotFoundError:
        print(NEEDS, file=sys.stderr)
        return Exit.SURROUNDINGS
    rulebook = pack(args.pack) if args.pack else belgium()
    found = prove(rulebook, Moment(args.on, args.scenario))
    faults = [one for one in found if one.kind in FAULTS]
    if args.json:
        print(in_json([{**asdict(one), "example": dict(one.example)} for one in found]))
    else:
        print("\n".join(line for one in found for line in as_lines(one)))
        print(f"{len(faults)} faults, {len(found) - len(faults)} things to know.")
    return Exit.BAD_NEWS if faults else Exit.DONE


def pack(folder: Path) -> Rulebook:
    """The rules of a folder: RULEBOOK in rulebook.py (BadFile)."""
    path = folder / "rulebook.py"
    names = run(path)
    found = names.get("RULEBOOK")
    if not isinstance(found, Rulebook):
        raise BadFile((Fault(str(path), 1, 1, message("rules.no_rulebook")),))
    return found


def run(path: Path) -> dict[str, Any]:
    """What the file makes; where it fails, the line and what Python says of it (BadFile)."""
    try:
        return run_path(str(path))
    except OSError:
        raise
    except Exception as failed:
        own = [each for each in extract_tb(failed.__traceback__) if each.filename == str(path)]
        line = failed.lineno if isinstance(failed, SyntaxError) else own and own[-1].lineno
        what = message("rules.pack_fails", what=str(failed) or type(failed).__name__)
        raise BadFile((Fault(str(path), line or 1, 1, what),)) from failed


def as_lines(one: Any) -> list[str]:  # noqa: ANN401 - what was found; its type needs z3
    """One thing that was found, for people."""
    words = {
        "contradiction": "these conditions contradict one another",
        "never": "can never hold",
        "implied": "is said already by the rest",
        "no_route": "no durable route",
        "difference": "people alike but for this are treated differently",
    }
    where = " ".join(each for each in (one.route, ", ".join(one.conditions)) if each)
    lines = [f"{one.kind}: {where or 'everybody with'}: {words[one.kind]}"]
    lines += [f"  {name}: {value}" for name, value in one.example]
    return lines + [f"  [{source}]" for source in one.sources]
