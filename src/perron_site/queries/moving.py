"""What would change if a household lived in another municipality, before anybody decides."""

from dataclasses import dataclass

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.tracks import TrackKind
from perron_site.queries.directory import folded
from perron_site.queries.gaps import in_sight
from perron_site.queries.linemap import Holder, holder_of
from perron_site.records import models
from perron_site.records.passing import passages

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality to move to."""

    nis: str
    name: str


@dataclass(frozen=True, slots=True)
class MovingRow:
    """A line of a person: who holds it here, for whom it is there, and whether they must say yes first."""

    kind: TrackKind
    who: str
    holder: Holder
    receiver: Holder
    asked: bool


def towns(words: str) -> tuple[Town, ...]:
    """Municipalities with these letters in a name, those that begin with them first."""
    wanted = folded(words.strip())
    if not wanted:
        return ()
    rows = models.Municipality.objects.filter(valid_until__isnull=True).order_by("name", "nis")
    found = []
    for row in rows:
        names = [folded(name) for name in (row.name_nl, row.name_fr, row.name_de)]
        if any(wanted in name for name in names):
            found.append((not any(name.startswith(wanted) for name in names), row))
    found.sort(key=lambda pair: (pair[0], pair[1].name))
    return tuple(Town(row.nis, row.name) for _, row in found[:SHOWN])


def moving(household: int, town: str, by: Acting) -> tuple[str, tuple[MovingRow, ...]]:
    """The name of the municipality and what would change; NotFound when either is not to be seen."""
    seen = models.HouseholdMember.objects.filter(
        household=household, end__isnull=True, person__in=in_sight(by.on, by.organisation)
    )
    there = models.Municipality.objects.filter(pk=town, valid_until__isnull=True).first()
    member = seen.select_related("household").first()
    if member is None or there is None:
        raise NotFound("household.not_found")
    home = member.household
    home.municipality = there
    return there.name, tuple(
        MovingRow(
            kind=TrackKind(each.track.kind),
            who=each.track.person.given_name,
            holder=holder_of(each.track.responsible),
            receiver=holder_of(each.receiver),
            asked=each.asked,
        )
        for each in passages(home, by.on)
    )
