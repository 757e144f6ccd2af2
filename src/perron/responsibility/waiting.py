"""Why a line takes so long, from what is noted, and what the person can do; no forecast."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from perron.responsibility.matrix import ADOPTED, duty, matrix_of
from perron.responsibility.rows import Duty, Wait
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.organisations import OrganisationId
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import EscalationStage, Step, Track
from perron.vocabulary.verdicts import Source
from perron.vocabulary.wording import Message, message

REFUSED = frozenset({Step.PROTECTION_REFUSED, Step.DURABLE_REFUSED})
"""Where the term of the matrix is that of the appeal."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A late answer was brought to an organisation on a day."""

    stage: EscalationStage
    to: OrganisationId
    on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """The line is offered to an organisation whose answer is awaited."""

    to: OrganisationId
    on: date
    due_on: date
    brought: tuple[Brought, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """An open line of a person. ``others``: where their other lines stand now, and the steps behind each."""

    track: Track
    offer: Asked | None = None
    others: dict[Step, frozenset[Step]] = field(default_factory=dict)

    def duty(self, on: date) -> Duty:
        """What the matrix says where the line stands, on the day."""
        track, day = self.track, max(on, self.track.since)
        return duty(track.kind, track.step, track.region, day, track.matrix)


@dataclass(frozen=True, slots=True)
class Why:
    """One sentence with its source; ``organisation``: about whom it is, said by the door beside the sentence."""

    message: Message
    source: Source | None = None
    organisation: OrganisationId | None = None


def why_waiting(line: Standing, on: date) -> tuple[Why, ...]:
    """Every reason that is noted, what holds the line up first, the clock last; none where nothing is awaited."""
    here = line.duty(on)
    if here.closing:
        return ()
    held = (*nobody(line), *awaited(line, on), *held_up(line, here, on))
    return (*held, *on_clock(line, here, on), *at_work(line, here))


def nobody(line: Standing) -> Iterator[Why]:
    """Nobody has said yes."""
    if line.track.taken_up_at is None:
        yield Why(message("why.nobody", day=line.track.since))


def awaited(line: Standing, on: date) -> Iterator[Why]:
    """The answer to an offer, its day, and to whom it was brought when it was late."""
    offer = line.offer
    if offer is None:
        return
    yield Why(message("why.offered", day=offer.on), None, offer.to)
    late = "why.answer_late" if offer.due_on < on else "why.answer_due"
    yield Why(message(late, day=offer.due_on))
    for each in offer.brought:
        to = None if each.to == offer.to else each.to
        yield Why(message(f"why.brought.{each.stage}", day=each.on), None, to)


def held_up(line: Standing, here: Duty, on: date) -> Iterator[Why]:
    """What must come first: another line, an address, a municipality, a judgment."""
    for wait in here.waits_for:
        if not reached(wait, line, on):
            yield Why(message(f"why.first.{wait.step}"), wait.source)
    if here.step is Step.MUNICIPALITY_NO_ADDRESS:
        yield Why(message("why.no_address"))
    if here.step is Step.PROTECTION_APPEALED:
        yield Why(message("why.appeal"))
    if here.region is None and another_elsewhere(line, here, on):
        yield Why(message("why.no_municipality"), None, line.track.responsible)


def on_clock(line: Standing, here: Duty, on: date) -> Iterator[Why]:
    """What the clock says, or why none runs."""
    due = line.track.due_on
    if due is not None:
        term = "appeal" if here.step in REFUSED else "term"
        state = "over" if due < on else "until"
        yield Why(message(f"why.{term}_{state}", day=due), here.clock_source)
    elif here.no_clock and not here.resting:
        yield Why(message(here.no_clock.key.replace("clock.none.", "why.no_clock.")))


def at_work(line: Standing, here: Duty) -> Iterator[Why]:
    """Somebody has said yes and nothing says by when it is done; not where the next act is the person's own."""
    asks = here.no_clock is not None and here.no_clock.key == "clock.none.the_person_asks"
    if here.resting or asks or here.step in REFUSED or line.track.taken_up_at is None:
        return
    said_yes = day_in_brussels(line.track.taken_up_at)
    yield Why(message("why.at_work", day=said_yes), None, line.track.responsible)


def reached(wait: Wait, line: Standing, on: date) -> bool:
    """Whether the other line came there: to stay, where one rests there; beyond it, where something is to be done."""
    track = line.track
    rows = matrix_of(track.matrix or ADOPTED).duties(wait.step, track.region, max(on, track.since))
    if any(row.resting for row in rows):
        return wait.step in line.others
    return any(wait.step in behind and now is not wait.step for now, behind in line.others.items())


def another_elsewhere(line: Standing, here: Duty, on: date) -> bool:
    """Whether another organisation would answer for the step once the household has a municipality."""
    track, day = line.track, max(on, line.track.since)
    known = (duty(track.kind, track.step, each, day, track.matrix) for each in Region)
    return any(each.organisation is not here.organisation for each in known)


def can_do(line: Standing, on: date) -> tuple[Why, ...]:
    """What the person can do: the step itself, which paper to bring, the appeal, asking again."""
    here = line.duty(on)
    found = [Why(message(here.tells.person))]
    found += [
        Why(message(f"why.bring.{wait.step}"), wait.source)
        for wait in here.waits_for
        if reached(wait, line, on)
    ]
    if here.step in REFUSED and line.track.due_on is not None:
        found.append(Why(message("why.do.lawyer")))
    if late(line, on):
        found.append(Why(message("why.do.ask_again"), None, line.track.responsible))
    return tuple(found)


def late(line: Standing, on: date) -> bool:
    """Whether others are late: nobody said yes, an answer or the step is over its day."""
    due = None if line.track.step in REFUSED else line.track.due_on
    waits = line.track.taken_up_at is None and line.track.since < on
    answer = line.offer is not None and line.offer.due_on < on
    return waits or answer or (due is not None and due < on)
