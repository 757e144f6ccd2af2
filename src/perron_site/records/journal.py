"""The one way to write a journal line."""

from collections.abc import Mapping

from perron.vocabulary.acting import Acting
from perron.vocabulary.events import DETAILS, Event
from perron_site.records.models import Household, Journal, Person, Revision

Detail = int | str | list[int] | list[str] | None


def record(
    by: Acting,
    event: Event,
    household: Household | None = None,
    person: Person | None = None,
    **details: Detail,
) -> Journal:
    """Write who did what, for whom, for which purpose and when. Details are ids and codes of the event's list."""
    unknown = set(details) - DETAILS[event]
    if unknown:
        raise ValueError(f"{event} notes no {', '.join(sorted(unknown))}")
    return Journal.objects.create(
        at=by.at,
        event=event,
        user_id=by.user,
        organisation_id=by.organisation,
        role=by.role,
        purpose=by.purpose,
        household=household,
        person=person,
        details=details,
    )


def revise(line: Journal, person: Person, changes: Mapping[str, tuple[object, object]]) -> None:
    """Keep what stood there before: a revision for each field, old and new value."""
    Revision.objects.bulk_create(
        Revision(journal=line, person=person, field=field, old=old, new=new)
        for field, (old, new) in changes.items()
    )
