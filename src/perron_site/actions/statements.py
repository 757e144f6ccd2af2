"""A statement is taken back within minutes: what was known before stands again, and the journal keeps both."""

from perron.responsibility.undo import may_undo
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.events import Event
from perron_site.actions.handovers import must_be
from perron_site.actions.households import home, locked
from perron_site.records import models
from perron_site.records.journal import record, revise
from perron_site.records.settling import act
from perron_site.records.statements import (
    STATEMENT,
    columns_of,
    document_of,
    seen_for,
    statements,
)


@act
def take_back_statement(by: Acting, *, person_id: int, line_id: int) -> None:
    """Undo what one has just written down, unless somebody has stated the same fact since."""
    person = locked(by, person_id)
    said = statements(person_id)
    line = next((each for each in said.lines if each.pk == line_id), None)
    if line is None or (line.user_id, line.organisation_id) != (by.user, by.organisation):
        raise NotFound("not_found.act")
    undone, touched = line.pk in said.undone, said.again_since(line)
    must_be(may_undo(line.at, by.at, undone=undone, touched=touched))
    name = str(line.details["fact"])
    row = models.Fact.objects.get(person=person, name=name)
    known, old = said.before(line, row.value)
    seen = seen_for(row)
    was_seen = said.seen_before(line, seen)
    written = record(
        by, Event.ACT_UNDONE, home(person), person, act=line.pk, kind=STATEMENT, rows=1
    )
    revise(written, person, {name: (row.value, old)})
    if seen != was_seen:
        revise(written, person, {document_of(name): (seen, was_seen)})
    if known:
        models.Fact.objects.filter(pk=row.pk).update(value=old, **columns_of(was_seen))
    else:
        row.delete()
