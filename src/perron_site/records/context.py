"""For whom this transaction asks: an organisation, a person by their own link, or a named part of the system.

The database shows rows about people to nobody else (records/rows.py). The names live as long as the transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from enum import StrEnum

from django.db import connection, transaction

from perron.vocabulary.acting import Acting
from perron.vocabulary.organisations import OrganisationId, Role

ORGANISATION = "nullif(current_setting('perron.organisation', true), '')::bigint"
DAY = "nullif(current_setting('perron.on', true), '')::date"
SUPERVISOR = "nullif(current_setting('perron.supervisor', true), '')::bigint"
"""How a function of the database reads for whom it is asked."""

NAMES = ("perron.round", "perron.organisation", "perron.on", "perron.person", "perron.supervisor")
SET = "select " + ", ".join(f"set_config('{name}', %s, true)" for name in NAMES)
ASK = "select " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in NAMES)

Whom = tuple[OrganisationId, date, bool]
ASKING: ContextVar[Whom | None] = ContextVar("asking", default=None)
"""The organisation for which this transaction asks, the day, and whether a supervisor asks.

None for a person or a part of the system.
"""


class Round(StrEnum):
    """A part of the system that acts without a user. COUNT only reads, and only what holds no name.

    SETTLE works out the net anew at the end of an act, whoever acted.
    """

    DAY = "day"
    WORKER = "worker"
    COMMAND = "command"
    COUNT = "count"
    SETTLE = "settle"


@contextmanager
def as_organisation(by: Acting) -> Iterator[None]:
    """Open a transaction that sees what this organisation may see on the day of the act.

    Whoever acts as a supervisor sees what they opened too (records/rows.py), and changes nothing.
    """
    supervisor = str(by.user or "") if by.role is Role.SUPERVISOR else ""
    names = ("", str(by.organisation), by.on.isoformat(), "", supervisor)
    with named(*names), asking((by.organisation, by.on, bool(supervisor))):
        yield


@contextmanager
def as_person(number: int) -> Iterator[int]:
    """Open a transaction in which a person sees what is about themselves; their number."""
    with named("", "", "", str(number), ""), asking(None):
        yield number


@contextmanager
def as_round(part: Round) -> Iterator[None]:
    """Open a transaction for a named part of the system."""
    with named(part, "", "", "", ""), asking(None):
        yield


@contextmanager
def named(*values: str) -> Iterator[None]:
    """Set the names in a transaction of its own; inside another one, what stood there comes back."""
    inside = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        before = cursor.execute(ASK).fetchone() if inside else None
        cursor.execute(SET, values)
        yield
        if before is not None and not connection.needs_rollback:
            cursor.execute(SET, before)


@contextmanager
def asking(whom: Whom | None) -> Iterator[None]:
    """Remember for whom the transaction asks."""
    before = ASKING.set(whom)
    try:
        yield
    finally:
        ASKING.reset(before)
