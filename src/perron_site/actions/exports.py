"""Note that data left the house: everything, or the file of one person."""

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Refused
from perron.vocabulary.events import Event
from perron_site.actions.representation import must_receive
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.safety import safe_among
from perron_site.records.settling import act


@act
def note_export(by: Acting, *, tables: int, rows: int) -> None:
    """Note that everything was exported. The line comes after the export, which does not hold it."""
    record(by, Event.DATA_EXPORTED, tables=tables, rows=rows)


@act
def note_person_export(by: Acting, *, person_id: int, to: int | None = None) -> None:
    """Note that the file of a person was taken along; the system acts where the person used their own link.

    ``to``: who acts for the child whose file it is; None is the person themself.
    """
    must_receive(by, person_id, to)
    if to is not None and safe_among([person_id]) and not hides_along(person_id, to):
        raise Refused("safety.no_file_of_a_child")
    person = models.Person.objects.get(pk=person_id)
    record(by, Event.PERSON_EXPORTED, person=person, representation=to)


def hides_along(child: int, to: int) -> bool:
    """Whether it is the person with whom this child must not be found."""
    hiding = models.SafeMode.objects.filter(person=child, until__isnull=True)
    holder = models.Representation.objects.filter(pk=to, holder__isnull=False).values("holder")
    return hiding.filter(along_with__in=holder).exists()
