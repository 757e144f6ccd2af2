"""Who is away and who covers, what a person who is away works on, and acts that can still be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from perron.responsibility.undo import UNDO_WITHIN
from perron.vocabulary.acting import Acting
from perron.vocabulary.events import Event
from perron_site.queries.gaps import in_sight
from perron_site.records import models
from perron_site.records.context import Round, as_round

WORKS_ON = (
    Event.TRACK_TAKEN_UP,
    Event.HANDOVER_ACCEPTED,
    Event.HANDOVER_OFFERED,
    Event.CONTACT_WRITTEN,
)
"""Acts by which a user made a household their work."""


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """A colleague who is away, who covers, and the households on which the colleague works."""

    id: int
    user: str
    cover: str
    start: date
    end: date
    mine: bool
    covered_by_me: bool
    households: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ClosedDesk:
    """A desk that is closed; ``waiting``: how many offers wait there. Nobody is named."""

    name: str
    telephone: str
    start: date
    end: date
    waiting: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """A colleague who may cover."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Undoable:
    """An act of ours on several rows that can still be taken back."""

    id: int
    kind: models.BulkKind
    rows: int
    until: datetime


def absences(by: Acting) -> tuple[AbsenceRow, ...]:
    """Who of our organisation is or will be away, the first one first."""
    rows = models.Absence.objects.filter(
        organisation=by.organisation, end__gte=by.on, ended_early=False
    ).select_related("user", "cover")
    return tuple(
        AbsenceRow(
            id=row.pk,
            user=row.user.name,
            cover=row.cover.name,
            start=row.start,
            end=row.end,
            mine=row.user_id == by.user,
            covered_by_me=row.cover_id == by.user and row.start <= by.on,
            households=works_on(by, row.user_id) if row.start <= by.on else (),
        )
        for row in rows.order_by("start", "pk")
    )


def works_on(by: Acting, user: int) -> tuple[int, ...]:
    """The households in which this colleague acted for us and whose people we still see."""
    seen = models.HouseholdMember.objects.filter(
        person__in=in_sight(by.on, by.organisation), end__isnull=True
    )
    lines = models.Journal.objects.filter(
        user=user,
        organisation=by.organisation,
        event__in=WORKS_ON,
        household__in=seen.order_by().values("household"),
    )
    numbers = lines.order_by("household").values_list("household_id", flat=True).distinct()
    return tuple(number for number in numbers if number is not None)


def closed_desks(by: Acting) -> tuple[ClosedDesk, ...]:
    """The desks for which we are told what waits while they are closed; only how much, never who."""
    rows = models.DeskCover.objects.filter(
        cover=by.organisation, start__lte=by.on, end__gte=by.on
    ).select_related("organisation")
    desks = list(rows.order_by("start", "pk"))
    if not desks:
        return ()
    with as_round(Round.COUNT):
        return closed(desks)


def closed(desks: Sequence[models.DeskCover]) -> tuple[ClosedDesk, ...]:
    """These desks, counted beyond our sight."""
    return tuple(
        ClosedDesk(
            name=row.organisation.name,
            telephone=row.organisation.telephone,
            start=row.start,
            end=row.end,
            waiting=models.Handover.objects.filter(
                receiver=row.organisation_id, state="offered"
            ).count(),
        )
        for row in desks
    )


def colleagues(by: Acting) -> tuple[Colleague, ...]:
    """The other users of our organisation who can sign in."""
    rows = models.User.objects.filter(membership__organisation=by.organisation, is_active=True)
    others = rows.exclude(Q(pk=by.user)).order_by("name", "pk").distinct()
    return tuple(Colleague(row.pk, row.name) for row in others)


def undoable(by: Acting) -> tuple[Undoable, ...]:
    """What we did to several rows in the last minutes and may take back, the newest first."""
    rows = lately(by).values("pk", "kind", "at").annotate(rows=Count("bulkrow")).order_by("-pk")
    return tuple(
        Undoable(number, models.BulkKind(kind), count, at + UNDO_WITHIN)
        for number, kind, at, count in rows.values_list("pk", "kind", "at", "rows")
    )


def lately(by: Acting) -> QuerySet[models.BulkAct]:
    """What we did to several rows and may still take back."""
    return models.BulkAct.objects.filter(
        user=by.user,
        organisation=by.organisation,
        undone_at__isnull=True,
        at__gte=by.at - UNDO_WITHIN,
    )
