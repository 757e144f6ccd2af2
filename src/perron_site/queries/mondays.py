"""How many people had a line that nobody had taken up, on each of the last Mondays."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from perron.responsibility.matrix import matrix_of, versions
from perron.vocabulary.acting import Acting
from perron_site.records import models

WEEKS = 12
ENDS = sorted(
    {row.step for version in versions() for row in matrix_of(version).rows if row.closing}
)


@dataclass(frozen=True, slots=True)
class Monday:
    """How many people had a line that nobody had taken up at the end of that day."""

    on: date
    people: int


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
    counted = rows.aggregate(
        **{
            f"people_{number}": Count("track__person", distinct=True, filter=stood_open(day))
            for number, day in enumerate(days)
        }
    )
    return tuple(Monday(day, counted[f"people_{number}"]) for number, day in enumerate(days))


def stood_open(on: date) -> Q:
    """Steps that stood open at the end of the day."""
    goes_on = Q(end__isnull=True) | Q(end__gt=on)
    return (
        goes_on & Q(start__lte=on) & (Q(track__closed_on__isnull=True) | Q(track__closed_on__gt=on))
    )
