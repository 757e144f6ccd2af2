"""The import contracts hold, and each one catches a fault that is planted."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

PLANTED = {
    "core-is-pure": ("perron/matching/fit.py", "import django\n"),
    "core-rooms": ("perron/vocabulary/people.py", "import perron.matching.fit\n"),
    "site-rooms": ("perron_site/records/journal.py", "import perron_site.actions.users\n"),
    "one-writer": ("perron_site/web/public.py", "import perron_site.records.models\n"),
    "no-knots": ("perron/vocabulary/people.py", "import perron.vocabulary.tracks\n"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts over the tree in this folder."""
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--config", "pyproject.toml"],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path):
    """Copy the sources, so that a fault can be planted."""
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.mo")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(house):
    result = lint(house)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_import_is_caught(house, contract):
    file, line = PLANTED[contract]
    path = house / "src" / file
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    result = lint(house)
    assert result.returncode == 1, result.stdout + result.stderr
    broken = [row for row in result.stdout.splitlines() if "BROKEN" in row]
    assert any(contract in row for row in broken), result.stdout


def test_a_new_folder_needs_a_place_in_the_house(house):
    room = house / "src" / "perron" / "attic"
    room.mkdir()
    (room / "__init__.py").write_text('"""An attic."""\n', encoding="utf-8")
    result = lint(house)
    assert result.returncode == 1, result.stdout + result.stderr
