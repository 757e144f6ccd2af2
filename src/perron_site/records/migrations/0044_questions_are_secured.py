"""Who asks and who is asked read a question; each hit of the search beyond sight is noted (records/searching.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows

OLD = "drop function if exists perron_elsewhere(text[], text[], jsonb, text, text)"


class Migration(migrations.Migration):
    """Functions and policies."""

    dependencies = [("records", "0043_questions")]
    operations = [
        migrations.RunSQL(OLD, migrations.RunSQL.noop),
        migrations.RunPython(secure_rows, migrations.RunPython.noop),
    ]
