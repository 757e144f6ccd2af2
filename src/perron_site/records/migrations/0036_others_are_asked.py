"""One question across organisations: who else holds somebody of that name (records/rows.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """The function."""

    dependencies = [("records", "0035_people_are_found_by_spelling")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
