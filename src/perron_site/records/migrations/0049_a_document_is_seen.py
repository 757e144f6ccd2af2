"""A statement says which document was seen for it, by whom and when."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Three columns that hold together; of what was stated before, nobody noted a document."""

    dependencies = [("records", "0048_taken_beds_of_units")]
    operations = [
        migrations.AddField(
            model_name="fact",
            name="document",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="fact",
            name="seen_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="records.organisation",
            ),
        ),
        migrations.AddField(
            model_name="fact",
            name="seen_on",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(document="", seen_by__isnull=True, seen_on__isnull=True)
                | models.Q(
                    models.Q(document="", _negated=True),
                    seen_by__isnull=False,
                    seen_on__isnull=False,
                ),
                name="a_document_is_seen_by_somebody_on_a_day",
            ),
        ),
    ]
