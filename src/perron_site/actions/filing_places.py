"""The rows of a file become sites, units and organisations, or change those that are known as the preview said."""

from collections import defaultdict
from collections.abc import Iterable

from perron.files.changes import Change, ChangeKind
from perron.files.grid import folded
from perron.files.places import OF_THE_SITE
from perron.files.rows import OrganisationRow, PlaceRow, Row
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Refused
from perron.vocabulary.places import PlaceKind, PlaceState
from perron_site.actions.filing import Done
from perron_site.actions.organisations import add_organisation, correct_organisation
from perron_site.actions.sites import NewUnit, add_units, correct_site, correct_unit, open_site
from perron_site.queries.files import known_sites, organisation_changes_for, place_changes_for
from perron_site.records import models


def write_places(by: Acting, rows: Iterable[Row]) -> Done:
    """Open sites with their units, add the units that a site of ours does not have, change what the file says anew."""
    units = {row.row: row for row in rows if isinstance(row, PlaceRow)}
    ours = models.Unit.objects.select_for_update(of=("self",)).filter(
        site__organisation=by.organisation
    )
    list(ours.order_by("pk").values_list("pk", flat=True))  # nobody books while it is compared
    found, sites = place_changes_for(by, list(units.values())), known_sites(by)
    new: dict[tuple[str, str], list[PlaceRow]] = defaultdict(list)
    for change in found:
        row = units[change.row]
        place = folded(row.site), row.municipality
        if change.fields:
            correct_place(by, sites[place], change)
        if change.kind is ChangeKind.NEW:
            new[place].append(row)
    for place, there in new.items():
        add_places(by, sites.get(place), there)
    added = sum(len(there) for there in new.values())
    changed = sum(change.kind is ChangeKind.DIFFERENT for change in found)
    return added, changed, len(found) - added - changed


def correct_place(by: Acting, site: int, change: Change) -> None:
    """Write the fields that the change names, of the site and of the unit."""
    of_site = {each.field: each.new for each in change.fields if each.field in OF_THE_SITE}
    of_unit = {each.field: each.new for each in change.fields if each.field not in OF_THE_SITE}
    if of_site:
        correct_site(by, site_id=site, changes=of_site)
    if of_unit and change.number is not None:
        correct_unit(by, unit_id=change.number, changes=of_unit)


def add_places(by: Acting, site: int | None, rows: list[PlaceRow]) -> None:
    """Add units to a site of ours; where we do not keep it yet it is opened with them."""
    first, units = rows[0], tuple(map(new_unit, rows))
    if site is not None:
        add_units(by, site_id=site, units=units)
        return
    open_site(
        by, name=first.site, municipality=first.municipality, units=units,
        street=said_first(row.street for row in rows), telephone=said_first(row.telephone for row in rows),
    )  # fmt: skip


def said_first(texts: Iterable[str]) -> str:
    """The first text that is given: a site is told once, in any of its rows."""
    return next((text for text in texts if text), "")


def new_unit(row: PlaceRow) -> NewUnit:
    """A unit as a desk would have typed it; a home from a file is pledged until somebody has seen it."""
    return NewUnit(
        row.unit, row.kind, row.beds, row.features,
        state=PlaceState.BOOKABLE if row.kind is PlaceKind.EMERGENCY else PlaceState.PLEDGED,
        shared=bool(row.shared), women_only=bool(row.women_only), minors_alone=bool(row.minors_alone),
        available_from=row.available_from, available_until=row.available_until,
    )  # fmt: skip


def write_organisations(by: Acting, rows: Iterable[Row]) -> Done:
    """Add who is not known, change what the file says anew (Refused where a row fits several)."""
    given = {row.row: row for row in rows if isinstance(row, OrganisationRow)}
    kinds = []
    for change in organisation_changes_for(by, list(given.values())):
        kinds.append(change.kind)
        if change.kind is ChangeKind.UNCLEAR:
            raise Refused("file.decide_first", row=change.row)
        if change.kind is ChangeKind.NEW:
            add_from_file(by, given[change.row])
        elif change.number is not None and change.fields:
            fields = {each.field: each.new for each in change.fields}
            correct_organisation(by, organisation_id=change.number, changes=fields)
    return (
        kinds.count(ChangeKind.NEW), kinds.count(ChangeKind.DIFFERENT), kinds.count(ChangeKind.SAME),
    )  # fmt: skip


def add_from_file(by: Acting, row: OrganisationRow) -> None:
    """Add an organisation; where no region is written it is that of its municipality."""
    town = models.Municipality.objects.filter(pk=row.municipality or "").first()
    add_organisation(
        by, kind=row.kind, name=row.name, names=(row.name_nl, row.name_fr, row.name_de),
        municipality=row.municipality, region=row.region or (town.region if town else ""),
        telephone=row.telephone,
    )  # fmt: skip
