"""``perron match homes``: households that look for a home, homes, and the best plan by the policy, explained."""

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from perron.cli.command import Exit, day, in_json
from perron.cli.explaining import as_answer, bands_answer, in_lines, said
from perron.cli.plans import (
    LANGUAGES,
    asked,
    households,
    plan_rows,
    positive,
    proof,
    stoppable,
    tell,
    write,
)
from perron.matching.clock import Clock
from perron.matching.homes import judge
from perron.matching.homes_files import read
from perron.matching.market import Market, read_bands
from perron.matching.outcome import Outcome
from perron.matching.placing import (
    HomeSearch,
    Left,
    Wanted,
    left_out,
    left_out_in_short,
    market_of,
    wanted,
)
from perron.matching.policy import read_policy
from perron.matching.preview import Preview, preview
from perron.matching.solving import SECONDS, solve
from perron.matching.why import Why
from perron.messages.texts import say
from perron.vocabulary.intervals import BRUSSELS
from perron.vocabulary.wording import message

PAIRS = 300_000
"""Up to so many pairs, each household without a home is told what would have to change; else only why."""

FILES = """\
H  household, size [members_born members_sex needs languages anchor radius_km waiting_since tier group pets
   refusals wishes temporarily_displaced]
P  place, municipality, beds [kind shared features available_from available_until own_kitchen host_languages
   host_wishes legal_basis]
B  municipality, min_persons, max_persons

Lists stand between semicolons. members_born: 1990-05-01, 2011-03 or 2019, ? for unknown; where nothing is written
an adult is taken to be among them. anchor and wishes: NIS codes; without an anchor a radius says nothing.
features: women_only and minors_alone too. legal_basis: ordinary or relaxed (the Flemish relaxed quality norm: for
temporarily displaced people only; nothing else about status counts). tier: higher goes first; where it is
empty it follows from needs and ages. Distances run between points in municipalities, as the crow flies."""
EXAMPLES = """\
examples:
  perron match homes --households h.csv --places p.csv --on 2026-11-27 --out plan.csv
  perron match homes --households h.csv --places p.csv --explain H17 --lang uk
  perron match homes --households h.csv --places p.csv --policy my-policy.yaml --json
  perron match homes --households h.csv --places p.csv --instead other-policy.yaml"""
TOLD = "the natural form: households and homes, matched by the policy, every answer explained"


def add_homes(added: Callable[..., Any]) -> None:
    """Take households, homes and a policy."""
    sub = added("homes", TOLD, f"{FILES}\n\n{EXAMPLES}", answered)
    sub.add_argument("--households", type=Path, required=True, metavar="H")
    sub.add_argument("--places", type=Path, required=True, metavar="P")
    sub.add_argument("--bands", type=Path, metavar="B")
    sub.add_argument("--policy", type=Path, metavar="POLICY.yaml", help="other weights")
    sub.add_argument("--instead", type=Path, metavar="OTHER.yaml",
                     help="what another policy would change: who gains, who loses, where")  # fmt: skip
    sub.add_argument("--on", type=day, metavar="DATE", help="the day (default: today)")
    sub.add_argument("--explain", metavar="HOUSEHOLD", help="why this home, why not each other")
    sub.add_argument("--seconds", type=positive, metavar="S", default=SECONDS,
                     help="stop looking for a better plan after so long; Ctrl-C stops it too")  # fmt: skip
    sub.add_argument("--lang", choices=LANGUAGES, default="en", help="the language of the reasons")


def answered(args: Namespace) -> int:
    """Read, list, solve, explain, write."""
    begun, on = perf_counter(), args.on or datetime.now(BRUSSELS).date()  # noqa: TID251 - a door reads the clock
    policy = read_policy(args.policy)
    other = read_policy(args.instead) if args.instead else None
    search = HomeSearch(*read(args.households, args.places, on), policy, on)
    bands = read_bands(args.bands) if args.bands else {}
    read_seconds, begun = perf_counter() - begun, perf_counter()
    market = market_of(search, bands)
    known = asked(market, args.explain)
    build, begun = perf_counter() - begun, perf_counter()
    with stoppable(Clock(args.seconds)) as clock:
        outcome = solve(market, lexicographic=True, clock=clock, tell=tell)
    seconds = (read_seconds, build, perf_counter() - begun)
    if args.out:
        write(args.out, plan_rows(market, outcome))
    answer = as_record(search, market, outcome, args.lang)
    answer["seconds"] = dict(
        zip(("read", "build", "solve"), (round(s, 4) for s in seconds), strict=True)
    )
    if other:
        with stoppable(Clock(args.seconds)) as clock:
            told = preview(search, outcome, other, bands, clock)
        answer["instead"] = instead_answer(told, other.version)
    if known is not None:
        answer["explanation"] = explained(known, search, market, outcome, args.lang)
    print(in_json(answer) if args.json else "\n".join(in_words(answer, args.out)))
    return Exit.DONE


