"""Everything that the database holds, as files: one CSV a table and a list of them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from perron_site.records.whole import MANIFEST, SECRETS, Table, schema, tables


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the export: how many rows, and its fingerprint."""

    file: str
    rows: int
    sha256: str


def write_everything(folder: Path, tell: Callable[[str], None]) -> tuple[Part, ...]:
    """Write each table as it stood at one moment; ``tell`` hears which one is at work."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            cursor.execute("set local timezone to 'UTC'")
            cursor.execute("set local datestyle to 'ISO'")
        parts = tuple(parts_of(folder, tell))
        content = {"perron": 1, "schema": schema(), "files": [asdict(part) for part in parts]}
        content |= {"training": True} if settings.TRAINING else {}
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return parts


def parts_of(folder: Path, tell: Callable[[str], None]) -> Iterator[Part]:
    """Write one file after the other; PostgreSQL's own CSV keeps "not known" (nothing) apart from "" (empty)."""
    for table in tables():
        name = f"training-{table.file}" if settings.TRAINING else table.file
        tell(name)
        digest = sha256()
        with connection.cursor() as cursor:
            with (folder / name).open("wb") as file, cursor.copy(question(table)) as copy:
                for block in copy:
                    file.write(block)
                    digest.update(block)
            rows = cursor.rowcount
        yield Part(name, rows, digest.hexdigest())


def question(table: Table) -> sql.Composed:
    """All rows in the order of their keys, each value in quotes; what is secret as a constant."""
    columns = [
        sql.SQL("{} as {}").format(sql.SQL(SECRETS[table.name, column]), sql.Identifier(column))
        if (table.name, column) in SECRETS
        else sql.Identifier(column)
        for column in table.columns
    ]
    return sql.SQL(
        "copy (select {columns} from {table} order by {key}) to stdout"
        " (format csv, header, force_quote *, encoding 'utf8')"
    ).format(
        columns=sql.SQL(", ").join(columns),
        table=sql.Identifier(table.name),
        key=sql.Identifier(table.key),
    )
