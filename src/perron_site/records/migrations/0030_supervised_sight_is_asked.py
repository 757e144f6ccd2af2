"""Only whoever acts as a supervisor asks the view that holds what they opened (records/rows.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """Views and policies."""

    dependencies = [("records", "0029_supervised_sight")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
