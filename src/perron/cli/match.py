"""``perron match``: the best home for everyone at once, proven and explained."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from perron.cli.command import Exit, in_json
from perron.cli.dispatch_replay import add_dispatch_replay
from perron.cli.explaining import as_answer, bands_answer, envy_answer, in_lines
from perron.cli.homes import add_homes
from perron.cli.plans import (
    LANGUAGES,
    asked,
    peak_mb,
    plan_rows,
    positive,
    proof,
    stoppable,
    tell,
    write,
)
from perron.cli.replay import add_replay
from perron.matching import dispatch
from perron.matching.clock import Clock
from perron.matching.envy import report
from perron.matching.market import PENALTY, read
from perron.matching.outcome import gap as gap_of
from perron.matching.solving import SECONDS, solve
from perron.matching.why import Why

FILES = """\
EDGES  household, place, value      whole number > 0; a pair that is not listed is not allowed
H      household [size tier group]  households of one group all go to one municipality, or none goes
P      place, municipality, beds, shared   0: one household; 1: several, until the beds are full
B      municipality, min_persons, max_persons   max holds; each person short of min costs the penalty

Leaving a household unplaced is worth 0. Without P each place takes one household. A place with 0 beds takes
nobody; else a listed pair is allowed whatever the beds of a place that is not shared. With shared places or bands
every household needs its size. A fault is told as FILE:LINE:COLUMN, where COLUMN counts the fields of the line."""
EXAMPLES = """\
examples:
  perron match solve --edges edges.csv --out plan.csv
  perron match solve --edges edges.csv --households households.csv --lexicographic --json
  perron match solve --edges edges.csv --households h.csv --places p.csv --bands b.csv --seconds 60
  perron match solve --edges edges.csv --explain H17 --lang uk
  perron match homes --households h.csv --places p.csv --out plan.csv"""

DISPATCH = """\
F  family, one column a service (persons, children, …): what the family needs of it
L  locality, the same columns: what there is of it
S  family, locality, score      a decimal number; a pair that is not listed is not allowed

examples:
  perron match dispatch --families f.csv --localities l.csv --scores s.csv --out plan.csv --json"""


@dataclass(frozen=True, slots=True)
class Match:
    """Who goes where."""

    name: str = "match"
    help: str = "the best home for everyone at once, proven and explained"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is to be matched."""
        parser.epilog = EXAMPLES
        inside = parser.add_subparsers(metavar="WHAT", required=True)
        sub = added(inside, "solve", "the best plan over listed pairs, with its proof",
                    f"{FILES}\n\n{EXAMPLES}", solved)  # fmt: skip
        sub.add_argument("--edges", type=Path, required=True, metavar="EDGES")
        sub.add_argument("--households", type=Path, metavar="H")
        sub.add_argument("--places", type=Path, metavar="P")
        sub.add_argument("--bands", type=Path, metavar="B")
        sub.add_argument("--shortage-penalty", type=count, default=PENALTY, metavar="N",
                         help="cost of each person short of a min (default %(default)s)")  # fmt: skip
        sub.add_argument("--lexicographic", action="store_true",
                         help="most households of the highest tier, then of the next, then value")  # fmt: skip
        sub.add_argument("--seconds", type=positive, metavar="S",
                         help="stop looking for a better plan after so long; Ctrl-C stops it too")  # fmt: skip
        sub.add_argument("--explain", metavar="HOUSEHOLD",
                         help="say why this place, why not another, what would have to change")  # fmt: skip
        sub.add_argument("--envy", action="store_true",
                         help="who envies whom with reason, and the plan without (deferred acceptance)")  # fmt: skip
        sub.add_argument(
            "--lang", choices=LANGUAGES, default="en", help="the language of the reasons"
        )

        add_homes(partial(added, inside))
        add_replay(partial(added, inside))

        sub = added(inside, "dispatch", "families to localities with capacities in several services",
                    DISPATCH, dispatched)  # fmt: skip
        sub.add_argument("--families", type=Path, required=True, metavar="F")
        sub.add_argument("--localities", type=Path, required=True, metavar="L")
        sub.add_argument("--scores", type=Path, required=True, metavar="S")
        sub.add_argument("--seconds", type=positive, metavar="N", help="stop after so long")

        add_dispatch_replay(partial(added, inside))

    def run(self, args: Namespace) -> int:
        """Answer."""
        return int(args.answer(args))


