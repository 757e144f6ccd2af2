"""Every rule asks the view in which an organisation finds its own sight (records/rows.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """Functions and policies."""

    dependencies = [("records", "0023_own_sight")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
