"""Write the notices that are due; each person is told once about a day, in their own language."""

from datetime import date, timedelta

from django.db.models import QuerySet

from perron.messages.notices import Notice, due, language_for, refusal
from perron.rules.belgium.rulebook import version_of
from perron.rules.law import protection_end
from perron.vocabulary.acting import Acting
from perron.vocabulary.events import Event
from perron.vocabulary.tracks import Step
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.law import law_in_force
from perron_site.records.settling import act

KEPT = timedelta(days=365)
"""How long after its day a notice is kept before it is blanked (design, mark D)."""


@act
def write_notices(by: Acting, *, on: date) -> int:
    """Tell everybody whose protection ends soon, and everybody who can appeal. How many were written."""
    changes = law_in_force(by.on)
    end, law = protection_end(on, changes=changes).value, version_of(changes)
    found = due(end if isinstance(end, date) else None, on)
    written = sum(write(by, notice, at(Step.PROTECTION_GRANTED), law) for notice in found)
    refused = at(Step.PROTECTION_REFUSED).filter(due_on__gte=on)
    for last in sorted({line.due_on for line in refused if line.due_on}):
        for notice in refusal(last, on):
            written += write(by, notice, refused.filter(due_on=last), law)
    return written


def at(step: Step) -> QuerySet[models.Track]:
    """The open lines that stand there."""
    return models.Track.objects.filter(step=step, closed_on__isnull=True)


def write(by: Acting, notice: Notice, lines: QuerySet[models.Track], law: str) -> int:
    """Write one notice to each person of these lines who has not got it yet, with a journal line each."""
    told = models.Notice.objects.filter(kind=notice.kind, about_on=notice.about_on)
    people = models.Person.objects.filter(pk__in=lines.values("person"))
    rows = models.Notice.objects.bulk_create(
        models.Notice(
            person=person,
            kind=notice.kind,
            language=language_for(tuple(person.languages)),
            params={name: day.isoformat() for name, day in notice.params},
            law=law,
            written_at=by.at,
            about_on=notice.about_on,
            blank_on=notice.about_on + KEPT,
        )
        for person in people.exclude(pk__in=told.values("person")).order_by("pk")
    )
    for row in rows:
        record(
            by, Event.NOTICE_WRITTEN, person=row.person,
            notice=row.pk, kind=row.kind, language=row.language,
        )  # fmt: skip
    return len(rows)
