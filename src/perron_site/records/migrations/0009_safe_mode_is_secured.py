"""Rows about people who must not be found are shown to those alone who may look (records/rows.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """Functions and policies."""

    dependencies = [("records", "0008_safe_mode")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
