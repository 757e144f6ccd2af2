"""Beds, homes and handovers of the roof, and who leaves: the twin of roofs, homes, stays, handovers and presence."""

from datetime import UTC, date

from perron.matching.fit import Fit, fit
from perron.responsibility.handover import answer_due, usual_reading
from perron.vocabulary.acting import Acting
from perron.vocabulary.events import Event
from perron.vocabulary.intervals import Interval
from perron.vocabulary.people import Presence
from perron.vocabulary.places import PlaceKind
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.wording import as_data
from perron_site.actions.ledger.book import Book
from perron_site.actions.ledger.lines import duty_of, open_next, settle, stand, take
from perron_site.actions.ledger.nouns import (
    Group,
    Line,
    Night,
    Offer,
    Place,
    Proposed,
    Someone,
    Stay,
    Words,
)
from perron_site.actions.roofs import nights_from
from perron_site.actions.stays import STEP_OF
from perron_site.records.bulkload import as_json
from perron_site.records.models import BulkKind, ProposalState, SightReason, StayState
from perron_site.records.sight import AFTERWARDS


def bring_roof_to(book: Book, by: Acting, group: Group, step: Step) -> None:
    """Bring the open roof lines of the household to a step, where they do not stand there already."""
    for person in group.people:
        line = person.open_line(TrackKind.ROOF)
        if line is not None and line.step != step:
            stand(book, by, person, line, step)


def booked(book: Book, by: Acting, group: Group, place: Place, nights: Interval) -> Stay:
    """Hold every bed of the unit for the household."""
    sleepers = [person.id for person in group.present]
    stay = Stay(
        book.stays.number(), place.unit.id, nights.start, nights.end, StayState.BOOKED, []
    )  # fmt: skip
    closed = [None] * (len(place.beds) - len(sleepers))
    for bed, person in zip(place.beds, [*sleepers, *closed], strict=True):
        stay.nights.append(Night(book.nights.number(), bed, person, nights.start, nights.end))
    group.stays.append(stay)
    for each in group.present:
        book.see(place.host, each, SightReason.HOSTS)
    book.record(
        by, Event.STAY_BOOKED, group,
        stay=stay.id, unit=place.unit.id, start=nights.start.isoformat(),
        end=nights.end.isoformat() if nights.end else None,
    )  # fmt: skip
    return stay


def give_bed(book: Book, by: Acting, group: Group, place: Place, despite: str) -> Stay:
    """Give an emergency bed for tonight, chosen by hand."""
    group.answered_at = by.at
    stay = booked(book, by, group, place, nights_from(by.tonight))
    for person in group.people:
        line = person.open_line(TrackKind.ROOF)
        if line is not None and line.step is Step.ROOF_ASKED:
            if line.taken_up_at is None and line.holder == by.organisation:
                take(book, by, person, line, by.organisation)
            stand(book, by, person, line, Step.ROOF_EMERGENCY)
    chosen = book.proposals.put(
        group.id, place.unit.id, by.tonight, ProposalState.TAKEN, "[]", by.at, by.at, despite
    )
    book.record(
        by, Event.ROOF_TAKEN, group,
        unit=place.unit.id, night=by.tonight.isoformat(), stay=stay.id, proposal=chosen,
    )  # fmt: skip
    return stay


def move_in(book: Book, by: Acting, group: Group, stay: Stay) -> None:
    """The household is there. A stay elsewhere that still runs ends on the same day."""
    place = book.places[stay.unit]
    for other in group.stays:
        if other.state is StayState.RUNNING:
            end_stay(book, by, group, other, max(stay.start, other.start))
    stay.state = StayState.RUNNING
    bring_roof_to(book, by, group, STEP_OF[place.unit.kind])
    if place.unit.kind is PlaceKind.HOME:
        settle(book, by, group, place.town)
    book.record(
        by, Event.STAY_MOVED_IN, group, stay=stay.id, unit=place.unit.id, on=by.on.isoformat()
    )


def end_stay(book: Book, by: Acting, group: Group, stay: Stay, on: date) -> None:
    """Free the beds from a day on, never later than they were held; the host may read for a while longer."""
    on = on if stay.end is None else min(on, stay.end)
    sleepers = {night.person for night in stay.nights}
    last_until(stay, on)
    stay.end, stay.state = on, StayState.ENDED
    host = book.places[stay.unit].host
    if all(book.places[each.unit].host != host for each in group.stays if each.state in HELD):
        for person in group.people:
            if person.id in sleepers:
                book.no_longer(host, person, SightReason.HOSTS, by.on, AFTERWARDS)
    book.record(by, Event.STAY_MOVED_OUT, group, stay=stay.id, on=on.isoformat())


HELD = frozenset({StayState.BOOKED, StayState.RUNNING})


def last_until(stay: Stay, end: date) -> None:
    """Let the beds of a stay be held until an earlier day."""
    stay.nights = [night for night in stay.nights if night.first < end]
    for night in stay.nights:
        night.end = end if night.end is None else min(night.end, end)


def roofs(group: Group) -> list[tuple[Someone, Line]]:
    """The open roof lines, by person."""
    found = ((person, person.open_line(TrackKind.ROOF)) for person in group.people)
    return [(person, line) for person, line in found if line is not None]


