"""Who looked at a person, as the person may see it: by organisation and day, without names of staff."""

from dataclasses import dataclass
from datetime import date

from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.organisations import Purpose
from perron_site.queries.linemap import Holder, holder_of
from perron_site.records import models


@dataclass(frozen=True, slots=True)
class Looked:
    """An organisation opened a page about the person on a day; ``emergency``: a supervisor broke the glass.

    ``searched``: it opened none, a search of a name showed the person's own.
    """

    on: date
    by: Holder
    emergency: bool
    searched: bool


def who_looked(person: int) -> tuple[Looked, ...]:
    """Each organisation once a day, the newest first."""
    rows = models.Read.objects.filter(person=person).select_related("organisation")
    found = [
        Looked(
            day_in_brussels(row.at),
            holder_of(row.organisation),
            row.purpose == Purpose.EMERGENCY,
            row.page == models.Page.SEARCH,
        )
        for row in rows.order_by("-at", "-pk")
    ]
    return tuple(dict.fromkeys(found))
