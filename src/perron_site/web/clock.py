"""The clock of the pages: the one place in this room where the moment comes from."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Read the clock, once a request; tests put another function here."""
    return timezone.now()  # noqa: TID251 - a page is a door
