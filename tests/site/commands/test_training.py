"""The training site on databases of its own: real processes, each with the surroundings of an installation."""

import json
import os
import subprocess
import sys

import psycopg
import pytest
from databases import a_database, migrated, name_of, url
from serving import free_port, started, until_open

from perron_site.commands.training import surroundings

PERRON = "import sys; from perron.cli.main import main; sys.exit(main())"
COUNTED = ("household", "person", "journal", "user", "site")
REAL = {"DATABASE_URL": "postgresql://a@db/perron"}
ALSO = {
    "PERRON_TRAINING_DATABASE_URL": "postgresql://a@db/other",
    "PERRON_TRAINING_OWNER_DATABASE_URL": "postgresql://b@db/other",
}
ADDED = ("training", "run", "user", "an@gent.example", "--name", "An", "--for", "OCMW Gent",
         "--role", "case_worker")  # fmt: skip


def installation(real, training, **more):
    """The variables of an installation with these two databases."""
    return {
        "PERRON_HOME": os.environ["PERRON_HOME"],
        "LANG": "C.UTF-8",
        "DATABASE_URL": url("perron_site", real),
        "PERRON_OWNER_DATABASE_URL": url("perron_owner", real),
        "PERRON_TRAINING_DATABASE_URL": url("perron_site", training),
        "PERRON_TRAINING_OWNER_DATABASE_URL": url("perron_owner", training),
        **more,
    }


