"""A desk asks, in writing, the organisation that holds whom the search beyond its sight showed; the holder answers."""

from perron.responsibility.handover import answer_due
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.organisations import Purpose
from perron.vocabulary.questions import QuestionPurpose, QuestionState
from perron_site.queries.questions import hit_of
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.locking import desk_lock
from perron_site.records.settling import act


@act
def ask_holder(by: Acting, *, hit: int, purpose: QuestionPurpose, words: str = "") -> int:
    """Ask about somebody whom a search of this week showed to us, and nobody else. The number of the question.

    Whoever is asked is who holds the person now; the asker learns nothing more by asking.
    """
    if by.purpose is not Purpose.REGISTRATION:
        raise Refused("search.only_to_register")
    desk_lock(by.organisation)
    found = hit_of(by, hit)
    waits = models.Question.objects.filter(person=found.person, organisation=by.organisation)
    if waits.filter(state=QuestionState.OPEN).exists():
        raise Refused("question.asked_already")
    row = models.Question.objects.create(
        person_id=found.person,
        organisation_id=by.organisation,
        user_id=by.user,
        holder_id=found.holder_id,
        name=found.name,
        born=found.born,
        purpose=purpose,
        words=words.strip(),
        asked_at=by.at,
        due_on=answer_due(by.at),
        state=QuestionState.OPEN,
    )
    person = models.Person(pk=found.person)
    record(
        by, Event.QUESTION_ASKED, person=person, question=row.pk, holder=found.holder_id, purpose=purpose
    )  # fmt: skip
    return row.pk


@act
def answer_question(by: Acting, *, question_id: int, answer: str) -> None:
    """Answer in words; whoever asked reads them and nothing else."""
    row = waiting(question_id, holder=by.organisation)
    if not answer.strip():
        raise Refused("question.answer_in_words")
    row.state, row.settled_at = QuestionState.ANSWERED, by.at
    row.answer, row.answered_by_id = answer.strip(), by.user
    row.save(update_fields=["state", "settled_at", "answer", "answered_by"])
    told(by, Event.QUESTION_ANSWERED, row)


@act
def withdraw_question(by: Acting, *, question_id: int) -> None:
    """Ask no more."""
    row = waiting(question_id, organisation=by.organisation)
    row.state, row.settled_at = QuestionState.WITHDRAWN, by.at
    row.save(update_fields=["state", "settled_at"])
    told(by, Event.QUESTION_WITHDRAWN, row)


@act
def note_answer_read(by: Acting, *, question_id: int) -> None:
    """Say that the answer is known: it waits no more."""
    row = locked(question_id, organisation=by.organisation)
    if row.state != QuestionState.ANSWERED or row.read_at is not None:
        raise Refused("question.nothing_to_read")
    row.read_at = by.at
    row.save(update_fields=["read_at"])
    told(by, Event.ANSWER_READ, row)


def locked(number: int, **side: int) -> models.Question:
    """The question, locked, if the acting organisation stands on this side of it (NotFound)."""
    rows = models.Question.objects.select_for_update(of=("self",)).filter(pk=number, **side)
    row = rows.first()
    if row is None:
        raise NotFound("not_found.question")
    return row


def waiting(number: int, **side: int) -> models.Question:
    """The same, as long as it waits for an answer."""
    row = locked(number, **side)
    if row.state != QuestionState.OPEN:
        raise Refused("question.settled_already")
    return row


def told(by: Acting, event: Event, row: models.Question) -> None:
    """The line about it, which whoever sees the person reads too."""
    record(by, event, person=models.Person(pk=row.person_id), question=row.pk)
