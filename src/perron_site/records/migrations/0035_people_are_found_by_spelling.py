"""What people are found by: keys in any spelling, which the database makes itself (records/spelling.py)."""

from django.db import migrations

from perron_site.records.spelling import AGAIN, GONE

RULES = "4a9c47d10410"
"""The rules at that time: tests/house/test_spelling.py wants a new migration where they change."""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0034_files_are_secured"),
    ]

    operations = [
        migrations.RunSQL(AGAIN, GONE),
    ]
