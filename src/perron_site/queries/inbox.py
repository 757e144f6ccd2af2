"""The inbox of an organisation: what waits for it, the oldest clock first."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import StrEnum

from django.db import connection

from perron.vocabulary.acting import Acting
from perron.vocabulary.contacts import PromiseState
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.tracks import EscalationStage, TrackKind
from perron.vocabulary.wording import Message, message
from perron_site.queries.gaps import in_sight
from perron_site.queries.glass import REPORTED, unread
from perron_site.queries.handovers import HandoverRow, asked, handover_row, handover_rows
from perron_site.queries.questions import QuestionRow, questions
from perron_site.queries.words import folded, spelling
from perron_site.records import models

AHEAD = timedelta(days=7)
"""A promise stands in the inbox so many days before its day (design, mark D)."""

ALIKE = 0.75
"""How alike two words must be to be taken for the same one."""


class InboxKind(StrEnum):
    """What waits."""

    OFFER = "offer"
    REMINDER = "reminder"
    ESCALATION = "escalation"
    PROMISE = "promise"
    NOT_TAKEN_UP = "not_taken_up"
    OPENED = "opened"
    QUESTION = "question"
    ANSWER = "answer"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One thing that waits for us. Without sight the household has no name; a question may have none at all."""

    kind: InboxKind
    household: int | None
    name: str
    what: Message
    kinds: tuple[TrackKind, ...]
    about: str
    due_on: date
    days_left: int
    user: int | None = None
    question: int | None = None

    @property
    def label(self) -> Message:
        """What kind of thing it is."""
        return message(f"inbox.{self.kind}")


@dataclass(frozen=True, slots=True)
class Inbox:
    """What waits, after search and filter, and how many of each kind there are without them.

    ``asked``: the questions that we asked and that wait for an answer at others.
    """

    rows: tuple[InboxRow, ...]
    counts: tuple[tuple[InboxKind, Message, int], ...]
    all: int
    asked: tuple[QuestionRow, ...]


def inbox(by: Acting, words: str = "", kind: str = "") -> Inbox:
    """The oldest clock first; ``words`` forgive case, accents, script and a slip of the hand."""
    written = questions(by)
    found = [*everything(by), *(question_row(row) for row in written if waits(row))]
    rows = sorted(found, key=lambda row: (row.due_on, row.household or 0, row.kind))
    homes = {row.household for row in rows if row.household is not None}
    spelled = spellings(homes, by) if words else {}
    parts = folded(words).split()
    shown = [
        row
        for row in rows
        if kind in {"", row.kind} and matches(row, parts, spelled.get(row.household or 0, ""))
    ]
    return Inbox(
        rows=tuple(shown),
        counts=tuple(
            (each, message(f"inbox.{each}"), sum(row.kind is each for row in rows))
            for each in InboxKind
        ),
        all=len(rows),
        asked=tuple(row for row in written if row.ours and row.open),
    )


def everything(by: Acting) -> Iterator[InboxRow]:
    """All that waits for this organisation."""
    asked_of_us = handover_rows(asked(by.organisation)).distinct()
    offers = [handover_row(row, by.organisation) for row in asked_of_us]
    owed, lines = promises(by), not_taken_up(by)
    people = {person for offer in offers for person in offer.persons}
    people |= {row.person_id for row in owed} | {row.person_id for row in lines}
    names = names_seen(people, by)
    yield from (offer_row(offer, names, by) for offer in offers)
    yield from (promise_row(row, names, by) for row in owed)
    yield from lines_waiting(lines, names, by)
    yield from opened_rows(by)


def names_seen(people: Collection[int], by: Acting) -> dict[int, str]:
    """The name of each of these people whom we may see, by number."""
    rows = models.Person.objects.filter(pk__in=people).filter(
        pk__in=in_sight(by.on, by.organisation)
    )
    return dict(rows.order_by("pk").values_list("pk", "family_name"))


def offer_row(offer: HandoverRow, names: Mapping[int, str], by: Acting) -> InboxRow:
    """An offer that waits for our answer, whether we were reminded, or that was brought to us."""
    kind = InboxKind.OFFER
    if offer.brought_to_us is not None:
        reminded = offer.brought_to_us is EscalationStage.REMINDER
        kind = InboxKind.REMINDER if reminded else InboxKind.ESCALATION
    return InboxRow(
        kind=kind,
        household=offer.household,
        name=family(offer.persons, names),
        what=message("inbox.from_to", giver=offer.giver.name, receiver=offer.receiver.name),
        kinds=offer.kinds,
        about="",
        due_on=offer.due_on,
        days_left=(offer.due_on - by.on).days,
    )


def family(persons: Collection[int], names: Mapping[int, str]) -> str:
    """The family names of those whom we may see."""
    return " / ".join(dict.fromkeys(names[each] for each in persons if each in names))


