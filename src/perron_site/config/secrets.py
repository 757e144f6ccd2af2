"""Secrets are made at the first start and kept in files that only their owner reads."""

import os
import secrets
from pathlib import Path

from perron_site.config.home import own


def secret(name: str) -> str:
    """Give the secret of this name: from ``PERRON_<NAME>_SECRET``, else from its file, which is made when missing."""
    given = os.environ.get(f"PERRON_{name.upper()}_SECRET")
    return given or kept(own() / f"{name}.secret")


def kept(path: Path) -> str:
    """Read the secret in this file; make it first when it is not there. Safe for several processes at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text(encoding="utf-8")
