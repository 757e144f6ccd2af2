"""The contact log of people, and who held which line when."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from perron.vocabulary.acting import Acting
from perron.vocabulary.contacts import ContactOutcome, ContactWay, PromiseState
from perron.vocabulary.errors import NotFound
from perron.vocabulary.tracks import TrackKind
from perron_site.queries.gaps import in_sight
from perron_site.queries.linemap import Holder, holder_of, passed
from perron_site.records import models


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """What was promised. ``ours``: our organisation promised it."""

    id: int
    text: str
    due_on: date
    state: PromiseState
    settled_on: date | None
    late: bool
    ours: bool

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state is PromiseState.OPEN


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact with its promises. A colleague is named to the own organisation only."""

    id: int
    who: str
    on: date
    way: ContactWay
    outcome: ContactOutcome
    note: str
    by: Holder
    colleague: str
    ours: bool
    promises: tuple[PromiseRow, ...]


@dataclass(frozen=True, slots=True)
class HoldRow:
    """Who held a line of which people from when until when; ``taken_up``: they had said yes."""

    kind: TrackKind
    who: str
    holder: Holder
    taken_up: bool
    start: date
    end: date | None


def contacts(
    people: Collection[int], names: Mapping[int, str], by: Acting
) -> tuple[ContactRow, ...]:
    """The contact log of these people, the newest first; one question to the database."""
    rows = written(Q(person__in=people)).order_by("-on", "-pk")
    return tuple(contact_row(row, names, by) for row in rows)


def written(condition: Q) -> QuerySet[models.Contact]:
    """Contacts with who wrote them and what was promised."""
    promised = models.Promise.objects.filter(contact=OuterRef("pk")).order_by("pk")
    promise = JSONObject(
        id="pk", text="text", due_on="due_on", state="state", settled_on="settled_on"
    )
    return (
        models.Contact.objects.filter(condition)
        .select_related("organisation", "user")
        .annotate(promised=ArraySubquery(promised.values(promise=promise)))
    )


def contact_row(row: models.Contact, names: Mapping[int, str], by: Acting) -> ContactRow:
    """One contact as a value."""
    ours = row.organisation_id == by.organisation
    return ContactRow(
        id=row.pk,
        who=names[row.person_id],
        on=row.on,
        way=ContactWay(row.way),
        outcome=ContactOutcome(row.outcome),
        note=row.note,
        by=holder_of(row.organisation),
        colleague=row.user.name if row.user and ours else "",
        ours=ours,
        promises=tuple(promise_row(each, by, ours=ours) for each in row.__dict__["promised"]),
    )


def promise_row(told: Mapping[str, Any], by: Acting, *, ours: bool) -> PromiseRow:
    """One promise as a value."""
    state, due_on = PromiseState(told["state"]), date.fromisoformat(told["due_on"])
    return PromiseRow(
        id=told["id"],
        text=told["text"],
        due_on=due_on,
        state=state,
        settled_on=date.fromisoformat(told["settled_on"]) if told["settled_on"] else None,
        late=state is PromiseState.OPEN and due_on < by.on,
        ours=ours,
    )


def own_contact(number: int, by: Acting) -> models.Contact:
    """A contact that our organisation wrote about somebody whom we see (NotFound)."""
    ours = Q(pk=number, organisation=by.organisation)
    rows = written(ours & Q(person__in=in_sight(by.on, by.organisation))).select_related("person")
    found = rows.order_by("pk").first()
    if found is None:
        raise NotFound("not_found.contact")
    return found


def contact(number: int, by: Acting) -> ContactRow:
    """One contact, to be corrected."""
    row = own_contact(number, by)
    return contact_row(row, {row.person_id: row.person.given_name}, by)


def contact_home(number: int, by: Acting) -> int:
    """The household of a contact that our organisation wrote."""
    return own_contact(number, by).household_id


def holds(tracks: Sequence[models.Track], names: Mapping[int, str]) -> tuple[HoldRow, ...]:
    """Who held each line when, from its steps; people who share it stand together, the newest first."""
    found: dict[tuple[str, int, bool, date, date | None], list[str]] = {}
    holders = {}
    for track in tracks:
        for holder, taken_up, start, end in spans(track):
            holders[holder.pk] = holder
            key = (track.kind, holder.pk, taken_up, start, end)
            found.setdefault(key, []).append(names[track.person_id])
    rows = [
        HoldRow(
            kind=TrackKind(kind),
            who="" if len(who) == len(names) else ", ".join(who),
            holder=holder_of(holders[holder]),
            taken_up=taken_up,
            start=start,
            end=end,
        )
        for (kind, holder, taken_up, start, end), who in found.items()
    ]
    return tuple(
        sorted(rows, key=lambda row: (row.end or date.max, row.start, row.kind), reverse=True)
    )


Span = tuple[models.Organisation, bool, date, date | None]


def spans(track: models.Track) -> list[Span]:
    """The steps of a line joined as long as the same organisation held it in the same way."""
    joined: list[Span] = []
    for step in passed(track):
        span = (step.holder, step.taken_up, step.start, step.end)
        if joined and joined[-1][:2] == span[:2]:
            span = (*joined.pop()[:3], step.end)
        joined.append(span)
    return joined
