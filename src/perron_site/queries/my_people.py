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


@dataclass(frozen=True, slots=True)
class Known:
    """The people who may be seen, and how old those are of whom we were only asked."""

    seen: Mapping[int, models.Person]
    asked: Mapping[int, int | None]


def caseload(by: Acting) -> "QuerySet[models.Caseload, int]":
    """The numbers of our households: what is late or open for longest first, then by clock, then the others."""
    rows = models.Caseload.objects.filter(organisation=by.organisation)
    return rows.order_by(F("urgent_on").asc(nulls_last=True), "household").values_list(
        "household", flat=True
    )


def my_people(by: Acting, numbers: Collection[int]) -> tuple[HouseholdRow, ...]:
    """These households of our caseload, in this order; always the same number of questions to the database."""
    homes = members_of(numbers)
    persons = {row.person_id for members in homes.values() for row in members}
    lines = held(by, persons)
    offers, noes = offered(by, numbers), declined(by, numbers)
    previews = {person: each.age for person, each in in_preview(by.on).items()} if offers else {}
    seen = models.Person.objects.filter(
        Q(pk__in=persons) & Q(pk__in=in_sight(by.on, by.organisation))
    )
    known = Known({person.pk: person for person in seen.order_by("pk")}, previews)
    ours = Q(household__in=numbers, person__in=known.seen)
    open_gaps = by_household(gaps(by.on, ours, night=by.tonight))
    return tuple(
        household_row(
            homes[number], lines, offers, noes, open_gaps.get(number, []), known=known, by=by
        )
        for number in numbers
        if number in homes
    )


def held(by: Acting, persons: Collection[int]) -> dict[int, list[models.Track]]:
    """The open lines of these people whose baton this organisation holds."""
    rows = models.Track.objects.filter(
        responsible=by.organisation, closed_on__isnull=True, person__in=persons
    )
    found: dict[int, list[models.Track]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.person_id].append(row)
    return found


def offered(by: Acting, numbers: Collection[int]) -> dict[int, list[HandoverRow]]:
    """Offers that wait for our answer or were brought to us, by person."""
    found: dict[int, list[HandoverRow]] = defaultdict(list)
    waiting = asked(by.organisation) & Q(household__in=numbers)
    for row in handover_rows(waiting):
        offer = handover_row(row, by.organisation)
        for person in offer.persons:
            found[person].append(offer)
    return found


def declined(by: Acting, numbers: Collection[int]) -> dict[int, list[HandoverRow]]:
    """What was declined to us and stands with us still, by household: the latest handover of its lines said no."""
    again = models.HandoverTrack.objects.filter(
        track=OuterRef("track"), handover__gt=OuterRef("handover")
    )
    lines = models.HandoverTrack.objects.filter(
        ~Exists(again),
        handover=OuterRef("pk"),
        track__responsible=by.organisation,
        track__closed_on__isnull=True,
    )
    mine = Q(household__in=numbers, giver=by.organisation, state=HandoverState.DECLINED)
    found: dict[int, list[HandoverRow]] = defaultdict(list)
    for row in handover_rows(mine & Q(Exists(lines))):
        found[row.household_id].append(handover_row(row, by.organisation))
    return found


def members_of(numbers: Collection[int]) -> dict[int, list[models.HouseholdMember]]:
    """The present members of these households."""
    rows = models.HouseholdMember.objects.filter(
        household__in=numbers, end__isnull=True
    ).select_related("household__municipality")
    found: dict[int, list[models.HouseholdMember]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.household_id].append(row)
    return found


def by_household(found: Sequence[Gap]) -> dict[int, list[Gap]]:
    """Gaps by household."""
    sorted_out: dict[int, list[Gap]] = defaultdict(list)
    for gap in found:
        sorted_out[gap.household].append(gap)
    return sorted_out


def household_row(
    members: Sequence[models.HouseholdMember],
    tracks: Mapping[int, list[models.Track]],
    offers: Mapping[int, list[HandoverRow]],
    noes: Mapping[int, list[HandoverRow]],
    open_gaps: Sequence[Gap],
    *,
    known: Known,
    by: Acting,
) -> HouseholdRow:
    """One household as this organisation may see it."""
    home = members[0].household
    visible = [known.seen[row.person_id] for row in members if row.person_id in known.seen]
    offer = {row.id: row for member in members for row in offers.get(member.person_id, ())}
    shown = {person.pk: age_of(person, by.on) for person in visible} or {
        row.person_id: known.asked.get(row.person_id) for row in members if row.person_id in offers
    }
    ours = [row for person in shown for row in tracks.get(person, ())]
    due = min(
        (row for row in ours if row.due_on),
        key=lambda row: (row.due_on or date.max, row.pk),
        default=None,
    )
    names = {person.pk: person.given_name for person in visible}
    kinds = {row.kind for row in ours}
    return HouseholdRow(
        id=home.pk,
        name=household_name(visible) if visible else "",
        size=len(shown),
        ages=tuple(shown.values()),
        municipality=home.municipality.name if home.municipality else "",
        arrived_on=home.arrived_on,
        holds=tuple(kind for kind in TrackKind if kind in kinds),
        gaps=gap_lines(open_gaps, names, by),
        offers=tuple(offer.values()),
        declined=tuple(noes.get(home.pk, ())),
        next=message(f"step.{due.step}") if due else None,
        next_by=due.due_on if due else None,
        next_days=(due.due_on - by.on).days if due and due.due_on else None,
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


def age_of(person: models.Person, on: date) -> int | None:
    """How old a person is, if known."""
    return age(PartialDate.parse(person.born) if person.born else None, on)