def added(inside: Any, name: str, told: str, epilog: str,  # noqa: ANN401 - argparse has no public name
          answer: Callable[[Namespace], int]) -> ArgumentParser:  # fmt: skip
    """One more word after ``perron match``, with what all of them take."""
    sub: ArgumentParser = inside.add_parser(
        name,
        help=told,
        description=told,
        epilog=epilog,
        formatter_class=RawDescriptionHelpFormatter,
    )
    sub.add_argument("--out", type=Path, metavar="PLAN.csv", help="where the plan is written")
    sub.add_argument("--json", action="store_true", help="one JSON document as the answer")
    sub.set_defaults(answer=answer)
    return sub


def count(text: str) -> int:
    """A whole number from 0 on (ValueError)."""
    if int(text) < 0:
        raise ValueError(text)
    return int(text)


def solved(args: Namespace) -> int:
    """Read, solve, write."""
    begun = perf_counter()
    market = read(args.edges, args.households, args.places, args.bands, args.shortage_penalty)
    known = asked(market, args.explain)
    seconds = {"read": perf_counter() - begun}
    begun = perf_counter()
    with stoppable(Clock(args.seconds or SECONDS)) as clock:
        outcome = solve(market, lexicographic=args.lexicographic, clock=clock, tell=tell)
    whole = perf_counter() - begun
    seconds["build"] = whole - sum(outcome.seconds)
    seconds["solve"], seconds["certify"] = outcome.seconds
    if args.out:
        write(args.out, plan_rows(market, outcome))
    why = Why(market, outcome)
    answer = {
        "households": len(market.households),
        "placed": outcome.placed,
        "value": outcome.value,
        "bound": outcome.bound,
        "gap": outcome.gap,
        "placed_by_tier": {str(tier): n for tier, n in outcome.placed_by_tier.items()},
        "short_persons": outcome.short_persons,
        "stopped": outcome.stopped,
        "seconds": {name: round(each, 4) for name, each in seconds.items()},
        "peak_mb": peak_mb(),
        "bands": bands_answer(market, why.binding()),
    }
    if args.envy:
        answer["envy"] = envy_answer(market, report(market, outcome.home))
    if known is not None:
        answer["explanation"] = as_answer(market, why.explain(known), args.lang)
    print(in_json(answer) if args.json else in_words(answer, args.out))
    return Exit.DONE


def dispatched(args: Namespace) -> int:
    """Read, solve, write."""
    begun = perf_counter()
    task = dispatch.read(args.families, args.localities, args.scores)
    read_seconds, begun = perf_counter() - begun, perf_counter()
    with stoppable(Clock(args.seconds or SECONDS)) as clock:
        found = dispatch.dispatch(task, clock)
    if args.out:
        rows = [
            (name, task.localities[at] if at >= 0 else "")
            for name, at in zip(task.families, found.home, strict=True)
        ]
        write(args.out, [("family", "locality"), *rows])
    answer = {
        "households": len(task.families),
        "placed": sum(at >= 0 for at in found.home),
        "value": round(found.value, 9),
        "bound": round(found.bound, 9),
        "gap": gap_of(found.value, found.bound),
        "placed_by_tier": {},
        "short_persons": 0,
        "stopped": clock.stopped,
        "seconds": {"read": round(read_seconds, 4), "solve": round(perf_counter() - begun, 4)},
        "peak_mb": peak_mb(),
    }
    print(in_json(answer) if args.json else in_words(answer, args.out))
    return Exit.DONE


def in_words(answer: dict[str, Any], out: Path | None) -> str:
    """The answer for people."""
    lines = [
        f"{answer['placed']} of {answer['households']} households have a place.",
        f"Value {answer['value']}, at most {answer['bound']} ({proof(answer)}).",
    ]
    if len(answer["placed_by_tier"]) > 1:
        lines += [f"Tier {tier}: {n} placed" for tier, n in answer["placed_by_tier"].items()]
    if answer["short_persons"]:
        lines.append(f"{answer['short_persons']} persons short of the least of municipalities.")
    if answer["stopped"]:
        lines.append("Stopped before it was done: this is the best plan found until then.")
    for band in answer.get("bands", ()):
        limit = "upper" if band["limit"] == "max" else "lower"
        lines.append(
            f"The {limit} limit of {band['municipality']} binds at {band['persons']} persons."
        )
    if "envy" in answer:
        told = answer["envy"]
        lines.append(f"{len(told['households'])} households envy one that goes later.")
        lines.append(
            f"Without any such envy {told['placed']} would be placed, value {told['value']}."
        )
    if "explanation" in answer:
        lines += in_lines(answer["explanation"])
    lines.append(f"Plan: {out}" if out else "No plan was written: --out PLAN.csv writes it.")
    return "\n".join(lines)


command = Match()
