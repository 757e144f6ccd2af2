"""Who fills an empty database has its references checked at the end; what waits is counted without a call a person."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """Functions and policies."""

    dependencies = [("records", "0045_training_is_marked")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
