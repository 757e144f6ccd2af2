"""The handover: offered, accepted, declined, withdrawn. The giver keeps the baton until the yes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from perron.responsibility.handover import (
    answer_due,
    may_answer,
    may_offer,
    may_read_until,
    usual_reading,
)
from perron.responsibility.representation import in_force, may_act, must_say_who
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Conflict, NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.organisations import OrganisationId
from perron.vocabulary.people import HouseholdId
from perron.vocabulary.representation import Represented
from perron.vocabulary.tracks import DeclineReason, EscalationStage, HandoverId, HandoverState
from perron.vocabulary.verdicts import Decision, Verdict
from perron_site.actions.stays import household_locked
from perron_site.records import facts, models
from perron_site.records.conflicts import conflicts
from perron_site.records.journal import record
from perron_site.records.lines import take
from perron_site.records.locking import household_lock
from perron_site.records.questions import pass_on
from perron_site.records.representation import adults_of, of
from perron_site.records.settling import act
from perron_site.records.sight import no_longer, see


@dataclass(frozen=True, slots=True)
class Consented:
    """Who said yes for children: those named for them, or in words whoever else; needed where no adult may."""

    by: tuple[int, ...] = ()
    words: str = ""


NO_WORDS = Consented()


@dataclass(frozen=True, slots=True)
class Terms:
    """How something is offered: why, with whose consent, and until when the giver reads afterwards."""

    why: str
    consent: bool
    without_consent_because: str
    read_until: date
    consented: Consented = NO_WORDS


@act
def offer_handover(
    by: Acting,
    *,
    household_id: HouseholdId,
    track_ids: tuple[int, ...],
    receiver_id: int,
    why: str,
    consent: bool,
    without_consent_because: str = "",
    people: frozenset[int] | None = None,
    read_until: date | None = None,
    consented: Consented = NO_WORDS,
) -> HandoverId:
    """Offer lines of a household, or of these people in it, to one organisation; nothing moves before its yes.

    ``read_until`` is the day until which the giver reads afterwards; 90 days when nothing is said.
    """
    household = household_locked(by, household_id)
    tracks = [
        track
        for track in offered_lines(household, track_ids)
        if people is None or track.person_id in people
    ]
    read_until = read_until or usual_reading(by.on)
    must_be(may_read_until(read_until, by.on))
    nouns = [facts.track(row, household) for row in tracks]
    must_be(may_offer(nouns, by.organisation, OrganisationId(receiver_id)))
    if not consent and not without_consent_because.strip():
        raise Refused("handover.without_consent_say_why")
    must_exist(receiver_id)
    if consent:
        must_say_who_consented(by, household, [track.person_id for track in tracks], consented)
    because = without_consent_because.strip()
    terms = Terms(why.strip(), consent, because, read_until, consented)
    return put(by, household, tracks, terms, giver=by.organisation, receiver=receiver_id)


def must_say_who_consented(
    by: Acting, household: models.Household, people: Collection[int], said: Consented
) -> None:
    """Refused where a child is concerned for whom nobody there speaks, until it is said who consented."""
    concerned = of(people)
    known = {row.id for each in concerned for row in in_force(each, by.on)}
    if not known.issuperset(said.by):
        raise Refused("representation.not_for_them")
    children = [each for each in concerned if not asked_well(each, said, by.on)]
    if not said.words.strip() and must_say_who(children, adults_of(household.pk, by.on), by.on):
        raise Refused("representation.say_who_consented")


def asked_well(child: Represented, said: Consented, on: date) -> bool:
    """Whether somebody who consented is named for this child, and it is not a no."""
    mine = {row.id for row in child.named} & set(said.by)
    return bool(mine) and may_act(child, mine, on) is not Verdict.NO


def must_exist(receiver_id: int) -> None:
    """NotFound unless there is such an organisation today: nobody invents a destination."""
    if not models.Organisation.objects.filter(pk=receiver_id, valid_until__isnull=True).exists():
        raise NotFound("not_found.organisation")


def put(
    by: Acting,
    household: models.Household,
    tracks: list[models.Track],
    terms: Terms,
    *,
    giver: int,
    receiver: int,
) -> HandoverId:
    """Write the offer and bind the lines to it: a line is offered to one organisation at a time."""
    row = models.Handover.objects.create(
        giver_id=giver,
        receiver_id=receiver,
        household=household,
        state=HandoverState.OFFERED,
        why=terms.why,
        consent=terms.consent,
        without_consent_because=terms.without_consent_because,
        consent_by=list(terms.consented.by),
        consent_words=terms.consented.words.strip(),
        offered_at=by.at,
        due_on=answer_due(by.at),
        read_until=terms.read_until,
    )
    with conflicts():
        models.HandoverTrack.objects.bulk_create(
            models.HandoverTrack(handover=row, track=track) for track in tracks
        )
    numbers = [track.pk for track in tracks]
    record(
        by, Event.HANDOVER_OFFERED, household, handover=row.pk, receiver=receiver, tracks=numbers
    )
    return HandoverId(row.pk)


def offered_lines(household: models.Household, track_ids: tuple[int, ...]) -> list[models.Track]:
    """The open lines of the household with these numbers, locked (NotFound when one is missing)."""
    people = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    rows = models.Track.objects.select_for_update(of=("self",)).select_related("responsible")
    tracks = rows.filter(
        pk__in=track_ids, person__in=people.values("person"), closed_on__isnull=True
    )
    found = list(tracks.order_by("pk"))
    if len(found) < len(set(track_ids)):
        raise NotFound("not_found.track")
    return found


@act
def accept_handover(by: Acting, *, handover_id: HandoverId) -> None:
    """Say yes: the baton and the sight move in one transaction; the giver reads until the day that it set.

    An organisation to which a late answer was shown may say yes in the place of the one that was asked.
    """
    row, tracks = answered(by, handover_id, HandoverState.ACCEPTED)
    for track in tracks:
        take(by, track, row.receiver_id)
    people = {track.person_id for track in tracks}
    see(row.giver_id, people, models.SightReason.GAVE, row.read_until)
    kept = models.Track.objects.filter(
        responsible=row.giver_id, person__in=people, closed_on__isnull=True
    )
    gone = people - set(kept.values_list("person_id", flat=True))
    no_longer(row.giver_id, gone, models.SightReason.RESPONSIBLE, by.on)
    pass_on(by, row.giver_id, gone)
    record(by, Event.HANDOVER_ACCEPTED, row.household, handover=row.pk)


@act
def decline_handover(
    by: Acting, *, handover_id: HandoverId, reason: DeclineReason, text: str = ""
) -> None:
    """Say no with a typed reason; the giver keeps the baton."""
    if reason is DeclineReason.OTHER and not text.strip():
        raise Refused("handover.other_needs_words")
    row, _ = answered(by, handover_id, HandoverState.DECLINED, reason, text)
    record(by, Event.HANDOVER_DECLINED, row.household, handover=row.pk, reason=reason)


@act
def withdraw_handover(by: Acting, *, handover_id: HandoverId) -> None:
    """Take an offer back; that is not a decline."""
    row, _ = answered(by, handover_id, HandoverState.WITHDRAWN)
    record(by, Event.HANDOVER_WITHDRAWN, row.household, handover=row.pk)


def answered(
    by: Acting,
    handover_id: HandoverId,
    to: HandoverState,
    reason: DeclineReason | None = None,
    text: str = "",
) -> tuple[models.Handover, list[models.Track]]:
    """Lock the household and the handover, ask whether it may be answered so, and write the answer."""
    row = handover_locked(by, handover_id)
    must_be(may_answer(facts.handover(row), by.organisation, to))
    offered = models.HandoverTrack.objects.filter(handover=row, open=True)
    tracks = models.Track.objects.select_for_update().filter(pk__in=offered.values("track"))
    lines = list(tracks.order_by("pk"))
    # First, because a desk that is no party sees them only while they are offered.
    offered.update(open=False)
    row.state, row.answered_at = to, by.at
    row.decline_reason, row.decline_text = reason or "", text.strip()
    if to is HandoverState.ACCEPTED:
        row.receiver_id = by.organisation
        see(by.organisation, {line.person_id for line in lines}, models.SightReason.RESPONSIBLE)
    row.save(update_fields=["state", "answered_at", "decline_reason", "decline_text", "receiver"])
    return row, lines


def handover_locked(by: Acting, handover_id: HandoverId) -> models.Handover:
    """The handover with its household, both locked, if the acting organisation has a part in it."""
    brought = models.Escalation.objects.filter(organisation=by.organisation).exclude(
        stage=EscalationStage.REMINDER
    )
    party = (
        Q(giver=by.organisation)
        | Q(receiver=by.organisation)
        | Q(pk__in=brought.values("handover"))
    )
    found = models.Handover.objects.filter(party, pk=handover_id).first()
    if found is None:
        raise NotFound("not_found.handover")
    try:
        household = household_lock(found.household_id)
    except Conflict as unseen:  # who was only asked sees the household no more once it is answered
        raise Refused("handover.already_answered") from unseen
    row = models.Handover.objects.select_for_update().get(pk=handover_id)
    if row.household_id != household.pk:  # its people went on elsewhere a moment ago
        raise Conflict("conflict.try_again")
    row.household = household
    return row


def must_be(decision: Decision) -> None:
    """Refused with its reason unless the decision allows the act."""
    if not decision:
        assert decision.reason is not None
        raise Refused(decision.reason.key, **dict(decision.reason.params))
