"""A question in writing waits with whoever holds the person: it goes along with the last line."""

from collections.abc import Collection

from django.db.models import F, QuerySet

from perron.responsibility.handover import answer_due
from perron.vocabulary.acting import Acting
from perron.vocabulary.events import Event
from perron.vocabulary.questions import QuestionState
from perron_site.records import models
from perron_site.records.context import Round, as_round
from perron_site.records.journal import record


def pass_on(by: Acting, organisation: int, people: Collection[int]) -> None:
    """What waits at an organisation that holds no line of these people any more goes to whoever does, with a new term.

    Where somebody must not be found it stays: whoever asked would read who holds them now.
    """
    with as_round(Round.COMMAND):  # also what this desk may not read
        waiting = models.Question.objects.select_for_update().filter(
            holder=organisation, person__in=people, state=QuestionState.OPEN
        )
        for row in waiting.exclude(person__in=hidden()).order_by("pk"):
            holder = holder_now(row.person_id, otherwise=organisation)
            if holder != organisation:
                go_on(by, row, holder)


def hidden() -> QuerySet[models.Person]:
    """Everybody in a household where somebody must not be found: the search shows none of them either."""
    there = models.HouseholdMember.objects.filter(end__isnull=True).order_by()
    safe = models.SafeMode.objects.filter(until__isnull=True).order_by().values("person")
    homes = there.filter(person__in=safe).values("household")
    return models.Person.objects.filter(pk__in=there.filter(household__in=homes).values("person"))


def go_on(by: Acting, row: models.Question, holder: int) -> None:
    """The question waits there; whoever asked and holds the person now needs no answer any more."""
    person = models.Person(pk=row.person_id)
    if holder == row.organisation_id:
        row.state, row.settled_at = QuestionState.WITHDRAWN, by.at
        row.save(update_fields=["state", "settled_at"])
        record(by, Event.QUESTION_WITHDRAWN, person=person, question=row.pk)
        return
    row.holder_id, row.due_on = holder, answer_due(by.at)
    row.save(update_fields=["holder", "due_on"])
    record(by, Event.QUESTION_PASSED_ON, person=person, question=row.pk, holder=holder)


def holder_now(person: int, otherwise: int) -> int:
    """The organisation of the open line that was taken up last, else of the newest one."""
    lines = models.Track.objects.filter(person=person, closed_on__isnull=True)
    last = lines.order_by(F("taken_up_at").desc(nulls_last=True), "-pk").first()
    return last.responsible_id if last else otherwise
