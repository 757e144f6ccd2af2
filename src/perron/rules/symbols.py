"""Expressions as formulas of Z3: every fact a symbol, so that a question can be asked of everybody there could be."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import z3

from perron.rules.binding import Bound, Unsettled, bound
from perron.rules.expressions import And, Cited, Constant, Expr, Not, Or, Weighed
from perron.rules.facts import DATES, FIRST_DAY, LAST_DAY, NONE, NUMBERS, variables
from perron.rules.moments import Moment
from perron.rules.terms import Atom, Derived, Leaf, Some

Formula = Any
"""A Boolean term of Z3, which has no types of its own."""


class Symbols:
    """The facts of one person as symbols. ``tag`` tells several people apart; ``shared`` facts are the same symbol.

    What is computed from several facts, or asked of a list of records, is one free symbol: it can be either.
    """

    def __init__(self, moment: Moment, tag: str = "", apart: frozenset[str] = frozenset()) -> None:
        """Take the day; only the facts ``apart`` get the tag."""
        self.moment, self.tag, self.apart = moment, tag, apart
        self.made: dict[str, Formula] = {}
        self.limits: list[Formula] = []
        self.words: dict[str, list[Any]] = {}

    def named(self, name: str, make: Any) -> Formula:  # noqa: ANN401 - a maker of Z3
        """The symbol of a name, made once."""
        tagged = name + self.tag if name.partition("|")[0] in self.apart else name
        if tagged not in self.made:
            self.made[tagged] = make(tagged)
        return self.made[tagged]

    def formula(self, expr: Expr) -> Formula:
        """An expression as a formula."""
        if isinstance(expr, Constant):
            return z3.BoolVal(expr.value)
        if isinstance(expr, And):
            return z3.And(*map(self.formula, expr.parts))
        if isinstance(expr, Or):
            return z3.Or(*map(self.formula, expr.parts))
        if isinstance(expr, Not):
            return z3.Not(self.formula(expr.part))
        if isinstance(expr, Cited | Weighed):
            return self.formula(expr.part)
        assert isinstance(expr, Atom | Some)
        return self.leaf(expr)

    def leaf(self, leaf: Leaf) -> Formula:
        """A condition as a formula."""
        one = bound(leaf, self.moment)
        if not leaf.facts:
            truth = one.holds({})
            return self.free(leaf) if isinstance(truth, Unsettled) else z3.BoolVal(truth)
        if isinstance(leaf, Some) or isinstance(leaf.term, Derived):
            return self.free(leaf)
        if one.edge is not None:
            return self.beside(one, leaf.facts[0])
        if one.word is not None:
            return self.one_of(one, leaf.facts[0])
        return self.other(leaf)

    def free(self, leaf: Leaf) -> Formula:
        """A condition that can be either by itself."""
        own = (
            leaf.term.name
            if isinstance(leaf, Atom) and isinstance(leaf.term, Derived)
            else repr(leaf)
        )
        tagged = self.tag if set(leaf.facts) & self.apart else ""
        return self.made.setdefault(f"{own}{tagged}", z3.Bool(f"{own}{tagged}"))

    def beside(self, one: Bound, name: str) -> Formula:
        """A day or number on one side of an edge; there is one."""
        whole = variables()[name].kind in DATES or variables()[name].kind == "int"
        edge = one.edge.toordinal() if isinstance(one.edge, date) else one.edge
        symbol = self.number(name, whole=whole)
        side = symbol >= edge if one.above else symbol < edge
        return z3.And(self.there(name), side)

    def number(self, name: str, *, whole: bool) -> Formula:
        """A day as its number, or an amount; within its type."""
        fresh = name + self.tag if name in self.apart else name
        new = fresh not in self.made
        symbol = self.named(name, z3.Int if whole else z3.Real)
        if new and variables()[name].kind in DATES:
            self.limits += [symbol >= FIRST_DAY.toordinal(), symbol <= LAST_DAY.toordinal()]
        elif new:
            self.limits.append(symbol >= 0)
        return symbol

    def there(self, name: str) -> Formula:
        """Whether there is one at all."""
        if not variables()[name].may_be_none or variables()[name].kind in NUMBERS:
            return z3.BoolVal(val=True)
        return self.named(f"{name}|there", z3.Bool)

    def one_of(self, one: Bound, name: str) -> Formula:
        """A yes or no, or one of several words."""
        declared = variables()[name]
        assert one.word is not None
        if declared.kind == "bool":
            symbol = self.named(name, z3.Bool)
            ways = [symbol if word else z3.Not(symbol) for word in one.word]
            return z3.Or(*ways)
        words = [*declared.values, NONE]
        fresh = name + self.tag if name in self.apart else name
        new = fresh not in self.made
        symbol = self.named(name, z3.Int)
        self.words[fresh] = words
        if new:
            last = len(words) - (0 if declared.may_be_none else 1)
            self.limits += [symbol >= 0, symbol < last]
        return z3.Or(*(symbol == words.index(word) for word in one.word if word in words))

    def other(self, leaf: Atom) -> Formula:
        """Whether there is anything, and what is on a list."""
        name = leaf.facts[0]
        if leaf.op in {"exists", "not_exists"}:
            there = self.named(f"{name}|there", z3.Bool)
            return there if leaf.op == "exists" else z3.Not(there)
        if leaf.op == "is_empty":
            return z3.Not(self.named(f"{name}|there", z3.Bool))
        if not isinstance(leaf.than, tuple):
            return self.free(leaf)
        has = [self.item(name, each) for each in leaf.than]
        return z3.Or(*has) if leaf.op == "contains_any" else z3.Not(z3.Or(*has))

    def item(self, name: str, item: str) -> Formula:
        """Whether an item is on a list, which then is not empty."""
        has = self.named(f"{name}|{item}", z3.Bool)
        self.limits.append(z3.Implies(has, self.named(f"{name}|there", z3.Bool)))
        return has

    def described(self, model: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - a model of Z3
        """What an example says of each fact, in a few words."""
        for name, symbol in self.made.items():
            value = model.eval(symbol)
            if value.decl().arity() == 0 and value.decl().kind() == z3.Z3_OP_UNINTERPRETED:
                continue
            yield name, self.word(name, value)

    def word(self, name: str, value: Any) -> str:  # noqa: ANN401 - a value of Z3
        """One value of an example."""
        if name in self.words:
            return str(self.words[name][value.as_long()])
        plain = name.removesuffix(self.tag) if self.tag else name
        if plain in variables() and variables()[plain].kind in DATES:
            return date.fromordinal(value.as_long()).isoformat()
        return {"True": "yes", "False": "no"}.get(str(value), str(value))
