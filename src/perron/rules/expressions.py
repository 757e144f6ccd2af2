"""Rules as expressions that read like the article they model: ``(five_years & insured & ~risk).cite(...)``.

An expression is a tree of conditions. It is never computed with plain truth values alone: ``binding`` puts the values
of the law of a day in, ``exact`` answers for one person, ``population`` for many, ``audit`` for all there could be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from perron.vocabulary.verdicts import Mark, Source

World = Mapping[str, Any]
"""One complete value for each variable: a bool, a word, a number, a day, a tuple or ``facts.NONE``."""


class Expr:
    """A condition that is true or false of a person on a day; ``&``, ``|`` and ``~`` combine."""

    __slots__ = ()

    def __and__(self, other: "Expr") -> "Expr":
        """Both."""
        return And((*parts_of(self, And), *parts_of(other, And)))

    def __or__(self, other: "Expr") -> "Expr":
        """At least one."""
        return Or((*parts_of(self, Or), *parts_of(other, Or)))

    def __invert__(self) -> "Expr":
        """Not so."""
        return Not(self)

    def cite(self, label: str, source: str, mark: str = "V", *, kind: str = "checkable") -> "Cited":
        """Say what is asked and where that is written.

        ``label``: the key of the sentence (messages/texts). ``kind``: checkable (a document or a register decides),
        claimed (the person states it, an authority assesses it) or discretionary (an authority may decide either way).
        """
        return Cited(self, label, Source(source, Mark(mark)), kind)


def parts_of(expr: Expr, kind: "type[And | Or]") -> tuple[Expr, ...]:
    """The parts of a chain of one kind; any other expression is one part."""
    return expr.parts if isinstance(expr, And | Or) and type(expr) is kind else (expr,)


@dataclass(frozen=True, slots=True)
class Constant(Expr):
    """Always so, or never."""

    value: bool


@dataclass(frozen=True, slots=True)
class And(Expr):
    """All parts hold."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or(Expr):
    """At least one part holds."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Not(Expr):
    """The part does not hold."""

    part: Expr


@dataclass(frozen=True, slots=True)
class Cited(Expr):
    """A condition with its sentence and its source."""

    part: Expr
    label: str
    source: Source
    kind: str


@dataclass(frozen=True, slots=True)
class Weighed(Expr):
    """An authority weighs it: it stands in the way only where it is known to be false."""

    part: Expr


def every(*parts: Expr) -> Expr:
    """All of them; true where there are none."""
    return parts[0] if len(parts) == 1 else And(parts)


def either(*parts: Expr) -> Expr:
    """At least one of them; false where there are none."""
    return parts[0] if len(parts) == 1 else Or(parts)


def only_if(test: Expr, then: Expr) -> Expr:
    """The condition, where the test holds."""
    return either(~test, then)


def children(expr: Expr) -> tuple[Expr, ...]:
    """What an expression is made of; a leaf has none."""
    if isinstance(expr, And | Or):
        return expr.parts
    return (expr.part,) if isinstance(expr, Not | Cited | Weighed) else ()
