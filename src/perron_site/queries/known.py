"""What the records hold of people as the facts that the law asks: the one mapping, for a household as for everybody.

Entered with the person, stated, or read off a line. What is known of nobody is absent.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import Q

from perron.rules.facts import NONE, facts
from perron.vocabulary.intervals import PartialDate, is_minor
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.records import models

ON_THE_PERSON = MappingProxyType(
    {"nationality": "nationalities", "birth_date": "born", "sex": "sex"}
)
"""Facts that stand with the person, and are corrected there; by the name of their field."""

FROM_LINES: Mapping[str, tuple[str, object]] = {
    Step.PROTECTION_PENDING: ("tp_state", "requested"),
    Step.PROTECTION_GRANTED: ("tp_state", "granted"),
    Step.PROTECTION_REFUSED: ("tp_state", "refused"),
    Step.PROTECTION_APPEALED: ("tp_state", "refused"),
    Step.PROTECTION_WITHDRAWN: ("tp_state", "withdrawn"),
    Step.PROTECTION_ENDED: ("tp_state", "ended"),
    Step.MUNICIPALITY_CARD: ("address_be", True),
    Step.GUARDIAN_WORKING: ("is_uam", True),
    Step.SCHOOL_ENROLLED: ("minor_in_school", True),
}
"""What a step says. Whoever must still register said nothing yet; a child at school says it for the whole household."""

DATED = frozenset({"tp_certificate_on", "stay_periods", "guardian_assigned_on"})
"""What the days of the steps say of protection and of the guardian."""

KINDS: Mapping[str, TrackKind] = {step: TrackKind(step.partition(".")[0]) for step in FROM_LINES}

Member = tuple[int, int, str | None, str | None, Sequence[str] | None]
"""A person and the household, with what was entered: birth date, sex, nationalities."""

Passed = tuple[int, str, date, date | None, date]
"""A step that a line of a person passed or stands at: from, until, and since when the line stands where it stands."""

Off = tuple[Any, date, TrackKind]
"""What was read off a line: the value, since when it is so, the line."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of people: ``values`` by fact and place; ``lines``: those of them that were read off a line."""

    values: Mapping[str, Mapping[int, Any]]
    lines: Mapping[str, Mapping[int, Off]]

    def of(self, place: int) -> dict[str, Any]:
        """The facts of one of them, as the law asks them."""
        return {name: each[place] for name, each in self.values.items() if place in each}


def known(members: Sequence[Member], on: date, *, everybody: bool = False) -> Known:
    """The facts of these people by their place, in two questions; ``everybody``: they are all whom one may see.

    Where a line and a statement differ, the later one counts. A day that was stated goes before any of a line: that
    of a step is the day on which a desk noted it.
    """
    places = {row[0]: place for place, row in enumerate(members)}
    whom = None if everybody else list(places)
    values, lines = entered(members), read_off(members, places, passed(whom, on), on)
    for person, name, value, day in stated(whom):
        place = places.get(person)
        if place is None or place in values[name]:
            continue
        if name in lines and (off := lines[name].get(place)):
            if name not in DATED and off[1] > day:
                continue
            del lines[name][place]
        values[name][place] = value
    for name, each in lines.items():
        values[name] |= {place: off[0] for place, off in each.items()}
    return Known(values, lines)


def entered(members: Iterable[Member]) -> dict[str, dict[int, Any]]:
    """What stands with the people."""
    found: dict[str, dict[int, Any]] = defaultdict(dict)
    for place, (_, _, born, sex, nationalities) in enumerate(members):
        if born is not None:
            found["birth_date"][place] = born
        if sex is not None:
            found["sex"][place] = sex
        if nationalities is not None:
            found["nationality"][place] = nationalities
    return found


def stated(persons: Collection[int] | None) -> Iterable[tuple[int, str, Any, date]]:
    """What people stated that a rule may ask, and when; None: of everybody."""
    rows = models.Fact.objects.filter(name__in=list(facts()))
    some = rows if persons is None else rows.filter(person__in=persons)
    return some.order_by("pk").values_list("person_id", "name", "value", "stated_on")


def passed(persons: Collection[int] | None, on: date) -> Iterable[Passed]:
    """The steps that say something, by their days; of other lines than protection those that are open alone."""
    rows = models.TrackStep.objects.filter(step__in=list(FROM_LINES), start__lte=on)
    some = rows if persons is None else rows.filter(track__person__in=persons)
    runs = Q(track__closed_on__isnull=True)
    stands = runs & Q(end__isnull=True)
    said = some.filter(
        Q(track__kind=TrackKind.PROTECTION)
        | (runs & Q(track__kind=TrackKind.GUARDIAN))
        | (stands & Q(track__kind__in=(TrackKind.MUNICIPALITY, TrackKind.SCHOOL)))
    )
    columns = ("track__person_id", "step", "start", "end", "track__since")
    return said.order_by("start", "pk").values_list(*columns)


def read_off(
    members: Sequence[Member], places: Mapping[int, int], rows: Iterable[Passed], on: date
) -> dict[str, dict[int, Off]]:
    """What the lines say of each person; the step that was noted last says where a line stands."""
    found: dict[str, dict[int, Off]] = defaultdict(dict)
    periods: dict[int, list[Period]] = defaultdict(list)
    for person, step, start, end, since in rows:
        place = places.get(person)
        if place is None:
            continue
        (name, value), kind = FROM_LINES[step], KINDS[step]
        found[name][place] = (value, since if end is None else start, kind)
        if step == Step.PROTECTION_GRANTED:
            found["tp_certificate_on"].setdefault(place, (start.isoformat(), start, kind))
            periods[place] = with_period(periods[place], start, end)
        elif step == Step.GUARDIAN_WORKING:
            found["guardian_assigned_on"].setdefault(place, (start.isoformat(), start, kind))
    for place, each in periods.items():
        if stays := as_stated(each):
            found["stay_periods"][place] = (stays, each[-1][0], TrackKind.PROTECTION)
    found["minor_in_school"] = of_households(members, found["minor_in_school"], on)
    return found


def of_households(
    members: Sequence[Member], enrolled: Mapping[int, Off], on: date
) -> dict[int, Off]:
    """A child at school says it for everybody of the household; of several the last to come there."""
    found: dict[int, Off] = {}
    for place, off in enrolled.items():
        _, household, born, *_ = members[place]
        if born and is_minor(PartialDate.parse(born), on):
            found[household] = max(found.get(household, off), off, key=lambda each: each[1])
    if not found:
        return {}
    return {place: found[row[1]] for place, row in enumerate(members) if row[1] in found}


Period = tuple[date, date | None]
"""From a day until, not including, another one; None: it still runs."""


def with_period(before: list[Period], start: date, end: date | None) -> list[Period]:
    """One more period; what goes on with another holder is one and the same."""
    if before and before[-1][1] == start:
        return [*before[:-1], (before[-1][0], end)]
    return [*before, (start, end)]


def as_stated(periods: Iterable[Period]) -> list[dict[str, str]]:
    """Periods under temporary protection as a person would state them, each through its last day."""
    return [
        {"title": "tp", "from": start.isoformat(), "to": last_day(end)}
        for start, end in periods
        if start != end
    ]


def last_day(end: date | None) -> str:
    """The day before the end; none where it still runs."""
    return NONE if end is None else (end - timedelta(days=1)).isoformat()
