"""The rows of a CSV file as they stand there: a text in quotes may hold line breaks."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Raw:
    """One row of a file: its first and last line, and the bytes between which it stands."""

    first: int
    last: int
    begin: int
    end: int
    text: bytes


def raw_rows(path: Path, begin: int = 0, line: int = 1) -> Iterator[Raw]:
    """Each row from a byte of the file on, which stands on this line."""
    with path.open("rb") as file:
        file.seek(begin)
        held, first = b"", line
        for part in file:
            held += part
            if held.count(b'"') % 2 == 0:
                yield Raw(first, line, begin, begin + len(held), held)
                begin, held, first = begin + len(held), b"", line + 1
            line += 1
        if held:
            yield Raw(first, line - 1, begin, begin + len(held), held)