def as_record(
    search: HomeSearch, market: Market, outcome: Outcome, language: str
) -> dict[str, Any]:
    """The plan for programs."""
    out = [i for i, j in enumerate(outcome.home) if j < 0]
    explain = left_out if len(out) * len(search.homes) <= PAIRS else left_out_in_short
    return {
        "on": search.on.isoformat(),
        "policy": search.policy.version,
        "households": len(search.seekers),
        "pairs": len(market.edges.value),
        "placed": outcome.placed,
        "value": outcome.value,
        "bound": outcome.bound,
        "gap": outcome.gap,
        "placed_by_tier": {str(tier): n for tier, n in outcome.placed_by_tier.items()},
        "short_persons": outcome.short_persons,
        "stopped": outcome.stopped,
        "bands": bands_answer(market, Why(market, outcome).binding()),
        "unplaced": [left_answer(explain(i, search, market), language) for i in out],
        "would_help_most": [wanted_answer(each) for each in wanted(search, market, outcome)],
    }


def instead_answer(told: Preview, version: str) -> dict[str, Any]:
    """What another policy would change."""
    return {
        "policy": version,
        "gain": list(told.gain),
        "lose": list(told.lose),
        "move": told.move,
        "worse_by_this_policy": told.worse,
        "gaps": list(told.gaps),
        "changes": [
            {"kind": each.kind, "name": each.name, "now": each.now, "then": each.then}
            for each in told.changes
        ],
    }


def left_answer(left: Left, language: str) -> dict[str, Any]:
    """A household without a home."""
    return {
        "household": left.seeker.name,
        "why": said(left.why, language),
        "without_needs": sorted(left.drop),
        "nearest": [said(each, language) for each in left.against],
    }


def wanted_answer(each: Wanted) -> dict[str, Any]:
    """A kind of home that would help."""
    unit = each.home.unit
    features = [str(each) for each in sorted(unit.features)]
    features += ["women_only"] * unit.women_only + ["minors_alone"] * unit.minors_alone
    return {
        "kind": each.home.kind,
        "municipality": unit.municipality,
        "beds": unit.beds,
        "shared": unit.shared,
        "features": features,
        "households": each.households,
        "persons": each.persons,
    }


def explained(
    i: int, search: HomeSearch, market: Market, outcome: Outcome, language: str
) -> dict[str, Any]:
    """Why this home, why not each other one, what would have to change."""
    answer = as_answer(market, Why(market, outcome).explain(i), language)
    judged = [
        (home, judge(search.seekers[i], home, search.policy, search.on)) for home in search.homes
    ]
    here = outcome.home[i]
    answer["reasons"] = (
        [said(each, language) for each in judged[here][1].reasons] if here >= 0 else []
    )
    answer["do_not_fit"] = [
        {"place": home.name, "why": [said(each, language) for each in found.against]}
        for home, found in judged
        if found.against
    ]
    if here < 0:
        left = left_out(i, search, market)
        answer["without_needs"] = sorted(left.drop)
    return answer


def in_words(answer: dict[str, Any], out: Path | None) -> list[str]:
    """The plan for people."""
    lines = [
        f"{answer['placed']} of {answer['households']} households have a home.",
        f"Policy {answer['policy']}, on {answer['on']}.",
        f"Value {answer['value']}, at most {answer['bound']} ({proof(answer)}).",
    ]
    lines += [f"Tier {tier}: {n} placed" for tier, n in answer["placed_by_tier"].items()]
    for left in answer["unplaced"][:20]:
        needs = ", ".join(say(message(f"need.{need}"), "en") for need in left["without_needs"])
        more = f" It would fit without: {needs}." if needs else ""
        nearest = "; ".join(each["text"] for each in left["nearest"])
        nearest = f" Nearest: {nearest}." if nearest and not needs else ""
        lines.append(f"{left['household']}: {left['why']['text']}.{more}{nearest}")
    for each in answer["would_help_most"]:
        what = " ".join(word for word in (each["kind"], *each["features"]) if word)
        lines.append(
            f"Would help next: {what or 'home'}, {each['beds']} beds, in {each['municipality']}:"
            f" at least {households(each['households'])} ({each['persons']} persons)."
        )
    if "instead" in answer:
        lines += instead_lines(answer["instead"])
    if "explanation" in answer:
        lines += in_lines(answer["explanation"])
        lines += [
            f"  {each['place']}: {'; '.join(why['text'] for why in each['why'])}."
            for each in answer["explanation"]["do_not_fit"][:20]
        ]
    lines.append(f"Plan: {out}" if out else "No plan was written: --out PLAN.csv writes it.")
    return lines


def instead_lines(told: dict[str, Any]) -> list[str]:
    """What another policy would change, for people."""
    head = (
        f"Policy {told['policy']} instead: {households(len(told['gain']))} would gain a home,"
        f" {len(told['lose'])} would lose it, {told['move']} would live elsewhere."
    )
    rows = [
        f"  {each['kind']} {each['name']}: {each['now']} → {each['then']}"
        for each in told["changes"]
    ]
    return [head, *rows]
