"""The house rules that a reader feels first: size of files and functions, names, module docstrings."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts)
FILE_LINES, FUNCTION_LINES, KERNEL_LINES = 300, 40, 120
BANNED_NAMES = {"utils", "helpers", "services", "manager", "managers", "common", "misc", "base"}


def faults(path: Path, source: str) -> list[str]:
    """Every house rule that this file breaks."""
    tree = ast.parse(source)
    found = []
    if path.stem in BANNED_NAMES:
        found.append(f"{path.name}: a file is named after a noun")
    if len(source.splitlines()) > FILE_LINES:
        found.append(f"{path.name}: {len(source.splitlines())} lines, at most {FILE_LINES}")
    if not ast.get_docstring(tree):
        found.append(f"{path.name}: does not say what it is for")
    limit = KERNEL_LINES if path.stem in {"kernels", "exchange"} else FUNCTION_LINES
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > limit:
                found.append(f"{path.name}: {node.name} has {length} lines, at most {limit}")
        if isinstance(node, ast.FunctionDef) and node.name == "save":
            found.append(f"{path.name}: overrides save()")
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_each_file_keeps_the_house_rules(path):
    assert faults(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("name", "source", "says"),
    [
        ("utils.py", '"""Things."""\n', "named after a noun"),
        ("stays.py", '"""Stays."""\n' + "x = 1\n" * 300, "301 lines"),
        ("stays.py", "x = 1\n", "does not say"),
        ("stays.py", '"""S."""\ndef f():\n' + "    x = 1\n" * 40, "41 lines"),
        ("stays.py", '"""S."""\nclass A:\n    def save(self): ...\n', "overrides save"),
    ],
)
def test_a_planted_fault_is_caught(name, source, says):
    assert any(says in fault for fault in faults(Path(name), source))


def test_nothing_says_where_or_how_it_was_made():
    words = ("/wo" + "rk/", "/ro" + "ot/", "/tm" + "p/s")
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in [*SOURCES, *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for word in words
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
