"""Breaking the glass: a supervisor opens a household that their organisation does not see, only to read."""

from datetime import timedelta

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.glass import GlassReason
from perron.vocabulary.organisations import Role
from perron_site.queries.glass import opened_people, unread
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.reads import Page, note_read
from perron_site.records.settling import act
from perron_site.records.sight import hides_somebody

LASTS = timedelta(days=1)
"""Until the end of the next day and no longer (design, mark D); the database allows no later day."""


@act
def break_glass(by: Acting, *, household_id: int, reason: GlassReason, why: str) -> None:
    """Open a household until the end of tomorrow, for this supervisor alone.

    A number that does not exist and one of somebody who must not be found get the same answer.
    """
    if by.role is not Role.SUPERVISOR or by.user is None:
        raise Refused("glass.supervisors_only")
    if not why.strip():
        raise Refused("glass.say_why")
    if opened_people(household_id, by) and not hides_somebody(household_id):
        raise Refused("glass.not_needed")
    row = models.Glass.objects.create(
        organisation_id=by.organisation,
        user_id=by.user,
        household_id=household_id,
        reason=reason,
        why=why.strip(),
        at=by.at,
        until=by.on + LASTS,
    )
    people = opened_people(household_id, by)
    if not people:
        raise NotFound("glass.no_such_household")
    note_read(by, people, Page.HOUSEHOLD)
    record(
        by, Event.GLASS_BROKEN, row.household, glass=row.pk, reason=reason.value, people=len(people)
    )


@act
def note_glass_seen(by: Acting, *, glass_id: int) -> int:
    """Say for the organisation that holds a line that it knows that a household was opened; which household."""
    row = next((row for row in unread(by) if row.pk == glass_id), None)
    if row is None:
        raise NotFound("glass.no_such_household")
    record(by, Event.GLASS_SEEN, row.household, glass=row.pk)
    return row.household_id
