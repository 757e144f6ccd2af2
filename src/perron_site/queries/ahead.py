"""What lies ahead of the people whom an organisation may see; whoever coordinates reads counts, and no small ones."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from perron.rules.belgium.ahead import (
    Ending,
    Lasting,
    endings,
    lasting,
    reached,
)
from perron.rules.belgium.pending import Pending, PendingFile, pending
from perron.rules.belgium.studying import Interrupted, Studying, studying
from perron.vocabulary.acting import Acting
from perron.vocabulary.housing import suppressed
from perron.vocabulary.organisations import Role
from perron.vocabulary.verdicts import Verdict
from perron.vocabulary.wording import Message, message
from perron_site.queries.law import SCENARIOS, Scenario, in_force, scenario
from perron_site.queries.population import Population, population
from perron_site.records import models

Kind = TypeVar("Kind", bound=str)
Entry = TypeVar("Entry", Ending, Interrupted, PendingFile)


@dataclass(frozen=True, slots=True)
class Count:
    """How many people; None is a small number that is not said."""

    label: Message
    people: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in a list: their number and household, and what is said of them."""

    person: int
    household: int
    entry: Ending | Interrupted | PendingFile


@dataclass(frozen=True, slots=True)
class EndingList:
    """Whose right ends within some days, by how many routes are open on the day after; ``lines`` None: counts only."""

    all: int
    counts: tuple[Count, ...]
    total: int | None
    lines: tuple[Line, ...] | None


def ending(by: Acting, *, law: str, days: int) -> EndingList:
    """Whose right ends within so many days."""
    whole = population(by.on)
    found = endings(whole.people, in_force(by.on, law), days)
    numbers = Counter(str(each.open) for each in found)
    cells, total = shown(by, {each: numbers[each] for each in sorted(numbers, key=int)})
    counts = tuple(Count(message("ahead.open", routes=int(n)), size) for n, size in cells.items())
    return EndingList(len(whole.persons), counts, total, lines(by, whole, found))


@dataclass(frozen=True, slots=True)
class Interruptions:
    """In one scenario: pupils and students whose right ends first, by whether a route lets them finish."""

    scenario: Scenario
    pupils: tuple[Count, ...]
    students: tuple[Count, ...]
    hit: int | None
    ages_unknown: int | None

    @property
    def any_pupils(self) -> bool:
        """Whether there is a number of pupils to say or to hide."""
        return any(each.people != 0 for each in self.pupils)

    @property
    def any_students(self) -> bool:
        """The same of students."""
        return any(each.people != 0 for each in self.students)


@dataclass(frozen=True, slots=True)
class StudyingList:
    """Each scenario with its counts, and those whom the chosen one hits."""

    scenarios: tuple[Interruptions, ...]
    pupils: tuple[Line, ...] | None
    students: tuple[Line, ...] | None


def studying_list(by: Acting, *, law: str) -> StudyingList:
    """Pupils whose right ends before their school year, students whose right ends before their studies."""
    whole = population(by.on)
    found = {
        name: studying(whole.people, in_force(by.on, name), at_school=whole.at_school)
        for name in SCENARIOS
    }
    told = tuple(interruptions(by, name, each) for name, each in found.items())
    chosen = found[law]
    return StudyingList(told, lines(by, whole, chosen.pupils), lines(by, whole, chosen.students))


def interruptions(by: Acting, name: str, found: Studying) -> Interruptions:
    """The counts of one scenario; the sum is not said where a number in it is not."""
    pupils, students = by_verdict(by, found.pupils), by_verdict(by, found.students)
    hidden = any(each.people is None for each in (*pupils, *students))
    hit = sum(each.next not in FINISHES for each in (*found.pupils, *found.students))
    return Interruptions(
        scenario(name), pupils, students, None if hidden else hit, plain(by, found.ages_unknown)
    )


FINISHES = (Verdict.YES, Verdict.AUTHORITY)
"""Who can go on: the route is open, or an authority may allow it."""


def by_verdict(by: Acting, found: Sequence[Interrupted]) -> tuple[Count, ...]:
    """How many of them have which answer."""
    numbers = Counter(each.next.value for each in found)
    cells, _ = shown(by, {each.value: numbers[each.value] for each in Verdict})
    return tuple(Count(message(f"ahead.next.{each}"), size) for each, size in cells.items())


