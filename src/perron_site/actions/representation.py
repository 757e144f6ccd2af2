"""Name who may act for a child, and end it; a right that ends takes the links with it that rested on it."""

from dataclasses import dataclass
from datetime import date

from perron.responsibility.representation import may_name, may_receive
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.representation import (
    RepresentationEnd,
    RepresentationId,
    RepresentationKind,
)
from perron_site.actions.handovers import must_be, must_exist
from perron_site.actions.households import home, locked
from perron_site.records import models
from perron_site.records.conflicts import conflicts
from perron_site.records.journal import record
from perron_site.records.representation import of
from perron_site.records.settling import act
from perron_site.records.sight import must_see


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who is named: one of a registered person, an organisation, or a name outside the system."""

    person: int | None = None
    organisation: int | None = None
    name: str = ""


@act
def name_representative(
    by: Acting,
    *,
    child_id: int,
    who: Somebody,
    kind: RepresentationKind,
    said_by: str,
    start: date,
    end: date | None = None,
    paper: str = "",
) -> RepresentationId:
    """Write down who may act for a child, from when, in which quality, who said so and which paper was seen."""
    child = locked(by, child_id)
    must_be(may_name(of([child_id])[0], by.on))
    must_be_somebody(by, child_id, who)
    if not said_by.strip():
        raise Refused("representation.say_who_said_so")
    if end is not None and end <= start:
        raise Refused("representation.ends_before")
    with conflicts():
        row = models.Representation.objects.create(
            person=child,
            holder_id=who.person,
            organisation_id=who.organisation,
            name=who.name.strip(),
            kind=kind,
            start=start,
            end=end,
            end_because=RepresentationEnd.DECIDED if end else "",
            paper=paper.strip(),
            said_by=said_by.strip(),
            set_by_id=by.organisation,
        )
    record(by, Event.REPRESENTATION_NAMED, home(child), child, representation=row.pk, kind=kind)
    return RepresentationId(row.pk)


def must_be_somebody(by: Acting, child_id: int, who: Somebody) -> None:
    """Refused unless exactly one is named, another one than the child; NotFound for who may not be seen."""
    given = [who.person is not None, who.organisation is not None, bool(who.name.strip())]
    if sum(given) != 1 or who.person == child_id:
        raise Refused("representation.name_somebody")
    if who.person is not None:
        must_see(by, [who.person])
    if who.organisation is not None:
        must_exist(who.organisation)


@act
def end_representation(
    by: Acting, *, child_id: int, representation_id: int, because: RepresentationEnd
) -> None:
    """From today on, somebody does not act for this child any more; the row stays, with the reason."""
    child = locked(by, child_id)
    rows = models.Representation.objects.select_for_update(of=("self",))
    row = rows.filter(pk=representation_id, person=child).first()
    if row is None or (row.end is not None and row.end <= by.on):
        raise NotFound("not_found.representation")
    row.end, row.end_because = max(row.start, by.on), because
    row.save(update_fields=["end", "end_because"])
    models.PersonalLink.objects.filter(given_to=row, ended_at__isnull=True).update(ended_at=by.at)
    record(
        by, Event.REPRESENTATION_ENDED, home(child), child, representation=row.pk, because=because
    )


def must_receive(by: Acting, person_id: int, to: int | None) -> None:
    """Refused unless what is the child's may be given to this one; None is to the person themself."""
    wanted = None if to is None else RepresentationId(to)
    must_be(may_receive(of([person_id])[0], wanted, by.on))
