"""Temporary protection of people: what the law answers from what was stated, and the remedy after a refusal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from perron.responsibility.matrix import due_on, duty
from perron.rules.belgium.temporary_protection import scope
from perron.rules.facts import facts
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.verdicts import Finding, Source
from perron.vocabulary.wording import Message, message
from perron_site.queries.members import PersonRow
from perron_site.records import models
from perron_site.records.law import law_in_force


@dataclass(frozen=True, slots=True)
class Remedy:
    """What can be done against a refusal, by when, and where that is written."""

    message: Message
    until: date
    source: Source


def protection(
    people: Sequence[PersonRow], tracks: Sequence[models.Track], on: date
) -> tuple[tuple[PersonRow, Finding], ...]:
    """Whether each person falls under the protection, for those who have that line."""
    asked = {row.person_id for row in tracks if row.kind == TrackKind.PROTECTION}
    law = law_in_force(on)
    return tuple(
        (person, scope(stated(person), on, changes=law)) for person in people if person.id in asked
    )


def stated(person: PersonRow) -> Mapping[str, object]:
    """The facts of a person by the names of facts.yaml; what is not known is absent, as is what no law asks."""
    known: dict[str, object] = {
        fact.name: fact.value for fact in person.facts if fact.name in facts()
    }
    if person.nationalities is not None:
        known["nationality"] = list(person.nationalities)
    if person.born is not None:
        known["birth_date"] = str(person.born)
    if person.sex is not None:
        known["sex"] = person.sex.value
    return known


def remedy(tracks: Sequence[models.Track], region: Region | None, on: date) -> Remedy | None:
    """The remedy of the earliest refusal of protection that stands, with its term."""
    refused = [row for row in tracks if row.step == Step.PROTECTION_REFUSED and not row.closed_on]
    if not refused:
        return None
    first = min(refused, key=lambda row: row.since)
    kind, step, since = TrackKind.PROTECTION, Step.PROTECTION_REFUSED, first.since
    here = duty(kind, step, region, max(on, since), first.matrix)
    until = due_on(here, since)
    if until is None or here.days is None or here.clock_source is None:
        return None
    text = message("remedy.protection", days=here.days, until=until)
    return Remedy(text, until, here.clock_source)
