"""Who may be meant by a name: the people in sight, and what may be said of those whom others hold."""

import json
from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, F, IntegerField, Q
from django.db.models.expressions import RawSQL

from perron.vocabulary.acting import Acting
from perron.vocabulary.sought import Sought
from perron.vocabulary.spelling import keys, root_keys, words
from perron_site.queries.gaps import in_sight
from perron_site.queries.linemap import Holder, holder_of
from perron_site.records import models
from perron_site.records.reads import quarter
from perron_site.records.spelling import AGAINST, COMMON, FOR, SIZE, TOUCHES

CONSIDERED = 100


@dataclass(frozen=True, slots=True)
class ElsewhereRow:
    """Somebody whom another organisation holds: enough to ask, and no number that opens anything.

    ``hit``: the number of the look that the search left, for a question in writing; None where no user looked.
    """

    hit: int | None
    name: str
    born: str
    holder: Holder
    telephone: str


def namesakes(by: Acting, asked: Sought) -> list[int]:
    """The people in sight who may be meant, the likeliest first; one question to the database.

    Of a name that was typed in part the beginning is enough. Whose day of birth is not known may be meant too.
    """
    wanted = sorted(keys(asked.names))
    seen = models.Person.objects.filter(pk__in=in_sight(by.on, by.organisation))
    if asked.born is not None:
        seen = seen.filter(born_then(str(asked.born), unknown=bool(wanted)))
    elif not wanted:
        return []
    if not wanted:
        return list(seen.order_by("-pk").values_list("pk", flat=True)[:CONSIDERED])
    narrow = sorted(root_keys(asked.names)) if asked.names_one_person else wanted
    found = seen.filter(RawSQL(TOUCHES, [narrow], BooleanField())).annotate(  # noqa: S611 - a constant
        common=RawSQL(COMMON, [wanted], IntegerField()),  # noqa: S611 - the same
        size=RawSQL(SIZE, [], IntegerField()),  # noqa: S611 - the same
    )
    found = found.filter(common__gte=(len(wanted) + 1) // 2)
    best = found.order_by(AGAINST * F("size") - FOR * F("common"), "pk")
    return list(best.values_list("pk", flat=True)[:CONSIDERED])


def born_then(day: str, *, unknown: bool) -> Q:
    """Born on a day as far as it was said; also where less is known than was said."""
    parts = day.split("-")
    less = ["-".join(parts[:known]) for known in range(1, len(parts))]
    then = Q(born__startswith=day) | Q(born__in=less)
    return then | Q(born__isnull=True) if unknown else then


def elsewhere(by: Acting, asked: Sought) -> tuple[ElsewhereRow, ...]:
    """At most five people whom others hold. Only ``look_elsewhere`` asks this, which leaves a line about it."""
    told = [
        sorted(keys(asked.names)),
        sorted(root_keys(asked.names)),
        json.dumps([sorted(word) for word in words(asked.names)]),
        str(asked.born) if asked.born else None,
        by.purpose.value,
        by.user,
        quarter(by.at),
    ]
    with connection.cursor() as cursor:
        cursor.execute("select * from perron_elsewhere(%s, %s, %s, %s, %s, %s, %s)", told)
        found = cursor.fetchall()
    holders = models.Organisation.objects.in_bulk([row[3] for row in found])
    return tuple(
        ElsewhereRow(
            hit=hit,
            name=f"{given} {family}".strip(),
            born=born or "",
            holder=holder_of(holders[holder]),
            telephone=holders[holder].telephone,
        )
        for given, family, born, holder, hit in found
    )
