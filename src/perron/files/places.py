"""What a file would change of places that are known, unit by unit, before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from perron.files.changes import Change, ChangeKind, FieldChange, LeftAsIs, compared_with
from perron.files.grid import folded
from perron.files.rows import PlaceRow
from perron.vocabulary.places import Feature, PlaceKind
from perron.vocabulary.wording import message

OF_THE_SITE = ("street", "telephone")
OF_THE_UNIT = (
    "kind", "beds", "features", "available_from", "available_until",
    "shared", "women_only", "minors_alone",
)  # fmt: skip
WHO_STAYS = frozenset({"beds", "shared", "women_only", "minors_alone"})
"""What decides who may share a unit: it changes when nobody stays there, is booked or is asked."""


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit as known now, with its site. ``taken``: somebody stays there, is booked or is asked."""

    site: int
    unit: int
    site_name: str
    municipality: str
    name: str
    kind: PlaceKind
    beds: int
    street: str = ""
    telephone: str = ""
    features: frozenset[Feature] = frozenset()
    available_from: date | None = None
    available_until: date | None = None
    shared: bool = False
    women_only: bool = False
    minors_alone: bool = False
    taken: bool = False


def place_changes(rows: Iterable[PlaceRow], known: Iterable[KnownUnit]) -> tuple[Change, ...]:
    """What each row would change, in the order of the file; ``number`` is that of the unit.

    A unit is the same by site, municipality and its own name. What the file says of a site stands with the first row
    that says it. What a file leaves open takes nothing away, no file takes a bed away or turns a night into a home.
    """
    units = tuple(known)
    by_name = {(*site_of(one), folded(one.name)): one for one in reversed(units)}
    sites = {site_of(one): one for one in reversed(units)}
    told: set[tuple[tuple[str, str], str]] = set()
    found = []
    for row in rows:
        place = folded(row.site), row.municipality
        site = []
        for change in differing(row, sites.get(place), OF_THE_SITE):
            if (place, change.field) not in told:
                told.add((place, change.field))
                site.append(change)
        found.append(of_a_unit(row, by_name.get((*place, folded(row.unit))), tuple(site)))
    return tuple(found)


def not_named(rows: Iterable[PlaceRow], known: Iterable[KnownUnit]) -> tuple[KnownUnit, ...]:
    """The units of the sites of the file that the file does not name; they stay as they are."""
    named = {(folded(row.site), row.municipality, folded(row.unit)) for row in rows}
    sites = {name[:2] for name in named}
    return tuple(
        one
        for one in known
        if site_of(one) in sites and (*site_of(one), folded(one.name)) not in named
    )


def site_of(one: KnownUnit) -> tuple[str, str]:
    """What a site is recognised by."""
    return folded(one.site_name), one.municipality


def differing(
    row: PlaceRow, one: KnownUnit | None, columns: tuple[str, ...]
) -> tuple[FieldChange, ...]:
    """The columns of which the row says something else."""
    return () if one is None else compared_with(row, one, columns)


def of_a_unit(row: PlaceRow, one: KnownUnit | None, site: tuple[FieldChange, ...]) -> Change:
    """What one row would change of its unit, and of its site."""
    if one is None:
        return Change(row.row, ChangeKind.NEW, message("change.new"), fields=site)
    fields, left = list(site), []
    for each in compared_with(row, one, OF_THE_UNIT):
        because = why_left(each, row, one)
        if because:
            left.append(LeftAsIs(each.field, each.old, each.new, message(because)))
        else:
            fields.append(each)
    if not fields:
        return Change(row.row, ChangeKind.SAME, message("change.same"), one.unit, left=tuple(left))
    said = message("change.different", columns=";".join(each.field for each in fields))
    return Change(row.row, ChangeKind.DIFFERENT, said, one.unit, tuple(fields), left=tuple(left))


def why_left(change: FieldChange, row: PlaceRow, one: KnownUnit) -> str:
    """The key of why a file does not change this; empty where it does."""
    if change.field == "kind":
        return "change.kind_stays"
    if change.field == "beds" and row.beds < one.beds:
        return "change.beds_stay"
    start = row.available_from or one.available_from
    end = row.available_until or one.available_until
    if change.field in {"available_from", "available_until"} and start and end and end <= start:
        return "change.days_stay"
    return "change.somebody_stays" if change.field in WHO_STAYS and one.taken else ""
