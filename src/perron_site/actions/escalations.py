"""A late answer never closes an offer: it is brought further, and at last a coordinator answers for it."""

from datetime import date

from perron.responsibility.handover import DESK, FALLBACK, may_answer, stages_due
from perron.responsibility.matrix import escalation
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Refused
from perron.vocabulary.events import Event
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.tracks import EscalationStage, HandoverId, HandoverState, Step
from perron_site.actions.handovers import (
    Consented,
    Terms,
    answered,
    handover_locked,
    must_be,
    must_exist,
    put,
)
from perron_site.records import facts, models
from perron_site.records.context import Round, as_round
from perron_site.records.journal import record
from perron_site.records.lines import duty_of, of_kind
from perron_site.records.settling import act


@act
def escalate_handovers(by: Acting, *, on: date) -> int:
    """Bring each answer that is late by the day one desk further, each stage once; how many were brought."""
    late = models.Handover.objects.filter(state=HandoverState.OFFERED, due_on__lt=on)
    return sum(
        escalate(by, number, on) for number in late.order_by("pk").values_list("pk", flat=True)
    )


def escalate(by: Acting, number: int, on: date) -> int:
    """Write the stages of one handover that are due and not yet written."""
    home = models.Household.objects.filter(handover=number)
    rows = home.select_for_update(of=("self",), no_key=True).select_related("municipality")
    household = rows.get()
    offers = models.Handover.objects.select_for_update(of=("self",))
    row = offers.select_related("receiver__municipality").get(pk=number)
    if row.state != HandoverState.OFFERED:
        return 0
    known = set(models.Escalation.objects.filter(handover=row).values_list("stage", flat=True))
    missing = [stage for stage in stages_due(row.due_on, on) if stage not in known]
    for stage in missing:
        to = brought_to(row, household, stage, on)
        models.Escalation.objects.create(handover=row, stage=stage, organisation_id=to, on=on)
        record(by, Event.HANDOVER_ESCALATED, household, handover=row.pk, stage=stage, to=to)
    return len(missing)


def brought_to(
    row: models.Handover, household: models.Household, stage: EscalationStage, on: date
) -> int:
    """The organisation of a stage, where the household is or else where the receiver works."""
    if stage is EscalationStage.REMINDER:
        return row.receiver_id
    town = household.municipality or row.receiver.municipality
    if stage is EscalationStage.DESK:
        return first_of(town, DESK, set())
    line = models.Track.objects.filter(handovertrack__handover=row).order_by("pk").first()
    assert line is not None
    here = duty_of(household, line, Step(line.step), on)
    kinds = (here.organisation, *FALLBACK, *escalation(here))
    return first_of(town, kinds, {row.giver_id, row.receiver_id})


def first_of(
    town: models.Municipality | None, kinds: tuple[OrganisationKind, ...], besides: set[int]
) -> int:
    """The first organisation of these kinds there that is none of ``besides``; else the last one there."""
    found = [of_kind(town, kind) for kind in kinds]
    known = [each.pk for each in found if each is not None]
    return next((each for each in known if each not in besides), known[-1])


@act
def reassign_handover(by: Acting, *, handover_id: HandoverId, receiver_id: int) -> HandoverId:
    """The coordinator asks another organisation, which must still say yes; the giver keeps the baton."""
    old = handover_locked(by, handover_id)
    must_be(may_answer(facts.handover(old), by.organisation, HandoverState.REASSIGNED))
    if receiver_id in {old.giver_id, old.receiver_id}:
        raise Refused("handover.reassigned_to_the_same")
    must_exist(receiver_id)
    _, tracks = answered(by, handover_id, HandoverState.REASSIGNED)
    terms = Terms(
        old.why,
        old.consent,
        old.without_consent_because,
        old.read_until,
        Consented(tuple(old.consent_by), old.consent_words),
    )
    with as_round(Round.COMMAND):  # the desk writes an offer to which it is no party
        again = put(by, old.household, tracks, terms, giver=old.giver_id, receiver=receiver_id)
    record(
        by,
        Event.HANDOVER_REASSIGNED,
        old.household,
        handover=old.pk,
        receiver=receiver_id,
        again=again,
    )
    return again


@act
def advise_giver(by: Acting, *, handover_id: HandoverId, advice: str) -> None:
    """The coordinator tells the giver what to do; the offer stays open."""
    row = handover_locked(by, handover_id)
    must_be(may_answer(facts.handover(row), by.organisation, HandoverState.REASSIGNED))
    if not advice.strip():
        raise Refused("handover.desk_says_what_to_do")
    models.Escalation.objects.filter(handover=row, stage=EscalationStage.DESK).update(
        advice=advice.strip(), advised_on=by.on
    )
    record(by, Event.HANDOVER_GIVER_TOLD, row.household, handover=row.pk)
