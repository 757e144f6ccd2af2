"""The reports of the last retention runs."""

from dataclasses import dataclass
from datetime import date

from perron.vocabulary.events import Event
from perron_site.records import models

LAST = 30
COUNTED = ("notices", "links", "sights", "reads", "questions", "people")


@dataclass(frozen=True, slots=True)
class RetentionRun:
    """What a run did on a day."""

    on: date
    notices: int
    links: int
    sights: int
    reads: int
    questions: int
    people: int


def retention_runs() -> tuple[RetentionRun, ...]:
    """The last runs that did something, the newest first."""
    lines = models.Journal.objects.filter(event=Event.RETENTION_DONE).order_by("-pk")[:LAST]
    return tuple(
        RetentionRun(
            on=date.fromisoformat(line.details["on"]),
            **{name: line.details.get(name, 0) for name in COUNTED},
        )
        for line in lines
    )
