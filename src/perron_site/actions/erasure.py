"""Erasure: one desk asks, a coordinator decides, the values go, the trace of acts stays."""

from perron.vocabulary.acting import Acting
from perron.vocabulary.erasure import ErasureGround
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.organisations import Role
from perron_site.actions.households import locked
from perron_site.queries.erasure import DECLINED, Erasure, answer, desks_of, erased, holds
from perron_site.records import models
from perron_site.records.blanking import blank
from perron_site.records.context import Round, as_round
from perron_site.records.journal import record, revise
from perron_site.records.settling import act


@act
def ask_erasure(by: Acting, *, person_id: int, ground: ErasureGround) -> None:
    """Ask that the values of a person are erased; only a desk that may see them can ask."""
    person = locked(by, person_id)
    if waiting(person_id) or erased(person_id):
        raise Refused("erasure.asked_already")
    record(by, Event.ERASURE_ASKED, person=person, ground=ground)


@act
def erase_person(by: Acting, *, person_id: int) -> bool:
    """Erase what was asked for. False when it was done before; refused while something still needs the values.

    Two people: whoever asked does not decide. The coordinator sees numbers and reasons, never the values.
    """
    with as_round(Round.COMMAND):  # the coordinator's organisation sees nobody, and need not
        person, request = decided(by, person_id)
        return request is not None and erase(by, person, request)


@act
def decline_erasure(by: Acting, *, person_id: int, because: str) -> None:
    """Keep the values, and say why in words that the person reads."""
    if not because.strip():
        raise Refused("erasure.say_why")
    with as_round(Round.COMMAND):
        person, request = decided(by, person_id)
        if request is None:
            raise Refused("erasure.nobody_asked")
        line = record(by, Event.ERASURE_DECLINED, person=person, ground=request.ground)
        revise(line, person, {DECLINED: (None, because.strip())})


@act
def withdraw_erasure(by: Acting, *, person_id: int) -> None:
    """The desk that asked does not ask any more; nothing was erased."""
    person = locked(by, person_id)
    request = waiting(person_id)
    if request is None or request.organisation != by.organisation:
        raise Refused("erasure.nobody_asked")
    record(by, Event.ERASURE_WITHDRAWN, person=person, ground=request.ground)


def decided(by: Acting, person_id: int) -> tuple[models.Person, Erasure | None]:
    """The person and what this coordinator decides about; None where it was erased before."""
    if by.role is not Role.COORDINATOR:
        raise Refused("erasure.coordinator_decides")
    person = person_locked(person_id)
    if erased(person_id):
        return person, None
    request = waiting(person_id)
    if request is None:
        raise Refused("erasure.nobody_asked")
    if by.organisation not in {request.organisation, desks_of([person_id]).get(person_id)}:
        raise Refused("erasure.another_desk_decides")
    if by.user is not None and request.user == by.user:
        raise Refused("erasure.somebody_else_decides")
    return person, request


def waiting(person_id: int) -> Erasure | None:
    """The request about this person that nobody has answered yet."""
    found = answer(person_id)
    return found[1] if found and found[0] is Event.ERASURE_ASKED else None


def erase(by: Acting, person: models.Person, request: Erasure) -> bool:
    """Erase, where every row of the person is seen."""
    person_id = person.pk
    if binding := [hold for hold in holds(person_id) if hold.binding]:
        raise Refused("erasure.still_needed", holds=sum(hold.count for hold in binding))
    blank(person, by.at)
    record(by, Event.PERSON_ERASED, person=person,
           ground=request.ground, asked=request.on.isoformat())  # fmt: skip
    return True


@act
def replay_erasure(by: Acting, *, person_id: int, ground: ErasureGround) -> bool:
    """Erase again in a database that was restored from before the erasure. False when nothing is left to erase."""
    person = person_locked(person_id)
    if erased(person_id):
        return False
    blank(person, by.at)
    record(by, Event.PERSON_ERASED, person=person, ground=ground, asked=None)
    return True


def person_locked(person_id: int) -> models.Person:
    """The person, locked, whoever may see them: no value of theirs is shown."""
    person = models.Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound("erasure.no_such_person")
    return person
