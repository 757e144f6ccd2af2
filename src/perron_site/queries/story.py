"""What happened to a household, as lines that read as sentences."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from perron.messages.texts import texts
from perron.responsibility.undo import UNDO_WITHIN
from perron.vocabulary.acting import Acting
from perron.vocabulary.events import Event
from perron.vocabulary.organisations import OrganisationId
from perron.vocabulary.wording import Message, message
from perron_site.queries.linemap import Holder, holder_of
from perron_site.records import models

NEWEST = 60


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One act: when, by which organisation, what, about whom, and the one detail that a reader needs.

    A colleague is named to the own organisation only.
    """

    at: datetime
    by: Holder
    colleague: str
    what: Message
    who: str
    detail: Message | None


def lines(household: int, persons: Collection[int]) -> list[models.Journal]:
    """The newest lines of the journal of a household and its people, wherever they lived, the newest first."""
    moved = models.Moved.objects.filter(journal=OuterRef("pk"))
    rows = models.Journal.objects.filter(Q(household=household) | Q(person__in=persons))
    told = rows.select_related("organisation", "user").annotate(may_be_undone=Exists(moved))
    return list(told.order_by("-pk")[:NEWEST])


def last_change(rows: Iterable[models.Journal], household: int, by: Acting) -> Event | None:
    """What we did to this household so lately that it may be undone; nothing else was done to it since."""
    row = next((row for row in rows if row.household_id == household), None)
    if row is None or row.organisation_id != by.organisation or row.at < by.at - UNDO_WITHIN:
        return None
    return Event(row.event) if row.__dict__["may_be_undone"] else None


def story(
    rows: Iterable[models.Journal], names: Mapping[int, str], organisation: OrganisationId
) -> tuple[StoryLine, ...]:
    """These lines of the journal as values."""
    return tuple(
        StoryLine(
            at=row.at,
            by=holder_of(row.organisation),
            colleague=row.user.name if row.user and row.organisation_id == organisation else "",
            what=message(f"event.{row.event}"),
            who=names.get(row.person_id or 0, ""),
            detail=detail(Event(row.event), row.details),
        )
        for row in rows
    )


def detail(event: Event, details: Mapping[str, object]) -> Message | None:
    """The word of an event that says what changed."""
    keys = {
        Event.TRACK_STEP_SET: ("step", "step"),
        Event.TRACK_OPENED: ("kind", "track"),
        Event.NEED_SET: ("need", "need"),
        Event.NEED_ENDED: ("need", "need"),
        Event.FACT_STATED: ("fact", "fact"),
        Event.HANDOVER_DECLINED: ("reason", "decline_reason"),
        Event.GLASS_BROKEN: ("reason", "glass_reason"),
    }
    if event not in keys:
        return None
    name, subject = keys[event]
    key = f"{subject}.{details.get(name)}"
    return message(key) if key in texts() else None
