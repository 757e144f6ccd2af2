import os
import pwd
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from perron_site.config import embedded_postgres
from perron_site.config.embedded_postgres import CannotStart, ensure

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")


def owner_of(pid):
    return Path(f"/proc/{pid}").stat().st_uid


def reachable_python(user):
    """A Python that this user may run, with our sources and libraries."""
    site = next(path for path in sys.path if path.endswith("site-packages"))
    sources = Path(embedded_postgres.__file__).parents[2]
    tried = "import psycopg, perron_site.config.embedded_postgres as e; e.binaries(None).stat()"
    for python in (sys.executable, "/usr/bin/python3"):
        surroundings = {"PYTHONPATH": f"{sources}:{site}"}
        try:
            subprocess.run(
                [python, "-c", tried], user=user, env=surroundings, cwd="/", check=True,
                capture_output=True,
            )  # fmt: skip
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    pytest.skip("Python or the libraries stand in a folder that no other user may enter")


# Who starts it.


@as_root
def test_root_starts_it_as_the_system_user_and_stops_it(installation):
    ensure()
    (server,) = installation.servers()
    assert owner_of(server) == pwd.getpwnam("perron").pw_uid
    installation.stopped()
    ensure()
    assert installation.ask("select 1") == [(1,)]


@as_root
def test_an_ordinary_user_starts_it_as_itself(installation):
    nobody = pwd.getpwnam("nobody")
    python = reachable_python("nobody")
    installation.home.mkdir()
    os.chown(installation.home, nobody.pw_uid, nobody.pw_gid)
    started = installation.in_a_process(python, user="nobody", group=nobody.pw_gid, extra_groups=[])
    assert started.wait(60) == 0, installation.said.read_text()
    assert [owner_of(server) for server in installation.servers()] == [nobody.pw_uid]
    assert {path.stat().st_uid for path in installation.home.iterdir()} == {nobody.pw_uid}
    assert installation.ask("select 1") == [(1,)]


def test_six_processes_at_once_start_one_server(installation):
    started = [installation.in_a_process() for _ in range(6)]
    assert [each.wait(60) for each in started] == [0] * 6, installation.said.read_text()
    assert len(installation.servers()) == 1


def modes(path):
    return {str(each): (each.stat().st_mode, each.stat().st_uid) for each in path.parents}


def test_no_permission_of_any_folder_above_is_changed(installation):
    before = modes(installation.home)
    ensure()
    installation.stopped()
    assert modes(installation.home) == before


@as_root
def test_in_a_closed_folder_root_is_told_so_and_the_folder_stays_closed(installation):
    installation.folder.chmod(0o700)
    before = modes(installation.home)
    with pytest.raises(CannotStart, match="name another folder in PERRON_HOME"):
        ensure()
    assert modes(installation.home) == before


# What was left behind.


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_a_killed_server_comes_back_with_all_that_was_kept(running, busy):
    running.keep("bread")
    link = embedded_postgres.connected("perron")
    if busy:
        link.pgconn.send_query(b"select count(*) from generate_series(1, 1000000000000)")
        working = "select pid from pg_stat_activity where query like '%1000000000000)'"
        running.until(lambda: running.ask(working))
    running.killed()
    ensure()
    link.close()
    assert running.kept() == ["bread"]
    assert len(running.servers()) == 1


def test_a_number_that_another_process_bears_now_does_not_keep_it_from_starting(running):
    running.keep("bread")
    account = embedded_postgres.server_account()
    note = running.killed()
    lines = note.read_text().split("\n")
    with subprocess.Popen(["/bin/sleep", "600"], user=account and account.pw_uid) as other:
        note.write_text("\n".join([str(other.pid), *lines[1:]]))
        ensure()
        assert other.poll() is None
        other.kill()
    assert running.kept() == ["bread"]


@pytest.mark.parametrize("killed", ["all of it", "who asked for it"])
def test_a_cluster_half_made_is_never_taken_for_one(installation, killed):
    attempt = installation.in_a_process(start_new_session=True)
    begun = installation.home.glob
    installation.until(lambda: list(begun("pgdata.init*/global")))
    if killed == "all of it":
        os.killpg(attempt.pid, signal.SIGKILL)
    else:
        attempt.kill()
    attempt.wait()
    assert not installation.data.exists()
    ensure()
    installation.keep("bread")
    assert installation.kept() == ["bread"]


