"""A condition with the law of one day put in: what a value of its fact is compared with on that day."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from perron.rules.expressions import And, Cited, Constant, Expr, Not, Or, Weighed, World
from perron.rules.facts import NONE, NUMBERS, facts, variables
from perron.rules.moments import Moment
from perron.rules.terms import Atom, Clock, Derived, Leaf, Param, Ruling, Some, Term, fact
from perron.vocabulary.intervals import latest_start

Value = Any


class Unsettled(Enum):
    """Why one complete set of facts still does not settle a condition."""

    LAW = "the law is not known for that day"
    FACTS = "a record is known in part"


Truth = bool | Unsettled
Outcome = tuple[Truth, ...]
"""How some leaves come out together."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A leaf on one day.

    ``edge``: the first value that lies above, where the fact has an order; ``above``: whether the condition asks for
    the values from the edge on, or for those below it. ``holds`` answers for complete values of its variables.
    """

    leaf: Leaf
    holds: Callable[[World], Truth]
    edge: Value = None
    above: bool = False
    word: frozenset[Value] | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """The variables it depends on."""
        return self.leaf.facts


def bound(leaf: Leaf, moment: Moment) -> Bound:
    """Put the law of the day into a leaf."""
    if isinstance(leaf, Some):
        return Bound(leaf, lambda _world: Unsettled.FACTS)
    term, than = leaf.term, leaf.than
    if isinstance(term, Derived):
        return derived(leaf, term, moment)
    if isinstance(than, Param):
        than = than.at(moment)
    said = moment.value(term.name) if isinstance(term, Ruling) else moment.on
    if said is None or (than is None and isinstance(leaf.than, Param)):
        return Bound(leaf, lambda _world: Unsettled.LAW)
    if not term.facts:
        always = said == than if isinstance(term, Ruling) else compared(moment.on, leaf.op, than)
        return Bound(leaf, lambda _world: always)
    return asked(leaf, term, than, moment)


def asked(leaf: Atom, term: Term, than: Value, moment: Moment) -> Bound:
    """A comparison of one fact with a value that is known."""
    if isinstance(term, Clock):
        return clock(leaf, term, than, moment)
    if leaf.op in {">=", "<=", ">", "<"}:
        return ordered(leaf, term.name, than)
    return plain(leaf, term.name, than)


def derived(leaf: Atom, term: Derived, moment: Moment) -> Bound:
    """A computed condition: its value says itself whether it holds."""

    def holds(world: World) -> Truth:
        value = term.value(world, moment)
        if value is None:
            return Unsettled.LAW
        return value if isinstance(value, Unsettled) else value == leaf.than

    return Bound(leaf, holds)


def compared(value: date, op: str, than: Value) -> bool:
    """Compare the day that is asked about."""
    answer = {">=": value >= than, "<=": value <= than, ">": value > than, "<": value < than}
    return bool(answer[op])


def clock(leaf: Atom, term: Clock, than: Value, moment: Moment) -> Bound:
    """So many years completed: the day lies on or before a cut-off, whatever the calendar does in between."""
    whole = than if leaf.op in {">=", "<"} else than + 1
    edge = latest_start(moment.on, int(whole) * term.months) + timedelta(days=1)
    return at_edge(leaf, term.since, edge, above=leaf.op in {"<", "<="})


def ordered(leaf: Atom, name: str, than: Value) -> Bound:
    """A day or number on one side of an edge; a word of an ordered list is one of those on that side."""
    declared = variables()[name]
    if declared.kind == "enum":
        place = declared.values.index(than)
        low, high = declared.values[:place], declared.values[place + 1 :]
        words = {"<": low, "<=": (*low, than), ">": high, ">=": (than, *high)}[leaf.op]
        return words_of(leaf, name, words)
    edge = than
    if leaf.op in {"<=", ">"}:
        edge = next_value(than, exact=declared.kind in NUMBERS - {"int"})
    return at_edge(leaf, name, edge, above=leaf.op in {">=", ">"})


def next_value(value: Value, *, exact: bool) -> Value:
    """The value that follows: the next day, whole number, or decimal."""
    if isinstance(value, date):
        return value + timedelta(days=1)
    return math.nextafter(value, math.inf) if exact else math.floor(value) + 1


def at_edge(leaf: Atom, name: str, edge: Value, *, above: bool) -> Bound:
    """What is known not to exist lies on neither side."""

    def holds(world: World) -> Truth:
        value = world[name]
        return value != NONE and (value >= edge) is above

    return Bound(leaf, holds, edge=edge, above=above)


def plain(leaf: Atom, name: str, than: Value) -> Bound:
    """A word, a yes or no, a list, or whether there is anything."""
    wanted = than if isinstance(than, tuple) else (than,)
    lists: dict[str, Callable[[tuple[str, ...]], bool]] = {
        "contains_any": lambda items: bool(set(items) & set(wanted)),
        "contains_none": lambda items: not set(items) & set(wanted),
        "is_empty": lambda items: not items,
    }
    if leaf.op in lists:
        test = lists[leaf.op]
        return Bound(leaf, lambda world: test(() if world[name] == NONE else world[name]))
    if leaf.op in {"exists", "not_exists"}:
        absent = leaf.op == "not_exists"
        return Bound(leaf, lambda world: (world[name] in (NONE, ())) is absent)
    return words_of(leaf, name, wanted)


def words_of(leaf: Atom, name: str, words: Iterable[Value]) -> Bound:
    """One of these values."""
    those = frozenset(words)
    return Bound(leaf, lambda world: world[name] in those, word=those)


Node = bool | int | tuple[str, tuple["Node", ...]]
"""An expression over numbered leaves: a number, or (and | or | not | weighed) with its parts."""

AND, OR, NOT, WEIGHED = "and", "or", "not", "weighed"


def numbered(expr: Expr, known: dict[Leaf, int]) -> Node:
    """The expression with each leaf as a number; equal leaves have one. Citations fall away.

    A field of a record is asked only where there is such a record.
    """
    if isinstance(expr, Constant):
        return expr.value
    if isinstance(expr, Atom | Some):
        return leaf_node(expr, known)
    if isinstance(expr, Cited):
        return numbered(expr.part, known)
    if isinstance(expr, Not):
        return NOT, (numbered(expr.part, known),)
    if isinstance(expr, Weighed):
        return WEIGHED, (numbered(expr.part, known),)
    assert isinstance(expr, And | Or)
    return AND if isinstance(expr, And) else OR, tuple(numbered(one, known) for one in expr.parts)


def leaf_node(leaf: Leaf, known: dict[Leaf, int]) -> Node:
    """The number of a leaf, with the question whether there is such a record at all."""
    number = known.setdefault(leaf, len(known))
    base, dot, _ = leaf.facts[0].partition(".") if leaf.facts else ("", "", "")
    if not dot or len(leaf.facts) > 1 or facts()[base].kind != "record":
        return number
    there = known.setdefault(fact(base).exists(), len(known))
    return AND, (there, number)


def held(node: Node, truths: Sequence[bool]) -> bool:
    """Whether a numbered expression holds where the truth of every leaf is known."""
    if isinstance(node, bool):
        return node
    if isinstance(node, int):
        return truths[node]
    kind, parts = node
    if kind == AND:
        return all(held(each, truths) for each in parts)
    if kind == OR:
        return any(held(each, truths) for each in parts)
    inner = held(parts[0], truths)
    return inner if kind == WEIGHED else not inner
