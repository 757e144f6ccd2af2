"""What the records hold of one person, as the facts that the law asks: stated, entered, or read off a line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from perron.vocabulary.intervals import is_minor
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.queries.members import PersonRow
from perron_site.queries.protection import stated
from perron_site.records import models

ON_THE_PERSON = MappingProxyType(
    {"nationality": "nationalities", "birth_date": "born", "sex": "sex"}
)
"""Facts that stand with the person, and are corrected there; by the name of their field."""

FROM_LINES: Mapping[Step, tuple[str, object]] = {
    Step.PROTECTION_PENDING: ("tp_state", "requested"),
    Step.PROTECTION_GRANTED: ("tp_state", "granted"),
    Step.PROTECTION_REFUSED: ("tp_state", "refused"),
    Step.PROTECTION_APPEALED: ("tp_state", "refused"),
    Step.PROTECTION_WITHDRAWN: ("tp_state", "withdrawn"),
    Step.PROTECTION_ENDED: ("tp_state", "ended"),
    Step.MUNICIPALITY_CARD: ("address_be", True),
    Step.GUARDIAN_WORKING: ("is_uam", True),
}
"""What a step says by itself. The day of a step is no day of a certificate or a card: no date is read off a line."""


@dataclass(frozen=True, slots=True)
class Known:
    """A value, since when it is known so, and the line it was read off; no line: stated, or entered with the person."""

    value: object
    since: date | None = None
    line: TrackKind | None = None


def known_of(
    person: PersonRow, household: Sequence[PersonRow], tracks: Sequence[models.Track], on: date
) -> dict[str, Known]:
    """The facts of a person by name; ``household`` and ``tracks``: of everybody who belongs to it and is in sight.

    Where a line and a statement differ, the later one counts.
    """
    days = {fact.name: fact.stated_on for fact in person.facts}
    found = {
        name: Known(value, None if name in ON_THE_PERSON else days.get(name))
        for name, value in stated(person).items()
    }
    for name, row in read_off(person, household, tracks, on):
        said = found.get(name)
        if said is None or (said.since is not None and said.since < (row.since or on)):
            found[name] = row
    return found


def read_off(
    person: PersonRow, household: Sequence[PersonRow], tracks: Sequence[models.Track], on: date
) -> Iterator[tuple[str, Known]]:
    """What the lines say of a person, and the school lines of the children of the household."""
    children = {each.id for each in household if is_minor(each.born, on)}
    for row in tracks:
        step, kind = Step(row.step), TrackKind(row.kind)
        over = row.closed_on is not None and kind is not TrackKind.PROTECTION
        if row.person_id == person.id and step in FROM_LINES and not over:
            name, value = FROM_LINES[step]
            yield name, Known(value, row.since, kind)
        if row.person_id in children and step is Step.SCHOOL_ENROLLED and not over:
            yield "minor_in_school", Known(value=True, since=row.since, line=kind)


def values(known: Mapping[str, Known]) -> dict[str, object]:
    """The facts alone, as the law asks them."""
    return {name: row.value for name, row in known.items()}
