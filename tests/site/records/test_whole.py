"""Everything out and in again: nothing lost, nothing mixed, every fault named."""

import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from shutil import copytree

import psycopg
import pytest
from databases import a_database, migrated, name_of, python, superuser, url

from perron_site.records.whole import LEFT_BEHIND, tables

PERRON = "import sys; from perron.cli.main import main; sys.exit(main())"


def perron(name, *words, code=0):
    """Run the command on this database; what it said, on the stream where it says that."""
    surroundings = {
        "PERRON_HOME": os.environ["PERRON_HOME"],
        "DATABASE_URL": url("perron_site", name),
        "PERRON_OWNER_DATABASE_URL": url("perron_owner", name),
        "LANG": "C.UTF-8",
    }
    done = subprocess.run(
        [sys.executable, "-c", PERRON, *map(str, words)],
        env=surroundings, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    return done.stdout if code == 0 else done.stderr


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def filled():
    with a_database(name_of("_filled"), migrated()) as name:
        python(name, "caseload")
        yield name


@pytest.fixture(scope="module")
def out(filled, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "all"
    perron(filled, "export", "all", folder)
    return folder


@pytest.fixture
def empty():
    with a_database(name_of("_empty"), migrated()) as name:
        yield name


def test_what_goes_out_comes_in_again_and_goes_out_the_same(out, empty, tmp_path):
    said = json.loads(perron(empty, "import", "all", out, "--json"))
    perron(empty, "export", "all", tmp_path / "again")
    first, again = contents(out), contents(tmp_path / "again")
    assert first == again
    assert said["rows"] == sum(each["rows"] for each in json.loads(first["manifest.json"])["files"])
    text = first["person.csv"].decode("utf-8")
    assert '"Оленка","Мар""чук,\nїґё"' in text
    assert '"{UA,PL}"' in text
    assert '"Ivan","NULL","","",,,"{}"' in text
    assert '"Nina","","","",,,,' in text


def test_new_rows_get_numbers_after_those_that_came_in(out, empty):
    perron(empty, "import", "all", out)
    with psycopg.connect(url("perron_owner", empty)) as link:
        last = link.execute("select max(id) from records_person").fetchone()[0]
        made = link.execute(
            "insert into records_person (given_name, family_name, given_name_cyrillic,"
            " family_name_cyrillic, languages, telephone, email, presence, demonstration)"
            " values ('', '', '', '', '{}', '', '', 'here', false) returning id"
        ).fetchone()[0]
    assert made == last + 1


def test_who_came_in_is_found_by_name_and_no_key_travels(out, empty):
    perron(empty, "import", "all", out)
    assert "spelled" not in contents(out)["person.csv"].decode("utf-8").splitlines()[0]
    with psycopg.connect(url("perron_owner", empty)) as link:
        found = link.execute(
            "select given_name from records_person where spelled @> spelling_keys('Olenka')"
        ).fetchall()
    assert found == [("Оленка",)]


def test_accounts_go_along_without_a_secret(out):
    every = b"".join(contents(out).values())
    assert b"an@example.org" in every
    assert b"pbkdf2" not in every
    assert b"argon" not in every


def test_an_export_leaves_a_line_in_the_journal(out, filled):
    with psycopg.connect(url("perron_owner", filled)) as link:
        told = link.execute(
            "select details from records_journal where event = 'data:exported'"
        ).fetchall()
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert {"tables": len(tables()), "rows": sum(e["rows"] for e in manifest["files"])} in [
        each for (each,) in told
    ]


def test_every_table_travels_or_is_named_with_a_reason(filled):
    with superuser(filled) as link:
        every = {name for (name,) in link.execute(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
        )}  # fmt: skip
    assert every == {table.name for table in tables()} | set(LEFT_BEHIND)


def test_a_folder_that_holds_something_is_left_alone(filled, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    assert "holds something already" in perron(filled, "export", "all", tmp_path, code=2)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_that_cannot_be_written_is_of_the_surroundings(filled, tmp_path):
    perron(filled, "export", "all", tmp_path / "no" / "where", code=3)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing_that_looks_whole(filled, tmp_path):
    small = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (20000, 20000))"
    limited = f"{small}; import signal as s; s.signal(s.SIGXFSZ, s.SIG_IGN); {PERRON}"
    done = subprocess.run(
        [sys.executable, "-c", limited, "export", "all", str(tmp_path / "full")],
        env={"PERRON_HOME": os.environ["PERRON_HOME"], "LANG": "C.UTF-8",
             "DATABASE_URL": url("perron_site", filled),
             "PERRON_OWNER_DATABASE_URL": url("perron_owner", filled)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (3, False), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_holds_something_is_left_alone(out, filled):
    assert "holds data already" in perron(filled, "import", "all", out, code=2)


def rows_in(name):
    with psycopg.connect(url("perron_owner", name)) as link:
        return sum(
            link.execute(f"select count(*) from {table.name}").fetchone()[0] for table in tables()
        )


def damaged(out, folder, **changes):
    """The export with these changes, its list made to fit as somebody would who knows what they do."""
    copytree(out, folder)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for name, change in changes.items():
        path = folder / f"{name}.csv"
        path.write_bytes(
            change(path.read_bytes().decode("utf-8")).encode("utf-8", "surrogateescape")
        )
        for each in manifest["files"]:
            if each["file"] == path.name:
                each["sha256"] = sha256(path.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def test_every_fault_is_named_with_its_place_and_nothing_is_written(out, empty, tmp_path):
    bad = damaged(
        out,
        tmp_path / "bad",
        person=lambda text: text.replace('"Nina",""', '"Nina",').replace('"{}","{}"', '"{","{"'),
        household=lambda text: re.sub(r'"2026-11-25"', '"2026-02-31"', text),
        bed=lambda text: text.replace('"4"\n', '"3"\n').replace('"2"\n', '"2","9"\n'),
        fact=lambda text: text.replace('"lived_in_ukraine"', f'"{"x" * 70}"'),
        bednight=lambda text: re.sub(r'^"1","\d+"', '"1","777"', text, flags=re.MULTILINE),
    )
    said = perron(empty, "import", "all", bad, code=2).replace(str(bad), "").splitlines()
    assert said == [
        "/bed.csv:3:1: The line has another number of cells than the header",
        "/bed.csv:5:1: This breaks a rule: a bed number is used once in a unit",
        "/fact.csv:2:3: name is too long",
        "/household.csv:2:2: This cannot be read as date",
        "/person.csv:4:3: family_name is needed here",
        "/person.csv:5:8: This cannot be read as varchar(2)[]",
        "/person.csv:5:9: This cannot be read as varchar(3)[]",
        "/bednight.csv:2:2: stay_id names 777, which is in no file",
    ]
    assert rows_in(empty) == 0
    assert not re.search("Nina|Ivan|2026-02-31", "\n".join(said))


def test_a_file_that_was_changed_is_named(out, empty, tmp_path):
    bad = copytree(out, tmp_path / "bad")
    (bad / "need.csv").write_bytes((bad / "need.csv").read_bytes().replace(b"wheelchair", b"cot"))
    (bad / "sight.csv").unlink()
    (bad / "loot.csv").write_text("a\n1\n")
    (bad / "unit.csv").write_text("id,site_id,colour\n")
    said = perron(empty, "import", "all", bad, code=2).replace(f"{bad}/", "")
    for expected in (
        "need.csv:1:1: The file is not as the export wrote it",
        "sight.csv:1:1: The file is missing",
        "loot.csv:1:1: The file does not belong to the export",
        "unit.csv:1:1: The column kind is missing",
        "unit.csv:1:3: Unknown column colour",
    ):
        assert expected in said
    assert rows_in(empty) == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no list of an export"),
        ("[]", "no list of an export"),
        ('{"schema": "0000_other", "files": []}', "version 0000_other"),
    ],
)
def test_a_list_that_does_not_fit_is_refused(content, said, empty, tmp_path):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    assert said in perron(empty, "import", "all", tmp_path, code=2)


def test_after_an_erasure_no_file_holds_a_value_of_that_person_and_the_trace_is_whole(tmp_path):
    with a_database(name_of("_erased"), migrated()) as name:
        told = json.loads(python(name, "erasing", str(tmp_path / "out"), role="perron_owner"))
    before, after = (b"".join(contents(tmp_path / "out" / when).values()).decode("utf-8")
                     for when in ("before", "after"))  # fmt: skip
    gone, stays = told["planted"]["gone"], told["planted"]["stays"]
    assert len(gone) > 15
    assert [where for where, word in gone.items() if word not in before] == []
    assert [where for where, word in stays.items() if word not in after] == []
    assert [where for where, word in gone.items() if word in after] == []
    assert (told["first"], told["again"]) == (True, False)
    assert (told["trace_is_whole"], told["more"], told["at_last"]) == (True, 1, 0)
