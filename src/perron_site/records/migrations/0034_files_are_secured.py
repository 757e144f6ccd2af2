"""Files that wait and references are read by who sent them (records/rows.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """Functions, views and policies."""

    dependencies = [("records", "0033_visits_and_files")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
