"""A lawyer enters a change of the law; a second one approves or refuses it; whoever entered it may withdraw it."""

from django.db.models import JSONField, Value

from perron.rules.entering import Entered
from perron.rules.law import Changes, parameter
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.law_changes import LawChangeState
from perron.vocabulary.organisations import Role
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.law import approved, entered, stored
from perron_site.records.locking import law_lock
from perron_site.records.settling import act

MOST_WORDS = 500
NOT_KNOWN = Value(None, JSONField())
"""A value that is not known, as the column keeps it."""


@act
def enter_law_change(by: Acting, *, change: Entered) -> int:
    """Enter a dated value; it waits for a second person. The number of the change."""
    user = lawyer(by)
    law_lock()
    waiting = models.LawChange.objects.filter(state=LawChangeState.PENDING, key=change.key)
    if any(change.overlaps(entered(row)) for row in waiting.order_by("pk")):
        raise Refused("entering.overlaps_pending")
    row = models.LawChange.objects.create(
        key=change.key,
        region=change.region or "",
        value=NOT_KNOWN if change.value is None else stored(change.value),
        valid_from=change.valid_from,
        valid_to=change.valid_to,
        takes_effect_on=change.takes_effect_on,
        status=change.status,
        mark=change.mark,
        act=change.act,
        article=change.article,
        published_on=change.published_on,
        note=change.note,
        entered_at=by.at,
        entered_by_id=user,
        organisation_id=by.organisation,
        state=LawChangeState.PENDING,
    )
    record(by, Event.LAW_CHANGE_ENTERED, change=row.pk, key=row.key)
    return row.pk


@act
def approve_law_change(by: Acting, *, change_id: int) -> None:
    """Approve what somebody else entered: from its day on every answer counts with it."""
    row = waiting_for(by, change_id)
    row.before = before(entered(row))
    decide(by, row, LawChangeState.APPROVED)
    record(by, Event.LAW_CHANGE_APPROVED, change=row.pk, key=row.key)


@act
def refuse_law_change(by: Acting, *, change_id: int, reason: str) -> None:
    """Refuse what somebody else entered, and say why."""
    row = waiting_for(by, change_id)
    words = reason.strip()
    if not 0 < len(words) <= MOST_WORDS:
        raise Refused("law_change.say_why", most=MOST_WORDS)
    row.reason = words
    decide(by, row, LawChangeState.REFUSED)
    record(by, Event.LAW_CHANGE_REFUSED, change=row.pk, key=row.key)


@act
def withdraw_law_change(by: Acting, *, change_id: int) -> None:
    """Take back what one entered oneself, as long as nobody decided."""
    user, row = lawyer(by), pending(change_id)
    if row.entered_by_id != user:
        raise Refused("law_change.not_yours")
    decide(by, row, LawChangeState.WITHDRAWN)
    record(by, Event.LAW_CHANGE_WITHDRAWN, change=row.pk, key=row.key)


def lawyer(by: Acting) -> int:
    """The user, who acts at a law desk."""
    if by.role is not Role.LAWYER or by.user is None:
        raise Refused("law_change.lawyers_only")
    return by.user


def pending(number: int) -> models.LawChange:
    """A change that waits, locked (NotFound)."""
    law_lock()
    row = models.LawChange.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if row is None:
        raise NotFound("not_found.law_change")
    if row.state != LawChangeState.PENDING:
        raise Refused("law_change.decided_already")
    return row


def waiting_for(by: Acting, number: int) -> models.LawChange:
    """A change that waits for this lawyer: never for the one who entered it."""
    user, row = lawyer(by), pending(number)
    if row.entered_by_id == user:
        raise Refused("law_change.never_the_same")
    return row


def decide(by: Acting, row: models.LawChange, state: LawChangeState) -> None:
    """What became of it, when, by whom and for which organisation."""
    row.state, row.decided_at = state, by.at
    row.decided_by_id, row.decided_for_id = by.user, by.organisation
    row.save(update_fields=["state", "decided_at", "decided_by", "decided_for", "reason", "before"])


def before(change: Entered) -> dict[str, object] | None:
    """What held on the first day of a change until now; None: no value was known."""
    law = Changes(approved())
    try:
        row = parameter(change.key, change.valid_from, region=change.region, changes=law)
    except NotFound:
        return None
    return {"value": stored(row.value), "source": row.source.text, "mark": row.source.mark.value}
