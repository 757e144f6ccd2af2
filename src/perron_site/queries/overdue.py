"""Handovers whose answer is late."""

from dataclasses import dataclass
from datetime import date

from perron.vocabulary.organisations import OrganisationId
from perron.vocabulary.people import HouseholdId
from perron.vocabulary.tracks import HandoverId, HandoverState
from perron_site.records import models


@dataclass(frozen=True, slots=True)
class Overdue:
    """An offer that was not answered by its day; the giver still holds the baton."""

    handover: HandoverId
    household: HouseholdId
    giver: OrganisationId
    receiver: OrganisationId
    due_on: date
    days_late: int


def overdue(on: date) -> tuple[Overdue, ...]:
    """Every late answer on the day, the latest first."""
    rows = models.Handover.objects.filter(state=HandoverState.OFFERED, due_on__lt=on)
    return tuple(
        Overdue(
            handover=HandoverId(row.pk),
            household=HouseholdId(row.household_id),
            giver=OrganisationId(row.giver_id),
            receiver=OrganisationId(row.receiver_id),
            due_on=row.due_on,
            days_late=(on - row.due_on).days,
        )
        for row in rows.order_by("due_on", "pk")
    )
