"""Acts on several rows are remembered for a while, so that a slip of the hand can be taken back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q

from perron.responsibility.undo import may_undo
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.events import Event
from perron.vocabulary.housing import HousingMoment
from perron.vocabulary.tracks import HandoverId, HandoverState, TrackKind
from perron_site.actions.handovers import answered, must_be
from perron_site.actions.stays import reopen_roof
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.lines import turn_page
from perron_site.records.questions import pass_on
from perron_site.records.settling import act
from perron_site.records.sight import no_longer, see

KEPT = ("step", "since", "due_on", "responsible_id", "taken_up_at", "closed_on")
Before = dict[str, object]


def state_of(track: models.Track) -> Before:
    """How a line stands, as JSON."""
    kept = {name: getattr(track, name) for name in KEPT}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in kept.items()
    }


def remember(
    by: Acting,
    kind: models.BulkKind,
    before: Sequence[tuple[models.Track, models.Household, Before]],
    left: tuple[models.Person, str, date | None] | None = None,
) -> None:
    """Keep how these lines stood before the act, and where it left each of them.

    ``left`` is who left all lines with it, and how and since when they were there before.
    """
    person, was, since = left or (None, "", None)
    act = models.BulkAct.objects.create(
        kind=kind,
        organisation_id=by.organisation,
        user_id=by.user,
        at=by.at,
        person=person,
        was=was,
        was_since=since,
    )
    for track, household, state in before:
        models.BulkRow.objects.create(
            act=act,
            household=household,
            person_id=track.person_id,
            track=track,
            left_at=last_page(track.pk),
            before=state,
        )


def last_page(track_id: int) -> models.TrackStep | None:
    """The latest row of the history of a line: every act on it writes one."""
    return models.TrackStep.objects.filter(track=track_id).order_by("pk").last()


def remember_offers(by: Acting, offers: Sequence[tuple[int, HandoverId]]) -> None:
    """Keep which offers were made together; each is a household and a handover."""
    act = models.BulkAct.objects.create(
        kind=models.BulkKind.OFFERED, organisation_id=by.organisation, user_id=by.user, at=by.at
    )
    models.BulkRow.objects.bulk_create(
        models.BulkRow(act=act, household_id=household, handover_id=handover)
        for household, handover in offers
    )


@act
def undo(by: Acting, *, act_id: int) -> None:
    """Take an act on several rows back, whole or not at all; the journal keeps both."""
    found = models.BulkAct.objects.filter(
        Q(user=by.user), pk=act_id, organisation=by.organisation
    ).first()
    if found is None:
        raise NotFound("not_found.act")
    rows = list(models.BulkRow.objects.filter(act=found).order_by("pk"))
    homes = households_locked({row.household_id for row in rows})
    act = models.BulkAct.objects.select_for_update(of=("self",)).get(pk=act_id)
    later = models.Journal.objects.filter(
        event=Event.PRESENCE_SET, person=act.person_id or 0, at__gt=act.at
    )
    touched = later.exists() or any(touched_since(row, act.at) for row in rows)
    must_be(may_undo(act.at, by.at, undone=act.undone_at is not None, touched=touched))
    for row in rows:
        take_back(by, row)
    act.undone_at = by.at
    act.save(update_fields=["undone_at"])
    models.Person.objects.filter(Q(pk=act.person_id)).update(
        presence=act.was, presence_since=act.was_since
    )
    unsay_exit(act)
    for number, home in homes.items():
        if act.kind == models.BulkKind.LEFT:
            roof_again(by, home, act.person_id)
        changed = sum(row.household_id == number for row in rows)
        record(by, Event.ACT_UNDONE, home, act=act.pk, kind=act.kind, rows=changed)


def unsay_exit(act: models.BulkAct) -> None:
    """Who did not leave after all lives in no kind of place afterwards: what was said before stands again."""
    said = models.Journal.objects.filter(
        event=Event.FACT_STATED, person=act.person_id or 0, details__fact=HousingMoment.EXIT
    ).last()
    if act.kind != models.BulkKind.LEFT or said is None or said.at != act.at:
        return
    was = models.Revision.objects.filter(journal=said, field=HousingMoment.EXIT).first()
    facts = models.Fact.objects.filter(person=act.person_id, name=HousingMoment.EXIT)
    if was is None:
        facts.delete()
    else:
        facts.update(value=was.old)


def roof_again(by: Acting, household: models.Household, person: int | None) -> None:
    """A bed that was given up stays given up: who had a roof asks for one again."""
    roof = models.Track.objects.filter(person=person, kind=TrackKind.ROOF, closed_on__isnull=True)
    if roof.exists():
        reopen_roof(by, household)


def households_locked(numbers: set[int]) -> dict[int, models.Household]:
    """These households, locked in the order of their numbers so that two desks never wait for each other."""
    rows = models.Household.objects.select_for_update(of=("self",)).filter(pk__in=numbers)
    return {row.pk: row for row in rows.select_related("municipality").order_by("pk")}


def touched_since(row: models.BulkRow, at: datetime) -> bool:
    """Whether somebody has acted on the line or the offer after the act."""
    if row.handover is not None:
        brought = models.Escalation.objects.filter(handover=row.handover).exists()
        return brought or row.handover.state != HandoverState.OFFERED
    assert row.track_id is not None
    offered = models.HandoverTrack.objects.filter(track=row.track_id, handover__offered_at__gt=at)
    page = last_page(row.track_id)
    return offered.exists() or page is None or page.pk != row.left_at_id


def take_back(by: Acting, row: models.BulkRow) -> None:
    """Bring a line back to how it stood, or withdraw an offer."""
    if row.handover_id is not None:
        offer, _ = answered(by, HandoverId(row.handover_id), HandoverState.WITHDRAWN)
        record(by, Event.HANDOVER_WITHDRAWN, offer.household, handover=offer.pk)
        return
    assert row.track_id is not None
    put_back(by, models.Track.objects.select_for_update().get(pk=row.track_id), row.before)


def as_it_stood(name: str, value: object) -> object:
    """A kept value as the line has it."""
    if not isinstance(value, str) or name == "step":
        return value
    return datetime.fromisoformat(value) if name == "taken_up_at" else date.fromisoformat(value)


def put_back(by: Acting, track: models.Track, before: Before) -> None:
    """Let a line stand as it stood; who was named in between no longer sees the person for it."""
    was = track.responsible_id
    for name, value in before.items():
        setattr(track, name, as_it_stood(name, value))
    track.save(update_fields=[name.removesuffix("_id") for name in KEPT])
    turn_page(by, track)
    see(track.responsible_id, [track.person_id], models.SightReason.RESPONSIBLE)
    kept = models.Track.objects.filter(
        responsible=was, person=track.person_id, closed_on__isnull=True
    )
    if was != track.responsible_id and not kept.exists():
        no_longer(was, [track.person_id], models.SightReason.RESPONSIBLE, by.on)
        pass_on(by, was, [track.person_id])
