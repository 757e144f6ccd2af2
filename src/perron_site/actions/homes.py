"""A home: proposed with its reasons, and booked when the household says yes."""

from datetime import date

from django.db import connection

from perron.matching.fit import fit
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.intervals import Interval
from perron.vocabulary.people import HouseholdId
from perron.vocabulary.places import PlaceKind
from perron.vocabulary.tracks import Step
from perron_site.actions.roofs import decide, must_fit, open_proposal, propose
from perron_site.actions.stays import book, bring_roof_to, household_locked, last_until
from perron_site.queries.homes import home_sites, homes
from perron_site.records import facts, models
from perron_site.records.journal import record
from perron_site.records.settling import act
from perron_site.records.sight import must_find_a_place


@act
def propose_home(by: Acting, *, household_id: HouseholdId, unit_id: int | None = None) -> int:
    """Propose a home that fits and is promised to nobody: the one chosen, else the most comfortable.

    Gives the number of the proposal.
    """
    household = household_locked(by, household_id)
    if models.Proposal.objects.filter(
        household=household, state=models.ProposalState.OPEN
    ).exists():
        raise Refused("conflict.proposal_open_already")
    must_find_a_place(household.pk)
    promised = promised_units()
    nouns = facts.households([household], {household.pk: household.arrived_on})
    if not nouns:
        raise Refused("household.nobody")
    found = [
        fit(nouns[0], unit, by.on)
        for unit in homes(home_sites(by), by)
        if unit_id in {None, unit.id} and unit.id not in promised
    ]
    fitting = [each for each in found if each.fits]
    if not fitting:
        raise Refused("home.none_fits", homes=len(found))
    best = max(fitting, key=lambda each: (each.comfort, -each.unit.id))
    proposal = propose(by, best, by.tonight)
    bring_roof_to(by, household, Step.ROOF_HOME_PROPOSED)
    record(by, Event.HOME_PROPOSED, household, unit=best.unit.id, proposal=proposal.pk)
    return proposal.pk


@act
def take_home(by: Acting, *, proposal_id: int, start: date, end: date | None = None) -> int:
    """The household says yes: the home is held from a day on. The number of the stay."""
    proposal = open_proposal(by, proposal_id)
    if PlaceKind(proposal.unit.kind) is not PlaceKind.HOME:
        raise NotFound("not_found.proposal")
    if start < by.on:
        raise Refused("stay.begins_in_the_past", day=start)
    household = proposal.household
    nights = Interval(start, end)
    shorten(household, start)
    must_fit(household, proposal.unit, nights)
    stay = book(by, household, proposal.unit, nights)
    decide(by, proposal, models.ProposalState.TAKEN)
    asked = models.RoofRequest.objects.filter(household=household, state=models.RequestState.OPEN)
    if start <= by.tonight:
        asked.update(state=models.RequestState.ANSWERED, answered_at=by.at)
    record(
        by, Event.HOME_TAKEN, household, unit=proposal.unit_id, proposal=proposal.pk, stay=stay.pk
    )
    return stay.pk


@act
def refuse_home(by: Acting, *, proposal_id: int, despite: str) -> None:
    """The household says no, and why; the roof goes on as it was."""
    if not despite.strip():
        raise Refused("proposal.needs_a_reason")
    proposal = open_proposal(by, proposal_id)
    decide(by, proposal, models.ProposalState.REFUSED, despite)
    running = models.Stay.objects.filter(
        household=proposal.household, state=models.StayState.RUNNING
    )
    bring_roof_to(
        by, proposal.household, Step.ROOF_EMERGENCY if running.exists() else Step.ROOF_ASKED
    )
    record(by, Event.HOME_REFUSED, proposal.household, unit=proposal.unit_id, proposal=proposal.pk)


def promised_units() -> set[int]:
    """The places that are proposed to somebody, whoever it is: asked beyond one's sight."""
    with connection.cursor() as cursor:
        return {unit for (unit,) in cursor.execute("select perron_promised_units()").fetchall()}


def shorten(household: models.Household, start: date) -> None:
    """Free the nights from the first one in the new home on, in places where the household still stays."""
    stays = models.Stay.objects.filter(household=household, state=models.StayState.RUNNING)
    for stay in stays.order_by("pk"):
        if stay.start <= start and (stay.end is None or stay.end > start):
            last_until(stay, start)
            stay.end = start
            stay.save(update_fields=["end"])
