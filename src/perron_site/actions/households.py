"""Register a household, correct what was entered, note needs and stated facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from perron.responsibility.matrix import first_step
from perron.rules.facts import facts
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.housing import HousingMoment, LivingSituation
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import HEALTH_NEEDS, HouseholdId, Need, Sex
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.roofs import ask_for_roof
from perron_site.records import models
from perron_site.records.conflicts import conflicts
from perron_site.records.journal import record, revise
from perron_site.records.lines import duty_of, open_line, open_next
from perron_site.records.locking import person_lock
from perron_site.records.safety import safe_among
from perron_site.records.settling import act
from perron_site.records.sight import AFTERWARDS, must_find_a_place, must_see, next_number, see
from perron_site.records.statements import columns_of, document_of, seen_for

CORRECTABLE = frozenset(
    {
        "given_name", "family_name", "given_name_cyrillic", "family_name_cyrillic", "born", "sex",
        "nationalities", "languages", "telephone", "email",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as entered at a desk; None is not known."""

    given_name: str
    family_name: str
    given_name_cyrillic: str = ""
    family_name_cyrillic: str = ""
    born: PartialDate | None = None
    sex: Sex | None = None
    nationalities: tuple[str, ...] | None = None
    languages: tuple[str, ...] = ()
    needs: frozenset[Need] = frozenset()
    telephone: str = ""
    email: str = ""


@act
def register_household(
    by: Acting,
    *,
    people: tuple[NewPerson, ...],
    arrived_on: date,
    municipality: str | None = None,
    roof: bool = False,
    lived: LivingSituation | None = None,
) -> HouseholdId:
    """Register people who stay together: the protection opens, and with it what the matrix opens.

    A roof is asked for when needed; it waits for none of them. ``lived``: where they lived before; None is not asked.
    """
    if not people:
        raise Refused("household.nobody")
    if arrived_on > by.on:
        raise Refused("household.arrives_later", day=arrived_on)
    household = models.Household(
        pk=next_number("records_household"), arrived_on=arrived_on, municipality_id=municipality
    )
    persons = [add(by, household, new) for new in people]
    household.save(force_insert=True)
    record(by, Event.HOUSEHOLD_REGISTERED, household, size=len(people))
    for person, new in zip(persons, people, strict=True):
        added(by, household, person, new)
    for person in persons:
        open_line(by, household, person, first_step(TrackKind.PROTECTION))
    if roof:
        ask_for_roof(by, household_id=HouseholdId(household.pk))
    if lived is not None:
        for person in persons:
            state_living(by, person_id=person.pk, moment=HousingMoment.ARRIVAL, situation=lived)
    return HouseholdId(household.pk)


def add(by: Acting, household: models.Household, new: NewPerson) -> models.Person:
    """Write one person of a household; the desk that registers may read for a while, and so from the start."""
    number = next_number("records_person")
    see(by.organisation, [number], models.SightReason.REGISTERED, by.on + AFTERWARDS)
    person = models.Person.objects.create(
        pk=number,
        given_name=new.given_name,
        family_name=new.family_name,
        given_name_cyrillic=new.given_name_cyrillic,
        family_name_cyrillic=new.family_name_cyrillic,
        born=str(new.born) if new.born else None,
        sex=new.sex,
        nationalities=None if new.nationalities is None else list(new.nationalities),
        languages=list(new.languages),
        telephone=new.telephone,
        email=new.email,
    )
    models.HouseholdMember.objects.create(
        household_id=household.pk, person=person, start=household.arrived_on
    )
    return person


def added(by: Acting, household: models.Household, person: models.Person, new: NewPerson) -> None:
    """Note that the person was added, and what a place must have for them."""
    record(by, Event.PERSON_ADDED, household, person)
    for need in sorted(new.needs):
        models.Need.objects.create(person=person, need=need, start=by.on)
        record(by, Event.NEED_SET, household, person, need=need)


