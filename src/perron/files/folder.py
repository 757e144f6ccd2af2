"""A folder that is there whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from perron.vocabulary.errors import Refused


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A new folder to fill; it takes its name when everything is in it (Refused when the name holds anything).

    Whoever is killed in between leaves a hidden folder beside it, which no import takes.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused("file.folder_is_not_empty", folder=str(target))
    half = Path(tempfile.mkdtemp(prefix=f".{target.name}.half-", dir=target.absolute().parent))
    try:
        yield half
        half.rename(target)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
