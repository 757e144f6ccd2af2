"""Two records that look alike are of two people: said with a reason, and taken back."""

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron_site.actions.households import home, locked
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.settling import act
from perron_site.records.sight import must_see
from perron_site.records.twice import between


@act
def say_two_people(by: Acting, *, person_id: int, other_id: int, why: str) -> int:
    """Keep that these are two people: they are no pair any more for whoever may see both. The number of it."""
    if person_id == other_id:
        raise Refused("moving.choose_another")
    if not why.strip():
        raise Refused("safety.say_why")
    must_see(by, [person_id, other_id])
    both = [locked(by, number) for number in sorted((person_id, other_id))]
    if models.TwoPeople.objects.filter(between(person_id, other_id)).exists():
        raise Refused("twice.said_already")
    row = models.TwoPeople.objects.create(
        person=both[1],
        other=both[0],
        organisation_id=by.organisation,
        user_id=by.user,
        why=why.strip(),
        at=by.at,
    )
    for person in both:
        record(by, Event.TWO_PEOPLE_SAID, home(person), person, said=row.pk)
    return row.pk


@act
def take_back_two_people(by: Acting, *, said_id: int) -> None:
    """They may be one person after all; who said otherwise, and why, stays to be read."""
    found = models.TwoPeople.objects.filter(pk=said_id).first()
    if found is None:
        raise NotFound("not_found.two_people")
    numbers = sorted((found.person_id, found.other_id))
    must_see(by, numbers)
    both = [locked(by, number) for number in numbers]
    rows = models.TwoPeople.objects.filter(pk=said_id, ended_at__isnull=True)
    if not rows.update(ended_at=by.at):
        raise Refused("twice.taken_back_already")
    for person in both:
        record(by, Event.TWO_PEOPLE_TAKEN_BACK, home(person), person, said=said_id)
