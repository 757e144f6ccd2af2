"""What happened to a household, as lines that read as sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

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


def last_change(household: int, by: Acting) -> Event | None:
    """What we did to this household so lately that it may be undone; nothing else was done to it since."""
    rows = models.Journal.objects.filter(household=household).order_by("-pk")
    last = rows.values_list("pk", "event", "organisation", "at").first()
    if last is None or last[2] != by.organisation or last[3] < by.at - UNDO_WITHIN:
        return None
    return Event(last[1]) if models.Moved.objects.filter(journal=last[0]).exists() else None


def story(
    household: int, names: Mapping[int, str], organisation: OrganisationId
) -> tuple[StoryLine, ...]:
    """The newest lines of the journal of a household and its people, wherever they lived, the newest first."""
    rows = models.Journal.objects.filter(Q(household=household) | Q(person__in=names))
    told = rows.select_related("organisation", "user").order_by("-pk")[:NEWEST]
    return tuple(
        StoryLine(
            at=row.at,
            by=holder_of(row.organisation),
            colleague=row.user.name if row.user and row.organisation_id == organisation else "",
            what=message(f"event.{row.event}"),
            who=names.get(row.person_id or 0, ""),
            detail=detail(Event(row.event), row.details),
        )
        for row in told
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
