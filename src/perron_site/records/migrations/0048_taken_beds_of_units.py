"""Which beds are taken is asked of some units, no longer of the country; what was decided otherwise has an index."""

from django.db import migrations, models

from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    """One function for another, and an index."""

    dependencies = [("records", "0047_the_law_is_changed")]
    operations = [
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("despite", ""), _negated=True),
                fields=["decided_at"],
                name="proposals_decided_otherwise",
            ),
        ),
        migrations.RunPython(secure_rows, migrations.RunPython.noop),
        migrations.RunSQL(
            "drop function if exists perron_taken_beds(daterange)", migrations.RunSQL.noop
        ),
    ]