def offer_roof(book: Book, by: Acting, group: Group, receiver: int, words: Words) -> None:
    """Offer the roof of a household that consents to another organisation."""
    lines = [line for _, line in roofs(group)]
    group.offer = Offer(
        book.handovers.number(), by.organisation, receiver, words, by.at, answer_due(by.at),
        usual_reading(by.on), [(book.offered.number(), line) for line in lines],
    )  # fmt: skip
    for line in lines:
        line.offered = True
    tracks = [line.id for line in lines]
    book.record(
        by, Event.HANDOVER_OFFERED, group,
        handover=group.offer.id, receiver=receiver, tracks=tracks,
    )  # fmt: skip


def accept_roof(book: Book, by: Acting, group: Group) -> None:
    """Say yes: the baton and the sight move; the giver reads until the day that it set."""
    offer = group.offer
    if offer is None or offer.answered_at is not None:
        raise ValueError(f"nothing is offered for H-{group.id}")
    offer.answered_at = by.at
    lines = roofs(group)
    for person, line in lines:
        line.offered = False
        take(book, by, person, line, offer.receiver)
    for person, _ in lines:
        book.see(offer.giver, person, SightReason.GAVE, offer.read_until)
        if all(line.holder != offer.giver or line.closed_on for line in person.lines):
            book.no_longer(offer.giver, person, SightReason.RESPONSIBLE, by.on)
    book.record(by, Event.HANDOVER_ACCEPTED, group, handover=offer.id)


def propose_home(book: Book, by: Acting, group: Group, place: Place) -> None:
    """Propose a home that fits, with its reasons."""
    answer = fits(group, place, by.on)
    if not answer.fits:
        raise ValueError(f"U-{place.unit.id} does not fit H-{group.id}")
    reasons = as_json([as_data(reason) for reason in answer.reasons])
    home = Proposed(book.proposals.number(), place.unit.id, by.tonight, reasons, by.at)
    group.proposed = home
    book.record(
        by, Event.ROOF_PROPOSED, group,
        unit=home.unit, night=home.night.isoformat(), proposal=home.id,
    )  # fmt: skip
    bring_roof_to(book, by, group, Step.ROOF_HOME_PROPOSED)
    book.record(by, Event.HOME_PROPOSED, group, unit=home.unit, proposal=home.id)


def fits(group: Group, place: Place, on: date) -> Fit:
    """The answer of the engine for this household, which waits since it arrived, and a unit that is free."""
    return fit(group.noun(group.arrived_on), place.unit, on)


def take_home(book: Book, by: Acting, group: Group, start: date) -> Stay:
    """The household says yes: the home that was proposed is held from a day on."""
    home = group.proposed
    if home is None:
        raise ValueError(f"nothing is proposed to H-{group.id}")
    for other in group.stays:
        if other.state is StayState.RUNNING and (other.end is None or other.end > start):
            last_until(other, start)
            other.end = start
    stay = booked(book, by, group, book.places[home.unit], Interval(start))
    home.decided_at = by.at
    book.record(by, Event.HOME_TAKEN, group, unit=home.unit, proposal=home.id, stay=stay.id)
    return stay


def leave(book: Book, by: Acting, person: Someone, presence: Presence) -> None:
    """Somebody who was here is gone: no line and no bed any more."""
    group = person.group
    lines = [line for line in person.lines if line.closed_on is None]
    before = [(line, state_of(line)) for line in lines]
    was, since = person.presence, person.since
    person.presence, person.since = presence, by.on
    for line in lines:
        line.closed_on = by.on
        book.let_go(by, line.holder, person)
        book.put_page(line, by.on)
    act = book.bulk_acts.put(BulkKind.LEFT, by.organisation, by.user, by.at, person.id, was, since)
    for line, state in before:
        book.bulk_rows.put(act, group.id, person.id, line.id, line.page.id, as_json(state))
    for other in group.present:
        for line in [each for each in other.lines if each.closed_on is None]:
            open_next(book, by, other, duty_of(group, line, line.step, by.on))
    leave_beds(book, by, group, person)
    book.record(
        by, Event.PRESENCE_SET, group, person,
        presence=presence, was=was, keeps_bed=True, until=None, tried=[],
    )  # fmt: skip


def state_of(line: Line) -> dict[str, object]:
    """How a line stands, as JSON."""
    return {
        "step": line.step,
        "since": line.since.isoformat(),
        "due_on": line.due_on.isoformat() if line.due_on else None,
        "responsible_id": line.holder,
        "taken_up_at": line.taken_up_at.astimezone(UTC).isoformat() if line.taken_up_at else None,
        "closed_on": None,
    }


def leave_beds(book: Book, by: Acting, group: Group, person: Someone) -> None:
    """From tonight on the person has no bed; a stay in which nobody sleeps any more is over."""
    for stay in group.stays:
        if stay.state not in HELD:
            continue
        first = max(stay.start, by.tonight)
        coming = [night for night in stay.nights if night.end is None or night.end > first]
        own = next((night for night in coming if night.person == person.id), None)
        if own is not None and any(night.person not in {None, person.id} for night in coming):
            rest, own.end = own.end, first
            stay.nights = [
                night for night in stay.nights if night.first < first or night is not own
            ]
            stay.nights.append(Night(book.nights.number(), own.bed, None, first, rest))
        elif own is not None and stay.state is StayState.RUNNING:
            end_stay(book, by, group, stay, first)
        elif own is not None:
            raise NotImplementedError("somebody leaves before they moved in")
