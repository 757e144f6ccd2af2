"""The slow way: every completion of what is not known, tried one by one, with the calendar of dateutil.

It shares nothing with the engine but the expressions and the values of the law.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from itertools import product
from math import prod

from dateutil.relativedelta import relativedelta

from perron.rules.expressions import And, Cited, Constant, Not, Or, Weighed
from perron.rules.facts import NONE, facts, presumptions
from perron.rules.terms import Clock, Derived, Param, Ruling, Some, leaves
from perron.vocabulary.verdicts import Verdict

MOST = 4000
"""Worlds that are tried for one verdict; a case with more of them is drawn anew."""


class TooMany(Exception):
    """More worlds than are tried."""


FAR_BACK, FAR_AHEAD = date(1901, 1, 1), date(2190, 1, 1)


def threshold(leaf, moment):
    return leaf.than.at(moment) if isinstance(leaf.than, Param) else leaf.than


def compare(value, op, than):
    return {
        ">=": lambda: value >= than,
        "<=": lambda: value <= than,
        ">": lambda: value > than,
        "<": lambda: value < than,
    }[op]()


@cache
def whole(since, on, months):
    """Whole terms completed, counted one by one from a little before."""
    count = ((on.year - since.year) * 12 + on.month - since.month) // months - 2
    while since + relativedelta(months=months * (count + 1)) <= on:
        count += 1
    return count


def of_leaf(leaf, world, moment, free):
    if leaf in free:
        return free[leaf]
    if isinstance(leaf, Some):
        return any(
            truth(leaf.part, {f"{leaf.name}.{k}": v for k, v in record.items()}, moment, free)
            for record in world[leaf.name]
        )
    than = threshold(leaf, moment)
    if not leaf.facts:
        ruled = isinstance(leaf.term, Ruling)
        return moment.value(leaf.term.name) == than if ruled else compare(moment.on, leaf.op, than)
    if isinstance(leaf.term, Derived):
        return leaf.term.compute(world, moment) == than
    if world.get(leaf.facts[0].split(".")[0]) == NONE and "." in leaf.facts[0]:
        return False
    return of_value(leaf, world[leaf.facts[0]], than, moment)


WORDS = {
    "exists": lambda value, _: value not in (NONE, ()),
    "not_exists": lambda value, _: value in (NONE, ()),
    "is_empty": lambda value, _: not value,
    "contains_any": lambda value, than: any(each in value for each in than),
    "contains_none": lambda value, than: not any(each in value for each in than),
    "is": lambda value, than: value is than if isinstance(than, bool) else value == than,
    "in": lambda value, than: value in than,
}


def of_value(leaf, value, than, moment):
    """One comparison of one value."""
    if leaf.op in WORDS:
        return WORDS[leaf.op](value, than)
    if value == NONE:
        return False
    if isinstance(leaf.term, Clock):
        return compare(whole(value, moment.on, leaf.term.months), leaf.op, than)
    declared = kind_of(leaf.facts[0])
    if declared.kind == "enum":
        return compare(declared.values.index(value), leaf.op, declared.values.index(than))
    return compare(value, leaf.op, than)


def truth(expr, world, moment, free):
    if isinstance(expr, Constant):
        return expr.value
    if isinstance(expr, And):
        return all(truth(each, world, moment, free) for each in expr.parts)
    if isinstance(expr, Or):
        return any(truth(each, world, moment, free) for each in expr.parts)
    if isinstance(expr, Not):
        return not truth(expr.part, world, moment, free)
    if isinstance(expr, Cited):
        return truth(expr.part, world, moment, free)
    assert not isinstance(expr, Weighed)
    return of_leaf(expr, world, moment, free)


def kind_of(name):
    base, _, part = name.partition(".")
    return facts()[base].fields[part] if part else facts()[base]


def days_of(text):
    """Every single day of a year or month."""
    parts = [int(each) for each in str(text).split("-")]
    if len(parts) == 3:
        return [date(*parts)]
    months = [parts[1]] if len(parts) == 2 else range(1, 13)
    return [date(parts[0], m, d) for m in months for d in range(1, monthrange(parts[0], m)[1] + 1)]


def marks(name, own, moment):
    """Days, numbers and items around which something may turn, each with its neighbours."""
    found = set()
    for leaf in own:
        if isinstance(leaf, Some):
            continue
        than = threshold(leaf, moment)
        if name not in leaf.facts or than is None:
            continue
        if isinstance(leaf.term, Clock):
            for n in (than, than + 1):
                day = moment.on - relativedelta(months=int(n) * leaf.term.months)
                found |= {day + timedelta(days=shift) for shift in range(-2, 5)}
        elif isinstance(than, date):
            found |= {than + timedelta(days=shift) for shift in (-1, 0, 1)}
        elif isinstance(than, int | float) and not isinstance(than, bool):
            found |= {than - 1, than - 0.5, than, than + 0.5, than + 1}
        elif isinstance(than, tuple):
            found |= set(than)
    return found


def all_of_kind(declared, around, *, none):
    """Values that stand for all of a type: its ends, and everything around a mark."""
    absent = [NONE] if none else []
    if declared.kind == "bool":
        return [True, False]
    if declared.kind == "enum":
        return [*declared.values, *absent]
    if declared.kind in {"date", "partial_date"}:
        return [FAR_BACK, FAR_AHEAD, *(each for each in around if isinstance(each, date)), *absent]
    if declared.kind == "list":
        words = [*sorted(each for each in around if isinstance(each, str)), "zz"]
        return [
            tuple(w for w, yes in zip(words, bits, strict=True) if yes)
            for bits in product((0, 1), repeat=len(words))
        ]
    numbers = [
        each for each in around if each >= 0 and (declared.kind != "int" or each == int(each))
    ]
    return [0, 10**9, *numbers, *absent]


def completions_of(name, stated, own, moment):
    """Every value of one fact that is possible given what was stated."""
    declared = facts()[name]
    around = marks(name, own, moment)
    if declared.kind == "record":
        if stated == NONE:
            return [NONE]
        record = stated or {}
        choices = [
            days_of(record[f])
            if record.get(f) and declared.fields[f].kind == "date" and record[f] != NONE
            else [record[f]]
            if record.get(f) is not None
            else all_of_kind(inner, marks(f"{name}.{f}", own, moment), none=inner.may_be_none)
            for f, inner in declared.fields.items()
            if any(f"{name}.{f}" in leaf.facts for leaf in own)
        ]
        fields = [f for f in declared.fields if any(f"{name}.{f}" in leaf.facts for leaf in own)]
        every = [dict(zip(fields, each, strict=True)) for each in product(*choices)]
        return every if stated is not None else [NONE, *every]
    if stated is None:
        return all_of_kind(declared, around, none=declared.may_be_none)
    if declared.kind == "list":
        return [tuple(stated)]
    if declared.kind in {"date", "partial_date"} and stated != NONE:
        return days_of(stated)
    return [stated]


def links(stated, own, moment):
    """Every list of up to two family members that is possible, with all that is unknown of them."""
    somes = [leaf for leaf in own if isinstance(leaf, Some)]
    inner = {leaf for each in somes for leaf in leaves(each.part)}
    fields = sorted({leaf.facts[0].partition(".")[2] for leaf in inner})
    declared = facts()["family_links"].fields

    def records(known):
        choices = [
            [known[f]]
            if known.get(f) is not None
            else all_of_kind(declared[f], marks(f"family_links.{f}", inner, moment), none=False)
            for f in fields
        ]
        return [dict(zip(fields, each, strict=True)) for each in product(*choices)]

    if stated is not None:
        return [tuple(each) for each in product(*(records(record) for record in stated))]
    every = records({})
    return [(), *((each,) for each in every), *product(every, repeat=2)]


def worlds(exprs, stated, moment):
    """Every complete world, with a free truth for each leaf on which the law is silent."""
    own = list(dict.fromkeys(leaf for expr in exprs for leaf in leaves(expr)))
    names = list(dict.fromkeys(name.partition(".")[0] for leaf in own for name in leaf.facts))
    taken = {**presumptions(), **{k: v for k, v in stated.items() if v is not None}}
    inner = [one for leaf in own if isinstance(leaf, Some) for one in leaves(leaf.part)]
    silent = [
        leaf
        for leaf in dict.fromkeys([*own, *inner])
        if not isinstance(leaf, Some)
        and (
            (isinstance(leaf.than, Param) and threshold(leaf, moment) is None)
            or (isinstance(leaf.term, Ruling) and moment.value(leaf.term.name) is None)
        )
    ]
    choices = [
        links(taken.get(name), own, moment)
        if name == "family_links"
        else completions_of(name, taken.get(name), own, moment)
        for name in names
    ]
    if prod([*map(len, choices), 2 ** len(silent)]) > MOST:
        raise TooMany
    for values in product(*choices):
        world = {}
        for name, value in zip(names, values, strict=True):
            world[name] = value
            if isinstance(value, dict):
                world |= {f"{name}.{field}": one for field, one in value.items()}
                world[name] = True
            elif facts()[name].kind == "record":
                world |= {f"{name}.{field}": NONE for field in facts()[name].fields}
        for bits in product((True, False), repeat=len(silent)):
            yield world, dict(zip(silent, bits, strict=True))


def in_world(yes, authority, world, moment, free):
    """The verdict of one complete world."""
    if truth(yes, world, moment, free):
        return Verdict.YES
    return Verdict.AUTHORITY if truth(authority, world, moment, free) else Verdict.NO


def verdict_of(yes, authority, stated, moment):
    """The verdict by trying everything."""
    found = set()
    for world, free in worlds([yes, authority], stated, moment):
        found.add(in_world(yes, authority, world, moment, free))
        if len(found) > 1:
            return Verdict.UNKNOWN
    return found.pop()


def turning(yes, authority, stated, moment):
    """The facts of which another value alone changes the verdict of some complete world, by trying everything."""
    seen, found = {}, set()
    for world, free in worlds([yes, authority], stated, moment):
        verdict = in_world(yes, authority, world, moment, free)
        for name in {key.partition(".")[0] for key in world}:
            others = [(k, repr(v)) for k, v in world.items() if k.partition(".")[0] != name]
            if seen.setdefault((name, *others, *free.items()), verdict) != verdict:
                found.add(name)
    return found
