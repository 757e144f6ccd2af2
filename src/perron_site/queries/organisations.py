"""Organisations by what they are and where they work."""

from datetime import datetime

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.files import FileKind
from perron.vocabulary.organisations import PURPOSE_OF, OrganisationId, OrganisationKind, Role
from perron.vocabulary.territory import Region
from perron_site.records import models


def organisation(
    kind: OrganisationKind, municipality: str | None = None, region: Region | None = None
) -> OrganisationId:
    """The one organisation of this kind, in this municipality (by NIS code) or region."""
    rows = models.Organisation.objects.filter(kind=kind, valid_until__isnull=True)
    if municipality is not None:
        rows = rows.filter(municipality_id=municipality)
    elif region is not None:
        rows = rows.filter(region=region)
    found = rows.order_by("pk").values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("organisation.not_found", kind=kind)
    return OrganisationId(found)


def takes_in(kind: FileKind) -> OrganisationId:
    """Who takes a file in when nobody is named: the registration desk for people, else Fedasil."""
    people = kind in {FileKind.ARRIVALS, FileKind.PEOPLE}
    return organisation(OrganisationKind.DVZ if people else OrganisationKind.FEDASIL)


def names() -> dict[OrganisationId, str]:
    """The official name of each organisation."""
    rows = models.Organisation.objects.order_by("pk").values_list("pk", "name")
    return {OrganisationId(number): name for number, name in rows}


def the_system(at: datetime) -> Acting:
    """The daily round: it acts for Fedasil, which answers for the roofs of the night."""
    return Acting(
        user=None,
        organisation=organisation(OrganisationKind.FEDASIL),
        role=Role.SYSTEM,
        purpose=PURPOSE_OF[Role.SYSTEM],
        at=at,
    )
