"""Two households become one; a person who was registered twice becomes one; both can be undone for some minutes."""

from perron.responsibility.moving import may_join
from perron.responsibility.undo import may_undo
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Conflict, NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.people import HouseholdId
from perron_site.actions.handovers import must_be
from perron_site.actions.households import home
from perron_site.actions.stays import household_locked, reopen_roof, without_a_bed
from perron_site.records import models
from perron_site.records.conflicts import conflicts
from perron_site.records.joining import hiding, join_households, one_person
from perron_site.records.journal import record, revise
from perron_site.records.moving import acted_since, put_back, remember, snapshot
from perron_site.records.settling import act
from perron_site.records.sight import must_see
from perron_site.records.twice import between


@act
def merge_households(by: Acting, *, household_id: HouseholdId, other_id: HouseholdId) -> None:
    """Let the people of another household belong to this one; everybody sleeps where they sleep."""
    if household_id == other_id:
        raise Refused("moving.choose_another")
    with conflicts():
        homes = all_locked(by, household_id, other_id)
        people = members(household_id, other_id)
        must_be(may_join(hiding(people)))
        before = snapshot(homes, people)
        came = join_households(by, homes[household_id], homes[other_id])
    record(by, Event.HOUSEHOLD_MERGED, homes[other_id], other=household_id, size=len(came))
    line = record(by, Event.HOUSEHOLD_MERGED, homes[household_id], other=other_id, size=len(came))
    remember(line, before, homes, people)


@act
def merge_people(by: Acting, *, person_id: int, double_id: int, why: str) -> None:
    """One person was registered twice: everything belongs to the first record, and the second one rests."""
    if person_id == double_id:
        raise Refused("moving.choose_another")
    if not why.strip():
        raise Refused("safety.say_why")
    must_see(by, [person_id, double_id])
    must_not_be_two(person_id, double_id)
    person, double = models.Person(pk=person_id), models.Person(pk=double_id)
    where = [home(each).pk for each in (person, double)]
    with conflicts():
        homes = all_locked(by, *(HouseholdId(each) for each in where))
        if [home(each).pk for each in (person, double)] != where:
            raise Conflict("conflict.try_again")
        both = [person_id, double_id]
        safe = models.SafeMode.objects.filter(person__in=both, until__isnull=True).exists()
        must_be(may_join([safe]))
        before = snapshot(homes, both)
        ended = one_person(by, homes[where[0]], person_id, homes[where[1]], double_id)
        if without_a_bed(homes[where[0]], [person_id]):
            reopen_roof(by, homes[where[0]], although_held=True)
    here = homes[where[0]]
    line = record(by, Event.PERSON_MERGED, here, person, double=double_id, ended=ended)
    revise(line, person, {"merged_because": (None, why.strip())})
    remember(line, before, homes, both)


def must_not_be_two(person: int, double: int) -> None:
    """Refused while it stands that these are two people: whoever knows better takes that back first."""
    if models.TwoPeople.objects.filter(between(person, double)).exists():
        raise Refused("twice.two_people")


@act
def undo_moving(by: Acting, *, household_id: HouseholdId) -> HouseholdId:
    """Undo the last split, move or merge of this household. The household in which the people are again."""
    mine = models.Moved.objects.filter(journal__organisation=by.organisation)
    moved = mine.filter(journal__household=household_id).select_related("journal").last()
    if moved is None:
        raise Refused("moving.nothing_to_undo")
    must_see(by, moved.rows["people"])
    with conflicts():
        rows = models.Household.objects.select_for_update(no_key=True).order_by("pk")
        homes = {row.pk: row for row in rows.filter(pk__in=moved.rows["homes"])}
        must_see(by, moved.rows["people"])
        if not mine.filter(pk=moved.pk).exists():
            raise Conflict("conflict.try_again")
        must_be(may_undo(moved.journal.at, by.at, undone=False, touched=acted_since(moved)))
        put_back(by, moved)
        moved.delete()
    for row in homes.values():
        record(by, Event.MOVING_UNDONE, row, line=moved.journal_id)
    return HouseholdId(moved.rows["homes"][0])


def all_locked(by: Acting, *numbers: HouseholdId) -> dict[int, models.Household]:
    """These households, locked in the order of their numbers, the first one named first."""
    found = {number: household_locked(by, number) for number in sorted(set(numbers))}
    return {number: found[number] for number in numbers}


def members(*homes: HouseholdId) -> list[int]:
    """Everybody in these households now."""
    rows = models.HouseholdMember.objects.filter(household__in=homes, end__isnull=True)
    found = list(rows.order_by("person_id").values_list("person_id", flat=True))
    if not found:
        raise NotFound("household.not_found")
    return found
