"""Django's name for this room."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The only app with tables of our own."""

    name = "perron_site.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
