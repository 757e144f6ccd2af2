"""Look whether another organisation knows somebody, before they are registered once more, and right after."""

from collections.abc import Collection
from dataclasses import dataclass

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Refused
from perron.vocabulary.events import Event
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.organisations import Purpose
from perron.vocabulary.sought import Sought, sought
from perron.vocabulary.twice import Judgement, Known, Likeness, judge
from perron_site.queries.namesakes import ElsewhereRow, elsewhere
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.settling import act
from perron_site.records.sight import must_see


@dataclass(frozen=True, slots=True)
class ElsewhereTwice:
    """Somebody of ours, and whom another organisation holds who may be the same person, with the reasons."""

    name: str
    row: ElsewhereRow
    judgement: Judgement


@act
def look_elsewhere(by: Acting, *, words: str) -> tuple[ElsewhereRow, ...]:
    """Name, year of birth and holder of at most five people whom others hold; the line about it holds no word of it.

    Only to register somebody, and only where one person is named: by two names, or a name and a day of birth.
    """
    must_register(by)
    asked = sought(words)
    if not asked.names_one_person:
        return ()
    (found,) = elsewhere(by, [asked])
    record(by, Event.PERSON_SOUGHT, hits=len(found))
    return found


@act
def look_for_doubles(by: Acting, *, person_ids: Collection[int]) -> tuple[ElsewhereTwice, ...]:
    """Whom of these people, just registered, another organisation may know: the same search, asked once for all."""
    must_register(by)
    must_see(by, person_ids)
    people = models.Person.objects.filter(pk__in=person_ids).order_by("pk")
    known = {each: known_of(each) for each in people}
    asked = {each: sought_of(one) for each, one in known.items()}
    named = [each for each in known if asked[each].names_one_person]
    if not named:
        return ()
    found = elsewhere(by, [asked[each] for each in named])
    record(by, Event.PERSON_SOUGHT, hits=sum(map(len, found)))
    pairs = [
        ElsewhereTwice(f"{each.given_name} {each.family_name}".strip(), row, judge(known[each], held_of(row)))
        for each, rows in zip(named, found, strict=True)
        for row in rows
    ]  # fmt: skip
    return tuple(pair for pair in pairs if pair.judgement.likeness is not Likeness.NO)


def must_register(by: Acting) -> None:
    """Refused to whoever acts for another purpose."""
    if by.purpose is not Purpose.REGISTRATION:
        raise Refused("search.only_to_register")


def known_of(person: models.Person) -> Known:
    """What is compared of somebody of ours: what the search shows of others has no more."""
    return Known(
        person.given_name, person.family_name, person.given_name_cyrillic, person.family_name_cyrillic,
        born=PartialDate.parse(person.born) if person.born else None,
    )  # fmt: skip


def sought_of(known: Known) -> Sought:
    """What is asked about them."""
    return Sought(f"{known.given} {known.family}", known.born)


def held_of(row: ElsewhereRow) -> Known:
    """What the search showed of somebody whom others hold."""
    return Known(row.given, row.family, born=PartialDate.parse(row.born) if row.born else None)
