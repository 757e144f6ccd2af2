"""The folder in which one installation keeps what is its own: data, secrets, logs."""

import os
from pathlib import Path


def home() -> Path:
    """``PERRON_HOME``, else ``/var/lib/perron`` for root and ``./var`` for everybody else."""
    given = os.environ.get("PERRON_HOME")
    if given:
        return Path(given)
    return Path("/var/lib/perron") if os.geteuid() == 0 else Path("var").resolve()
