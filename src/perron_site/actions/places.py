"""Places: a site says that its free beds are as shown."""

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import NotFound
from perron.vocabulary.events import Event
from perron.vocabulary.organisations import Role
from perron_site.records import models
from perron_site.records.journal import record
from perron_site.records.settling import act


@act
def confirm_site(by: Acting, *, site_id: int) -> None:
    """Confirm a site as of now: by its organisation, or by the dispatcher who called."""
    rows = models.Site.objects.select_for_update().filter(pk=site_id)
    if by.role is not Role.DISPATCHER:
        rows = rows.filter(organisation=by.organisation)
    site = rows.first()
    if site is None:
        raise NotFound("not_found.place")
    site.confirmed_at = by.at
    site.save(update_fields=["confirmed_at"])
    record(by, Event.PLACE_CONFIRMED, site=site.pk)
