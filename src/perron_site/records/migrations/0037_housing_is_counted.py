"""Kinds of places are counted beyond sight, without a name (records/rows.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """The function."""

    dependencies = [("records", "0036_others_are_asked")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
