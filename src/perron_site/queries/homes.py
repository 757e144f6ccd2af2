"""The homes that an organisation may promise: nobody gives away what another keeps."""

from django.db.models import Q

from perron.vocabulary.acting import Acting
from perron.vocabulary.intervals import Interval
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.places import PlaceKind, Unit
from perron_site.records import facts, models

OF_A_TOWN = (OrganisationKind.MUNICIPALITY, OrganisationKind.OCMW)


def homes(by: Acting) -> tuple[Unit, ...]:
    """Bookable homes that it keeps, or that lie in its municipality, or in its region."""
    acts = models.Organisation.objects.get(pk=by.organisation)
    where = Q(site__organisation=acts)
    if acts.kind in OF_A_TOWN:
        where |= Q(site__municipality=acts.municipality_id)
    elif acts.kind == OrganisationKind.REGION:
        where |= Q(site__municipality__region=acts.region)
    return facts.units(PlaceKind.HOME, Interval(by.on), where)
