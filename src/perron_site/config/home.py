"""The folder in which one installation keeps what is its own: data, secrets, logs; and which of its sites this is."""

import os
from pathlib import Path


def home() -> Path:
    """``PERRON_HOME``, else ``/var/lib/perron`` for root and ``./var`` for everybody else."""
    given = os.environ.get("PERRON_HOME")
    if given:
        return Path(given)
    return Path("/var/lib/perron") if os.geteuid() == 0 else Path("var").resolve()


def training() -> bool:
    """Whether this process belongs to the training site; ``perron training`` says so, nobody else."""
    return os.environ.get("PERRON_TRAINING") == "1"


def own() -> Path:
    """The folder of this site alone: secrets, lists on paper, static files."""
    return home() / "training" if training() else home()


def database() -> str:
    """The database of this site on the server that comes along."""
    return "perron_training" if training() else "perron"
