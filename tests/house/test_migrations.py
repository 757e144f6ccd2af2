"""The migrations make exactly the tables that the models say, in one history."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

import perron_site.records.migrations as history


@pytest.mark.django_db
def test_no_model_is_ahead_of_its_migrations(capsys):
    call_command("makemigrations", "--check", "--dry-run")
    assert "No changes detected" in capsys.readouterr().out


def test_there_is_one_history():
    loader = MigrationLoader(None)
    (leaf,) = loader.graph.leaf_nodes("records")
    newest = (Path(history.__file__).parent / "max_migration.txt").read_text().strip()
    assert leaf == ("records", newest)
