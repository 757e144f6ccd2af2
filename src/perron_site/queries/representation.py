"""Who may act for each child of a household, what is missing and since when; who may be named; a parent's children."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from perron.responsibility.representation import in_force, may_receive, missing, standing
from perron.vocabulary.acting import Acting
from perron.vocabulary.intervals import is_minor
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.representation import (
    Representation,
    RepresentationEnd,
    RepresentationKind,
    Represented,
)
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.verdicts import Reason, Verdict
from perron_site.queries.gaps import in_sight
from perron_site.queries.linemap import holder_of
from perron_site.queries.person import membership
from perron_site.queries.tracks import track_rows
from perron_site.records import models
from perron_site.records.context import as_person
from perron_site.records.representation import adults, birth, represented, rows_for
from perron_site.records.safety import safe_among

SHOWN_TO_PARENTS = (
    TrackKind.PROTECTION, TrackKind.MUNICIPALITY, TrackKind.SUPPORT, TrackKind.SCHOOL,
)  # fmt: skip
"""The lines of a child that a parent who lives elsewhere reads. Not the roof: it says where."""


@dataclass(frozen=True, slots=True)
class ActsRow:
    """Somebody who was named. ``who`` is empty for who may not be shown here; so are paper and words then."""

    id: int
    who: str
    kind: RepresentationKind
    start: date
    end: date | None
    end_because: RepresentationEnd | None
    paper: str
    said_by: str
    may: Verdict
    receives: bool


@dataclass(frozen=True, slots=True)
class ActsFor:
    """Who may act for a person; ``minor`` None: the birth date is not known."""

    minor: bool | None
    now: tuple[ActsRow, ...]
    other: tuple[ActsRow, ...]
    missing: tuple[Reason, ...]
    since: date
    guardian_since: date | None

    @property
    def receivers(self) -> tuple[ActsRow, ...]:
        """Those to whom the link or the file may be given."""
        return tuple(row for row in self.now if row.receives)


@dataclass(frozen=True, slots=True)
class Child:
    """What a parent reads of a child by their own link: lines and steps; no place, no day, no organisation."""

    name: str
    lines: tuple[tuple[TrackKind, Step], ...]


def acts_for(
    persons: Sequence[models.Person],
    tracks: Sequence[models.Track],
    hiding: Collection[int],
    arrived_on: date,
    on: date,
) -> dict[int, ActsFor]:
    """Who may act for each of these people, by number; adults are left out. One question.

    ``hiding``: those of them who must not be found.
    """
    children = [each for each in persons if is_minor(birth(each), on) is not False]
    rows = rows_for([each.pk for each in persons])
    there = adults(persons, on)
    theirs: dict[int, list[models.Representation]] = defaultdict(list)
    for row in rows:
        theirs[row.person_id].append(row)
    guarded = {
        row.person_id: row.opened_on
        for row in tracks
        if row.kind == TrackKind.GUARDIAN and row.closed_on is None
    }
    found = {}
    for each in represented(children, rows):
        named = in_force(each, on)
        told = [told_of(row, each, hiding, on) for row in theirs[each.person]]
        now = {row.id for row in named}
        ended = [row.end for row in told if row.end is not None and row.end <= on]
        found[int(each.person)] = ActsFor(
            minor=is_minor(each.born, on),
            now=tuple(row for row in told if row.id in now),
            other=tuple(row for row in told if row.id not in now),
            missing=missing(each, there, on),
            since=max([arrived_on, *ended]),
            guardian_since=guarded.get(each.person),
        )
    return found


def told_of(
    row: models.Representation, child: Represented, hiding: Collection[int], on: date
) -> ActsRow:
    """One row; of a holder who must not be found by this household, and of one not in sight, no word."""
    named = in_force(child, on)
    here = next((each for each in named if each.id == row.pk), None)
    hidden = row.__dict__["hides"] and child.person not in hiding
    unseen = row.holder_id is not None and (row.holder is None or hidden)
    return ActsRow(
        id=row.pk,
        who="" if unseen else name_of(row),
        kind=RepresentationKind(row.kind),
        start=row.start,
        end=row.end,
        end_because=RepresentationEnd(row.end_because) if row.end_because else None,
        paper="" if unseen else row.paper,
        said_by="" if unseen else row.said_by,
        may=Verdict.NO if here is None else standing(here, named),
        receives=here is not None and bool(may_receive(child, here.id, on)),
    )


def name_of(row: models.Representation) -> str:
    """How somebody is called."""
    if row.holder is not None:
        return full_name(row.holder)
    return row.organisation.name if row.organisation else row.name


@dataclass(frozen=True, slots=True)
class ActsPage:
    """A person for whom somebody may act, and who can be named: people and organisations by number and name."""

    number: int
    home: int
    name: str
    acts: ActsFor | None
    people: tuple[tuple[int, str], ...]
    organisations: tuple[tuple[int, str], ...]
    on: date


def representation(number: int, by: Acting) -> ActsPage:
    """The page of one person (NotFound for who may not be seen)."""
    member = membership(number, by)
    there = models.HouseholdMember.objects.filter(household=member.household_id, end__isnull=True)
    persons = list(models.Person.objects.filter(pk__in=there.values("person")).order_by("pk"))
    tracks = track_rows([number])
    hiding = safe_among([each.pk for each in persons])
    acts = acts_for(persons, tracks, hiding, member.household.arrived_on, by.on)
    return ActsPage(
        number=number,
        home=member.household_id,
        name=full_name(member.person),
        acts=acts.get(number),
        people=people_named(number, by),
        organisations=organisations_named(tracks),
        on=by.on,
    )


def people_named(child: int, by: Acting) -> tuple[tuple[int, str], ...]:
    """People in sight who share or shared a household with the child, but nobody who must not be found by it."""
    homes = models.HouseholdMember.objects.filter(person=child).values("household")
    mates = models.HouseholdMember.objects.filter(household__in=homes).exclude(person=child)
    mates = mates.filter(person__in=in_sight(by.on, by.organisation))
    people = models.Person.objects.filter(pk__in=mates.values("person")).order_by("pk")
    grown = [each for each in people if is_minor(birth(each), by.on) is not True]
    hiding = safe_among([child, *(each.pk for each in grown)])
    return tuple(
        (each.pk, full_name(each)) for each in grown if child in hiding or each.pk not in hiding
    )


def organisations_named(tracks: Sequence[models.Track]) -> tuple[tuple[int, str], ...]:
    """The Guardianship Service, and whoever holds a line of the child."""
    service = models.Organisation.objects.filter(
        kind=OrganisationKind.GUARDIANSHIP, valid_until__isnull=True
    )
    known = [*service.order_by("pk"), *(track.responsible for track in tracks)]
    return tuple({each.pk: (each.pk, holder_of(each).name) for each in known}.values())


def full_name(person: models.Person) -> str:
    """How a person is called."""
    return f"{person.given_name} {person.family_name}".strip()


def children_of(parent: int, on: date) -> tuple[Child, ...]:
    """The children for whom this person may act, by their own link: the same whether anybody hides or not."""
    held = models.Representation.objects.filter(holder=parent).order_by("person_id", "pk")
    numbers = dict.fromkeys(held.values_list("person_id", flat=True))
    return tuple(each for number in numbers for each in shown(number, parent, on))


def shown(number: int, parent: int, on: date) -> tuple[Child, ...]:
    """The child as this parent reads it; nothing once the right, or the childhood, has ended or is not known."""
    with as_person(number):
        person = models.Person.objects.get(pk=number)
        (child,) = represented([person], rows_for([number]))
        named = in_force(child, on)
        if not is_minor(child.born, on) or not any(reads(row, named, parent) for row in named):
            return ()
        rows = models.Track.objects.filter(
            person=number, kind__in=SHOWN_TO_PARENTS, closed_on__isnull=True
        )
        steps = {TrackKind(row.kind): Step(row.step) for row in rows.order_by("pk")}
    lines = tuple((kind, steps[kind]) for kind in SHOWN_TO_PARENTS if kind in steps)
    return (Child(person.given_name, lines),)


def reads(row: Representation, named: Sequence[Representation], parent: int) -> bool:
    """Whether this row lets the parent read: caring alone does not, nor does a right that a paper took away."""
    cares = row.kind is RepresentationKind.CARER
    return row.holder == parent and not cares and standing(row, named) is not Verdict.NO
