"""The lock on a household or a person that every act on them takes first, and on the desk of an organisation.

PostgreSQL grants a lock that had to wait by what could be seen before the wait; so the row is read anew afterwards.
"""

from django.db import connection

from perron.vocabulary.errors import Conflict
from perron_site.records import models
from perron_site.records.conflicts import conflicts


def household_lock(number: int) -> models.Household:
    """The household as it stands now, locked. Conflict if it went out of sight meanwhile."""
    rows = models.Household.objects.filter(pk=number)
    with conflicts():
        list(rows.select_for_update(no_key=True))
    row = rows.select_related("municipality").first()
    if row is None:
        raise Conflict("conflict.try_again")
    return row


def person_lock(number: int) -> models.Person:
    """The person as they stand now, locked. Conflict if they went out of sight meanwhile."""
    rows = models.Person.objects.filter(pk=number)
    with conflicts():
        list(rows.select_for_update())
    row = rows.first()
    if row is None:
        raise Conflict("conflict.try_again")
    return row


def law_lock() -> None:
    """Let changes of the law be entered and decided one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('the law'))")


def desk_lock(number: int) -> None:
    """Let two colleagues of an organisation act one after the other: on its queue, on its files."""
    models.Organisation.objects.select_for_update(no_key=True).get(pk=number)
