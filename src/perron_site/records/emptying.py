"""The training database emptied for a new beginning: as the owner of its tables, and no other database."""

from django.db import connection
from psycopg import sql

from perron.vocabulary.errors import Refused

STAYS = ["django_migrations", "django_content_type", "auth_permission", "procrastinate_%"]
"""How the tables were made, and the list of jobs, which names nobody and from which the worker lives."""
MARKED = "select from records_journal where event = 'demonstration:loaded' and details @> '{\"training\": 1}'"
TABLES = (
    "select tablename from pg_tables where schemaname = 'public' and not tablename like any(%s)"
)
GUARD = "alter table records_journal {} trigger the_journal_is_not_emptied"


def empty() -> None:
    """Empty every table and number anew, in the transaction of whoever asks (Refused: not the training database)."""
    with connection.cursor() as cursor:
        if not cursor.execute(MARKED).fetchall():
            raise Refused("training.another_database")
        names = [sql.Identifier(name) for (name,) in cursor.execute(TABLES, [STAYS]).fetchall()]
        cursor.execute(sql.SQL(GUARD).format(sql.SQL("disable")))
        emptied = sql.SQL("truncate {} restart identity").format(sql.SQL(", ").join(names))
        cursor.execute(emptied)
        cursor.execute(sql.SQL(GUARD).format(sql.SQL("enable")))
