"""Checks of hosts are read by the municipality that screens them (records/rows.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """Functions, views and policies."""

    dependencies = [("records", "0031_host_checks")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
