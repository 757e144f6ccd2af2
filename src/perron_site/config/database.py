"""Which database the site uses, and as which role."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from perron_site.config import embedded_postgres

OWNER, SITE = "perron_owner", "perron_site"
PLANNED = 2
"""A question that a connection asks again after so many times is planned once and kept: the rules about rows make a
plan dearer than its answer (measured: 2 ms and 0.6 ms for the lines of a person)."""


def database() -> dict[str, Any]:
    """Django's settings for the role named by ``PERRON_DATABASE_ROLE`` (owner for migrations, else the site's)."""
    owner = os.environ.get("PERRON_DATABASE_ROLE") == "owner"
    given = os.environ.get("PERRON_OWNER_DATABASE_URL" if owner else "DATABASE_URL")
    url = given or embedded_postgres.address(OWNER if owner else SITE)
    return settings(url)


def settings(url: str) -> dict[str, Any]:
    """Read ``postgresql://role:password@host:port/name`` (ValueError when it is not one)."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ValueError("expected postgresql://role:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": PLANNED},
    }
