"""``perron match replay``: a year day by day by one policy, beside what hindsight would have done."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from perron.cli.command import Exit, in_json
from perron.cli.plans import stoppable, tell, write
from perron.matching.clock import Clock
from perron.matching.policy import read_policy
from perron.matching.replay_files import Arrivals, Openings, read_year

POLICIES = ("greedy", "batch", "lookahead")
A_DAY = 86_400.0
TOLD = "a year day by day: first come, the best plan of each day, or looking ahead"
FILES = """\
A  the columns of H of `perron match homes`; waiting_since is the day they came
O  the columns of P; available_from is the first day the home can be given, offered_until the last one (else
   available_until, else a year later)

What is given is given. A day of waiting costs 20 points; after 28 days a household goes elsewhere. greedy: first come,
first served. batch: the best plan of each day. lookahead: a home is given only where it is worth more
than what both sides may expect by the history, which is needed for it.

examples:
  perron match replay --arrivals a.csv --openings o.csv --policy batch
  perron match replay --arrivals a.csv --openings o.csv --policy lookahead --history a2025.csv o2025.csv"""


def add_replay(added: Callable[..., Any]) -> None:
    """Take a year and a policy."""
    sub = added("replay", TOLD, FILES, replayed)
    sub.add_argument("--arrivals", type=Path, required=True, metavar="A")
    sub.add_argument("--openings", type=Path, required=True, metavar="O")
    sub.add_argument("--policy", choices=POLICIES, required=True)
    sub.add_argument("--history", type=Path, nargs=2, metavar=("A", "O"), help="a past year")
    sub.add_argument("--weights", type=Path, metavar="POLICY.yaml", help="other weights of homes")
    sub.add_argument("--seed", type=int, default=0, metavar="N", help="which futures are drawn")
    sub.set_defaults(parser=sub)


def replayed(args: Namespace) -> int:
    """Read, replay, compare."""
    from perron.matching.replay import hindsight, replay, year_of  # noqa: PLC0415 - numpy, only here

    if args.policy == "lookahead" and not args.history:
        args.parser.error("--policy lookahead needs --history A O")
    begun = perf_counter()
    came, opened = read_year(args.arrivals, args.openings)
    past: tuple[Arrivals, Openings] = read_year(*args.history) if args.history else ([], [])
    year = year_of(came, opened, past, read_policy(args.weights))
    with stoppable(Clock(A_DAY)) as clock:
        found = replay(year, args.policy, args.seed, clock, tell)
    most = hindsight(year)
    if args.out:
        plan = [
            (s.name, opened[j][0].name if j >= 0 else "", str(day - year.came[i]) if j >= 0 else "")
            for i, ((s, _), j, day) in enumerate(zip(came, found.home, found.day, strict=True))
        ]
        write(args.out, [("household", "place", "waited_days"), *plan])
    answer = {
        "policy": args.policy,
        "households": len(came),
        "value": found.value,
        "hindsight": most,
        "share": found.value / max(1, most),
        "placed": found.placed,
        "mean_wait_days": round(found.mean_wait, 3),
        "stopped": clock.stopped,
        "seconds": round(perf_counter() - begun, 3),
    }
    print(in_json(answer) if args.json else in_words(answer, args.out))
    return Exit.DONE


def in_words(answer: dict[str, Any], out: Path | None) -> str:
    """The answer for people."""
    lines = [
        f"{answer['placed']} of {answer['households']} households were placed, after {answer['mean_wait_days']} days.",
        f"{answer['share']:.2%} of what hindsight would have reached.",
    ]
    if answer["stopped"]:
        lines.append("Stopped before the year was over: what comes later was not placed.")
    lines.append(f"Plan: {out}" if out else "No plan was written: --out PLAN.csv writes it.")
    return "\n".join(lines)
