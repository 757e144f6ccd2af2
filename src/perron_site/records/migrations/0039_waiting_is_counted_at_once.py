"""What waits for an organisation is counted in one question (records/rows.py), and found by index."""

from django.db import migrations, models

import perron.vocabulary.events
from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0038_places_are_corrected"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(
                condition=models.Q(("state", "offered")),
                fields=["receiver"],
                name="offers_that_wait",
            ),
        ),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(fields=["arrived_on"], name="households_by_arrival"),
        ),
        migrations.AddIndex(
            model_name="journal",
            index=models.Index(
                condition=models.Q(("event", perron.vocabulary.events.Event["GLASS_SEEN"])),
                fields=["organisation"],
                name="journal_of_glass_seen",
            ),
        ),
        migrations.AddIndex(
            model_name="track",
            index=models.Index(
                condition=models.Q(("closed_on__isnull", True), ("taken_up_at__isnull", True)),
                fields=["responsible", "person"],
                name="tracks_nobody_took_up",
            ),
        ),
        migrations.RunPython(secure_rows, migrations.RunPython.noop),
    ]
