"""The inbox of an organisation: what waits for it, the oldest clock first."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.expressions import RawSQL

from perron.vocabulary.acting import Acting
from perron.vocabulary.contacts import PromiseState
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.tracks import EscalationStage, TrackKind
from perron.vocabulary.wording import Message, message
from perron_site.queries.gaps import in_sight
from perron_site.queries.glass import REPORTED, unread
from perron_site.queries.handovers import HandoverRow, asked, handover_row, handover_rows
from perron_site.queries.questions import QuestionRow, questions
from perron_site.queries.words import folded, sought, spelling
from perron_site.records import models

AHEAD = timedelta(days=7)
"""A promise stands in the inbox so many days before its day (design, mark D)."""


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
    """What was asked and answered first, then the oldest clock; ``words`` forgive case, accents, script and a slip.

    The lines that nobody took up are many: who they are of is told by ``named``.
    """
    written = questions(by)
    found = [*everything(by), *(question_row(row) for row in written if waits(row))]
    rows = sorted(
        found, key=lambda row: (row.question is None, row.due_on, row.household or 0, row.kind)
    )
    homes, counted = (
        {row.household for row in rows if row.household is not None},
        Counter(row.kind for row in rows),
    )
    spelled = spellings(homes, by) if words else {}
    shown = sought(
        words,
        (
            (row, text_of(row) + spelled.get(row.household or 0, "") if words else "")
            for row in rows
            if kind in {"", row.kind}
        ),
    )
    return Inbox(
        rows=tuple(shown),
        counts=tuple((each, message(f"inbox.{each}"), counted[each]) for each in InboxKind),
        all=len(rows),
        asked=tuple(row for row in written if row.ours and row.open),
    )


def everything(by: Acting) -> Iterator[InboxRow]:
    """All that waits for this organisation."""
    asked_of_us = handover_rows(asked(by.organisation))
    offers = [handover_row(row, by.organisation) for row in asked_of_us]
    owed = promises(by)
    people = {person for offer in offers for person in offer.persons}
    people |= {row.person_id for row in owed}
    names = names_seen(people, by)
    yield from (offer_row(offer, names, by) for offer in offers)
    yield from (promise_row(row, names, by) for row in owed)
    yield from lines_waiting(by)
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


def not_taken_up(by: Acting) -> dict[int, list[tuple[str, date]]]:
    """By household the lines that are named to us and that nobody has taken up: which, by when."""
    home = models.HouseholdMember.objects.filter(person=OuterRef("person"), end__isnull=True)
    rows = models.Track.objects.filter(
        responsible=by.organisation,
        taken_up_at__isnull=True,
        closed_on__isnull=True,
        person__in=in_sight(by.on, by.organisation),
    ).annotate(home=Subquery(home.order_by().values("household")))
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for household, kind, due_on, since in rows.order_by("pk").values_list(
        "home", "kind", "due_on", "since"
    ):
        if household is not None:
            found[household].append((kind, due_on or since))
    return found


def lines_waiting(by: Acting) -> Iterator[InboxRow]:
    """The households with lines that nobody has taken up, one row each."""
    every, told = tuple(TrackKind), message("inbox.named_to_us")
    for household, lines in not_taken_up(by).items():
        due = min(due for _, due in lines)
        kinds = {kind for kind, _ in lines}
        yield InboxRow(
            kind=InboxKind.NOT_TAKEN_UP,
            household=household,
            name="",
            what=told,
            kinds=tuple(kind for kind in every if kind in kinds),
            about="",
            due_on=due,
            days_left=(due - by.on).days,
        )


def named(rows: Iterable[InboxRow], by: Acting) -> list[InboxRow]:
    """These rows, each line that nobody took up with the family names of the household."""
    given = list(rows)
    bare = {row.household for row in given if row.kind is InboxKind.NOT_TAKEN_UP}
    people = models.HouseholdMember.objects.filter(
        household__in=bare, end__isnull=True, person__in=in_sight(by.on, by.organisation)
    )
    columns = ("household", "person__family_name")
    families: dict[int | None, dict[str, None]] = defaultdict(dict)
    for household, family_name in people.order_by("pk").values_list(*columns):
        families[household][family_name] = None
    return [
        replace(row, name=" / ".join(families[row.household]))
        if row.kind is InboxKind.NOT_TAKEN_UP
        else row
        for row in given
    ]


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


def text_of(row: InboxRow) -> str:
    """What the row says, folded."""
    said = " ".join(str(value) for _, value in row.what.params)
    return folded(f"h-{row.household or ''} {row.name} {said} {row.about}")


def waiting_for(by: Acting) -> tuple[int, bool]:
    """How many things wait, for the tab of the room, and whether places are invented, for the foot; one question."""
    invented = models.Site.objects.filter(demonstration=True)
    waiting = RawSQL("perron_waiting(%s, %s)", (by.on + AHEAD, by.at - REPORTED))
    own = models.Organisation.objects.filter(pk=by.organisation).order_by("pk")
    found = own.annotate(waiting=waiting, invented=Exists(invented))
    return found.values_list("waiting", "invented").get()
