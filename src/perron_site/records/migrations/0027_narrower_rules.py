"""Needs of health and what a social welfare centre wrote are read by fewer (records/rows.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """Functions, views and policies."""

    dependencies = [("records", "0026_glass_is_secured")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
