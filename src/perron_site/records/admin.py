"""The records as they are, for whoever runs the installation: read, never changed."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from perron_site.records import models

OUTLINE = (
    models.Organisation, models.Municipality, models.Site, models.Unit, models.Journal,
    models.Handover, models.Stay, models.Track, models.Household,
)  # fmt: skip
"""What helps to find a fault. Names, needs and facts of people stay on the pages, where sight and purpose hold."""


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # one class for every table
    """A list and its rows."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's signature
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Never."""
        return False


site = admin.AdminSite(name="admin")
site.site_header = site.site_title = "Perron"
site.register(OUTLINE, ReadOnly)
