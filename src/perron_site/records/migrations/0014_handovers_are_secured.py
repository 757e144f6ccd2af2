"""The rows about handovers, exits and contacts are shown to those alone who may look (records/rows.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """Functions and policies anew."""

    dependencies = [("records", "0013_handovers_exits_contacts")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
