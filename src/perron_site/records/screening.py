"""Which sites an organisation screens, and its checks as the core reads them."""

from django.db.models import QuerySet

from perron.responsibility.hosts import HostCheck
from perron.vocabulary.acting import Acting
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.places import CheckOutcome, HostCheckKind
from perron_site.records import models


def screened(by: Acting) -> QuerySet[models.Site]:
    """The sites in the municipality that is acting; none for any other organisation."""
    ours = models.Organisation.objects.filter(
        pk=by.organisation, kind=OrganisationKind.MUNICIPALITY
    )
    return models.Site.objects.filter(municipality__in=ours.values("municipality"))


def host_check(row: models.HostCheck) -> HostCheck:
    """A row as the noun of the core."""
    return HostCheck(HostCheckKind(row.kind), CheckOutcome(row.outcome), row.on, row.holds_until)
