"""Whether somebody must not be found is answered whatever the asker may see (records/definers.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """Functions and policies."""

    dependencies = [("records", "0017_from_whom_somebody_hides")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
