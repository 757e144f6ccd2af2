"""Carry the running lines over to another version of the matrix, on purpose: all of them or none."""

from perron.responsibility.matrix import matrix_of
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Refused
from perron.vocabulary.events import Event
from perron_site.actions.households import home
from perron_site.queries.carrying import Preview, rows_on_another, sorted_out
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.lines import name_anew
from perron_site.records.settling import act


@act
def adopt_matrix(by: Acting, *, version: str) -> Preview:
    """Let every running line follow a version; refused whole when the version lacks a step where one stands."""
    matrix_of(version)
    rows = rows_on_another(version)
    locked = models.Track.objects.select_for_update().filter(pk__in=[row.pk for row in rows])
    list(locked.order_by("pk"))
    seen = sorted_out(by, version, rows)
    if seen.stays_behind:
        steps = sorted({track.step for track in seen.stays_behind})
        raise Refused(
            "matrix.stays_behind",
            version=version,
            lines=len(seen.stays_behind),
            steps=", ".join(steps),
        )
    by_number = {row.pk: row for row in rows}
    for line in seen.lines:
        row = by_number[line.track.id]
        row.matrix, row.due_on = version, line.due_on
        row.save(update_fields=["matrix", "due_on"])
        if line.holder:
            name_anew(by, home(row.person), row)
    record(by, Event.MATRIX_ADOPTED, version=version, lines=len(seen.lines))
    return seen
