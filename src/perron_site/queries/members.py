"""The people of a household: what is known of each, what they need, what they stated."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from perron.responsibility.presence import FOLLOWS
from perron.rules.facts import facts
from perron.rules.interview import LATER
from perron.vocabulary.intervals import PartialDate, age
from perron.vocabulary.people import Need, Presence, Sex
from perron.vocabulary.wording import Message, message
from perron_site.records import models

FAMILIES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class StatedFact:
    """What a person stated, and when."""

    name: str
    value: object
    stated_on: date


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person. What is not known is None or empty."""

    id: int
    name: str
    given_name: str
    family_name: str
    given_name_cyrillic: str
    family_name_cyrillic: str
    cyrillic: str
    born: PartialDate | None
    age: int | None
    sex: Sex | None
    nationalities: tuple[str, ...] | None
    languages: tuple[str, ...]
    telephone: str
    email: str
    needs: tuple[Need, ...]
    facts: tuple[StatedFact, ...]
    link_until: date | None
    next: Message | None
    next_by: date | None
    presence: Presence = Presence.HERE
    presence_since: date | None = None
    presence_until: date | None = None

    @property
    def open_facts(self) -> tuple[StatedFact, ...]:
        """What was stated, without what says something of health, belief, origin or justice."""
        return tuple(fact for fact in self.facts if not private(fact.name))

    @property
    def may_be(self) -> tuple[Presence, ...]:
        """Where the person may be noted to be next."""
        return tuple(each for each in Presence if each in FOLLOWS[self.presence])


def private(name: str) -> bool:
    """Whether a fact is one that is asked only by choice."""
    return name in facts() and facts()[name].sensitivity in LATER


def household_name(persons: Sequence[models.Person]) -> str:
    """The family names, each once."""
    families = list(dict.fromkeys(person.family_name for person in persons))
    return " / ".join(families[:FAMILIES_SHOWN])


def person_rows(
    persons: Sequence[models.Person], tracks: Sequence[models.Track], on: date
) -> tuple[PersonRow, ...]:
    """These people, with three more questions to the database: needs, facts and links."""
    ids = [person.pk for person in persons]
    needs, facts, links = needs_of(ids, on), facts_of(ids), links_of(ids, on)
    rows = []
    for person in persons:
        born = PartialDate.parse(person.born) if person.born else None
        coming = nearest(tracks, person.pk)
        rows.append(
            PersonRow(
                id=person.pk,
                name=f"{person.given_name} {person.family_name}".strip(),
                given_name=person.given_name,
                family_name=person.family_name,
                given_name_cyrillic=person.given_name_cyrillic,
                family_name_cyrillic=person.family_name_cyrillic,
                cyrillic=f"{person.given_name_cyrillic} {person.family_name_cyrillic}".strip(),
                born=born,
                age=age(born, on),
                sex=Sex(person.sex) if person.sex else None,
                nationalities=None if person.nationalities is None else tuple(person.nationalities),
                languages=tuple(person.languages),
                telephone=person.telephone,
                email=person.email,
                needs=tuple(needs[person.pk]),
                facts=tuple(facts[person.pk]),
                link_until=links.get(person.pk),
                next=message(f"step.{coming.step}") if coming else None,
                next_by=coming.due_on if coming else None,
                presence=Presence(person.presence),
                presence_since=person.presence_since,
                presence_until=person.presence_until,
            )
        )
    return tuple(rows)


def nearest(tracks: Sequence[models.Track], person: int) -> models.Track | None:
    """The line of this person with the nearest term."""
    due = [row for row in tracks if row.person_id == person and row.due_on and not row.closed_on]
    return min(due, key=lambda row: row.due_on or date.max, default=None)


def needs_of(ids: Sequence[int], on: date) -> dict[int, list[Need]]:
    """What a place must have, by person."""
    found: dict[int, list[Need]] = defaultdict(list)
    rows = models.Need.objects.filter(person__in=ids, start__lte=on).filter(
        Q(end__isnull=True) | Q(end__gt=on)
    )
    for row in rows.order_by("pk"):
        found[row.person_id].append(Need(row.need))
    return found


def facts_of(ids: Sequence[int]) -> dict[int, list[StatedFact]]:
    """What was stated, by person."""
    found: dict[int, list[StatedFact]] = defaultdict(list)
    for row in models.Fact.objects.filter(person__in=ids).order_by("name", "pk"):
        found[row.person_id].append(StatedFact(row.name, row.value, row.stated_on))
    return found


def links_of(ids: Sequence[int], on: date) -> dict[int, date]:
    """Until which day the personal link of each person is good."""
    rows = models.PersonalLink.objects.filter(
        person__in=ids, ended_at__isnull=True, expires_on__gte=on
    )
    return dict(rows.order_by("pk").values_list("person_id", "expires_on"))
