"""Load the municipalities and the organisations between which the baton moves."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib.resources import files

from django.db import transaction

from perron.vocabulary.acting import Acting
from perron.vocabulary.events import Event
from perron.vocabulary.official_names import RULE, OfficialName, ocmw_name, town_hall_name
from perron.vocabulary.organisations import OrganisationId, OrganisationKind
from perron.vocabulary.territory import municipalities
from perron_site.records import models
from perron_site.records.journal import record

NOBODY_YET = OrganisationId(0)
"""For whom the very first load acts: the organisation that it creates first."""

KNOWN_FROM = date(2022, 3, 4)
"""Organisations stand from the first day of the modelled law."""


@transaction.atomic
def load_territory(by: Acting) -> int:
    """Add what is missing of municipalities and organisations; the number of rows added."""
    towns = missing_municipalities()
    organisations = [*missing_authorities(), *missing_local_organisations()]
    if not towns and not organisations:
        return 0
    models.Municipality.objects.bulk_create(towns)
    models.Organisation.objects.bulk_create(organisations)
    if by.organisation == NOBODY_YET:
        by = replace(by, organisation=OrganisationId(organisations[0].pk))
    record(
        by,
        Event.TERRITORY_LOADED,
        municipalities=len(towns),
        organisations=len(organisations),
    )
    return len(towns) + len(organisations)


def missing_municipalities() -> list[models.Municipality]:
    """The municipalities that have no row yet."""
    known = set(models.Municipality.objects.values_list("nis", flat=True))
    return [
        models.Municipality(
            nis=town.nis,
            name=town.name,
            name_nl=town.name_nl,
            name_fr=town.name_fr,
            name_de=town.name_de,
            region=town.region,
            province=town.province,
            valid_from=town.valid_from or KNOWN_FROM,
        )
        for town in municipalities()
        if town.nis not in known
    ]


def missing_authorities() -> Iterator[models.Organisation]:
    """The federal and regional organisations that have no row yet, Fedasil first."""
    known = set(
        models.Organisation.objects.filter(municipality__isnull=True).values_list("kind", "region")
    )
    text = files("perron.vocabulary").joinpath("organisations.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        if (row["kind"], row["region"]) not in known:
            yield models.Organisation(**row, valid_from=KNOWN_FROM)


def missing_local_organisations() -> Iterator[models.Organisation]:
    """A town hall and a public centre for social welfare for each municipality without."""
    known = set(
        models.Organisation.objects.filter(
            municipality__isnull=False, valid_until__isnull=True
        ).values_list("kind", "municipality_id")
    )
    for town in municipalities():
        for kind, naming in (
            (OrganisationKind.MUNICIPALITY, town_hall_name),
            (OrganisationKind.OCMW, ocmw_name),
        ):
            if (kind.value, town.nis) not in known:
                yield local_organisation(kind, town.nis, town.region.value, naming(town))


def local_organisation(
    kind: OrganisationKind, nis: str, region: str, name: OfficialName
) -> models.Organisation:
    """One organisation of a municipality, under its official name."""
    return models.Organisation(
        kind=kind,
        name=name.name,
        name_nl=name.nl,
        name_fr=name.fr,
        name_de=name.de,
        region=region,
        municipality_id=nis,
        source=RULE[kind],
        valid_from=KNOWN_FROM,
    )
