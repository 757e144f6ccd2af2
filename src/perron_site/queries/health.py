"""Whether the site is well: the database answers, its tables are new enough, a worker was seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from procrastinate.contrib.django.models import ProcrastinateWorker

SEEN_WITHIN = timedelta(minutes=2)
"""A worker reports every ten seconds."""


@dataclass(frozen=True, slots=True)
class Health:
    """Yes or no to each question; ``worker`` does not decide whether pages can be served."""

    database: bool
    migrations: bool
    worker: bool

    @property
    def well(self) -> bool:
        """Whether pages can be served."""
        return self.database and self.migrations


def health(at: datetime) -> Health:
    """Ask each question; a database that does not answer answers none of them."""
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
        seen = ProcrastinateWorker.objects.filter(last_heartbeat__gte=at - SEEN_WITHIN)
        return Health(database=True, migrations=not behind, worker=seen.exists())
    except DatabaseError:
        return Health(database=False, migrations=False, worker=False)
