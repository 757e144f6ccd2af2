"""The net asks who is abroad without reading the table of people (records/definers.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """Functions and policies."""

    dependencies = [("records", "0015_back_from_abroad")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
