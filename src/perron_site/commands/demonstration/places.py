"""The sites of the demonstration: opened by those who run them, confirmed some hours ago."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from perron.vocabulary.acting import Acting
from perron.vocabulary.organisations import PURPOSE_OF, OrganisationId, OrganisationKind, Role
from perron.vocabulary.places import (
    CheckOutcome,
    Feature,
    HostCheckKind,
    PlaceKind,
    PlaceState,
    SiteId,
)
from perron.vocabulary.territory import Municipality, Region, municipalities
from perron_site.actions.hosts import write_host_check
from perron_site.actions.places import confirm_site
from perron_site.actions.sites import NewUnit, open_site
from perron_site.queries.organisations import organisation

PEOPLE_PER_SET = 300
"""For how many people the sites suffice once; a larger caseload gets as many sets more."""


@dataclass(frozen=True, slots=True)
class OpenedSite:
    """A site, who runs it, and when it last said that it is right."""

    id: SiteId
    run_by: Acting
    confirmed_hours_ago: int


@cache
def town(name: str) -> Municipality:
    """The municipality with this official name."""
    return next(place for place in municipalities() if place.name == name)


@cache
def listed() -> tuple[dict[str, Any], ...]:
    """The sites of places.yaml."""
    text = files(__package__).joinpath("places.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text))


def desk(kind: str, where: str) -> OrganisationId:
    """The organisation that the files call by kind and town, or by kind and region."""
    chosen = OrganisationKind(kind)
    if chosen is OrganisationKind.REGION:
        return organisation(chosen, region=Region(where))
    return organisation(chosen, municipality=town(where).nis if where else None)


def open_sites(people: int, at: datetime) -> tuple[OpenedSite, ...]:
    """Open every site at this moment, with enough units for so many people."""
    sets = -(-people // PEOPLE_PER_SET)
    return tuple(opened(site, sets, at) for site in listed())


def opened(site: Mapping[str, Any], sets: int, at: datetime) -> OpenedSite:
    """Open one site."""
    by = Acting(
        user=None,
        organisation=desk(*site["for"]),
        role=Role.HOUSING_OFFICER,
        purpose=PURPOSE_OF[Role.HOUSING_OFFICER],
        at=at,
    )
    kind = PlaceKind(site["kind"])
    units = tuple(unit for line in site["units"] for unit in numbered(line, kind, sets))
    site_id = open_site(by, name=site["name"], municipality=town(site["town"]).nis, units=units)
    for check in site.get("checked", ()):
        write_host_check(
            by,
            site_id=site_id,
            kind=HostCheckKind(check),
            outcome=CheckOutcome.PASSED,
            on=by.on,
            consented=True,
        )
    return OpenedSite(site_id, by, site["confirmed"])


def numbered(
    line: tuple[str, int, int, list[str], str], kind: PlaceKind, sets: int
) -> Iterator[NewUnit]:
    """The units of one line of the file, numbered where there is more than one."""
    name, count, beds, features, more = line
    words = more.split()
    states = [PlaceState(word) for word in words if word in set(PlaceState)]
    for number in range(1, count * sets + 1):
        yield NewUnit(
            name=name if count * sets == 1 else f"{name} {number}",
            kind=kind,
            beds=beds,
            features=frozenset(Feature(word) for word in features),
            state=states[0] if states else PlaceState.BOOKABLE,
            shared="shared" in words,
            women_only="women_only" in words,
            minors_alone="minors_alone" in words,
        )


def confirm_sites(sites: tuple[OpenedSite, ...], now: datetime) -> None:
    """Let each site say that it is right, some hours before now."""
    for site in sites:
        at = now - timedelta(hours=site.confirmed_hours_ago)
        confirm_site(at_moment(site.run_by, at), site_id=site.id)


def at_moment(by: Acting, at: datetime) -> Acting:
    """The same desk at another moment."""
    return Acting(by.user, by.organisation, by.role, by.purpose, at)
