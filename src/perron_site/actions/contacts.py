"""The contact log and its promises: written, corrected with the old value kept, never deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from perron.vocabulary.acting import Acting
from perron.vocabulary.contacts import ContactOutcome, ContactWay, PromiseState
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron_site.actions.households import home, locked
from perron_site.records import models
from perron_site.records.journal import record, revise
from perron_site.records.settling import act

CORRECTABLE = frozenset({"on", "way", "outcome", "note"})


@dataclass(frozen=True, slots=True)
class NewPromise:
    """What we promise to do, and until which day."""

    text: str
    due_on: date


@act
def write_contact(
    by: Acting,
    *,
    person_id: int,
    on: date,
    way: ContactWay,
    outcome: ContactOutcome,
    note: str = "",
    promise: NewPromise | None = None,
) -> int:
    """Write down that a person was contacted, and what was promised to them."""
    person = locked(by, person_id)
    if on > by.on:
        raise Refused("contact.lies_in_the_future", day=on)
    household = home(person)
    contact = models.Contact.objects.create(
        person=person,
        household=household,
        organisation_id=by.organisation,
        user_id=by.user,
        on=on,
        way=way,
        outcome=outcome,
        note=note.strip(),
        written_at=by.at,
    )
    record(
        by, Event.CONTACT_WRITTEN, household, person, contact=contact.pk, way=way, outcome=outcome
    )
    if promise is not None:
        promised(by, contact, promise)
    return int(contact.pk)


def promised(by: Acting, contact: models.Contact, new: NewPromise) -> None:
    """Write a promise of a contact."""
    if not new.text.strip():
        raise Refused("promise.say_what")
    if new.due_on < by.on:
        raise Refused("promise.day_has_passed", day=new.due_on)
    row = models.Promise.objects.create(
        contact=contact,
        person=contact.person,
        organisation_id=by.organisation,
        user_id=by.user,
        text=new.text.strip(),
        due_on=new.due_on,
        state=PromiseState.OPEN,
    )
    record(
        by,
        Event.PROMISE_MADE,
        contact.household,
        contact.person,
        promise=row.pk,
        due_on=new.due_on.isoformat(),
    )


@act
def correct_contact(by: Acting, *, contact_id: int, changes: Mapping[str, object]) -> None:
    """Correct a contact that our organisation wrote; the old values stay in a revision."""
    row = models.Contact.objects.filter(pk=contact_id, organisation=by.organisation).first()
    if row is None:
        raise NotFound("not_found.contact")
    person = locked(by, row.person_id)
    row = models.Contact.objects.select_for_update(of=("self",)).get(pk=contact_id)
    if unknown := sorted(set(changes) - CORRECTABLE):
        raise Refused("person.not_correctable", field=unknown[0])
    different = {
        field: (getattr(row, field), value)
        for field, value in sorted(changes.items())
        if getattr(row, field) != value
    }
    if not different:
        return
    for field, (_, value) in different.items():
        setattr(row, field, value)
    row.save(update_fields=list(different))
    line = record(
        by, Event.CONTACT_CORRECTED, row.household, person, contact=row.pk, fields=list(different)
    )
    revise(line, person, {f"contact.{field}": as_text(pair) for field, pair in different.items()})


def as_text(pair: tuple[object, object]) -> tuple[object, object]:
    """An old and a new value as JSON can keep them."""
    old, new = (each.isoformat() if isinstance(each, date) else each for each in pair)
    return old, new


@act
def settle_promise(by: Acting, *, promise_id: int, state: PromiseState) -> None:
    """Say that a promise of our organisation was kept or broken."""
    row = models.Promise.objects.filter(pk=promise_id, organisation=by.organisation).first()
    if row is None:
        raise NotFound("not_found.promise")
    person = locked(by, row.person_id)
    row = models.Promise.objects.select_for_update(of=("self",)).get(pk=promise_id)
    if row.state != PromiseState.OPEN or state is PromiseState.OPEN:
        raise Refused("promise.settled_already")
    row.state, row.settled_on = state, by.on
    row.save(update_fields=["state", "settled_on"])
    record(by, Event.PROMISE_SETTLED, home(person), person, promise=row.pk, state=state)
