"""Every noun of the vocabulary stands in GLOSSARY.md, in six languages, under its name in the code."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("EN", "NL", "FR", "DE", "UK", "RU")


def rows(text: str) -> list[list[str]]:
    """The cells of every table row of the glossary."""
    return [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|") and not set(line) <= set("|-: ")
    ]


def named_in_code(text: str) -> set[str]:
    """The names in the last column."""
    return {name for row in rows(text) for name in re.findall(r"`(\w+)`", row[-1])}


def nouns() -> set[str]:
    """Every public class of the vocabulary, but errors and identifiers."""
    found = set()
    for path in (ROOT / "src" / "perron" / "vocabulary").glob("*.py"):
        if path.name == "errors.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    return found


def test_every_noun_of_the_vocabulary_is_in_the_glossary():
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    assert nouns() - named_in_code(glossary) == set()


def test_the_glossary_names_nothing_that_the_code_does_not_have():
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    gone = {name for name in named_in_code(glossary) if not re.search(rf"\b{name}\b", sources)}
    assert gone == set()


def test_every_term_is_given_in_six_languages():
    header, *terms = [
        row for row in rows((ROOT / "GLOSSARY.md").read_text(encoding="utf-8")) if len(row) == 8
    ]
    assert tuple(header[:6]) == LANGUAGES
    assert [row[0] for row in terms if not all(row)] == []
    assert [row[0] for row in terms if not re.search("[а-яієїґ]", row[4] + row[5])] == []


def test_a_noun_without_a_row_is_caught():
    assert "Unicorn" not in named_in_code("| unicorn | … | `Horse` |")
