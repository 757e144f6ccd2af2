"""Many rows of many tables at once: written as text, copied beside the tables, then put in, all under every rule.

COPY passes by the rules about rows, so PostgreSQL refuses it there; a table of this connection alone has none.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from json import JSONEncoder
from re import compile as pattern
from typing import Self

import psycopg
from django.db import connection, models

Value = str | int | date | Sequence[str] | None

BLOCK, BLOCKS_WAITING = 20_000, 8
NOTHING = r"\N"
FILLS = "select perron_fills(%s)"
NUMBERS = "select nextval(%s) from generate_series(1, %s)"
FEW, MANY = 100, 20_000
"""So many numbers at least and at most are taken at a time, where nobody says how many are needed."""
TO_ESCAPE = pattern(r"[\\\t\n\r]")
ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})

as_json = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A value of a JSON column."""


def cell(value: Value) -> str:
    """One value as COPY reads it. A list is one of codes: letters, digits and underscores."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value.translate(ESCAPED) if TO_ESCAPE.search(value) else value
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return "{" + ",".join(value) + "}"


def quoted(names: Iterable[str]) -> str:
    """Names of columns in a question."""
    return ", ".join(f'"{name}"' for name in names)


@contextmanager
def filling() -> Iterator[None]:
    """Have references checked and names indexed at the end, all at once: for a nearly empty database that is filled.

    Within a transaction: what is not filled to the end leaves everything as it was.
    """
    with connection.cursor() as cursor:
        cursor.execute(FILLS, [True])
        yield
        cursor.execute(FILLS, [False])


class Writer:
    """Puts blocks of rows in, one after the other, while the next ones are written down: all of people who are new.

    While it is open nobody else may use the connection; whatever happens, it is closed before the transaction ends.
    """

    def __init__(self) -> None:
        """Write on the connection of this thread, in its transaction."""
        connection.ensure_connection()
        self.link: psycopg.Connection = connection.connection
        self.pool = ThreadPoolExecutor(max_workers=1)
        self.waiting: deque[Future[None]] = deque()

    def put(self, table: "Table", rows: list[str]) -> None:
        """Take a block; waits while there are too many, and raises what went wrong with an earlier one."""
        self.waiting.append(self.pool.submit(self.write, table, rows))
        self.wait(BLOCKS_WAITING)

    def write(self, table: "Table", rows: list[str]) -> None:
        """Copy the block beside the table and put it in."""
        with self.link.cursor() as cursor:
            with cursor.copy(table.copy) as copy:
                copy.write("\n".join([*rows, ""]))
            cursor.execute(table.insert, table.constants)
            cursor.execute(table.empty)

    def numbers(self, sequence: str, many: int) -> list[int]:
        """Take so many numbers, after the blocks that wait."""
        return self.pool.submit(self.taken, sequence, many).result()

    def taken(self, sequence: str, many: int) -> list[int]:
        """Take so many numbers; others may take some in between."""
        with self.link.cursor() as cursor:
            cursor.execute(NUMBERS, [sequence, many])
            return [number for (number,) in cursor.fetchall()]

    def __enter__(self) -> Self:
        """Open. The net is marked by who belongs to which household alone (records/marking.py)."""
        self.link.execute("select set_config('perron.bulk', 'on', true)")
        return self

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        """Let the block that is being written end; what waits behind it is given up."""
        self.pool.shutdown(cancel_futures=True)
        if fault is None:
            self.link.execute("select set_config('perron.bulk', '', true)")

    def finish(self) -> None:
        """Wait for every block."""
        self.wait(0)

    def wait(self, most: int) -> None:
        """Wait until no more than so many blocks do; what the database refused is raised as Django raises it."""
        with connection.wrap_database_errors:
            while len(self.waiting) > most:
                self.waiting.popleft().result()


class Table:
    """One table that is filled: rows wait here until there are enough for a block.

    ``columns`` names those that each row gives; every other one gets what its model says when nothing is given.
    """

    def __init__(self, writer: Writer, model: type[models.Model], columns: str) -> None:
        """Make the table of this connection, with the same columns."""
        meta = model._meta  # noqa: SLF001 - Django's documented way to read a model
        self.writer, self.name, self.rows = writer, meta.db_table, list[str]()
        fields = {str(field.column): field for field in meta.concrete_fields}
        given = ("id", *columns.split())
        others = [name for name in fields if name not in given]
        self.constants = [
            fields[name].get_db_prep_save(fields[name].get_default(), connection) for name in others
        ]
        beside = f"bulk_{self.name}"
        self.copy = f"copy {beside} ({quoted(given)}) from stdin"
        self.insert = (
            f"insert into {self.name} ({quoted([*given, *others])})"  # noqa: S608 - names of our own
            f" select {quoted(given)}{', %s' * len(others)} from {beside}"
        )
        self.empty = f"truncate {beside}"
        kinds = ", ".join(f'"{name}" {fields[name].rel_db_type(connection)}' for name in given)
        with connection.cursor() as cursor:
            made = "create temporary table if not exists"
            cursor.execute(f"{made} {beside} ({kinds}) on commit drop")
            cursor.execute("select pg_get_serial_sequence(%s, 'id')", [self.name])
            self.sequence = str(cursor.fetchone()[0])
        self.free, self.used = deque[int](), 0

    def reserve(self, many: int) -> None:
        """Take so many numbers: no row more is to come, so none is left over."""
        self.free.extend(self.writer.numbers(self.sequence, many))

    def number(self) -> int:
        """The number of a row to come."""
        if not self.free:
            self.reserve(min(max(self.used, FEW), MANY))
        self.used += 1
        return self.free.popleft()

    def add(self, number: int, *values: Value) -> None:
        """Take a row with its number and the values of the columns, in their order."""
        self.rows.append("\t".join([str(number), *map(cell, values)]))
        if len(self.rows) >= BLOCK:
            self.flush()

    def put(self, *values: Value) -> int:
        """Take a row with the next number, and tell it."""
        number = self.number()
        self.add(number, *values)
        return number

    def flush(self) -> None:
        """Hand what waits to the writer."""
        if self.rows:
            self.writer.put(self, self.rows)
            self.rows = []
