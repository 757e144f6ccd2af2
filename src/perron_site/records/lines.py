"""The one way to open and move a line: the track and its history of steps are written together."""

from datetime import date

from perron.responsibility.matrix import Duty, due_on, duty, first_step
from perron.responsibility.openings import meant
from perron.rules.law import protection_end
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.events import Event
from perron.vocabulary.organisations import ONE_A_PLACE, OrganisationKind
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import HandoverState, Step, TrackKind
from perron_site.records import facts, models
from perron_site.records.journal import record
from perron_site.records.law import law_in_force
from perron_site.records.questions import pass_on
from perron_site.records.sight import AFTERWARDS, no_longer, see


def region_of(household: models.Household) -> Region | None:
    """The region of the household's municipality, or None while it has none."""
    town = household.municipality
    return None if town is None else Region(town.region)


def duty_of(household: models.Household, track: models.Track, step: Step, on: date) -> Duty:
    """What the matrix on which the line runs says of a step."""
    return duty(TrackKind(track.kind), step, region_of(household), on, track.matrix)


def default_holder(household: models.Household, here: Duty) -> models.Organisation:
    """The organisation that the matrix names for this step (NotFound when it was never loaded)."""
    needed = here.organisation
    found = of_kind(household.municipality, needed)
    if found is None:
        raise NotFound("organisation.not_found", kind=needed)
    return found


def of_kind(
    town: models.Municipality | None, needed: OrganisationKind
) -> models.Organisation | None:
    """The organisation of this kind that works for the municipality; None when there is none."""
    rows = models.Organisation.objects.filter(kind=needed, valid_until__isnull=True)
    if needed is OrganisationKind.REGION:
        rows = rows.filter(region=town.region if town else None)
    elif needed in ONE_A_PLACE:
        rows = rows.filter(municipality=town)
    return rows.order_by("pk").first()


def open_line(
    by: Acting, household: models.Household, person: models.Person, step: Step
) -> models.Track:
    """Open a line at a step with the default holder, who sees the person but has not said yes."""
    kind = TrackKind(step.value.partition(".")[0])
    here = duty(kind, step, region_of(household), by.on)
    holder = default_holder(household, here)
    track = models.Track.objects.create(
        person=person,
        kind=kind,
        step=step,
        since=by.on,
        due_on=due_on(here, by.on),
        responsible=holder,
        opened_on=by.on,
        matrix=here.version,
    )
    models.TrackStep.objects.create(track=track, step=step, holder=holder, start=by.on)
    see(holder.pk, [person.pk], models.SightReason.RESPONSIBLE)
    record(by, Event.TRACK_OPENED, household, person, track=track.pk, kind=kind, step=step)
    open_next(by, household, person, here)
    return track


def open_next(by: Acting, household: models.Household, person: models.Person, here: Duty) -> None:
    """Open what the matrix opens at this step, for this person, unless there was such a line before."""
    if not here.opens:
        return
    people = [facts.member(each) for each in facts.present(household.pk)]
    end = protection_end(by.on, changes=law_in_force(by.on)).value
    last = end if isinstance(end, date) else None
    had = {
        track.kind
        for track in models.Track.objects.filter(person=person)
        if counts(household, track, by.on)
    }
    for opening in here.opens:
        if opening.line not in had and meant(opening, facts.member(person), people, by.on, last):
            open_line(by, household, person, first_step(opening.line))


def counts(household: models.Household, track: models.Track, on: date) -> bool:
    """Whether it is open or came to its own end; a line that was cut off because somebody left is not."""
    return track.closed_on is None or duty_of(household, track, Step(track.step), on).closing


def stand(by: Acting, household: models.Household, track: models.Track, step: Step) -> None:
    """Bring a line to a step. Whoever said yes, offers or ends it keeps the baton; else the matrix names the holder."""
    here = duty_of(household, track, step, by.on)
    was, before = track.step, track.responsible_id
    offered = models.HandoverTrack.objects.filter(track=track, open=True).exists()
    if track.taken_up_at is None and not offered and not here.closing:
        track.responsible = default_holder(household, here)
        see(track.responsible_id, [track.person_id], models.SightReason.RESPONSIBLE)
    track.step, track.since = step, by.on
    track.due_on = due_on(here, by.on)
    if here.closing:
        track.closed_on = by.on
        take_offer_back(by, track)
    track.save(update_fields=["step", "since", "due_on", "responsible", "closed_on"])
    if track.closed_on is not None or track.responsible_id != before:
        let_go(by, before, track.person_id)
    turn_page(by, track)
    record(by, Event.TRACK_STEP_SET, household, track.person, track=track.pk, step=step, was=was)
    open_next(by, household, track.person, here)


