"""``perron match replay-dispatch``: a year family by family by one policy, beside what hindsight would have done."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from perron.cli.command import Exit, in_json
from perron.cli.plans import positive, stoppable, write
from perron.matching import dispatch
from perron.matching.clock import Clock
from perron.matching.dispatch_replay import POLICIES, replay
from perron.matching.solving import SECONDS

TOLD = (
    "a year of dispatch, family by family: the best score that is left, or with prices by last year"
)
FILES = """\
F, L, S  as in `perron match dispatch`; families come in the order of F, and each is sent at once, for good
history  last year's F and S: the same services, scores in the localities of L

greedy: the locality with room where the score is highest. potentials: where it is highest after paying for the room
that families still to come will want, by the history, which is needed for it; how many come in all is taken from F.
The value is told beside that of the best plan by one who knew the whole year.

examples:
  perron match replay-dispatch --families f.csv --localities l.csv --scores s.csv --policy greedy
  perron match replay-dispatch --families f.csv --localities l.csv --scores s.csv --policy potentials \\
    --history f2025.csv s2025.csv --shuffle 7 --out plan.csv"""


def add_dispatch_replay(added: Callable[..., Any]) -> None:
    """Take a year, a policy and an order."""
    sub = added("replay-dispatch", TOLD, FILES, replayed)
    sub.add_argument("--families", type=Path, required=True, metavar="F")
    sub.add_argument("--localities", type=Path, required=True, metavar="L")
    sub.add_argument("--scores", type=Path, required=True, metavar="S")
    sub.add_argument("--policy", choices=POLICIES, required=True)
    sub.add_argument("--history", type=Path, nargs=2, metavar=("F", "S"), help="last year")
    sub.add_argument("--shuffle", type=int, metavar="N",
                     help="families come in random order, the same for the same number")  # fmt: skip
    sub.add_argument("--seconds", type=positive, metavar="N",
                     help="stop looking for the best plan in hindsight after so long")  # fmt: skip
    sub.set_defaults(parser=sub)


def replayed(args: Namespace) -> int:
    """Read, replay, compare."""
    if args.policy == "potentials" and not args.history:
        args.parser.error("--policy potentials needs --history F S")
    begun = perf_counter()
    task = dispatch.read(args.families, args.localities, args.scores)
    past = args.history and dispatch.read(args.history[0], args.localities, args.history[1])
    order = list(range(len(task.families)))
    if args.shuffle is not None:
        Random(args.shuffle).shuffle(order)  # noqa: S311 - an order to try, no secret
    found = replay(task, args.policy, order, past)
    with stoppable(Clock(args.seconds or SECONDS)) as clock:
        most = dispatch.dispatch(task, clock)
    if args.out:
        names = (*task.localities, "")
        write(args.out, [("family", "locality"),
                         *((task.families[i], names[found.home[i]]) for i in order)])  # fmt: skip
    answer = {
        "policy": args.policy,
        "households": len(task.families),
        "value": round(found.value, 9),
        "hindsight": round(most.value, 9),
        "hindsight_bound": round(most.bound, 9),
        "share": found.value / most.bound if most.bound else 1.0,
        "placed": sum(at >= 0 for at in found.home),
        "hindsight_placed": sum(at >= 0 for at in most.home),
        "stopped": clock.stopped,
        "seconds": round(perf_counter() - begun, 3),
    }
    print(in_json(answer) if args.json else in_words(answer, args.out))
    return Exit.DONE


def in_words(answer: dict[str, Any], out: Path | None) -> str:
    """The answer for people."""
    proven = answer["hindsight"] == answer["hindsight_bound"]
    placed, hindsight = answer["placed"], answer["hindsight_placed"]
    least = "" if proven else "At least "
    lines = [
        f"{placed} of {answer['households']} households have a place; in hindsight {hindsight}.",
        f"{least}{answer['share']:.2%} of what hindsight would have reached.",
        f"Plan: {out}" if out else "No plan was written: --out PLAN.csv writes it.",
    ]
    return "\n".join(lines)