@dataclass(frozen=True, slots=True)
class PendingList:
    """Pending files by age, of those who cannot have temporary protection first; the others apart."""

    groups: tuple[Count, ...]
    apart: tuple[Count, ...]
    older: int | None
    median_months: float | None
    first: tuple[Line, ...] | None
    others: tuple[Line, ...] | None


GROUPS = ("0", "6", "15", "21")
"""The groups by the months from which they count."""


def pending_list(by: Acting, *, law: str) -> PendingList:
    """Pending asylum files of Ukrainians."""
    whole = population(by.on)
    found = pending(whole.people, in_force(by.on, law))
    ages = Counter(GROUPS[each.group] for each in found.first)
    kinds = Counter(each.eligible.value for each in found.apart)
    groups, _ = shown(by, {each: ages[each] for each in reversed(GROUPS)})
    apart, _ = shown(by, dict(kinds))
    return PendingList(
        tuple(Count(message(f"ahead.age.{each}"), size) for each, size in groups.items()),
        tuple(Count(message(f"ahead.eligible.{each}"), size) for each, size in apart.items()),
        None if groups[GROUPS[-1]] is None else found.older,
        middle(by, found),
        lines(by, whole, found.first),
        lines(by, whole, found.apart),
    )


def middle(by: Acting, found: Pending) -> float | None:
    """The age in the middle; of few people it would tell of one."""
    return None if plain(by, len(found.first)) is None else found.median_months


@dataclass(frozen=True, slots=True)
class Month:
    """How many people complete five years in a month."""

    on: date
    strict: int | None
    broad: int | None


@dataclass(frozen=True, slots=True)
class FiveYears:
    """In one scenario: who completes five years of legal stay by month, without and with temporary protection."""

    scenario: Scenario
    months: tuple[Month, ...]
    strict: int | None
    broad: int | None
    before_strict: int | None
    before_broad: int | None
    unknown: int | None


def five_years(by: Acting) -> tuple[FiveYears, ...]:
    """Every scenario, as they differ in nothing but the law."""
    whole = population(by.on)
    found = []
    for name in SCENARIOS:
        each = reached(whole.people, in_force(by.on, name))
        keys = [day.isoformat() for day in each.months]
        strict, all_strict = shown(by, dict(zip(keys, each.strict, strict=True)))
        broad, all_broad = shown(by, dict(zip(keys, each.broad, strict=True)))
        months = tuple(
            Month(day, strict[key], broad[key]) for day, key in zip(each.months, keys, strict=True)
        )
        strictly, broadly = (plain(by, size) for size in each.before)
        found.append(
            FiveYears(
                scenario(name),
                months,
                all_strict,
                all_broad,
                strictly,
                broadly,
                plain(by, each.unknown),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class LastingList:
    """How many people have a lasting route, or none and why; a small number is never said."""

    counts: tuple[Count, ...]
    total: int | None


def lasting_list(by: Acting, *, law: str) -> LastingList:
    """Everybody by whether a lasting route opens to them."""
    whole = population(by.on)
    numbers = Counter(each.value for each in lasting(whole.people, in_force(by.on, law)))
    cells, total = suppressed({each.value: numbers[each.value] for each in Lasting})
    counts = tuple(Count(message(f"ahead.lasting.{each}"), size) for each, size in cells.items())
    return LastingList(counts, total)


def counts_only(by: Acting) -> bool:
    """Whether somebody reads numbers and no names: whoever coordinates."""
    return by.role is Role.COORDINATOR


def shown(by: Acting, counts: Mapping[Kind, int]) -> tuple[Mapping[Kind, int | None], int | None]:
    """Counts and their sum, as this reader may have them."""
    return suppressed(counts) if counts_only(by) else (counts, sum(counts.values()))


def plain(by: Acting, size: int) -> int | None:
    """One number, as this reader may have it."""
    return shown(by, {"": size})[0][""]


def lines(by: Acting, whole: Population, found: Iterable[Entry]) -> tuple[Line, ...] | None:
    """Who is in a list, for whoever may read names."""
    if counts_only(by):
        return None
    return tuple(
        Line(whole.persons[each.person], whole.households[each.person], each) for each in found
    )


def names(persons: Collection[int]) -> dict[int, str]:
    """The names of these people, one question."""
    rows = models.Person.objects.filter(pk__in=persons).order_by("pk")
    return {
        number: f"{given} {family}".strip()
        for number, given, family in rows.values_list("pk", "given_name", "family_name")
    }
