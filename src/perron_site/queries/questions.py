"""Questions in writing, as both sides read them and as the person does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q, QuerySet

from perron.responsibility.handover import answer_due
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.questions import QuestionPurpose, QuestionState
from perron_site.queries.gaps import in_sight
from perron_site.queries.linemap import Holder, holder_of
from perron_site.records import models
from perron_site.records.safety import safe_among

ASKED_WITHIN = timedelta(days=7)
"""How long a question may rest on a search: later the desk searches anew (design, mark D)."""
BITS = 63
"""No number of a row is longer."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Whom a search showed, as it would still show them. ``person`` is for the question, and for no page."""

    person: int
    name: str
    born: str
    holder_id: int
    holder: Holder
    telephone: str
    due_on: date


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question as one of its two sides reads it; ``household`` and ``person`` only where that side sees them."""

    id: int
    ours: bool
    asker: Holder
    holder: Holder
    telephone: str
    name: str
    born: str
    purpose: QuestionPurpose
    words: str
    asked_on: date
    due_on: date
    days_left: int
    state: QuestionState
    answer: str
    settled_on: date | None
    read: bool
    household: int | None
    person: int | None

    @property
    def open(self) -> bool:
        """Whether an answer is awaited."""
        return self.state is QuestionState.OPEN

    @property
    def late(self) -> bool:
        """Whether the day for the answer has passed without one."""
        return self.open and self.days_left < 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about the person, as they read it themselves; ``words`` only where they can be about nobody else."""

    on: date
    by: Holder
    of: Holder
    purpose: QuestionPurpose
    state: QuestionState
    words: tuple[str, ...]


def hit_of(by: Acting, number: int) -> Hit:
    """Whom a search of ours showed this week; NotFound for every other number, and for who is shown no more."""
    if number.bit_length() > BITS:
        raise NotFound("not_found.hit")
    with connection.cursor() as cursor:
        asked = "select * from perron_hit(%s, %s)"
        row = cursor.execute(asked, [number, by.at - ASKED_WITHIN]).fetchone()
    if row is None:
        raise NotFound("not_found.hit")
    person, given, family, born, holder = row
    organisation = models.Organisation.objects.get(pk=holder)
    return Hit(
        person=person,
        name=f"{given} {family}".strip(),
        born=born or "",
        holder_id=holder,
        holder=holder_of(organisation),
        telephone=organisation.telephone,
        due_on=answer_due(by.at),
    )


def sides(rows: QuerySet[models.Question], by: Acting) -> QuerySet[models.Question]:
    """Of these questions, those that we asked or that we are asked."""
    ours = rows.filter(Q(organisation=by.organisation) | Q(holder=by.organisation))
    return ours.select_related("organisation", "holder").order_by("due_on", "pk")


def questions(by: Acting) -> tuple[QuestionRow, ...]:
    """Every question of ours without an answer that we have read, and every one that we are asked."""
    answered = Q(state=QuestionState.ANSWERED, organisation=by.organisation, read_at__isnull=True)
    rows = sides(models.Question.objects.filter(Q(state=QuestionState.OPEN) | answered), by)
    found = list(rows)
    homes = homes_seen([row.person_id for row in found if row.holder_id == by.organisation], by)
    return tuple(question_row(row, homes, by) for row in found)


def question(number: int, by: Acting) -> tuple[QuestionRow, bool]:
    """One question, and whether the person must not be found, told to whoever sees them (NotFound)."""
    row = sides(models.Question.objects.filter(pk=number), by).first()
    if row is None:
        raise NotFound("not_found.question")
    homes = homes_seen([row.person_id] if row.holder_id == by.organisation else [], by)
    found = question_row(row, homes, by)
    return found, found.person is not None and bool(safe_among([row.person_id]))


def homes_seen(people: list[int], by: Acting) -> dict[int, int]:
    """The household of each of these people whom we may see."""
    always = [*people, 0]  # always one question
    rows = models.HouseholdMember.objects.filter(end__isnull=True, person__in=always)
    rows = rows.filter(person__in=in_sight(by.on, by.organisation))
    return dict(rows.order_by("pk").values_list("person_id", "household_id"))


def question_row(row: models.Question, homes: Mapping[int, int], by: Acting) -> QuestionRow:
    """A question as our side reads it."""
    ours = row.organisation_id == by.organisation
    other = row.holder if ours else row.organisation
    return QuestionRow(
        id=row.pk,
        ours=ours,
        asker=holder_of(row.organisation),
        holder=holder_of(row.holder),
        telephone=other.telephone,
        name=row.name,
        born=row.born,
        purpose=QuestionPurpose(row.purpose),
        words=row.words,
        asked_on=day_in_brussels(row.asked_at),
        due_on=row.due_on,
        days_left=(row.due_on - by.on).days,
        state=QuestionState(row.state),
        answer=row.answer,
        settled_on=day_in_brussels(row.settled_at) if row.settled_at else None,
        read=row.read_at is not None,
        household=homes.get(row.person_id),
        person=row.person_id if row.person_id in homes else None,
    )


def asked_about(person: int, *, words: bool) -> tuple[Asked, ...]:
    """What organisations asked one another about the person, the newest first."""
    rows = models.Question.objects.filter(person=person).select_related("organisation", "holder")
    return tuple(
        Asked(
            on=day_in_brussels(row.asked_at),
            by=holder_of(row.organisation),
            of=holder_of(row.holder),
            purpose=QuestionPurpose(row.purpose),
            state=QuestionState(row.state),
            words=tuple(filter(None, (row.words, row.answer))) if words else (),
        )
        for row in rows.order_by("-asked_at", "-pk")
    )
