"""Who acts for a child is seen by who sees the child, and a link ends with the right (records/rows.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """Functions and policies."""

    dependencies = [("records", "0021_representation")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