def test_whatever_a_killed_attempt_left_is_cleared(installation):
    installation.home.mkdir()
    for name in ("pgdata.init", f"pgdata.init.{os.getpid()}", f"pgsql-18.{os.getpid()}"):
        (installation.home / name / "package" / "pginstall18").mkdir(parents=True)
    (installation.home / "superuser.once").write_text("old")
    ensure()
    names = {path.name for path in installation.home.iterdir()}
    assert {name for name in names if ".init" in name or "18." in name or "once" in name} == set()


def test_a_database_half_made_is_made_anew_with_all_rights(running):
    with embedded_postgres.connected("postgres") as link:
        link.execute("alter database perron rename to perron_half")
    ensure()
    assert running.ask("select has_schema_privilege('perron_site', 'public', 'usage')") == [(True,)]


# The port.


def port_of(installation):
    return int((installation.home / "port").read_text())


def test_where_its_port_is_taken_it_takes_another(running):
    running.keep("bread")
    port = port_of(running)
    running.stopped()
    with socket.create_server(("127.0.0.1", port)):
        ensure()
        assert port_of(running) != port
        assert running.kept() == ["bread"]


@pytest.mark.parametrize("note", [None, "1"], ids=["lost", "wrong"])
def test_a_running_server_is_found_without_the_note_of_its_port(running, note):
    port = port_of(running)
    (running.home / "port").unlink()
    if note:
        (running.home / "port").write_text(note)
    ensure()
    assert port_of(running) == port
    assert len(running.servers()) == 1


# The disk.


@pytest.fixture
def small_disk(installation):
    """Mount a small disk where the installation goes; the test makes it larger or smaller."""
    installation.home.mkdir()

    def sized(size, *more):
        options = ",".join((*more, f"size={size}"))
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(installation.home)]
        return subprocess.run(command, check=False, capture_output=True, text=True)

    if os.geteuid() != 0 or sized("1m").returncode != 0:
        pytest.skip("a small disk can only be mounted by root, outside a closed container")
    yield lambda size: sized(size, "remount")
    for pid in installation.processes():
        os.kill(pid, signal.SIGKILL)
    installation.until(lambda: not installation.processes())
    subprocess.run(["umount", str(installation.home)], check=True)


@pytest.mark.parametrize("size", ["8k", "16m", "48m", "66m"])
def test_a_full_disk_is_said_plainly_and_leaves_nothing_that_blocks(installation, small_disk, size):
    small_disk(size)
    with pytest.raises(CannotStart, match="No space left on device"):
        ensure()
    assert not [path.name for path in installation.home.iterdir() if ".init" in path.name]
    small_disk("400m")
    ensure()
    installation.keep("bread")
    assert installation.kept() == ["bread"]


def test_a_disk_that_fills_up_later_is_said_plainly_and_loses_nothing(installation, small_disk):
    small_disk("400m")
    ensure()
    installation.keep("bread")
    installation.stopped()
    filler = installation.home / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"0" * 65536):
            pass
    with pytest.raises(CannotStart, match="No space left on device"):
        ensure()
    filler.unlink()
    ensure()
    assert installation.kept() == ["bread"]


# Who comes in.


def test_it_listens_to_this_machine_only_and_asks_everybody_for_a_password(running):
    assert running.ask("show listen_addresses") == [("127.0.0.1",)]
    assert running.ask("show unix_socket_directories") == [("",)]
    assert running.ask("show password_encryption") == [("scram-sha-256",)]
    assert running.ask("select distinct auth_method from pg_hba_file_rules") == [("scram-sha-256",)]
    for role in ("postgres", "perron_owner", "perron_site"):
        address = embedded_postgres.address(role)
        secret = embedded_postgres.password(role)
        assert Path(running.home / f"{role}.password").stat().st_mode & 0o077 == 0
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(address.replace(secret, "wrong"))
        psycopg.connect(address).close()


def test_the_site_s_role_owns_nothing_and_makes_no_table(running):
    owned = (
        "select count(*) from pg_shdepend where deptype = 'o' and refobjid = 'perron_site'::regrole"
    )
    assert running.ask(owned) == [(0,)]
    with psycopg.connect(embedded_postgres.address("perron_site"), autocommit=True) as site:
        for wish in (
            "create table loot (id int)",
            "create schema loot",
            "create role loot",
            "create database loot",
            "set role perron_owner",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                site.execute(wish)
    with psycopg.connect(embedded_postgres.address("perron_owner"), autocommit=True) as owner:
        owner.execute("create table places (id int)")
        assert owner.execute("select has_table_privilege('perron_site', 'places', 'insert')")
