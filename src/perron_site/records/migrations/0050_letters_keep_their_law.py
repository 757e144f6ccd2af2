"""A letter keeps the version of the law by which it was written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; of what was written before, nobody noted it."""

    dependencies = [("records", "0049_a_document_is_seen")]
    operations = [
        migrations.AddField(
            model_name="notice",
            name="law",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
    ]