def settle(by: Acting, household: models.Household, town: models.Municipality) -> None:
    """The household lives there now: what nobody has taken up is for whom the matrix names there."""
    if household.municipality_id == town.pk:
        return
    moved = household.municipality_id is not None
    household.municipality = town
    household.save(update_fields=["municipality"])
    people = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    lines = models.Track.objects.select_for_update(of=("self",)).filter(
        person__in=people.values("person"), closed_on__isnull=True
    )
    offered = models.HandoverTrack.objects.filter(open=True).values("track")
    for line in lines.filter(taken_up_at__isnull=True).exclude(pk__in=offered).order_by("pk"):
        name_anew(by, household, line)
    if moved:
        for line in lines.select_related("person").order_by("pk"):
            move_with(by, household, line)
    record(by, Event.HOUSEHOLD_SETTLED, household, municipality=town.pk)


def move_with(by: Acting, household: models.Household, track: models.Track) -> None:
    """A line that moves with the household, by its matrix, says so; whoever said yes keeps the baton."""
    steps = duty_of(household, track, Step(track.step), by.on).next
    if f"{track.kind}.moved" in steps:
        stand(by, household, track, Step(f"{track.kind}.moved"))


def name_anew(by: Acting, household: models.Household, track: models.Track) -> None:
    """Let the matrix name the holder of a line that nobody has taken up; who was named may read for a while longer."""
    was = track.responsible_id
    here = duty_of(household, track, Step(track.step), by.on)
    track.responsible = default_holder(household, here)
    if track.responsible_id == was:
        return
    track.save(update_fields=["responsible"])
    see(track.responsible_id, [track.person_id], models.SightReason.RESPONSIBLE)
    let_go(by, was, track.person_id)
    turn_page(by, track)


def let_go(by: Acting, organisation: int, person: int) -> None:
    """An organisation that held a line may read for a while longer; as long as it holds another one, as before."""
    see(organisation, [person], models.SightReason.GAVE, by.on + AFTERWARDS)
    held = models.Track.objects.filter(
        responsible=organisation, person=person, closed_on__isnull=True
    )
    if not held.exists():
        no_longer(organisation, [person], models.SightReason.RESPONSIBLE, by.on)
        pass_on(by, organisation, [person])


def take(by: Acting, track: models.Track, holder: int) -> None:
    """Let an organisation say yes to a line: from now on it holds the baton."""
    track.responsible_id, track.taken_up_at = holder, by.at
    track.save(update_fields=["responsible", "taken_up_at"])
    see(holder, [track.person_id], models.SightReason.RESPONSIBLE)
    turn_page(by, track)


def take_offer_back(by: Acting, track: models.Track) -> None:
    """A line that ends is offered to nobody; an offer of nothing else is withdrawn."""
    items = models.HandoverTrack.objects.filter(track=track, open=True)
    for item in items.select_related("handover__household").order_by("pk"):
        item.open = False
        item.save(update_fields=["open"])
        offer = item.handover
        if not models.HandoverTrack.objects.filter(handover=offer, open=True).exists():
            offer.state, offer.answered_at = HandoverState.WITHDRAWN, by.at
            offer.save(update_fields=["state", "answered_at"])
            record(by, Event.HANDOVER_WITHDRAWN, offer.household, handover=offer.pk)


def end_line(by: Acting, track: models.Track) -> None:
    """End a line where it stands, because the person is gone; its holder may read for a while longer."""
    track.closed_on = by.on
    track.save(update_fields=["closed_on"])
    let_go(by, track.responsible_id, track.person_id)
    models.TrackStep.objects.filter(track=track, end__isnull=True).update(end=by.on)


def turn_page(by: Acting, track: models.Track) -> None:
    """Close the current row of the history and write the next one."""
    models.TrackStep.objects.filter(track=track, end__isnull=True).update(end=by.on)
    models.TrackStep.objects.create(
        track=track,
        step=track.step,
        holder_id=track.responsible_id,
        taken_up=track.taken_up_at is not None,
        start=by.on,
        end=track.closed_on,
    )
