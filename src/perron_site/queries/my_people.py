"""My people: the households for which an organisation holds a line or was asked to take one over, its caseload."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from perron.responsibility.net import Gap
from perron.vocabulary.acting import Acting
from perron.vocabulary.intervals import PartialDate, age
from perron.vocabulary.tracks import HandoverState, TrackKind
from perron.vocabulary.wording import Message, message
from perron_site.queries.gaps import gaps, in_sight
from perron_site.queries.handovers import (
    HandoverRow,
    asked,
    handover_row,
    handover_rows,
    in_preview,
)
from perron_site.queries.members import household_name
from perron_site.records import models


@dataclass(frozen=True, slots=True)
class GapLine:
    """A gap of one or more people; ``ours``: our organisation must close it."""

    message: Message
    who: str
    days_open: int
    ours: bool


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """One household in the list. Without sight its name is empty."""

    id: int
    name: str
    size: int
    ages: tuple[int | None, ...]
    municipality: str
    arrived_on: date
    holds: tuple[TrackKind, ...]
    gaps: tuple[GapLine, ...]
    offers: tuple[HandoverRow, ...]
    declined: tuple[HandoverRow, ...]
    next: Message | None
    next_by: date | None
    next_days: int | None

    @property
    def number(self) -> str:
        """Its number as a page writes it: nothing a language would write otherwise."""
        return str(self.id)

    @property
    def quiet(self) -> bool:
        """Whether nothing is open and nothing waits for an answer or was refused."""
        return not (self.gaps or self.offers or self.declined)


@dataclass(frozen=True, slots=True)
class InSight:
    """A person who may be seen."""

    given_name: str
    family_name: str
    age: int | None


@dataclass(frozen=True, slots=True)
class Held:
    """An open line whose baton we hold."""

    kind: TrackKind
    step: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Home:
    """A household and the numbers of its present members."""

    id: int
    arrived_on: date
    municipality: str
    members: list[int]


@dataclass(frozen=True, slots=True)
class Known:
    """What may be read of the people of these households."""

    seen: Mapping[int, InSight]
    asked: Mapping[int, int | None]
    """How old those are of whom we were only asked."""
    lines: Mapping[int, list[Held]]
    offers: Mapping[int, list[HandoverRow]]
    """By person."""
    declined: Mapping[int, list[HandoverRow]]
    """By household."""
    gaps: Mapping[int, list[Gap]]
    """By household."""


def caseload(by: Acting) -> "QuerySet[models.Caseload, int]":
    """The numbers of our households: what is late or open for longest first, then by clock, then the others."""
    rows = models.Caseload.objects.filter(organisation=by.organisation)
    return rows.order_by(F("urgent_on").asc(nulls_last=True), "household").values_list(
        "household", flat=True
    )


def my_people(by: Acting, numbers: Collection[int]) -> tuple[HouseholdRow, ...]:
    """These households of our caseload, in this order; what is rare is asked only where there is some."""
    homes = homes_of(numbers)
    persons = [person for home in homes.values() for person in home.members]
    lines, seen = held(by, persons), seen_of(by, persons)
    offers, declined = handed(by, numbers)
    open_gaps: dict[int, list[Gap]] = defaultdict(list)
    for gap in gaps(by.on, Q(household__in=numbers, person__in=seen), night=by.tonight):
        open_gaps[gap.household].append(gap)
    known = Known(
        seen=seen,
        asked={person: each.age for person, each in in_preview(by.on).items()} if offers else {},
        lines=lines,
        offers=offers,
        declined=declined,
        gaps=open_gaps,
    )
    return tuple(
        household_row(homes[number], known, by=by) for number in numbers if number in homes
    )


def homes_of(numbers: Collection[int]) -> dict[int, Home]:
    """These households with their present members."""
    rows = models.HouseholdMember.objects.filter(household__in=numbers, end__isnull=True)
    columns = ("household", "person", "household__arrived_on", "household__municipality__name")
    found: dict[int, Home] = {}
    for number, person, arrived_on, municipality in rows.order_by("pk").values_list(*columns):
        home = found.setdefault(number, Home(number, arrived_on, municipality or "", []))
        home.members.append(person)
    return found


def held(by: Acting, persons: Collection[int]) -> dict[int, list[Held]]:
    """The open lines of these people whose baton this organisation holds."""
    rows = models.Track.objects.filter(
        responsible=by.organisation, closed_on__isnull=True, person__in=persons
    )
    found: dict[int, list[Held]] = defaultdict(list)
    for person, *line in rows.order_by("pk").values_list("person", "kind", "step", "due_on"):
        found[person].append(Held(*line))
    return found


def seen_of(by: Acting, persons: Collection[int]) -> dict[int, InSight]:
    """Those of these people whom we may see."""
    rows = models.Person.objects.filter(
        Q(pk__in=persons) & Q(pk__in=in_sight(by.on, by.organisation))
    )
    columns = ("pk", "given_name", "family_name", "born")
    return {
        person: InSight(given, family, age(PartialDate.parse(born) if born else None, by.on))
        for person, given, family, born in rows.order_by("pk").values_list(*columns)
    }


def handed(
    by: Acting, numbers: Collection[int]
) -> tuple[dict[int, list[HandoverRow]], dict[int, list[HandoverRow]]]:
    """By person the offers that wait for our answer or were brought to us; by household what was declined to us."""
    offers: dict[int, list[HandoverRow]] = defaultdict(list)
    declined: dict[int, list[HandoverRow]] = defaultdict(list)
    no = Q(giver=by.organisation, state=HandoverState.DECLINED)
    some = models.Handover.objects.filter(Q(state=HandoverState.OFFERED) | no)
    there = list(some.filter(household__in=numbers).values_list("pk", flat=True))
    told = asked(by.organisation) | no & still_with(by)
    for row in handover_rows(Q(pk__in=there) & told) if there else ():
        handover = handover_row(row, by.organisation)
        if not handover.waiting:
            declined[handover.household].append(handover)
            continue
        for person in handover.persons:
            offers[person].append(handover)
    return offers, declined


def still_with(by: Acting) -> Q:
    """Handovers that are the latest of a line that we hold."""
    again = models.HandoverTrack.objects.filter(
        track=OuterRef("track"), handover__gt=OuterRef("handover")
    )
    lines = models.HandoverTrack.objects.filter(
        ~Exists(again),
        handover=OuterRef("pk"),
        track__responsible=by.organisation,
        track__closed_on__isnull=True,
    )
    return Q(Exists(lines))


def household_row(home: Home, known: Known, *, by: Acting) -> HouseholdRow:
    """One household as this organisation may see it."""
    visible = {person: known.seen[person] for person in home.members if person in known.seen}
    offers = {row.id: row for person in home.members for row in known.offers.get(person, ())}
    shown = {person: each.age for person, each in visible.items()} or {
        person: known.asked.get(person) for person in home.members if person in known.offers
    }
    ours = [row for person in shown for row in known.lines.get(person, ())]
    due = min(
        ((row.due_on, place, row.step) for place, row in enumerate(ours) if row.due_on),
        default=None,
    )
    names = {person: each.given_name for person, each in visible.items()}
    kinds = {row.kind for row in ours}
    return HouseholdRow(
        id=home.id,
        name=household_name(each.family_name for each in visible.values()),
        size=len(shown),
        ages=tuple(shown.values()),
        municipality=home.municipality,
        arrived_on=home.arrived_on,
        holds=tuple(kind for kind in TrackKind if kind in kinds),
        gaps=gap_lines(known.gaps.get(home.id, ()), names, by),
        offers=tuple(offers.values()),
        declined=tuple(known.declined.get(home.id, ())),
        next=message(f"step.{due[2]}") if due else None,
        next_by=due[0] if due else None,
        next_days=(due[0] - by.on).days if due else None,
    )


def gap_lines(found: Sequence[Gap], names: Mapping[int, str], by: Acting) -> tuple[GapLine, ...]:
    """Gaps of a household, each sentence once; ``who`` is empty when everybody shares it."""
    shared: dict[tuple[Message, bool], list[Gap]] = defaultdict(list)
    for gap in found:
        shared[gap.message, gap.responsible == by.organisation].append(gap)
    lines = []
    for (said, ours), group in shared.items():
        people = dict.fromkeys(gap.person for gap in group)
        who = "" if len(people) == len(names) else ", ".join(names[each] for each in people)
        lines.append(GapLine(said, who, max(gap.days_open for gap in group), ours))
    return tuple(sorted(lines, key=lambda line: (not line.ours, -line.days_open)))
