"""The database shows rows about people to those alone who may look (records/rows.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """Functions and policies."""

    dependencies = [("records", "0006_the_journal_is_not_emptied")]
    operations = [migrations.RunPython(secure_rows, migrations.RunPython.noop)]
