"""Who covers while somebody is away, and which desk is told while another is closed."""

from datetime import date

from django.db.models import Q

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron_site.actions.handovers import must_exist
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.settling import act


@act
def set_absence(by: Acting, *, cover_id: int, start: date, end: date) -> None:
    """Say from when through when we are away, and which colleague covers."""
    must_last(start, end, by.on)
    colleagues = models.Membership.objects.filter(
        organisation=by.organisation, user=cover_id, user__is_active=True
    )
    if by.user is None or cover_id == by.user or not colleagues.exists():
        raise Refused("absence.choose_a_colleague")
    row = models.Absence.objects.create(
        user_id=by.user,
        organisation_id=by.organisation,
        cover_id=cover_id,
        start=start,
        end=end,
    )
    record(by, Event.ABSENCE_SET, absence=row.pk, cover=cover_id)


def must_last(start: date, end: date, today: date) -> None:
    """Refused unless the days are in order and not over."""
    if not start <= end or end < today:
        raise Refused("absence.not_these_days", start=start, end=end)


@act
def end_absence(by: Acting, *, absence_id: int) -> None:
    """We are back before the day that we had set."""
    row = models.Absence.objects.filter(
        Q(user=by.user), pk=absence_id, organisation=by.organisation
    ).first()
    if row is None:
        raise NotFound("not_found.absence")
    row.ended_early = True
    row.save(update_fields=["ended_early"])
    record(by, Event.ABSENCE_ENDED, absence=row.pk)


@act
def name_desk_cover(by: Acting, *, cover_id: int, start: date, end: date) -> None:
    """Let another organisation be told how much waits while our desk is closed; it sees nobody by that."""
    must_last(start, end, by.on)
    must_exist(cover_id)
    if cover_id == by.organisation:
        raise Refused("absence.choose_another_desk")
    models.DeskCover.objects.create(
        organisation_id=by.organisation, cover_id=cover_id, start=start, end=end
    )
    record(
        by,
        Event.COVER_NAMED,
        cover=cover_id,
        start=start.isoformat(),
        end=end.isoformat(),
    )
