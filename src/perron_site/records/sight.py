"""Who may look: given with responsibility, ended with it, asked before every act."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from perron.responsibility.safety import may_know
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron_site.records import models
from perron_site.records.safety import safe_among

AFTERWARDS = timedelta(days=90)
"""How long a giver, or a desk that only registered, may still read (design, mark D)."""


def see(
    organisation: int,
    people: Iterable[int],
    why: models.SightReason,
    until: date | None = None,
) -> None:
    """Let an organisation see people until a day, or as long as the reason holds."""
    persons = sorted(people)
    soon = set() if until is None else not_afterwards(persons)
    models.Sight.objects.bulk_create(
        (
            models.Sight(
                organisation_id=organisation,
                person_id=person,
                why=why,
                until=until - AFTERWARDS if until and person in soon else until,
            )
            for person in persons
        ),
        update_conflicts=True,
        unique_fields=["organisation", "person", "why"],
        update_fields=["until"],
    )


def no_longer(
    organisation: int,
    people: Collection[int],
    why: models.SightReason,
    on: date,
    afterwards: timedelta = timedelta(),
) -> None:
    """End what rested on this reason, so long after the day, which is itself the last one."""
    rows = models.Sight.objects.filter(organisation=organisation, person__in=people, why=why)
    soon = not_afterwards(people)
    for day, those in ((on, soon), (on + afterwards, set(people) - soon)):
        ending = rows.filter(Q(until__isnull=True) | Q(until__gt=day), person__in=those)
        ending.update(until=day)


def not_afterwards(people: Collection[int]) -> set[int]:
    """Those who must not be found: whoever does nothing for them any more reads no longer than the day of the act."""
    safe = safe_among(people)
    return {person for person in people if not may_know(safe=person in safe, tied=False)}


def must_see(by: Acting, people: Collection[int]) -> None:
    """NotFound unless the acting organisation may see every one of these people today."""
    seen = (
        models.Sight.objects.filter(organisation=by.organisation, person__in=people)
        .filter(Q(until__isnull=True) | Q(until__gte=by.on))
        .values("person")
        .distinct()
        .count()
    )
    if not people or seen < len(set(people)):
        raise NotFound("household.not_found")


def must_see_all(by: Acting, household: int) -> None:
    """NotFound unless the acting organisation may see everybody who belongs to the household now."""
    if hides_somebody(household):
        raise NotFound("household.not_found")
    people = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    must_see(by, list(people.order_by("pk").values_list("person_id", flat=True)))


def hides_somebody(household: int) -> bool:
    """Whether somebody belongs to the household now whom the acting organisation does not see."""
    with connection.cursor() as cursor:
        hidden = cursor.execute("select perron_unseen(%s)", [household]).fetchone()
    return bool(hidden != (0,))


def unplaced(household: int) -> RawSQL:
    """Of how many of a household the acting organisation may not read every need that says something of health."""
    return RawSQL("(select perron_unplaced(%s))", (household,))


def must_find_a_place(household: int) -> None:
    """Refused: who may not read what a place must have chooses none."""
    with connection.cursor() as cursor:
        others = cursor.execute("select perron_unplaced(%s)", [household]).fetchone()
    if others != (0,):
        raise Refused("need.only_who_finds_a_place")


def next_number(table: str) -> int:
    """The number of a row to come: whoever registers somebody has sight first, or could not read what they wrote."""
    with connection.cursor() as cursor:
        sequence = "select nextval(pg_get_serial_sequence(%s, 'id'))"
        found = cursor.execute(sequence, [table]).fetchone()
    assert found is not None
    return int(found[0])
