import os
import subprocess
import sys
from pathlib import Path

import pytest
import system_postgres

ROOT = Path(__file__).resolve().parents[2]
OURS = ("PERRON_", "PYTEST_", "DJANGO_", "DATABASE_URL")


@pytest.mark.slow
@pytest.mark.skipif(
    system_postgres.programs() is None,
    reason="this machine has no PostgreSQL 15 or newer of its own",
)
def test_the_records_hold_on_the_postgresql_of_this_machine_too():
    surroundings = {key: each for key, each in os.environ.items() if not key.startswith(OURS)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/site/records"],
        cwd=ROOT, env=surroundings | {"PERRON_TEST_SERVER": "system"}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    version = system_postgres.programs().parent.name
    assert f"tests run on PostgreSQL {version}" in done.stdout
