"""Opening hours and visits as the core reads them."""

from datetime import date, datetime

from perron.vocabulary.acting import Acting
from perron.vocabulary.visits import DeskHours, Visit, VisitState
from perron_site.records import models

KEEPS_ITS_SLOT = (
    VisitState.BOOKED, VisitState.WAITING, VisitState.CALLED, VisitState.SERVED, VisitState.LEFT,
)  # fmt: skip
"""An appointment that was missed or cancelled is free again."""


def visit(row: models.Visit) -> Visit:
    """One visit."""
    return Visit(
        row.number, VisitState(row.state), row.slot_at, row.came_at, row.called_at, row.ended_at,
        row.desk,
    )  # fmt: skip


def hours_of(by: Acting) -> tuple[DeskHours, ...]:
    """When our desk receives by appointment."""
    rows = models.OpeningHours.objects.filter(organisation=by.organisation)
    return tuple(
        DeskHours(row.weekday, row.opens, row.closes, row.minutes, row.desks) for row in rows
    )


def taken(by: Acting, day: date) -> tuple[datetime, ...]:
    """The appointments of our desk that are given on a day."""
    rows = models.Visit.objects.filter(
        organisation=by.organisation, on=day, slot_at__isnull=False, state__in=KEEPS_ITS_SLOT
    )
    return tuple(row.slot_at for row in rows if row.slot_at is not None)
