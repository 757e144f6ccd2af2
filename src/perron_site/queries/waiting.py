"""Why is my file pending: each open line with its reasons, who answers for it, and what the person can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from perron.responsibility.waiting import Asked, Brought, Standing, Why, can_do, why_waiting
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.organisations import OrganisationId
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.verdicts import Source
from perron.vocabulary.wording import Message
from perron_site.queries.handovers import EscalationRow, escalations
from perron_site.queries.linemap import Holder, holder_of, open_offer, passed
from perron_site.records import facts, models


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, where it is written, and the organisation it is about."""

    message: Message
    source: Source | None
    holder: Holder | None


@dataclass(frozen=True, slots=True)
class Pending:
    """An open line of people who wait for the same; no ``why``: nothing is awaited. ``who`` is empty for everybody."""

    kind: TrackKind
    step: Step
    since: date
    holder: Holder
    telephone: str
    taken_up: bool
    why: tuple[Told, ...]
    can_do: tuple[Told, ...]
    who: str = ""


def pending(
    tracks: Sequence[models.Track],
    home: models.Household,
    names: Mapping[int, str],
    on: date,
) -> tuple[Pending, ...]:
    """The open lines, those that wait first, in the order of the kinds."""
    offers = {each.pk: escalations(each) for each in map(open_offer, tracks) if each}
    holders = {row.responsible_id: holder_of(row.responsible) for row in tracks}
    for each in filter(None, map(open_offer, tracks)):
        holders[each.receiver_id] = holder_of(each.receiver)
    holders.update((row.organisation, row.to) for rows in offers.values() for row in rows)
    alike: dict[Pending, list[int]] = {}
    for track in tracks:
        if track.closed_on is None:
            line = standing(track, tracks, home, offers)
            alike.setdefault(row_of(track, line, holders, on), []).append(track.person_id)
    rows = [replace(row, who=who(persons, names)) for row, persons in alike.items()]
    order = list(TrackKind)
    return tuple(sorted(rows, key=lambda row: (not row.why, order.index(row.kind), row.who)))


def standing(
    track: models.Track,
    tracks: Sequence[models.Track],
    home: models.Household,
    brought: Mapping[int, Sequence[EscalationRow]],
) -> Standing:
    """One line with its offer and the other lines of the same person."""
    offer = open_offer(track)
    person = [row for row in tracks if row.person_id == track.person_id and row.closed_on is None]
    return Standing(
        track=facts.track(track, home),
        offer=asked(offer, brought[offer.pk]) if offer else None,
        others={Step(row.step): behind(row) for row in person if row.pk != track.pk},
    )


def asked(offer: models.Handover, brought: Sequence[EscalationRow]) -> Asked:
    """The offer as a value of the core."""
    return Asked(
        to=OrganisationId(offer.receiver_id),
        on=day_in_brussels(offer.offered_at),
        due_on=offer.due_on,
        brought=tuple(Brought(row.stage, row.organisation, row.on) for row in brought),
    )


def behind(track: models.Track) -> frozenset[Step]:
    """The steps that a line has left."""
    return frozenset(Step(row.step) for row in passed(track) if row.end is not None)


def row_of(track: models.Track, line: Standing, holders: Mapping[int, Holder], on: date) -> Pending:
    """One line as the page shows it."""
    return Pending(
        kind=line.track.kind,
        step=line.track.step,
        since=line.track.since,
        holder=holders[track.responsible_id],
        telephone=track.responsible.telephone,
        taken_up=track.taken_up_at is not None,
        why=tuple(told(each, holders) for each in why_waiting(line, on)),
        can_do=tuple(told(each, holders) for each in can_do(line, on)),
    )


def told(why: Why, holders: Mapping[int, Holder]) -> Told:
    """A sentence of the core with its organisation."""
    holder = None if why.organisation is None else holders[why.organisation]
    return Told(why.message, why.source, holder)


def who(persons: Sequence[int], names: Mapping[int, str]) -> str:
    """The names of some of a household; nothing for all of it."""
    return "" if len(persons) == len(names) else ", ".join(names[each] for each in persons)
