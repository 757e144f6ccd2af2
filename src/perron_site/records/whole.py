"""What "everything" is: the tables that travel, their columns, and what stays behind."""

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

MANIFEST = "manifest.json"
SECRETS = {("records_user", "password"): "'!'", ("records_user", "last_login"): "null"}
"""Columns that travel as a constant: accounts go along, nobody can sign in until a new password is given."""

LEFT_BEHIND = {
    "account_emailaddress": "made anew at the next sign-in",
    "account_emailconfirmation": "a secret of the old installation",
    "auth_group": "not used",
    "auth_group_permissions": "not used",
    "auth_permission": "made by the migrations",
    "django_admin_log": "the records are read-only there; nothing is ever written",
    "django_content_type": "made by the migrations",
    "django_migrations": "the manifest names the last one",
    "django_session": "whoever is signed in signs in anew",
    "mfa_authenticator": "secrets of the second step; each user sets it up anew",
    "procrastinate_events": "jobs are put on the list anew",
    "procrastinate_jobs": "the same",
    "procrastinate_periodic_defers": "the same",
    "procrastinate_workers": "the same",
    "records_waitingfile": "a file that waits for a yes is sent in again",
    "records_caseload": "worked out anew",
    "records_gap": "the same",
    "records_unsettled": "the same",
    "records_user_groups": "not used",
    "records_user_user_permissions": "not used",
}
"""Every other table of the database, and why it does not travel."""


@dataclass(frozen=True, slots=True)
class Link:
    """A column that names a row of another table."""

    column: str
    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table that travels: one file, its columns in the order of the model."""

    name: str
    key: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    links: tuple[Link, ...]

    @property
    def file(self) -> str:
        """The file that holds it."""
        return f"{self.name.removeprefix('records_')}.csv"


@cache
def tables() -> tuple[Table, ...]:
    """Every table of the records, by name."""
    every = apps.get_app_config("records").get_models()
    found = (table_of(model) for model in every if model._meta.managed)  # noqa: SLF001 - Django's documented way
    travels = (table for table in found if table.name not in LEFT_BEHIND)
    return tuple(sorted(travels, key=lambda table: table.name))


def table_of(model: type[models.Model]) -> Table:
    """What is known of the table of one model."""
    meta = model._meta  # noqa: SLF001 - Django's documented way to read a model
    columns = {str(field.column): field for field in meta.concrete_fields}
    links = tuple(
        Link(name, field.related_model._meta.db_table, str(field.target_field.column))  # noqa: SLF001 - the same
        for name, field in columns.items()
        if isinstance(field, models.ForeignKey)
    )
    types = (
        field.rel_db_type(connection) if field.is_relation else field.db_type(connection)
        for field in columns.values()
    )
    key = next(name for name, field in columns.items() if field.primary_key)
    return Table(meta.db_table, key, tuple(columns), tuple(map(str, types)), links)


def schema() -> str:
    """The last migration that this database has."""
    rows = MigrationRecorder.Migration.objects.filter(app="records")
    return rows.order_by("pk").values_list("name", flat=True).last() or ""