@act
def correct_person(by: Acting, *, person_id: int, changes: Mapping[str, object]) -> tuple[str, ...]:
    """Correct what was entered; the old value is kept in a revision. The fields that did change."""
    person = locked(by, person_id)
    if unknown := sorted(set(changes) - CORRECTABLE):
        raise Refused("person.not_correctable", field=unknown[0])
    different = {
        field: (getattr(person, field), value)
        for field, value in sorted(changes.items())
        if getattr(person, field) != value
    }
    if not different:
        return ()
    for field, (_, value) in different.items():
        setattr(person, field, value)
    person.save(update_fields=list(different))
    if "born" in different:
        open_again(by, person)
    line = record(by, Event.PERSON_CORRECTED, home(person), person, fields=list(different))
    revise(line, person, different)
    return tuple(different)


def may_say(need: Need, household: models.Household) -> None:
    """Refused where a need says something of health and the desk may not read such needs of the household."""
    if need in HEALTH_NEEDS:
        must_find_a_place(household.pk)


@act
def set_need(by: Acting, *, person_id: int, need: Need) -> None:
    """Note what a place must have for this person."""
    person = locked(by, person_id)
    may_say(need, home(person))
    with conflicts():
        models.Need.objects.create(person=person, need=need, start=by.on)
    record(by, Event.NEED_SET, home(person), person, need=need)


@act
def end_need(by: Acting, *, person_id: int, need: Need) -> None:
    """Note that the person does not need it any more."""
    person = locked(by, person_id)
    may_say(need, home(person))
    ended = models.Need.objects.filter(person=person, need=need, end__isnull=True).update(end=by.on)
    if not ended:
        raise Refused("need.not_known", need=need)
    record(by, Event.NEED_ENDED, home(person), person, need=need)


@act
def state_fact(
    by: Acting, *, person_id: int, name: str, value: object, document: str | None = None
) -> None:
    """Write down what a person says; a later statement replaces an earlier one, which a revision keeps.

    ``document``: the one that the desk has seen, empty where it has seen none. None says nothing of it: what was seen
    stays seen as long as the answer stays.
    """
    if document and (name not in facts() or document not in facts()[name].documents):
        raise Refused("fact.no_such_document")
    person = locked(by, person_id)
    earlier = models.Fact.objects.filter(person=person, name=name).first()
    was = seen_for(earlier) if earlier else None
    same = earlier is not None and earlier.value == value
    seen = was if same and document is None else None
    if document:
        seen = {"document": document, "by": by.organisation, "on": by.on.isoformat()}
    models.Fact.objects.update_or_create(
        person=person,
        name=name,
        defaults={"value": value, "stated_on": by.on, **columns_of(seen)},
    )
    line = record(by, Event.FACT_STATED, home(person), person, fact=name)
    if earlier is not None and not same:
        revise(line, person, {name: (earlier.value, value)})
    if seen != was:
        revise(line, person, {document_of(name): (was, seen)})


@act
def state_facts(by: Acting, *, person_id: int, facts: Mapping[str, object]) -> None:
    """Write down several statements; all or none."""
    for name, value in sorted(facts.items()):
        state_fact(by, person_id=person_id, name=name, value=value)  # records each


@act
def state_living(
    by: Acting, *, person_id: int, moment: HousingMoment, situation: LivingSituation
) -> None:
    """Note the kind of place a person lived in before, or lives in after; never of who must not be found afterwards."""
    must_see(by, [person_id])
    if moment is HousingMoment.EXIT and safe_among([person_id]):
        raise Refused("housing.not_after_hiding")
    state_fact(by, person_id=person_id, name=moment, value=situation.value)  # records it


def open_again(by: Acting, person: models.Person) -> None:
    """A birth date that becomes known may open lines: of a child alone, of a pupil."""
    household = home(person)
    for track in models.Track.objects.filter(person=person, closed_on__isnull=True).order_by("pk"):
        open_next(by, household, person, duty_of(household, track, Step(track.step), by.on))


def locked(by: Acting, person_id: int) -> models.Person:
    """The person, locked, if the acting organisation may see them."""
    must_see(by, [person_id])
    return person_lock(person_id)


def home(person: models.Person) -> models.Household:
    """The household to which the person belongs now."""
    there = models.HouseholdMember.objects.filter(person=person, end__isnull=True)
    row = there.select_related("household").first()
    if row is None:
        raise NotFound("household.not_found")
    return row.household
