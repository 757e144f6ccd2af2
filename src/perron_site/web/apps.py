"""The pages as a Django app without tables: it brings templates, static files and texts."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Holds no models; every table stands in records."""

    name = "perron_site.web"
    label = "web"
