"""Municipalities, and the organisations between which the baton moves: loaded, added, corrected."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from importlib.resources import files

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.official_names import RULE, OfficialName, ocmw_name, town_hall_name
from perron.vocabulary.organisations import OrganisationId, OrganisationKind
from perron.vocabulary.territory import municipalities
from perron_site.records import models
from perron_site.records.filing import FROM_A_FILE
from perron_site.records.journal import record
from perron_site.records.settling import act

NOBODY_YET = OrganisationId(0)
"""For whom the very first load acts: the organisation that it creates first."""

KNOWN_FROM = date(2022, 3, 4)
"""Organisations stand from the first day of the modelled law."""

CORRECTABLE = frozenset({"name", "name_nl", "name_fr", "name_de", "region", "telephone"})
"""What may be corrected of an organisation that a file named."""


@act
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


@act
def add_organisation(
    by: Acting,
    *,
    kind: OrganisationKind,
    name: str,
    names: tuple[str, str, str] = ("", "", ""),
    municipality: str | None = None,
    region: str = "",
    telephone: str = "",
) -> int:
    """Add an organisation that a file names; ``names`` in Dutch, French and German. Its number."""
    row = models.Organisation.objects.create(
        kind=kind, name=name, name_nl=names[0], name_fr=names[1], name_de=names[2], region=region,
        municipality_id=municipality, telephone=telephone, source=FROM_A_FILE, valid_from=by.on,
    )  # fmt: skip
    record(by, Event.ORGANISATION_ADDED, organisation=row.pk)
    return int(row.pk)


@act
def correct_organisation(
    by: Acting, *, organisation_id: int, changes: Mapping[str, object]
) -> None:
    """Change how an organisation is named or reached. Official names stay official (Refused)."""
    row = models.Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    if row is None:
        raise NotFound("not_found.organisation")
    if set(changes) - ({"telephone"} if row.source != FROM_A_FILE else CORRECTABLE):
        raise Refused("change.official_stays")
    for field, value in changes.items():
        setattr(row, field, value)
    row.save(update_fields=list(changes))
    record(by, Event.ORGANISATION_CORRECTED, organisation=row.pk, fields=sorted(changes))
