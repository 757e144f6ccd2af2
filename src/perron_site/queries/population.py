"""Many people as the law asks them: what the records hold of each, as columns, in a fixed number of questions.

What was stated counts as it was stated. The lines add what a desk noted: the protection line its state, the day of the
certificate and the time under protection, where no stay was stated; the guardian line a child on its own; the
school line a pupil. Nothing else is taken from the records, and what they do not say is not known.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from perron.responsibility.presence import ENDS_ALL_LINES
from perron.rules.columns import People, told
from perron.rules.facts import NONE, facts
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.queries.known import FROM_LINES
from perron_site.records import models

STATES = {step: value for step, (name, value) in FROM_LINES.items() if name == "tp_state"}
"""What a step of the protection line says of the request; whoever must still register said nothing yet."""

AT_SCHOOL = frozenset(
    {Step.SCHOOL_ENROLLED, Step.SCHOOL_WAITING, Step.SCHOOL_TO_ENROL, Step.SCHOOL_MOVED}
)

Values = dict[int, Any]
"""A fact of some people, by their place."""


@dataclass(frozen=True, slots=True)
class Population:
    """People by their place: their number and that of their household, and what is known of them."""

    persons: tuple[int, ...]
    households: tuple[int, ...]
    people: People
    at_school: frozenset[int]


def population(on: date) -> Population:
    """Everybody in a household whom the transaction may see and who is not gone, in four questions."""
    columns = ("person_id", "household_id", "person__born", "person__sex", "person__nationalities")
    rows = models.HouseholdMember.objects.filter(end__isnull=True)
    members = list(
        rows.exclude(person__presence__in=ENDS_ALL_LINES).order_by("person").values_list(*columns)
    )
    places = {row[0]: place for place, row in enumerate(members)}
    known: dict[str, Values] = defaultdict(dict)
    for place, (_, _, born, sex, nationalities) in enumerate(members):
        for name, value in (("birth_date", born), ("sex", sex)):
            if value is not None:
                known[name][place] = value
        if nationalities is not None:
            known["nationality"][place] = tuple(nationalities)
    with_lines(known, places, on)
    for person, name, value in stated():
        if person in places:
            known[name][places[person]] = value
    return Population(
        tuple(row[0] for row in members),
        tuple(row[1] for row in members),
        told(len(members), known),
        frozenset(places[person] for person in of_school() if person in places),
    )


def stated() -> Iterable[tuple[int, str, Any]]:
    """What people stated that a rule may ask."""
    rows = models.Fact.objects.filter(name__in=list(facts())).order_by("pk")
    return rows.values_list("person_id", "name", "value")


def of_school() -> Iterable[int]:
    """Who has a line of school that has not ended."""
    rows = models.Track.objects.filter(kind=TrackKind.SCHOOL, closed_on__isnull=True)
    return rows.filter(step__in=AT_SCHOOL).order_by("person").values_list("person", flat=True)


def with_lines(known: dict[str, Values], places: Mapping[int, int], on: date) -> None:
    """Add what the lines of protection and of the guardian say."""
    steps = (*STATES, Step.GUARDIAN_WORKING)
    kinds = (TrackKind.PROTECTION, TrackKind.GUARDIAN)
    rows = models.TrackStep.objects.filter(track__kind__in=kinds, step__in=steps, start__lte=on)
    columns = ("track__person_id", "step", "start", "end", "track__closed_on")
    periods: dict[int, list[Period]] = defaultdict(list)
    for person, step, start, end, closed in rows.order_by("start", "pk").values_list(*columns):
        place = places.get(person)
        if place is None:
            continue
        if step == Step.GUARDIAN_WORKING:
            if closed is None:
                known["is_uam"][place] = True
                known["guardian_assigned_on"].setdefault(place, start.isoformat())
            continue
        known["tp_state"][place] = STATES[Step(step)]
        if step == Step.PROTECTION_GRANTED:
            known["tp_certificate_on"].setdefault(place, start.isoformat())
            periods[place] = with_period(periods[place], start, end)
    known["stay_periods"] = {place: as_stated(each) for place, each in periods.items()}


Period = tuple[date, date | None]
"""From a day until, not including, another one; None: it still runs."""


def with_period(before: list[Period], start: date, end: date | None) -> list[Period]:
    """One more period; what goes on with another holder is one and the same."""
    if before and before[-1][1] == start:
        return [*before[:-1], (before[-1][0], end)]
    return [*before, (start, end)]


def as_stated(periods: Iterable[Period]) -> tuple[dict[str, str], ...]:
    """Periods under temporary protection as a person would state them, each through its last day."""
    return tuple(
        {"title": "tp", "from": start.isoformat(), "to": last_day(end)}
        for start, end in periods
        if start != end
    )


def last_day(end: date | None) -> str:
    """The day before the end; none where it still runs."""
    return NONE if end is None else (end - timedelta(days=1)).isoformat()
