"""One condition of a decision table on one fact: true, false, or open, for every value the fact may have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from perron.vocabulary.intervals import PartialDate

NONE = "-"
"""How a fact says "known: none"."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A fact, an operator and what it is compared with; ``than`` None is a value the law does not know."""

    fact: str
    op: str
    than: Any
    param: str = ""

    @property
    def law_is_silent(self) -> bool:
        """Whether the comparison needs a parameter that is not known."""
        return bool(self.param) and self.than is None

    def holds(self, value: object) -> bool:
        """Whether the condition is met by one complete value."""
        if self.op in {"contains", "contains_none", "is_empty"}:
            return self.in_list(value if isinstance(value, tuple) else ())
        if self.op == "not_exists":
            return value == NONE
        if value == NONE:
            return False
        if self.op in {">=", "<"}:
            assert isinstance(value, date)
            return bool(value >= self.than if self.op == ">=" else value < self.than)
        return bool(value in self.than if self.op == "in" else value == self.than)

    def in_list(self, value: tuple[object, ...]) -> bool:
        """The same, for a fact that is a list."""
        if self.op == "is_empty":
            return not value
        if self.op == "contains":
            return self.than in value
        return not set(value) & set(self.than)


def domain(declared: Mapping[str, Any], atoms: Iterable[Atom]) -> list[object]:
    """Values that stand for all a fact may have, as far as these conditions can tell them apart."""
    if declared["type"] == "bool":
        return [True, False]
    if declared["type"] == "enum":
        return list(declared["values"])
    if declared["type"] == "list":
        named = {each for atom in atoms if atom.than for each in wanted(atom)}
        return [(), ("other",), *((each,) for each in sorted(named))]
    edges = {atom.than for atom in atoms if isinstance(atom.than, date)}
    days = {edge + timedelta(days=shift) for edge in edges for shift in (-1, 0)}
    return [NONE, *sorted(days or {date(2022, 3, 4)})]


def wanted(atom: Atom) -> list[str]:
    """The items that a condition on a list looks for."""
    return list(atom.than) if isinstance(atom.than, list) else [str(atom.than)]


def possible(declared: Mapping[str, Any], stated: object, atoms: Iterable[Atom]) -> list[object]:
    """Every value the fact may have, given what was stated (None: nothing)."""
    atoms = list(atoms)
    if stated is None:
        return domain(declared, atoms)
    if declared["type"] == "list":
        return [tuple(stated) if isinstance(stated, list | tuple) else ()]
    if declared["type"] in {"date", "partial_date"} and stated != NONE:
        return days_of(PartialDate.parse(str(stated)), atoms)
    return [stated]


def days_of(known: PartialDate, atoms: list[Atom]) -> list[object]:
    """The days a partial date may be, as far as the conditions can tell them apart."""
    first, last = known.earliest, known.latest
    edges = {atom.than for atom in atoms if isinstance(atom.than, date)}
    inside = {edge for edge in edges if first < edge <= last}
    return [first, *sorted(inside)]
