"""Who may be meant by a name: the people in sight, and what may be said of those whom others hold."""

import json
from collections.abc import Sequence
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
ELSEWHERE = (
    "select w.place, e.given_name, e.family_name, e.born, e.organisation_id, e.hit"
    " from jsonb_array_elements(%s) with ordinality as w(said, place), lateral perron_elsewhere("
    "array(select jsonb_array_elements_text(w.said->'wanted')),"
    " array(select jsonb_array_elements_text(w.said->'roots')),"
    " w.said->'words', w.said->>'birth', %s, %s, %s)"
    " with ordinality as e(given_name, family_name, born, organisation_id, hit, nth) order by w.place, e.nth"
)


@dataclass(frozen=True, slots=True)
class ElsewhereRow:
    """Somebody whom another organisation holds: enough to ask, and no number that opens anything.

    ``hit``: the number of the look that the search left, for a question in writing; None where no user looked.
    """

    hit: int | None
    given: str
    family: str
    born: str
    holder: Holder
    telephone: str

    @property
    def name(self) -> str:
        """Both names."""
        return f"{self.given} {self.family}".strip()


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


def elsewhere(by: Acting, asked: Sequence[Sought]) -> tuple[tuple[ElsewhereRow, ...], ...]:
    """For each of these at most five people whom others hold, in one question; only ``actions.searches`` asks it.

    The database itself notes the looks.
    """
    said = [
        {
            "wanted": sorted(keys(each.names)),
            "roots": sorted(root_keys(each.names)),
            "words": [sorted(word) for word in words(each.names)],
            "birth": str(each.born) if each.born else None,
        }
        for each in asked
    ]
    told = [json.dumps(said), by.purpose.value, by.user, quarter(by.at)]
    with connection.cursor() as cursor:
        cursor.execute(ELSEWHERE, told)
        found = cursor.fetchall()
    holders = models.Organisation.objects.in_bulk([row[4] for row in found])
    rows: list[list[ElsewhereRow]] = [[] for _ in asked]
    for place, given, family, born, holder, hit in found:
        held = holders[holder]
        row = ElsewhereRow(hit, given, family, born or "", holder_of(held), held.telephone)
        rows[place - 1].append(row)
    return tuple(map(tuple, rows))