def perron(variables, *words, code=0):
    """Run a command there; what it said on both streams."""
    done = subprocess.run(
        [sys.executable, "-c", PERRON, *map(str, words)],
        env=variables, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


BY_THE_CLOCK = "where event not in ('paper:written', 'day:done')"
"""Lines of the worker of the site that is served, which comes by at its own minutes."""


def rows(name):
    """How many rows each table has, and the last number of a household."""
    with psycopg.connect(url("perron_owner", name)) as link:
        counts = {
            each: link.execute(
                f"select count(*) from records_{each} {BY_THE_CLOCK if each == 'journal' else ''}"
            ).fetchone()[0]
            for each in COUNTED
        }
        return counts | {
            "last": link.execute("select max(id) from records_household").fetchone()[0]
        }


@pytest.fixture(scope="module")
def real():
    """The database of real work: one account, nobody registered yet."""
    with a_database(name_of("_real"), migrated()) as name:
        variables = installation(name, "none")
        perron(variables, *ADDED[2:])
        yield name


@pytest.fixture(scope="module")
def exercise(real, tmp_path_factory):
    """A training database, made by the command that serves it, from an empty one."""
    with a_database(name_of("_exercise")) as name:
        port = str(free_port())
        words = ("training", "start", "--people", "3", "--port", port)
        folder = tmp_path_factory.mktemp("training")
        with started(folder, *words, **installation(real, name)) as (program, log):
            until_open(f"http://127.0.0.1:{port}", program, log, tenths=3000)
        assert program.returncode == 0, log.read_text()
        yield name


def test_the_command_makes_fills_and_marks_a_database_and_leaves_the_real_one(real, exercise):
    assert rows(exercise)["person"] == 3
    assert rows(real) == {
        "household": 0, "person": 0, "user": 1, "site": 0, "journal": rows(real)["journal"], "last": None,
    }  # fmt: skip


def test_the_real_site_opens_no_training_database(real, exercise):
    mixed_up = installation(exercise, real)
    for words in (("gaps",), ("export", "all", "never")):
        assert "this is the database of the training site" in perron(mixed_up, *words, code=3)


def test_training_opens_no_database_of_real_work_by_whichever_name(real, exercise):
    before = rows(real)
    assert "names the real database" in perron(
        installation(real, real), "training", "reset", code=3
    )
    named = {name: value for name, value in installation(real, real).items() if "TRAINING" in name}
    by_name = {name: value.replace("127.0.0.1", "localhost") for name, value in named.items()}
    wrong = installation(real, real, **by_name)
    for words in (("start", "--port", str(free_port())), ("reset",), ("run", "demo")):
        assert "is not one of training" in perron(wrong, "training", *words, code=3)
    assert rows(real) == before


def test_reset_puts_everything_back_touches_nothing_else_and_guards_the_journal_again(
    real, exercise
):
    variables = installation(real, exercise)
    first, untouched = rows(exercise), rows(real)
    perron(variables, *ADDED)
    assert rows(exercise)["user"] == first["user"] + 1
    said = perron(variables, "training", "reset")
    assert "3 invented people" in said
    assert "desk@dvz.demo" in said
    again = rows(exercise)
    assert again.pop("journal") > 0  # the hour of the reset says how much has happened by then
    assert again == {each: first[each] for each in again}
    assert rows(real) == untouched
    with (
        psycopg.connect(url("perron_owner", exercise)) as link,
        pytest.raises(psycopg.Error, match="journal"),
    ):
        link.execute("truncate records_journal cascade")


def test_a_reset_that_fails_leaves_the_exercise_as_it_was(real, exercise):
    before = rows(exercise)
    with psycopg.connect(url("perron_owner", exercise), autocommit=True) as link:
        link.execute("alter table records_household add constraint never check (false) not valid")
        broken = subprocess.run(
            [sys.executable, "-c", PERRON, "training", "reset"], check=False, capture_output=True,
            env=installation(real, exercise),
        )  # fmt: skip
        link.execute("alter table records_household drop constraint never")
    assert broken.returncode != 0
    assert rows(exercise) == before


def test_an_export_of_training_says_so_and_goes_into_no_real_database(real, exercise, tmp_path):
    variables = installation(real, exercise)
    out = tmp_path / "out"
    perron(variables, "training", "run", "export", "all", out)
    names = {path.name for path in out.iterdir()}
    assert {name for name in names if not name.startswith("training-")} == {"manifest.json"}
    assert json.loads((out / "manifest.json").read_text())["training"] is True
    with a_database(name_of("_new"), migrated()) as empty:
        said = perron(installation(empty, exercise), "import", "all", out, code=2)
        assert "comes from the training site" in said
        assert set(rows(empty).values()) == {0, None}


def test_lists_on_paper_of_training_stand_apart_and_say_so(real, exercise, tmp_path):
    variables = installation(real, exercise, PERRON_HOME=str(tmp_path / "home"))
    shared = tmp_path / "stick"
    perron(variables, "paper", shared)
    ours = {path: path.read_bytes() for path in shared.iterdir()}
    assert ours
    perron(variables, "training", "run", "paper", shared)
    added = {path for path in shared.iterdir() if path not in ours}
    assert added
    assert {path.name.partition("-")[0] for path in added} == {"training"}
    assert all('class="practice"' in path.read_text() for path in added)
    assert {path: path.read_bytes() for path in ours} == ours
    assert not any(b'class="practice"' in page for page in ours.values())
    perron(variables, "training", "run", "paper")
    assert {path.parent for path in (tmp_path / "home").rglob("*.html")} == {
        tmp_path / "home" / "training" / "paper"
    }


@pytest.mark.parametrize(
    "given",
    [REAL, REAL | {"PERRON_TRAINING_DATABASE_URL": "postgresql://a@db/other"}, dict([*ALSO.items()][1:])],
)  # fmt: skip
def test_without_a_second_database_it_says_what_is_missing(given):
    with pytest.raises(OSError, match="PERRON_TRAINING_OWNER_DATABASE_URL"):
        surroundings(given)


def test_behind_a_proxy_it_needs_a_host_name_of_its_own():
    https = REAL | ALSO | {"PERRON_HTTPS": "1", "PERRON_ORIGINS": "https://perron.example"}
    with pytest.raises(OSError, match="PERRON_TRAINING_ADDRESS"):
        surroundings(https)
    own = surroundings(https | {"PERRON_TRAINING_ADDRESS": "https://practise.perron.example/"})
    assert own["PERRON_HOSTS"] == "practise.perron.example"
    assert own["PERRON_ORIGINS"] == "https://practise.perron.example"
    assert own["PERRON_BESIDE_ADDRESS"] == "https://perron.example"


def test_a_process_of_training_has_no_address_and_no_secret_of_the_real_site(real, exercise):
    variables = installation(real, exercise, PERRON_DJANGO_SECRET="of the real site")
    told = (
        "import os; from argparse import Namespace; from perron_site.commands.training import command\n"
        "command.run(Namespace(answer=lambda _: 0)); from perron_site.commands.opening import set_up; set_up()\n"
        "from django.conf import settings\n"
        "print(settings.SECRET_KEY, settings.DATABASES['default']['NAME'], *os.environ.values(), sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", told], env=variables, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[1] == exercise
    assert "of the real site" not in done.stdout
    assert f"/{real}" not in done.stdout
