"""The people of a household: what is known of each, what they need, what they stated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

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


def household_name(families: Iterable[str]) -> str:
    """The family names, each once."""
    return " / ".join(list(dict.fromkeys(families))[:FAMILIES_SHOWN])


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a person beside the person's own row."""

    needs: tuple[Need, ...]
    facts: tuple[StatedFact, ...]
    link_until: date | None


def telling(person: str, on: date) -> "dict[str, Subquery[Any]]":
    """What makes a question about people tell needs, facts and until when the link is good; ``told`` reads it."""
    whose = {"person": OuterRef(person)}
    holds = Q(start__lte=on) & (Q(end__isnull=True) | Q(end__gt=on))
    needs = models.Need.objects.filter(holds, **whose).order_by("pk")
    facts = models.Fact.objects.filter(**whose).order_by("name", "pk")
    links = models.PersonalLink.objects.filter(ended_at__isnull=True, expires_on__gte=on, **whose)
    stated = JSONObject(name="name", value="value", stated_on="stated_on")
    return {
        "told_needs": ArraySubquery(needs.values("need")),
        "told_facts": ArraySubquery(facts.values(stated=stated)),
        "told_link": Subquery(links.order_by("-pk").values("expires_on")[:1]),
    }


def told(row: models.Person | models.HouseholdMember) -> Told:
    """What a row tells of a person."""
    said = row.__dict__
    return Told(
        needs=tuple(Need(word) for word in said["told_needs"]),
        facts=tuple(
            StatedFact(each["name"], each["value"], date.fromisoformat(each["stated_on"]))
            for each in said["told_facts"]
        ),
        link_until=said["told_link"],
    )


def all_told(persons: Iterable[models.Person], on: date) -> dict[int, Told]:
    """What is known of these people, in one question to the database."""
    rows = models.Person.objects.filter(pk__in=[person.pk for person in persons]).order_by("pk")
    return {row.pk: told(row) for row in rows.only("pk").annotate(**telling("pk", on))}


def person_rows(
    persons: Sequence[models.Person],
    tracks: Sequence[models.Track],
    on: date,
    known: Mapping[int, Told] | None = None,
) -> tuple[PersonRow, ...]:
    """These people; what is not told of them yet is asked, in one more question to the database."""
    known = all_told(persons, on) if known is None else known
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
                needs=known[person.pk].needs,
                facts=known[person.pk].facts,
                link_until=known[person.pk].link_until,
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
