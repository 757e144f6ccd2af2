"""The net: every gap of every person, or of those whom one organisation may see."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from perron.responsibility.net import BY_NIGHT, Foreseen, Gap, GapKind, open_now
from perron.vocabulary.organisations import OrganisationId
from perron.vocabulary.people import HouseholdId, PersonId
from perron.vocabulary.tracks import TrackKind
from perron_site.records import models
from perron_site.records.context import ASKING

EVERYBODY = Q()
COLUMNS = (
    "kind", "household", "person", "track", "responsible", "since", "opens", "closes", "waited",
)  # fmt: skip


def gaps(on: date, whose: Q = EVERYBODY, *, night: date | None = None) -> tuple[Gap, ...]:
    """Every gap on the day and in its night, the oldest first, of whom the transaction may see; one question."""
    rows = open_rows(on, night or on).filter(whose).values_list(*COLUMNS)
    return open_now((foreseen(*row) for row in rows), on, night or on)


def open_rows(on: date, night: date) -> QuerySet[models.Gap]:
    """The rows of the gaps that are open on the day and in its night."""
    by_day = Q(opens__lte=on) & (Q(closes__isnull=True) | Q(closes__gt=on))
    by_night = Q(opens__lte=night) & (Q(closes__isnull=True) | Q(closes__gt=night))
    of_a_night = Q(kind__in=BY_NIGHT)
    return models.Gap.objects.filter((of_a_night & by_night) | (~of_a_night & by_day))


def foreseen(kind: str, household: int, person: int, track: str, *days: Any) -> Foreseen:  # noqa: ANN401 - as the columns
    """A row, its ``COLUMNS``, as the core has it."""
    return Foreseen(
        GapKind(kind), HouseholdId(household), PersonId(person), TrackKind(track), *days
    )


def in_sight(
    on: date, organisation: OrganisationId
) -> "QuerySet[models.OwnSight | models.SupervisedSight | models.Sight, int]":
    """The people whom this organisation may see on the day: it asks its own view, the system asks the table."""
    whom = ASKING.get()
    if whom is not None and whom[:2] == (organisation, on):
        view = models.SupervisedSight if whom[2] else models.OwnSight
        return view.objects.values_list("person", flat=True)
    return (
        models.Sight.objects.filter(organisation=organisation)
        .filter(Q(until__isnull=True) | Q(until__gte=on))
        .order_by()
        .values_list("person", flat=True)
    )
