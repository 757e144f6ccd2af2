"""The keys by which people are found are those of the rules of now, and others are asked in one way only."""

import re
from importlib import import_module
from pathlib import Path

from perron_site.records.spelling import rules_of_now

SITE = Path(__file__).resolve().parents[2] / "src" / "perron_site"


def last_rules():
    """What the last migration that made the keys names."""
    for path in sorted((SITE / "records" / "migrations").glob("0*.py"), reverse=True):
        if re.search(r"^RULES = ", path.read_text("utf-8"), re.MULTILINE):
            return import_module(f"perron_site.records.migrations.{path.stem}").RULES
    return None


def test_a_rule_of_spelling_changes_with_a_migration_that_makes_the_keys_anew():
    assert last_rules() == rules_of_now(), "add a migration with RunSQL(AGAIN) and RULES"


def naming(word):
    files = (path for path in SITE.rglob("*.py") if "migrations" not in path.parts)
    return {f"{path.parent.name}/{path.name}" for path in files if word in path.read_text("utf-8")}


def test_people_of_others_are_asked_for_by_one_act_that_is_noted():
    assert naming("perron_elsewhere") == {"records/definers.py", "queries/namesakes.py"}
    assert naming("import ElsewhereRow, elsewhere") == {"actions/searches.py"}
    assert not re.search(
        r"namesakes import [^\n]*\belsewhere\b", (SITE / "web" / "desk.py").read_text("utf-8")
    )
