"""The net: how many people have nobody today, where, since when, and which answers are late."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from perron.responsibility.matrix import matrix_of, versions
from perron.responsibility.net import Gap, GapKind
from perron.vocabulary.acting import Acting
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.people import HouseholdId
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import HandoverState, TrackKind
from perron.vocabulary.wording import Message, message
from perron_site.queries.gaps import gaps, in_sight
from perron_site.queries.handovers import HandoverRow, handover_row, handover_rows
from perron_site.queries.linemap import Holder, holder_of
from perron_site.records import models
from perron_site.records.context import Round, as_round
from perron_site.records.safety import safe_among

REGIONS: tuple[Region | None, ...] = (*Region, None)
OLDEST = 6
WEEKS = 12
ENDS = sorted(
    {row.step for version in versions() for row in matrix_of(version).rows if row.closing}
)


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
class LateAnswer:
    """A handover without an answer; ``household`` is None without the right to see it."""

    offer: HandoverRow
    days_late: int
    household: int | None
    unnamed: bool

    @property
    def days_left(self) -> int:
        """Days until the answer is due, negative when it is late."""
        return -self.days_late


@dataclass(frozen=True, slots=True)
class Monday:
    """How many people had a line that nobody had taken up at the end of that day."""

    on: date
    people: int


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
    totals: tuple[int, ...]
    oldest: tuple[OldGap, ...]
    handovers: tuple[LateAnswer, ...]
    late: int
    mondays: tuple[Monday, ...]


def net(by: Acting) -> Net:
    """The coordinator sees how many there are in the whole net; others what their own organisation must close."""
    rows = models.Person.objects.filter(pk__in=in_sight(by.on, by.organisation)).order_by("pk")
    sight = set(rows.values_list("pk", flat=True))
    if by.role is not Role.COORDINATOR:
        return counted(by, sight, everywhere=False)
    with as_round(Round.COUNT):
        return counted(by, sight, everywhere=True)


def counted(by: Acting, sight: set[int], *, everywhere: bool) -> Net:
    """Count the gaps; a household is named only with the right to see it."""
    found = gaps(by.on, night=by.tonight)
    if not everywhere:
        found = tuple(gap for gap in found if gap.responsible == by.organisation)
    holders = {row.pk: row for row in models.Organisation.objects.order_by("pk")}
    homes = households_of(found)
    nobody = [gap for gap in found if gap.kind is GapKind.NOT_TAKEN_UP]
    regions = {gap.household: region_of(homes[gap.household]) for gap in found}
    late = late_answers(by, sight, everywhere=everywhere)
    unnamed = safe_among({gap.person for gap in found}) - sight if everywhere else set()
    shown = [gap for gap in found if gap.person not in unnamed]
    return Net(
        on=by.on,
        everywhere=everywhere,
        nobody=people_of(nobody),
        households=len({gap.household for gap in nobody}),
        oldest_days=max((gap.days_open for gap in nobody), default=None),
        no_roof=people_of([gap for gap in found if gap.kind is GapKind.NO_ROOF_TONIGHT]),
        roof_ends=people_of([gap for gap in found if gap.kind is GapKind.ROOF_ENDS]),
        rows=net_rows(found, holders, regions),
        regions=REGIONS,
        totals=tuple(
            people_of([gap for gap in found if regions[gap.household] is region])
            for region in REGIONS
        ),
        oldest=old_gaps(shown, homes, holders, sight),
        handovers=tuple(row for row in late if not row.unnamed),
        late=len(late),
        mondays=mondays(by, everywhere=everywhere),
    )


def people_of(found: Sequence[Gap]) -> int:
    """How many people these are, each counted once."""
    return len({gap.person for gap in found})


def households_of(found: Sequence[Gap]) -> dict[int, models.Household]:
    """The households of these gaps with their municipalities."""
    rows = models.Household.objects.filter(pk__in={gap.household for gap in found})
    return {row.pk: row for row in rows.select_related("municipality").order_by("pk")}


def region_of(home: models.Household) -> Region | None:
    """Where a household is; None while it has no municipality."""
    return Region(home.municipality.region) if home.municipality else None


def net_rows(
    found: Sequence[Gap],
    holders: Mapping[int, models.Organisation],
    regions: Mapping[HouseholdId, Region | None],
) -> tuple[NetRow, ...]:
    """One row a line, a way to be forgotten and a kind of organisation; most people first."""
    groups: dict[tuple[GapKind, TrackKind, OrganisationKind], list[Gap]] = defaultdict(list)
    for gap in found:
        kind = OrganisationKind(holders[gap.responsible].kind)
        groups[gap.kind, gap.track, kind].append(gap)
    rows = [
        NetRow(
            *key,
            people=tuple(
                people_of([gap for gap in group if regions[gap.household] is region])
                for region in REGIONS
            ),
            all=people_of(group),
        )
        for key, group in groups.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.all, row.track, row.kind, row.organisation)))


def old_gaps(
    found: Sequence[Gap],
    homes: Mapping[int, models.Household],
    holders: Mapping[int, models.Organisation],
    sight: set[int],
) -> tuple[OldGap, ...]:
    """The oldest gaps, one for people of a household who share it."""
    groups: dict[tuple[object, ...], list[Gap]] = defaultdict(list)
    for gap in found:
        groups[gap.household, gap.kind, gap.track, gap.since].append(gap)
    oldest = sorted(groups.values(), key=lambda group: (-group[0].days_open, group[0].household))
    return tuple(
        OldGap(
            message=group[0].message,
            track=group[0].track,
            since=group[0].since,
            days_open=group[0].days_open,
            people=len(group),
            municipality=name_of(homes[group[0].household]),
            holder=holder_of(holders[group[0].responsible]),
            household=group[0].household if {gap.person for gap in group} & sight else None,
        )
        for group in oldest[:OLDEST]
    )


def name_of(home: models.Household) -> str:
    """The municipality of a household, empty while it has none."""
    return home.municipality.name if home.municipality else ""


def late_answers(by: Acting, sight: set[int], *, everywhere: bool) -> tuple[LateAnswer, ...]:
    """Offers without an answer, the longest overdue first."""
    waiting = Q(state=HandoverState.OFFERED)
    if not everywhere:
        waiting &= Q(giver=by.organisation) | Q(receiver=by.organisation)
    offers = [(row, handover_row(row, by.organisation)) for row in handover_rows(waiting)]
    safe = safe_among({person for _, offer in offers for person in offer.persons})
    return tuple(
        LateAnswer(
            offer=offer,
            days_late=(by.on - row.due_on).days,
            household=row.household_id if open_to(offer, sight) else None,
            unnamed=everywhere and not (offer.asked_of_us or safe & {*offer.persons} <= sight),
        )
        for row, offer in offers
    )


def open_to(offer: HandoverRow, sight: set[int]) -> bool:
    """Whether the household may be opened: it is seen, or was offered or brought to us."""
    return offer.asked_of_us or not sight.isdisjoint(offer.persons)


def mondays(by: Acting, *, everywhere: bool) -> tuple[Monday, ...]:
    """The same count on each of the last Mondays, from the steps as they were held."""
    last = by.on - timedelta(days=by.on.weekday())
    days = [last - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    rows = models.TrackStep.objects.filter(taken_up=False, start__lte=last).exclude(step__in=ENDS)
    rows = rows.filter(Q(end__isnull=True) | Q(end__gt=days[0])).filter(
        Q(track__closed_on__isnull=True) | Q(track__closed_on__gt=days[0])
    )
    if not everywhere:
        rows = rows.filter(holder=by.organisation)
    columns = ("track__person", "start", "end", "track__closed_on")
    steps = list(rows.order_by("pk").values_list(*columns))
    return tuple(
        Monday(day, len({person for person, *span in steps if open_on(*span, on=day)}))
        for day in days
    )


def open_on(start: date, end: date | None, closed: date | None, *, on: date) -> bool:
    """Whether the step stood open at the end of the day."""
    return start <= on and all(last is None or on < last for last in (end, closed))
