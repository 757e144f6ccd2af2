"""What an act on households changed is shown to those who may read its line (records/rows.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """Functions and policies."""

    dependencies = [("records", "0019_moving")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
