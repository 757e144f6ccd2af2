"""What a condition compares: a fact, a clock that runs from a fact, the day itself, a ruling, a computed value."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from perron.rules.expressions import Expr, World, children
from perron.rules.moments import Moment


@dataclass(frozen=True, slots=True)
class Param:
    """A dated value of the law by its key."""

    key: str

    def at(self, moment: Moment) -> Any:  # noqa: ANN401 - as the parameter is
        """Its value on the day, None where it is not known."""
        return moment.value(self.key)


Than = Param | date | float | str | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Atom(Expr):
    """One comparison. ``op``: is, in, exists, not_exists, contains_any, contains_none, is_empty, >=, <=, < or >."""

    term: "Term"
    op: str
    than: Than = None

    @property
    def facts(self) -> tuple[str, ...]:
        """The variables it depends on."""
        return self.term.facts

    @property
    def params(self) -> tuple[str, ...]:
        """The parameters it depends on."""
        own = (self.than.key,) if isinstance(self.than, Param) else ()
        return (*own, *self.term.params)

    @property
    def turning(self) -> tuple[str, ...]:
        """Every parameter on which it may turn: also those by which its facts are read."""
        return (*self.params, *(self.term.reading if isinstance(self.term, Derived) else ()))


@dataclass(frozen=True, slots=True)
class Term:
    """What can be compared: a fact. Comparing gives an expression; a string is the key of a parameter."""

    name: str

    @property
    def facts(self) -> tuple[str, ...]:
        """The variables it depends on."""
        return (self.name,)

    @property
    def params(self) -> tuple[str, ...]:
        """The parameters it depends on."""
        return ()

    def value(self, world: World, moment: Moment) -> Any:  # noqa: ANN401, ARG002 - as the fact is
        """Its value where all is known."""
        return world[self.name]

    def __ge__(self, than: "Param | date | float | str") -> Atom:
        """On or after, at least."""
        return Atom(self, ">=", than)

    def __le__(self, than: "Param | date | float | str") -> Atom:
        """On or before, at most."""
        return Atom(self, "<=", than)

    def __gt__(self, than: "Param | date | float | str") -> Atom:
        """After, more than."""
        return Atom(self, ">", than)

    def __lt__(self, than: "Param | date | float | str") -> Atom:
        """Before, less than."""
        return Atom(self, "<", than)

    def is_(self, value: "bool | str | Param") -> Atom:
        """Exactly this value."""
        return Atom(self, "is", value)

    def one_of(self, *values: str) -> Atom:
        """One of these values."""
        return Atom(self, "in", values)

    def exists(self) -> Atom:
        """There is one."""
        return Atom(self, "exists")

    def missing(self) -> Atom:
        """It is known that there is none."""
        return Atom(self, "not_exists")

    def has_any(self, *items: str) -> Atom:
        """At least one of these items is on the list."""
        return Atom(self, "contains_any", items)

    def has_none(self, *items: str) -> Atom:
        """None of these items is on the list."""
        return Atom(self, "contains_none", items)

    def empty(self) -> Atom:
        """The list is known to be empty."""
        return Atom(self, "is_empty")


@dataclass(frozen=True, slots=True)
class Clock(Term):
    """Whole years or months completed since a day that is a fact."""

    since: str = ""
    months: int = 1

    @property
    def facts(self) -> tuple[str, ...]:
        """The day it runs from."""
        return (self.since,)


@dataclass(frozen=True, slots=True)
class Today(Term):
    """The day that is asked about."""

    @property
    def facts(self) -> tuple[str, ...]:
        """None: the day is known."""
        return ()


@dataclass(frozen=True, slots=True)
class Ruling(Term):
    """A parameter that says yes or no: what the law, or a scenario, decides for everybody."""

    @property
    def facts(self) -> tuple[str, ...]:
        """None: it is about nobody in particular."""
        return ()

    @property
    def params(self) -> tuple[str, ...]:
        """The parameter."""
        return (self.name,)


Marks = Mapping[str, tuple[date, ...]]
"""The edges with which some conditions compare facts, by the name of the fact, in order."""

Key = Callable[[World], tuple[Any, ...] | None]
"""The key of what is stated of the facts of a value; None: only who states the same is alike. Equal where it asks
the same, so that it is asked once."""


@dataclass(frozen=True, slots=True, eq=False)
class Derived(Term):
    """A value computed from several facts and the law.

    ``compute`` has a complete world and returns the value, or None where the law is silent. ``candidates`` gives, for
    one variable that is not known, the values at which the answer may change, given what is stated of the others.
    ``turns`` gives the days on which the answer may change while the facts stay as they are. ``silent`` names the
    parameters without a value that may be needed, where these are not simply those of ``law``. ``moves``: whether the
    answer changes with the day although facts and law stay. ``alike`` gives a key for what is stated: people with
    one key come out alike on each of these days, whatever else may be true of them; ``marks``: with what other
    conditions compare its facts. ``reading``: the parameters by which its facts are read, as stated periods under
    temporary protection end with the scheme.
    """

    needs: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    compute: Callable[[World, Moment], Any] = field(default=lambda _world, _moment: None)
    candidates: Callable[[str, World, Moment], list[Any]] = field(default=lambda *_: [])
    turns: Callable[[World, Moment], list[date]] = field(default=lambda *_: [])
    silent: Callable[[World, Moment], list[str]] | None = None
    moves: bool = False
    alike: Callable[[tuple[Moment, ...], Marks], Key] | None = None

    def __eq__(self, other: object) -> bool:
        """Only itself: two computations are not the same because they have the same name."""
        return self is other

    def __hash__(self) -> int:
        """By identity."""
        return id(self)

    @property
    def facts(self) -> tuple[str, ...]:
        """The variables it is computed from."""
        return self.needs

    @property
    def params(self) -> tuple[str, ...]:
        """The parameters it is computed with."""
        return self.law

    def value(self, world: World, moment: Moment) -> Any:  # noqa: ANN401 - as it is computed
        """Its value where all is known."""
        return self.compute(world, moment)

    def unknown_law(self, known: World, moment: Moment) -> list[str]:
        """The parameters that it may need and that have no value on the day."""
        if self.silent is not None:
            return self.silent(known, moment)
        return [key for key in self.law if moment.value(key) is None]


@dataclass(frozen=True, slots=True)
class Some(Expr):
    """For at least one record of a list: the part, whose facts are fields of that record, or ``beside`` it."""

    name: str
    part: Expr
    beside: tuple[str, ...] = ()
    params: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The list, and the facts beside it."""
        return (self.name, *self.beside)

    @property
    def turning(self) -> tuple[str, ...]:
        """Every parameter on which it may turn."""
        return tuple(key for leaf in leaves(self.part) for key in leaf.turning)


Leaf = Atom | Some


def fact(name: str) -> Term:
    """A fact by its name in facts.yaml, a field of a record as ``job_offer.region``."""
    return Term(name)


def years_since(name: str) -> Clock:
    """Whole years completed since the day of a fact."""
    return Clock(f"years since {name}", since=name, months=12)


def months_since(name: str) -> Clock:
    """Whole months completed since the day of a fact."""
    return Clock(f"months since {name}", since=name, months=1)


def today() -> Today:
    """The day that is asked about."""
    return Today("today")


def ruling(key: str) -> Atom:
    """The law says so: a parameter that is yes or no."""
    return Ruling(key).is_(True)


def some(name: str, part: Expr) -> Some:
    """At least one record of a list meets it."""
    own = list(leaves(part))
    asked = dict.fromkeys(one for leaf in own for one in leaf.facts)
    beside = tuple(one for one in asked if one.partition(".")[0] != name)
    return Some(
        name, part, beside, tuple(dict.fromkeys(key for leaf in own for key in leaf.params))
    )


def leaves(expr: Expr) -> Iterator[Leaf]:
    """Every leaf, in the order of the text."""
    if isinstance(expr, Atom | Some):
        yield expr
    for each in children(expr):
        yield from leaves(each)
