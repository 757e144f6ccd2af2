"""Safe mode: somebody must not be found. Set at once by any desk with sight; ended with a reason and her consent."""

from datetime import timedelta

from django.db.models import Q

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.people import HouseholdId
from perron_site.actions.households import home, locked
from perron_site.actions.moving import go_apart
from perron_site.actions.stays import household_locked
from perron_site.records import models
from perron_site.records.conflicts import conflicts
from perron_site.records.journal import record
from perron_site.records.settling import act


@act
def set_safe_mode(
    by: Acting,
    *,
    person_id: int,
    children: tuple[int, ...] = (),
    why: str,
    from_people: tuple[int, ...] = (),
    from_whom: str = "",
    keeps_nights: bool = False,
) -> HouseholdId:
    """Hide where somebody is, with the children who go along; the household in which they are from now on.

    The other side's file gets no line about it.
    """
    if not why.strip():
        raise Refused("safety.say_why")
    with conflicts():
        household = household_locked(by, HouseholdId(home(locked(by, person_id)).pk))
        going = (person_id, *(child for child in children if child != person_id))
        there = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
        members = set(there.order_by("pk").values_list("person_id", flat=True))
        must_be_here(members, going, from_people)
        apart = len(members) > len(set(going))
        new = go_apart(by, household, going, keeps_nights=keeps_nights) if apart else household
        for each in going:
            models.SafeMode.objects.create(
                person_id=each,
                along_with_id=None if each == person_id else person_id,
                from_household=household if apart else None,
                from_people=sorted(set(from_people)),
                from_whom=from_whom.strip(),
                why=why.strip(),
                set_by_id=by.organisation,
                since=by.at,
            )
    hide(by, going)
    for each in going:
        record(by, Event.SAFE_MODE_SET, new, models.Person(pk=each))
    return HouseholdId(new.pk)


def must_be_here(members: set[int], going: tuple[int, ...], from_people: tuple[int, ...]) -> None:
    """NotFound unless all of them belong to the household; nobody hides from who goes along."""
    if not members.issuperset((*going, *from_people)):
        raise NotFound("household.not_found")
    if set(going) & set(from_people):
        raise Refused("safety.not_from_who_goes_along")


def hide(by: Acting, people: tuple[int, ...]) -> None:
    """End the links that somebody else may hold, and the sight of those who do nothing for them any more."""
    models.PersonalLink.objects.filter(person__in=people, ended_at__isnull=True).update(
        ended_at=by.at
    )
    lingering = models.Sight.objects.filter(person__in=people, until__isnull=False)
    lingering = lingering.exclude(organisation=by.organisation)
    lingering.filter(Q(until__gte=by.on)).update(until=by.on - timedelta(days=1))


@act
def end_safe_mode(by: Acting, *, person_id: int, why: str, consent: bool) -> None:
    """End it for somebody and the children who went along; only with their consent, and a reason."""
    person = locked(by, person_id)
    if not consent:
        raise Refused("safety.only_with_consent")
    if not why.strip():
        raise Refused("safety.say_why")
    rows = models.SafeMode.objects.select_for_update().filter(until__isnull=True)
    rows = rows.filter(Q(person=person, along_with__isnull=True) | Q(along_with=person))
    ended = [row.person_id for row in rows.order_by("pk")]
    if not ended:
        raise Refused("safety.not_set")
    rows.update(until=by.at, ended_why=why.strip())
    for each in ended:
        record(by, Event.SAFE_MODE_ENDED, home(models.Person(pk=each)), models.Person(pk=each))
