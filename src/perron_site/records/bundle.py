"""A folder that an export wrote, checked before anything of it is taken in."""

import csv
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from perron.files.records import raw_rows
from perron.vocabulary.errors import BadFile, Fault
from perron.vocabulary.wording import Param, message
from perron_site.records.whole import MANIFEST, Table, schema, tables

BLOCK = 1 << 20


def fault(path: Path, key: str, at: tuple[int, int] = (1, 1), /, **params: Param) -> Fault:
    """One thing that is wrong in a file: at a line, in a cell of that line."""
    return Fault(str(path), *at, message(key, **params))


def listed(folder: Path) -> dict[str, str]:
    """The files with their fingerprints (BadFile without a list, or with one of another version)."""
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        files = {str(each["file"]): str(each["sha256"]) for each in found["files"]}
        made_with = str(found["schema"])
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError) as wrong:
        raise BadFile((fault(path, "import.no_manifest"),)) from wrong
    if "training" in found:
        raise BadFile((fault(path, "import.of_practice"),))
    if made_with != schema():
        raise BadFile((fault(path, "import.other_schema", found=made_with, expected=schema()),))
    return files


def file_faults(folder: Path) -> Iterator[Fault]:
    """Files that are missing, too many, or not as they were written."""
    expected = listed(folder)
    known = {table.file for table in tables()}
    here = {path.name for path in folder.iterdir()} - {MANIFEST}
    for name in sorted(known | set(expected) | here):
        if name not in known or name not in expected:
            yield fault(folder / name, "import.file_unknown")
        elif name not in here:
            yield fault(folder / name, "import.file_missing")
        elif fingerprint(folder / name) != expected[name]:
            yield fault(folder / name, "import.file_changed")


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def header_faults(path: Path, table: Table) -> list[Fault]:
    """What differs from the header that the table needs."""
    try:
        found = next(csv.reader([next(raw_rows(path)).text.decode("utf-8")]))
    except StopIteration:
        return [fault(path, "file.empty")]
    except UnicodeDecodeError:
        return [fault(path, "file.not_utf8")]
    known = ", ".join(table.columns)
    faults = [
        fault(path, "file.column_missing", column=name)
        for name in table.columns
        if name not in found
    ]
    faults += [
        fault(path, "file.column_unknown", (1, place), column=name, known=known)
        for place, name in enumerate(found, 1)
        if name not in table.columns
    ]
    if not faults and tuple(found) != table.columns:
        faults.append(fault(path, "import.other_order", expected=known))
    return faults
