"""A roof for tonight: it is asked for, proposed, taken, overruled or refused. No status is ever asked."""

from datetime import date, timedelta

from django.db.models import QuerySet

from perron.matching.fit import Fit, fit
from perron.matching.optimal import optimal
from perron.responsibility.matrix import first_step
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.intervals import Interval
from perron.vocabulary.people import HouseholdId
from perron.vocabulary.places import PlaceKind
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.wording import as_data
from perron_site.actions.stays import book, household_locked
from perron_site.records import facts, models
from perron_site.records.conflicts import conflicts
from perron_site.records.journal import record
from perron_site.records.lines import open_line, stand, take
from perron_site.records.settling import act
from perron_site.records.sight import must_find_a_place

EMERGENCY_NIGHTS = 5
"""Emergency reception is meant for one to five days (matrix, roof.emergency)."""


@act
def ask_for_roof(by: Acting, *, household_id: HouseholdId) -> int:
    """Ask for a roof from tonight on; the roof line opens for each person who has none."""
    household = household_locked(by, household_id)
    people = facts.present(household.pk)
    if not people:
        raise Refused("household.nobody")
    with conflicts():
        request = models.RoofRequest.objects.create(
            household=household,
            asked_at=by.at,
            from_night=by.tonight,
            state=models.RequestState.OPEN,
        )
    has_line = set(roof_lines(household).values_list("person_id", flat=True))
    for person in people:
        if person.pk not in has_line:
            open_line(by, household, person, first_step(TrackKind.ROOF))
    record(by, Event.ROOF_ASKED, household, night=by.tonight.isoformat(), request=request.pk)
    return request.pk


@act
def propose_tonight(by: Acting, *, night: date) -> int:
    """Propose a bed for everybody who waits, the best plan there is; older open proposals lapse."""
    open_now = models.RoofRequest.objects.filter(
        state=models.RequestState.OPEN, from_night__lte=night
    )
    waiting = models.Household.objects.filter(pk__in=open_now.values("household")).order_by("pk")
    list(waiting.select_for_update(no_key=True))  # households before requests, as in every act
    requests = list(
        open_now.select_for_update(of=("self",))
        .select_related("household__municipality")
        .order_by("pk")
    )
    models.Proposal.objects.filter(
        state=models.ProposalState.OPEN, household__in=[row.household_id for row in requests]
    ).update(state=models.ProposalState.LAPSED, decided_at=by.at)
    asked = {row.household_id: row.from_night for row in requests}
    plan = optimal(
        facts.households([row.household for row in requests], asked),
        facts.units(PlaceKind.EMERGENCY, nights_from(night)),
        night,
    )
    for pair in plan.pairs:
        propose(by, pair, night)
    return len(plan.pairs)


def propose(by: Acting, pair: Fit, night: date) -> models.Proposal:
    """Write one proposal with its reasons as data."""
    with conflicts():
        proposal = models.Proposal.objects.create(
            household_id=pair.household.id,
            unit_id=pair.unit.id,
            night=night,
            state=models.ProposalState.OPEN,
            reasons=[as_data(reason) for reason in pair.reasons],
            proposed_at=by.at,
        )
    household = models.Household.objects.get(pk=pair.household.id)
    record(
        by, Event.ROOF_PROPOSED, household,
        unit=pair.unit.id, night=night.isoformat(), proposal=proposal.pk,
    )  # fmt: skip
    return proposal


@act
def take_proposal(by: Acting, *, proposal_id: int) -> int:
    """Sign for a proposed bed; the stay is booked and the request is answered. The number of the stay."""
    proposal = open_proposal(by, proposal_id)
    stay = house_tonight(by, proposal.household, proposal.unit, proposal.night)
    decide(by, proposal, models.ProposalState.TAKEN)
    record(
        by, Event.ROOF_TAKEN, proposal.household,
        unit=proposal.unit_id, night=proposal.night.isoformat(), stay=stay.pk, proposal=proposal.pk,
    )  # fmt: skip
    return stay.pk


@act
def take_all(by: Acting, *, proposal_ids: tuple[int, ...]) -> tuple[int, ...]:
    """Sign for several proposals, each shown with its reason; all or none."""
    return tuple(
        take_proposal(by, proposal_id=each) for each in sorted(proposal_ids)
    )  # records each


@act
def overrule_proposal(
    by: Acting, *, proposal_id: int, despite: str, unit_id: int | None = None
) -> int | None:
    """Decide otherwise, with a reason that stays: another unit, or none for now."""
    if not despite.strip():
        raise Refused("proposal.needs_a_reason")
    proposal = open_proposal(by, proposal_id)
    decide(by, proposal, models.ProposalState.OVERRULED, despite)
    record(
        by, Event.ROOF_OVERRULED, proposal.household,
        unit=proposal.unit_id, night=proposal.night.isoformat(), proposal=proposal.pk,
    )  # fmt: skip
    if unit_id is None:
        return None
    return give_bed(
        by,
        household_id=HouseholdId(proposal.household_id),
        unit_id=unit_id,
        night=proposal.night,
        despite=despite,
    )


