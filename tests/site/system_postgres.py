"""A throw-away server from the PostgreSQL of this machine, for tests in place of the one that comes along."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from perron_site.config import embedded_postgres

OLDEST = 15


def programs() -> Path | None:
    """The newest server of Debian's that we support, as its folder of programs; None where there is none."""
    found = {
        int(path.parents[1].name): path.parent
        for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")
        if path.parents[1].name.isdecimal()
    }
    newest = max(found, default=0)
    return found[newest] if newest >= OLDEST else None


def start() -> None:
    """Start it in a folder of its own, which becomes ``PERRON_HOME``; all is gone when this process ends."""
    tools = programs()
    if tools is None:
        raise LookupError(f"no PostgreSQL {OLDEST} or newer in /usr/lib/postgresql")
    home = Path(tempfile.mkdtemp(prefix="perron-system-", dir="/var/tmp"))
    os.environ["PERRON_HOME"] = str(home)
    account = embedded_postgres.server_account()
    secret, data = home / "superuser.once", home / "pgdata"
    secret.write_text(embedded_postgres.password("postgres"), encoding="utf-8")
    if account:
        for path in (home, secret):
            shutil.chown(path, account.pw_uid, account.pw_gid)
    atexit.register(end, home, tools)
    made = embedded_postgres.run(
        [tools / "initdb", "-D", data, "-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8",
         "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync"],
        account,
    )  # fmt: skip
    assert made.returncode == 0, embedded_postgres.last_words()
    embedded_postgres.start(tools, data, account)
    embedded_postgres.roles_and_database()


def end(home: Path, tools: Path) -> None:
    """Stop it and remove its folder."""
    stop: list[str | Path] = [tools / "pg_ctl", "stop", "-D", home / "pgdata", "-m", "immediate"]
    embedded_postgres.run(stop, embedded_postgres.server_account())
    shutil.rmtree(home)
