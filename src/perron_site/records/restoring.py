"""The whole database out of files, into an empty one. It leaves no line of its own: the journal comes along."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import psycopg
from django.db import DataError, IntegrityError, connection, transaction
from psycopg import sql

from perron.files.records import Raw, raw_rows
from perron.vocabulary.errors import BadFile, Fault, Refused
from perron_site.records.bundle import BLOCK, fault, file_faults, header_faults
from perron_site.records.settling import settle
from perron_site.records.whole import Link, Table, tables

MOST = 500
"""Faults that are named; whoever has more has another file."""
WHERE = re.compile(r"COPY \S+, line (\d+)(?:, column (\w+))?")
SAYS = {
    "23502": "file.empty_cell",
    "22001": "import.too_long",
    "22P04": "import.other_cells",
    "22021": "file.not_utf8",
}
"""What PostgreSQL refuses, by its code, and how it is told; its own words would hold the value."""
Left = dict[str, set[str]]


@transaction.atomic
def restore(folder: Path, tell: Callable[[str], None], on: date) -> int:
    """Take everything in, in one transaction, and settle the net of the day; the number of rows.

    BadFile names every fault.
    """
    must_be_empty()
    faults, left, rows = list(file_faults(folder)), Left(), 0
    for table in tables():
        path = folder / table.file
        tell(table.file)
        wrong = header_faults(path, table) if path.is_file() else []
        if path.is_file() and not wrong:
            taken, wrong = load(path, table, left.setdefault(table.name, set()))
            rows += taken
        faults += wrong
    if len(left) == len(tables()):
        faults += broken_links(folder, left)
    if faults:
        raise BadFile(tuple(faults[:MOST]))
    for table in tables():
        if table.types[0] == "bigint":
            number_on(table)
    settle(on)
    return rows


def must_be_empty() -> None:
    """Refuse a database that holds anything: nothing is mixed, nothing overwritten."""
    for table in tables():
        if ask("select 1 from {} limit 1", sql.Identifier(table.name)):
            raise Refused("import.database_is_not_empty", table=table.name)


def ask(question: str, *names: sql.Composable) -> list[tuple[object, ...]]:
    """The answer to a question about tables that are named."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(question).format(*names))
        return list(cursor.fetchall())


def load(path: Path, table: Table, left: set[str]) -> tuple[int, list[Fault]]:
    """Take a file in; each row that is refused is told and left out, its key goes to ``left``."""
    faults: list[Fault] = []
    header = next(raw_rows(path))
    begin, line, rows = header.end, header.last + 1, 0
    while len(faults) < MOST:
        try:
            return rows + copied(path, table, begin), faults
        except (psycopg.DataError, psycopg.IntegrityError) as refused:
            found = WHERE.search(refused.diag.context or "")
            if found is None:
                raise
            last = line - 2 + int(found[1])  # its line 1 is the header
            bad = next(row for row in raw_rows(path, begin, line) if row.last >= last)
            rows += copied(path, table, begin, bad.begin)
            faults += row_faults(path, table, bad, refused)
            left.add(key_of(bad))
            begin, line = bad.end, bad.last + 1
    return rows, faults


def copied(path: Path, table: Table, begin: int, end: int | None = None) -> int:
    """Give the header and these bytes of a file to the database; the number of rows.

    With the header PostgreSQL knows how lines end, and counts those inside of quotes too.
    """
    question = sql.SQL("copy {} ({}) from stdin (format csv, header, encoding 'utf8')").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, table.columns))
    )
    with transaction.atomic(), connection.cursor() as cursor:
        with path.open("rb") as file, cursor.copy(question) as copy:
            copy.write(file.readline())
            file.seek(begin)
            while block := file.read(BLOCK if end is None else min(BLOCK, end - file.tell())):
                copy.write(block)
        return int(cursor.rowcount)


def row_faults(path: Path, table: Table, bad: Raw, refused: psycopg.Error) -> list[Fault]:
    """What the database refused first, and every other cell of the row that it cannot read."""
    found = WHERE.search(refused.diag.context or "")
    column = refused.diag.column_name or (found[2] if found else None) or table.key
    cells = dict(unreadable(path, table, bad))
    place = table.columns.index(column) + 1
    rule = (refused.diag.constraint_name or "").replace("_", " ")
    if rule:
        cells[place] = fault(path, "import.breaks_rule", (bad.first, place), rule=rule)
    elif place not in cells:
        key = SAYS.get(refused.sqlstate or "", "import.not_readable")
        cells[place] = fault(path, key, (bad.first, place), column=column)
    return [cells[each] for each in sorted(cells)]


def unreadable(path: Path, table: Table, bad: Raw) -> Iterator[tuple[int, Fault]]:
    """The cells of a row that are not of the kind of their column."""
    cells = row_of(bad)
    for place, (cell, kind) in enumerate(zip(cells, table.types, strict=False), 1):
        longest = re.fullmatch(r"varchar\((\d+)\)", kind)
        if longest and len(cell) > int(longest[1]):
            yield (
                place,
                fault(path, "import.too_long", (bad.first, place), column=table.columns[place - 1]),
            )
        elif cell and not readable(cell, kind):
            yield place, fault(path, "import.not_of_kind", (bad.first, place), expected=kind)


def readable(cell: str, kind: str) -> bool:
    """Whether the database can read the text as a value of this kind."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.SQL("select cast(%s as {})").format(sql.SQL(kind)), [cell])
    except (DataError, ValueError):
        return False
    return True


def row_of(raw: Raw) -> list[str]:
    """The cells of a row."""
    return next(csv.reader([raw.text.decode("utf-8", errors="replace").rstrip("\r\n")]), [""])


def key_of(raw: Raw) -> str:
    """The key of a row: its first cell."""
    return row_of(raw)[0] if row_of(raw) else ""


def broken_links(folder: Path, left: Left) -> list[Fault]:
    """Rows that name a row which is nowhere; what only names a row with a fault is not one itself."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
    except IntegrityError:
        return [
            found
            for table in tables()
            for link in table.links
            for found in orphans(folder / table.file, table, link, left[link.table])
        ]
    return []


def orphans(path: Path, table: Table, link: Link, left: Iterable[str]) -> list[Fault]:
    """The rows of one table that name, in one column, a row which is nowhere."""
    rows = ask(
        "select {0}::text, {1}::text from {2} t where {1} is not null"
        " and not exists (select from {3} o where o.{4} = t.{1}) limit 500",
        *map(sql.Identifier, (table.key, link.column, table.name, link.table, link.key)),
    )
    wanted = {str(key): str(value) for key, value in rows if str(value) not in left}
    place = table.columns.index(link.column) + 1
    return [
        fault(
            path, "import.names_nothing", (raw.first, place), column=link.column, found=wanted[key]
        )
        for raw in (raw_rows(path) if wanted else ())
        if (key := key_of(raw)) in wanted
    ]


def number_on(table: Table) -> None:
    """Let new rows get numbers after those that came in."""
    ask(
        "select setval(pg_get_serial_sequence({}, {}), coalesce(max({}), 1), max({}) is not null) from {}",
        sql.Literal(table.name), sql.Literal(table.key), sql.Identifier(table.key),
        sql.Identifier(table.key), sql.Identifier(table.name),
    )  # fmt: skip