@act
def give_bed(
    by: Acting, *, household_id: HouseholdId, unit_id: int, night: date, despite: str
) -> int:
    """Give a bed that the engine did not propose, with a reason that stays; it may lack what is needed.

    What protects others is not passed over: enough beds, the dates, minors alone, places for women.
    """
    if not despite.strip():
        raise Refused("proposal.needs_a_reason")
    household = household_locked(by, household_id)
    unit = models.Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound("not_found.place")
    stay = house_tonight(by, household, unit, night, despite_needs=True)
    chosen = models.Proposal.objects.create(
        household=household, unit=unit, night=night, state=models.ProposalState.TAKEN,
        proposed_at=by.at, decided_at=by.at, despite=despite.strip(),
    )  # fmt: skip
    record(
        by, Event.ROOF_TAKEN, household,
        unit=unit.pk, night=night.isoformat(), stay=stay.pk, proposal=chosen.pk,
    )  # fmt: skip
    return stay.pk


@act
def refuse_proposal(by: Acting, *, proposal_id: int, despite: str) -> None:
    """Note that the household said no, and why. It has no consequence tonight: the request stays open."""
    if not despite.strip():
        raise Refused("proposal.needs_a_reason")
    proposal = open_proposal(by, proposal_id)
    decide(by, proposal, models.ProposalState.REFUSED, despite)
    record(
        by, Event.ROOF_REFUSED, proposal.household,
        unit=proposal.unit_id, night=proposal.night.isoformat(), proposal=proposal.pk,
    )  # fmt: skip


def open_proposal(by: Acting, proposal_id: int) -> models.Proposal:
    """The proposal with its household locked, if it still waits for a decision."""
    proposal = models.Proposal.objects.filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound("not_found.proposal")
    household_locked(by, HouseholdId(proposal.household_id))
    proposal = models.Proposal.objects.select_related("household__municipality", "unit__site").get(
        pk=proposal_id
    )
    if proposal.state != models.ProposalState.OPEN:
        raise Refused("proposal.decided_already")
    return proposal


def decide(
    by: Acting, proposal: models.Proposal, state: models.ProposalState, despite: str = ""
) -> None:
    """Write what became of a proposal."""
    proposal.state, proposal.decided_at, proposal.despite = state, by.at, despite.strip()
    proposal.save(update_fields=["state", "decided_at", "despite"])


def house_tonight(
    by: Acting,
    household: models.Household,
    unit: models.Unit,
    night: date,
    *,
    despite_needs: bool = False,
) -> models.Stay:
    """Book the emergency bed, answer the request, and bring the roof lines to it."""
    answered = models.RoofRequest.objects.filter(
        household=household, state=models.RequestState.OPEN
    )
    if not answered.update(state=models.RequestState.ANSWERED, answered_at=by.at):
        raise Refused("roof.not_asked")
    nights = nights_from(night)
    must_fit(household, unit, nights, despite_needs=despite_needs)
    stay = book(by, household, unit, nights)
    for line in roof_lines(household).filter(step=Step.ROOF_ASKED):
        if line.taken_up_at is None and line.responsible_id == by.organisation:
            take(by, line, by.organisation)
        stand(by, household, line, Step.ROOF_EMERGENCY)
    return stay


def must_fit(
    household: models.Household, unit: models.Unit, nights: Interval, *, despite_needs: bool = False
) -> None:
    """Refused with the first reason against the unit, unless it only lacks what is needed and may."""
    must_find_a_place(household.pk)
    noun = facts.households([household], {})[0]
    found = [each for each in facts.units(PlaceKind(unit.kind), nights) if each.id == unit.pk]
    if not found:
        raise Refused("place.not_bookable")
    answer = fit(noun, found[0], nights.start)
    passed_over = len(answer.lacking) if despite_needs else 0
    if len(answer.against) > passed_over:
        first = answer.against[0]
        raise Refused(first.key, **dict(first.params))


def nights_from(night: date) -> Interval:
    """The nights for which an emergency bed is booked."""
    return Interval(night, night + timedelta(days=EMERGENCY_NIGHTS))


def roof_lines(household: models.Household) -> QuerySet[models.Track]:
    """The open roof lines of the people who are in the household now."""
    people = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    return (
        models.Track.objects.select_for_update()
        .filter(person__in=people.values("person"), kind=TrackKind.ROOF, closed_on__isnull=True)
        .order_by("pk")
    )
