"""The daily round: roofs for tonight, answers that are late, notices due, and the net."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from perron.responsibility.net import Gap
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Refused
from perron.vocabulary.events import Event
from perron_site.actions.escalations import escalate_handovers
from perron_site.actions.notices import write_notices
from perron_site.actions.retention import run_retention
from perron_site.actions.roofs import propose_tonight
from perron_site.actions.tracks import open_what_is_due
from perron_site.queries.gaps import gaps
from perron_site.queries.overdue import Overdue, overdue
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.settling import act, forget_what_is_over, settle

ONE_ROUND_AT_A_TIME = 0x706572726F6E
"""The key of the advisory lock: a second round waits for the first and then finds its work done."""


@dataclass(frozen=True, slots=True)
class DayReport:
    """What the round wrote, and what it found open."""

    on: date
    done_before: bool
    proposals: int
    notices: int
    escalated: int
    overdue: tuple[Overdue, ...]
    gaps: tuple[Gap, ...]


@act
def run_day(by: Acting, *, on: date, dry_run: bool = False) -> DayReport:
    """Do the round of a day once; a second time it only does what came in since.

    A dry run does everything and keeps nothing; only a dry run may look into the future.
    """
    if on > by.on and not dry_run:
        raise Refused("day.lies_in_the_future", day=on)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_ROUND_AT_A_TIME])
    last, night = last_round(on=on), by.tonight if on == by.on else on
    proposals = propose_tonight(by, night=night) if roofs_due(by, night) else 0
    notices = write_notices(by, on=on)
    run_retention(by, on=on, dry_run=dry_run)
    open_what_is_due(by)
    escalated = escalate_handovers(by, on=on)
    forget_what_is_over(by.on)
    settle(by.on)
    found = gaps(on, night=night)
    report = DayReport(on, last is not None, proposals, notices, escalated, overdue(on), found)
    if last is None or proposals or notices or escalated:
        record(
            by,
            Event.DAY_DONE,
            on=on.isoformat(),
            night=night.isoformat(),
            proposals=proposals,
            notices=notices,
            overdue=len(report.overdue),
            escalated=escalated,
            gaps=len(report.gaps),
        )
    transaction.set_rollback(dry_run)
    return report


def last_round(**of: date) -> datetime | None:
    """When the round of this day (``on``) or for the beds of this ``night`` was last done."""
    when = {f"details__{name}": day.isoformat() for name, day in of.items()}
    lines = models.Journal.objects.filter(event=Event.DAY_DONE, **when)
    return lines.order_by("pk").values_list("at", flat=True).last()


def roofs_due(by: Acting, night: date) -> bool:
    """Whether somebody waits for a roof whom no round has looked at for this night; a past night is past."""
    waiting = models.RoofRequest.objects.filter(
        state=models.RequestState.OPEN, from_night__lte=night
    )
    last = last_round(night=night)
    if last is not None:
        waiting = waiting.filter(asked_at__gt=last)
    return night >= by.tonight and waiting.exists()
