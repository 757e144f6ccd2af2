"""The journal is not emptied either, by no role: a trigger may refuse, never decide."""

from django.db import migrations

REFUSE = """
create trigger the_journal_is_not_emptied before truncate on records_journal
    for each statement execute function refuse_to_change_the_journal();
"""
ALLOW = "drop trigger the_journal_is_not_emptied on records_journal;"


class Migration(migrations.Migration):
    """Add the trigger."""

    dependencies = [("records", "0005_exports_and_erasure")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
