"""The baton: it is offered, and moves only when the receiver says yes; a late answer goes one desk further."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.organisations import OrganisationId, OrganisationKind
from perron.vocabulary.tracks import EscalationStage, Handover, HandoverState, Track
from perron.vocabulary.verdicts import Decision
from perron.vocabulary.wording import message
from perron.vocabulary.working_days import add_working_days

ANSWER_DAYS = 2
"""Working days to answer an offer; no law sets a term (design, mark D)."""

ESCALATE_DAYS = {
    EscalationStage.REMINDER: 0,
    EscalationStage.FALLBACK: 2,
    EscalationStage.DESK: 4,
}
"""Working days after the last day to answer; on the day after these it is brought there (design, mark D)."""

FALLBACK = (OrganisationKind.MUNICIPALITY, OrganisationKind.OCMW, OrganisationKind.FEDASIL)
"""Who is asked after the default holder of the matrix: the first that is neither giver nor receiver (mark D)."""

DESK = (OrganisationKind.REGION, OrganisationKind.FEDASIL)
"""Whose coordinator answers for it at last: the region, or Fedasil while there is none (design, mark D)."""

READ_DAYS, READ_AT_MOST = 90, 365
"""How long a giver may read afterwards: as a rule and at most, in days from the offer (design, mark D)."""

TRANSITIONS: dict[HandoverState, frozenset[HandoverState]] = {
    HandoverState.OFFERED: frozenset(
        {
            HandoverState.ACCEPTED,
            HandoverState.DECLINED,
            HandoverState.WITHDRAWN,
            HandoverState.REASSIGNED,
        }
    ),
    HandoverState.ACCEPTED: frozenset(),
    HandoverState.DECLINED: frozenset(),
    HandoverState.WITHDRAWN: frozenset(),
    HandoverState.REASSIGNED: frozenset(),
}


def answer_due(offered_at: datetime) -> date:
    """The last day to answer an offer."""
    return add_working_days(day_in_brussels(offered_at), ANSWER_DAYS)


def stages_due(due_on: date, on: date) -> tuple[EscalationStage, ...]:
    """The desks to which an offer without an answer has been brought by the day, in their order."""
    return tuple(
        stage for stage, days in ESCALATE_DAYS.items() if on > add_working_days(due_on, days)
    )


def usual_reading(on: date) -> date:
    """Until which day a giver reads afterwards when nothing else is agreed."""
    return on + timedelta(days=READ_DAYS)


def may_read_until(until: date, on: date) -> Decision:
    """Whether a giver may keep reading until this day."""
    latest = on + timedelta(days=READ_AT_MOST)
    if on <= until <= latest:
        return Decision(allowed=True)
    reason = message("handover.read_until_out_of_bounds", first=on, last=latest)
    return Decision(allowed=False, reason=reason)


def holder(handover: Handover) -> OrganisationId:
    """Who holds the baton of the offered tracks."""
    accepted = handover.state is HandoverState.ACCEPTED
    return handover.receiver if accepted else handover.giver


def may_offer(tracks: Sequence[Track], giver: OrganisationId, receiver: OrganisationId) -> Decision:
    """Whether this organisation may offer these tracks to that one."""
    if not tracks:
        return Decision(allowed=False, reason=message("handover.nothing_offered"))
    if giver == receiver:
        return Decision(allowed=False, reason=message("handover.to_yourself"))
    if len({track.household for track in tracks}) > 1:
        return Decision(allowed=False, reason=message("handover.two_households"))
    if any(track.responsible != giver for track in tracks):
        return Decision(allowed=False, reason=message("handover.not_yours_to_give"))
    return Decision(allowed=True)


def may_answer(handover: Handover, organisation: OrganisationId, to: HandoverState) -> Decision:
    """Whether this organisation may bring the handover into that state."""
    if to not in TRANSITIONS[handover.state]:
        return Decision(allowed=False, reason=message("handover.already_answered"))
    if to is HandoverState.WITHDRAWN:
        if organisation != handover.giver:
            return Decision(allowed=False, reason=message("handover.only_giver_withdraws"))
    elif to is HandoverState.REASSIGNED:
        if organisation != handover.desk:
            return Decision(allowed=False, reason=message("handover.only_desk_reassigns"))
    elif organisation != handover.receiver and not (
        to is HandoverState.ACCEPTED and organisation == handover.fallback
    ):
        return Decision(allowed=False, reason=message("handover.only_receiver_answers"))
    return Decision(allowed=True)
