"""The net is settled at the end of each act: the gaps and the caseload of every household that it changed.

The database itself marks those households (records/marking.py), so that nothing that writes can forget one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import connection, transaction

from perron.responsibility.caseload import caseload
from perron.responsibility.gaps import foreseen
from perron.responsibility.net import Foreseen, Situation
from perron.vocabulary.acting import Acting
from perron_site.records import models
from perron_site.records.context import Round, as_round
from perron_site.records.situations import awaited, situations

AT_ONCE = 2000
"""So many households are worked out at a time, to bound the memory."""
TAKEN = "delete from records_unsettled returning household_id"
GONE = "delete from {} where household_id = any(%s)"
PUT = "insert into {} ({}) select * from unnest({})"
GAPS = {
    "household_id": "bigint", "person_id": "bigint", "kind": "text", "track": "text", "responsible_id": "bigint",
    "since": "date", "opens": "date", "closes": "date", "waited": "int",
}  # fmt: skip
CASELOADS = {"household_id": "bigint", "organisation_id": "bigint", "urgent_on": "date"}
OVER = (
    "insert into records_unsettled (household_id) select distinct household_id from records_gap"
    " where closes <= %s"
)
WITHIN: ContextVar[bool] = ContextVar("within", default=False)
"""Whether an act that settles at its end is at work."""

P = ParamSpec("P")
R = TypeVar("R")


def act(function: Callable[Concatenate[Acting, P], R]) -> Callable[Concatenate[Acting, P], R]:
    """Make this function one transaction at whose end the net is settled; within another act that one settles."""

    @wraps(function)
    def done(by: Acting, /, *args: P.args, **words: P.kwargs) -> R:
        with settled(by.on):
            return function(by, *args, **words)

    return done


@contextmanager
def settled(on: date) -> Iterator[None]:
    """Open a transaction at whose end the net is settled, once, whatever is done within."""
    with transaction.atomic():
        if WITHIN.get():
            yield
            return
        before = WITHIN.set(True)
        try:
            yield
        finally:
            WITHIN.reset(before)
        if not connection.needs_rollback:
            settle(on)


def settle(on: date) -> None:
    """Work out anew the gaps and the caseload of every marked household."""
    with as_round(Round.SETTLE), connection.cursor() as cursor:
        marked = sorted({home for (home,) in cursor.execute(TAKEN).fetchall()})
        for first in range(0, len(marked), AT_ONCE):
            work_out(marked[first : first + AT_ONCE], on)


def forget_what_is_over(on: date) -> None:
    """Mark the households with a gap whose days have passed, so that it is let go."""
    with connection.cursor() as cursor:
        cursor.execute(OVER, [last_night(on)])


def work_out(homes: Sequence[int], on: date) -> None:
    """Write the rows of these households. Who changes one of them meanwhile waits, and works it out after us."""
    rows = models.Household.objects.filter(pk__in=homes).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
    living: dict[int, list[Situation]] = defaultdict(list)
    for each in situations(homes):
        living[each.household].append(each)
    answers = awaited(homes)
    gaps: list[Foreseen] = []
    cases: list[tuple[int, int, date | None]] = []
    for home in homes:
        found = [gap for each in living[home] for gap in to_come(each, on)]
        gaps += found
        first = caseload(living[home], found, answers[home], on)
        cases += [(home, organisation, day) for organisation, day in first.items()]
    put("records_gap", GAPS, homes, [gap_cells(gap) for gap in gaps])
    put("records_caseload", CASELOADS, homes, cases)


def to_come(member: Situation, on: date) -> Iterator[Foreseen]:
    """The gaps that are open or will be; before six in the morning the night of the day before is not over."""
    for gap in foreseen(member, on):
        if gap.closes is None or gap.closes > last_night(on):
            yield gap


def last_night(on: date) -> date:
    """The night that a day may still belong to."""
    return on - timedelta(days=1)


def gap_cells(gap: Foreseen) -> tuple[object, ...]:
    """A gap as its row."""
    return (
        gap.household, gap.person, gap.kind.value, gap.track.value, gap.responsible, gap.since, gap.opens, gap.closes,
        gap.waited,
    )  # fmt: skip


def put(
    table: str, columns: dict[str, str], homes: Sequence[int], rows: Iterable[tuple[object, ...]]
) -> None:
    """Put these rows of the households in the place of those that stand there."""
    cells = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(GONE.format(table), [list(homes)])
        if cells:
            kinds = ", ".join(f"%s::{kind}[]" for kind in columns.values())
            cursor.execute(PUT.format(table, ", ".join(columns), kinds), cells)
