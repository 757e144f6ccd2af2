"""Families to localities with capacities in several services: the exact best total of scores.

Maximise the sum of scores; each family to at most one locality; in each locality no service is used above its
capacity. A yes-or-no program for HiGHS (a generalised assignment problem with several resources, as in A. Ahani,
T. Andersson, A. Martinello, A. Teytelboym, A. Trapp, Placement optimization in refugee resettlement, 2021).
Scores are counted in whole ``UNIT``-ths and the plan is checked against every capacity.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from perron.files.strict import Column, Table, finish, table, whole
from perron.matching.clock import Clock
from perron.matching.solver import Model, Rule, holds, load, program
from perron.vocabulary.errors import PerronError
from perron.vocabulary.wording import message

UNIT = 10**9
EXACT = 10**-6
"""Value and bound are told so finely; closer than this they are the same."""
COUNT = Column("", whole(), "a whole number from 0 on")


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What is to be decided. ``needs``, ``room``: one number a service, of each family and locality.

    ``pairs``: family and locality by index, with the score in whole UNIT-ths.
    """

    families: Sequence[str]
    localities: Sequence[str]
    needs: Sequence[tuple[int, ...]]
    room: Sequence[tuple[int, ...]]
    pairs: Sequence[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Dispatched:
    """``home``: index of the locality of each family, -1 for none. ``value``, ``bound``: totals of scores."""

    home: list[int]
    value: float
    bound: float


def score(text: str) -> int:
    """A decimal number in whole UNIT-ths (ValueError)."""
    try:
        number = Decimal(text)
    except InvalidOperation as wrong:
        raise ValueError(text) from wrong
    if not number.is_finite() or "_" in text or abs(number) > UNIT:
        raise ValueError(text)
    return round(number * UNIT)


SCORES = (
    Column("family"),
    Column("locality"),
    Column("score", score, "a decimal number"),
)


def read(families: Path, localities: Path, scores: Path) -> Dispatch:
    """The files of a dispatch (BadFile with every fault, OSError)."""
    first = table(families, (Column("family"),), more=COUNT)
    second = table(localities, (Column("locality"),), more=COUNT)
    third = table(scores, SCORES)
    first.once("family")
    second.once("locality")
    third.once("family", "locality")
    services = same_services(first, second)
    family = {name: at for at, name in enumerate(first.columns["family"])}
    locality = {name: at for at, name in enumerate(second.columns["locality"])}
    third.known("family", family, first.file)
    third.known("locality", locality, second.file)
    finish(first, second, third)
    columns = third.columns
    rows = zip(columns["family"], columns["locality"], columns["score"], strict=True)
    return Dispatch(
        list(family), list(locality), amounts(first, services), amounts(second, services),
        [(family[one], locality[other], worth) for one, other, worth in rows],
    )  # fmt: skip


def same_services(first: Table, second: Table) -> list[str]:
    """The services that both files count, in the order of the second (BadFile)."""
    services = [name for name in first.order if name != "family"]
    others = [name for name in second.order if name != "locality"]
    for found, mine, theirs in ((first, services, others), (second, others, services)):
        for name in theirs:
            if name not in mine:
                told = message("file.column_missing", column=name)
                found.faults.append(found.at_header(told))
    if any(name not in services for name in others) or len(services) != len(others):
        finish(first, second)
    return others


def amounts(found: Table, services: list[str]) -> list[tuple[int, ...]]:
    """One number a service of each row."""
    return list(zip(*(found.columns[name] for name in services), strict=True)) or [
        () for _ in found.lines
    ]


def dispatch(task: Dispatch, clock: Clock) -> Dispatched:
    """The best plan, proven where ``value == bound``; the best one found where the time was over.

    Raises:
        PerronError: HiGHS cannot be loaded, or its plan does not hold (``matching.not_proven``).
    """
    pairs = [
        (one, other, worth)
        for one, other, worth in task.pairs
        if worth > 0 and fits(task.needs[one], task.room[other])
    ]
    home = [-1] * len(task.families)
    if not pairs:
        return Dispatched(home, 0.0, 0.0)
    model = Model(tuple(worth for _, _, worth in pairs), tuple(rules(task, pairs)))
    highspy, highs = load()
    lp = program(highspy, model)
    lp.col_cost_ = [worth / UNIT for _, _, worth in pairs]
    highs.passModel(lp)
    highs.setOptionValue("mip_abs_gap", EXACT / 10)
    highs.setOptionValue("time_limit", clock.left())
    highs.run()
    taken = tuple(round(each) for each in highs.getSolution().col_value) or (0,) * len(pairs)
    if not holds(model, taken):
        raise PerronError("matching.not_proven")
    for (one, other, _), take in zip(pairs, taken, strict=True):
        home[one] = other if take else home[one]
    value = sum(worth for (_, _, worth), take in zip(pairs, taken, strict=True) if take) / UNIT
    most = highs.getInfo().mip_dual_bound
    most = most if math.isfinite(most) else sum(best_scores(pairs).values()) / UNIT
    return Dispatched(home, value, value if most - value <= EXACT else most)


def best_scores(pairs: Sequence[tuple[int, int, int]]) -> Mapping[int, int]:
    """The best score of each family: together a bound on every plan."""
    best: dict[int, int] = {}
    for one, _, worth in pairs:
        best[one] = max(best.get(one, 0), worth)
    return best


def fits(needs: tuple[int, ...], room: tuple[int, ...]) -> bool:
    """Whether the locality could take the family if it took nobody else."""
    return all(need <= most for need, most in zip(needs, room, strict=True))


def rules(task: Dispatch, pairs: Sequence[tuple[int, int, int]]) -> list[Rule]:
    """One locality a family, and no service above its capacity."""
    one_each: dict[int, list[tuple[int, int]]] = {}
    rooms: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for index, (one, other, _) in enumerate(pairs):
        one_each.setdefault(one, []).append((index, 1))
        for service, need in enumerate(task.needs[one]):
            if need:
                rooms.setdefault((other, service), []).append((index, need))
    return [Rule(tuple(terms), high=1) for terms in one_each.values()] + [
        Rule(tuple(terms), high=task.room[other][service])
        for (other, service), terms in rooms.items()
    ]
