"""Looking leaves a trace: which organisation opened a page about whom, for the person to see."""

from collections.abc import Collection
from datetime import datetime, timedelta

from perron.vocabulary.acting import Acting
from perron_site.records import models
from perron_site.records.models import Page

__all__ = ["Page", "forget_reads", "note_read"]
KEPT = timedelta(days=366)
"""How long it is kept that somebody looked (design, mark D)."""


def note_read(by: Acting, people: Collection[int], page: Page) -> None:
    """Note that these people were looked at; once a quarter of an hour is enough."""
    if by.user is None:
        return
    models.Read.objects.bulk_create(
        (
            models.Read(
                at=quarter(by.at),
                user_id=by.user,
                organisation_id=by.organisation,
                purpose=by.purpose,
                person_id=person,
                page=page,
            )
            for person in sorted(people)
        ),
        ignore_conflicts=True,
    )


def quarter(at: datetime) -> datetime:
    """The quarter of an hour in which a moment lies."""
    return at - timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)


def forget_reads(at: datetime) -> int:
    """Delete what is older than it is kept; the database refuses anything younger. How many there were."""
    old = models.Read.objects.filter(at__lt=at - KEPT)
    return old.delete()[0]