def promises(by: Acting) -> list[models.Promise]:
    """Our promises that are due within a week, or late."""
    rows = models.Promise.objects.filter(
        organisation=by.organisation, state=PromiseState.OPEN, due_on__lte=by.on + AHEAD
    )
    return list(rows.select_related("contact").order_by("due_on", "pk"))


def promise_row(row: models.Promise, names: Mapping[int, str], by: Acting) -> InboxRow:
    """A promise of ours; its words only with the right to see whom it is about."""
    return InboxRow(
        kind=InboxKind.PROMISE,
        household=row.contact.household_id,
        name=names.get(row.person_id, ""),
        what=message("inbox.promised"),
        kinds=(),
        about=row.text if row.person_id in names else "",
        due_on=row.due_on,
        days_left=(row.due_on - by.on).days,
        user=row.user_id,
    )


def not_taken_up(by: Acting) -> list[models.Track]:
    """The lines that are named to us and that nobody has taken up."""
    rows = models.Track.objects.filter(
        responsible=by.organisation, taken_up_at__isnull=True, closed_on__isnull=True
    )
    return list(rows.order_by("pk"))


def lines_waiting(
    lines: Collection[models.Track], names: Mapping[int, str], by: Acting
) -> Iterator[InboxRow]:
    """The households with such lines, one row each."""
    people = models.HouseholdMember.objects.filter(
        end__isnull=True, person__in={row.person_id for row in lines}
    )
    home = dict(people.order_by("pk").values_list("person_id", "household_id"))
    waiting: dict[int, list[models.Track]] = {}
    for row in lines:
        if row.person_id in home and row.person_id in names:
            waiting.setdefault(home[row.person_id], []).append(row)
    for household, tracks in waiting.items():
        due = min(track.due_on or track.since for track in tracks)
        kinds = {track.kind for track in tracks}
        yield InboxRow(
            kind=InboxKind.NOT_TAKEN_UP,
            household=household,
            name=family([track.person_id for track in tracks], names),
            what=message("inbox.named_to_us"),
            kinds=tuple(kind for kind in TrackKind if kind in kinds),
            about="",
            due_on=due,
            days_left=(due - by.on).days,
        )


def opened_rows(by: Acting) -> Iterator[InboxRow]:
    """The households of which we hold a line and that a supervisor of another organisation opened."""
    for row in unread(by):
        on = day_in_brussels(row.at)
        yield InboxRow(
            kind=InboxKind.OPENED,
            household=row.household_id,
            name="",
            what=message("inbox.opened_by", name=row.organisation.name),
            kinds=(),
            about="",
            due_on=on,
            days_left=(on - by.on).days,
        )


def waits(row: QuestionRow) -> bool:
    """Whether it is for us to do something: answer, read the answer, or ask on where none has come in time."""
    return not row.ours or not row.open or row.late


def question_row(row: QuestionRow) -> InboxRow:
    """A question that we are asked, or an answer that came or did not come."""
    kind = InboxKind.QUESTION
    if row.ours:
        kind = InboxKind.UNANSWERED if row.open else InboxKind.ANSWER
    return InboxRow(
        kind=kind,
        household=row.household,
        name=row.name,
        what=message("inbox.from_to", giver=row.asker.name, receiver=row.holder.name),
        kinds=(),
        about=row.words if row.open else row.answer,
        due_on=row.due_on,
        days_left=row.days_left,
        question=row.id,
    )


def spellings(households: Collection[int], by: Acting) -> dict[int, str]:
    """How the people of each household whom we may see are spelled."""
    found: dict[int, str] = {}
    rows = models.HouseholdMember.objects.filter(
        household__in=households, end__isnull=True, person__in=in_sight(by.on, by.organisation)
    ).select_related("person")
    for row in rows.order_by("pk"):
        found[row.household_id] = f"{found.get(row.household_id, '')} {spelling(row.person)}"
    return found


def matches(row: InboxRow, parts: Sequence[str], spelled: str) -> bool:
    """Whether every word stands in the row, or nearly."""
    said = " ".join(str(value) for _, value in row.what.params)
    text = folded(f"h-{row.household or ''} {row.name} {said} {row.about}") + spelled
    return all(part in text or any(alike(part, word) for word in text.split()) for part in parts)


def alike(one: str, other: str) -> bool:
    """Whether two words differ by no more than a slip of the hand."""
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def waiting_for(by: Acting) -> int:
    """How many things wait, for the tab of the room, in one question to the database."""
    with connection.cursor() as cursor:
        asked_for = [by.on + AHEAD, by.at - REPORTED]
        row = cursor.execute("select perron_waiting(%s, %s)", asked_for).fetchone()
    return int(row[0]) if row else 0
