"""The net: how many people have nobody today, where, since when, and which answers are late."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Min, Q, QuerySet

from perron.responsibility.net import Foreseen, GapKind
from perron.vocabulary.acting import Acting
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import HandoverState, TrackKind
from perron.vocabulary.wording import Message, message
from perron_site.queries.gaps import COLUMNS, foreseen, in_sight, open_rows
from perron_site.queries.handovers import HandoverRow, handover_row, handover_rows
from perron_site.queries.linemap import Holder
from perron_site.queries.mondays import Monday, mondays
from perron_site.records import models
from perron_site.records.context import Round, as_round
from perron_site.records.safety import safe_among

REGIONS: tuple[Region | None, ...] = (*Region, None)
OLDEST, LOOKED_AT, OURS, SHOWN = 6, 500, 100, 50
"""So many of the oldest gaps are shown, of so many that are looked at, fewer of our own; so many late answers."""


@dataclass(frozen=True, slots=True)
class NetRow:
    """People with one way of being forgotten, by line and by the kind of organisation that must act."""

    kind: GapKind
    track: TrackKind
    organisation: OrganisationKind
    people: tuple[int, ...]
    all: int

    @property
    def kind_label(self) -> Message:
        """The way of being forgotten, in a few words."""
        return message(f"gap_kind.{self.kind}")

    @property
    def by_region(self) -> tuple[tuple[Region | None, int], ...]:
        """The people of each region; None where the household has no municipality yet."""
        return tuple(zip(REGIONS, self.people, strict=True))


@dataclass(frozen=True, slots=True)
class OldGap:
    """A gap that is open for long. ``household`` is None without the right to see it."""

    message: Message
    track: TrackKind
    since: date
    days_open: int
    people: int
    municipality: str
    holder: Holder
    household: int | None


@dataclass(frozen=True, slots=True)
class LongOpen:
    """A gap of one person, with who must close it."""

    gap: Foreseen
    holder: Holder


@dataclass(frozen=True, slots=True)
class LateAnswer:
    """A handover without an answer; ``household`` is None without the right to see it."""

    offer: HandoverRow
    days_late: int
    household: int | None

    @property
    def days_left(self) -> int:
        """Days until the answer is due, negative when it is late."""
        return -self.days_late


@dataclass(frozen=True, slots=True)
class Net:
    """Everything that the page shows. ``everywhere``: all organisations, not only the own one.

    Of people who must not be found, whoever does not act for them reads no more than how many they are.
    """

    on: date
    everywhere: bool
    nobody: int
    households: int
    oldest_days: int | None
    no_roof: int
    roof_ends: int
    rows: tuple[NetRow, ...]
    regions: tuple[Region | None, ...]
    oldest: tuple[OldGap, ...]
    handovers: tuple[LateAnswer, ...]
    late: int
    mondays: tuple[Monday, ...] | None
    """None: nobody asked for them."""


def net(by: Acting, *, weeks: bool = False) -> Net:
    """The coordinator sees how many there are in the whole net; others what their own organisation must close.

    ``weeks``: with the count of each of the last Mondays, which costs as much as the rest.
    """
    if by.role is not Role.COORDINATOR:
        return counted(by, everywhere=False, weeks=weeks)
    with as_round(Round.COUNT):
        return counted(by, everywhere=True, weeks=weeks)


def counted(by: Acting, *, everywhere: bool, weeks: bool) -> Net:
    """Let the database gather the gaps; a household is named only with the right to see it."""
    found = open_rows(by.on, by.tonight)
    if not everywhere:
        found = found.filter(responsible=by.organisation)
    groups = gathered(found)
    nobody = [each for each in groups if each.kind is GapKind.NOT_TAKEN_UP]
    handovers, late = late_answers(by, everywhere=everywhere)
    return Net(
        on=by.on,
        everywhere=everywhere,
        nobody=people_of(nobody),
        households=len({number for each in nobody for number in each.households}),
        oldest_days=max(((by.on - each.since).days for each in nobody), default=None),
        no_roof=people_of(each for each in groups if each.kind is GapKind.NO_ROOF_TONIGHT),
        roof_ends=people_of(each for each in groups if each.kind is GapKind.ROOF_ENDS),
        rows=net_rows(groups),
        regions=REGIONS,
        oldest=old_gaps(by, found, everywhere=everywhere),
        handovers=handovers,
        late=late,
        mondays=mondays(by, everywhere=everywhere) if weeks else None,
    )


@dataclass(frozen=True, slots=True)
class Gathered:
    """The people of a region with one way of being forgotten, by line and by the kind of organisation that must act."""

    kind: GapKind
    track: TrackKind
    organisation: OrganisationKind
    region: Region | None
    persons: list[int]
    households: list[int]
    since: date


def gathered(found: "QuerySet[models.Gap]") -> tuple[Gathered, ...]:
    """Who has a gap: what is counted for the head and for the rows of the page, in one question."""
    columns = ("kind", "track", "responsible__kind", "household__municipality__region")
    rows = (
        found.order_by()
        .values(*columns)
        .annotate(
            persons=ArrayAgg("person", distinct=True),
            households=ArrayAgg("household", distinct=True),
            first=Min("since"),
        )
        .values_list(*columns, "persons", "households", "first")
    )
    return tuple(
        Gathered(
            GapKind(kind),
            TrackKind(track),
            OrganisationKind(organisation),
            Region(region) if region else None,
            *told,
        )
        for kind, track, organisation, region, *told in rows
    )


def people_of(groups: Iterable[Gathered]) -> int:
    """How many people there are in these groups, each counted once."""
    return len({person for each in groups for person in each.persons})


def net_rows(groups: Iterable[Gathered]) -> tuple[NetRow, ...]:
    """One row a line, a way to be forgotten and a kind of organisation; most people first."""
    counts: dict[tuple[GapKind, TrackKind, OrganisationKind], dict[Region | None, int]]
    counts = defaultdict(dict)
    for each in groups:
        counts[each.kind, each.track, each.organisation][each.region] = len(each.persons)
    made = [
        NetRow(
            *key,
            people=tuple(people.get(region, 0) for region in REGIONS),
            all=sum(people.values()),
        )
        for key, people in counts.items()
    ]
    return tuple(sorted(made, key=lambda row: (-row.all, row.track, row.kind, row.organisation)))


def old_gaps(by: Acting, found: "QuerySet[models.Gap]", *, everywhere: bool) -> tuple[OldGap, ...]:
    """The oldest gaps, one for people of a household who share it; in the whole net nobody who must not be found."""
    rows = found.order_by("since", "household", "pk")
    holders = rows.values_list(*COLUMNS, "responsible__name", "responsible__kind")
    groups: dict[tuple[object, ...], list[LongOpen]] = defaultdict(list)
    for *columns, name, kind in holders[: LOOKED_AT if everywhere else OURS]:
        gap, holder = foreseen(*columns), Holder(name, OrganisationKind(kind))
        groups[gap.household, gap.kind, gap.track, gap.since].append(LongOpen(gap, holder))
    persons = {row.gap.person for group in groups.values() for row in group}
    sight = seen_of(by, persons)
    unnamed = safe_among(persons) - sight if everywhere else set()
    oldest = [[row for row in group if row.gap.person not in unnamed] for group in groups.values()]
    shown = [each for each in oldest if each][:OLDEST]
    where = municipalities({each[0].gap.household for each in shown})
    return tuple(old_gap(by, group, sight, where) for group in shown)


def municipalities(households: Collection[int]) -> dict[int, str]:
    """The municipality of each of these households, empty while it has none."""
    rows = models.Household.objects.filter(pk__in=households).order_by("pk")
    return {number: name or "" for number, name in rows.values_list("pk", "municipality__name")}


def old_gap(
    by: Acting, group: Sequence[LongOpen], sight: set[int], where: Mapping[int, str]
) -> OldGap:
    """One gap of one or more people of a household."""
    first = group[0].gap.at(by.on)
    return OldGap(
        message=first.message,
        track=first.track,
        since=first.since,
        days_open=first.days_open,
        people=len(group),
        municipality=where.get(first.household, ""),
        holder=group[0].holder,
        household=first.household if {row.gap.person for row in group} & sight else None,
    )


def seen_of(by: Acting, persons: Collection[int]) -> set[int]:
    """Those of these people whom our organisation sees, also while the whole net is counted."""
    return set(in_sight(by.on, by.organisation).filter(person__in=persons))


def late_answers(by: Acting, *, everywhere: bool) -> tuple[tuple[LateAnswer, ...], int]:
    """Offers without an answer, the longest overdue first, and how many there are; so many are shown."""
    waiting = Q(state=HandoverState.OFFERED)
    if not everywhere:
        waiting &= Q(giver=by.organisation) | Q(receiver=by.organisation)
    found = handover_rows(waiting)
    offers = [(row, handover_row(row, by.organisation)) for row in found[:SHOWN]]
    persons = {person for _, offer in offers for person in offer.persons}
    sight, safe = seen_of(by, persons), safe_among(persons)
    shown = tuple(
        LateAnswer(
            offer=offer,
            days_late=(by.on - row.due_on).days,
            household=row.household_id if open_to(offer, sight) else None,
        )
        for row, offer in offers
        if not everywhere or offer.asked_of_us or safe & {*offer.persons} <= sight
    )
    return shown, len(offers) if len(offers) < SHOWN else found.count()


def open_to(offer: HandoverRow, sight: set[int]) -> bool:
    """Whether the household may be opened: it is seen, or was offered or brought to us."""
    return offer.asked_of_us or not sight.isdisjoint(offer.persons)
