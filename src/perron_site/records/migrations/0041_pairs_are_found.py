"""Pairs of records that look alike are found by index, and who sees both reads what was said (records/rows.py)."""

from django.db import migrations

from perron_site.records.rows import secure_rows

INDEXES = (
    "create index person_by_birth on records_person (born) where length(born) = 10;"
    "create index person_by_telephone on records_person (regexp_replace(telephone, '[^0-9]', '', 'g'))"
    " where telephone <> '';"
    "create index person_by_email on records_person (lower(email)) where email <> ''"
)
GONE = "drop index person_by_birth; drop index person_by_telephone; drop index person_by_email"


class Migration(migrations.Migration):
    """Indexes, functions and policies."""

    dependencies = [("records", "0040_two_people")]
    operations = [
        migrations.RunSQL(INDEXES, GONE),
        migrations.RunPython(secure_rows, migrations.RunPython.noop),
    ]
