"""Open a site with its units and beds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.events import Event
from perron.vocabulary.places import Feature, PlaceKind, PlaceState, SiteId
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.settling import act

UNIT_FIELDS = frozenset({
    "beds", "features", "available_from", "available_until", "shared", "women_only", "minors_alone",
})  # fmt: skip
"""What may be corrected of a unit; what it is for stays."""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A room, flat or house as it is entered."""

    name: str
    kind: PlaceKind
    beds: int
    features: frozenset[Feature] = frozenset()
    state: PlaceState = PlaceState.BOOKABLE
    shared: bool = False
    women_only: bool = False
    minors_alone: bool = False
    available_from: date | None = None
    available_until: date | None = None


@act
def open_site(
    by: Acting,
    *,
    name: str,
    municipality: str,
    units: tuple[NewUnit, ...],
    street: str = "",
    telephone: str = "",
) -> SiteId:
    """Open a site of the acting organisation, in the municipality with this NIS code."""
    site = models.Site.objects.create(
        name=name,
        organisation_id=by.organisation,
        municipality_id=municipality,
        street=street,
        telephone=telephone,
        confirmed_at=by.at,
    )
    opened, beds = new_units(site, units)
    record(by, Event.SITE_OPENED, site=site.pk, units=opened, beds=beds)
    return SiteId(site.pk)


@act
def add_units(by: Acting, *, site_id: int, units: tuple[NewUnit, ...]) -> None:
    """Add units to a site of the acting organisation."""
    site = models.Site.objects.filter(pk=site_id, organisation=by.organisation).first()
    if site is None:
        raise NotFound("not_found.place")
    added, beds = new_units(site, units)
    record(by, Event.UNITS_ADDED, site=site.pk, units=added, beds=beds)


@act
def correct_site(by: Acting, *, site_id: int, changes: Mapping[str, object]) -> None:
    """Change how a site of the acting organisation is reached: ``street``, ``telephone``."""
    site = models.Site.objects.select_for_update().filter(pk=site_id, organisation=by.organisation)
    row = site.first()
    if row is None or set(changes) - {"street", "telephone"}:
        raise NotFound("not_found.place")
    for field, value in changes.items():
        setattr(row, field, value)
    row.save(update_fields=list(changes))
    record(by, Event.SITE_CORRECTED, site=row.pk, fields=sorted(changes))


@act
def correct_unit(by: Acting, *, unit_id: int, changes: Mapping[str, object]) -> None:
    """Change what a unit of the acting organisation is; ``beds`` adds those that are missing, it takes none away."""
    units = models.Unit.objects.select_for_update(of=("self",)).select_related("site")
    row = units.filter(pk=unit_id, site__organisation=by.organisation).first()
    if row is None or set(changes) - UNIT_FIELDS:
        raise NotFound("not_found.place")
    told = dict(changes)
    if isinstance(beds := told.pop("beds", None), int):
        there = models.Bed.objects.filter(unit=row).count()
        models.Bed.objects.bulk_create(
            models.Bed(unit=row, number=number) for number in range(there + 1, beds + 1)
        )
    if isinstance(features := told.get("features"), frozenset):
        told["features"] = sorted(features)
    for field, value in told.items():
        setattr(row, field, value)
    row.save(update_fields=list(told))
    record(by, Event.UNIT_CORRECTED, site=row.site_id, unit=row.pk, fields=sorted(changes))


def new_units(site: models.Site, units: tuple[NewUnit, ...]) -> tuple[int, int]:
    """Write units with their beds; how many of each."""
    rows = models.Unit.objects.bulk_create(
        models.Unit(
            site=site,
            name=unit.name,
            kind=unit.kind,
            state=unit.state,
            shared=unit.shared,
            women_only=unit.women_only,
            minors_alone=unit.minors_alone,
            features=sorted(unit.features),
            available_from=unit.available_from,
            available_until=unit.available_until,
        )
        for unit in units
    )
    beds = models.Bed.objects.bulk_create(
        models.Bed(unit=row, number=number)
        for row, unit in zip(rows, units, strict=True)
        for number in range(1, unit.beds + 1)
    )
    return len(rows), len(beds)
