"""The journal is only added to: the database itself refuses a change. A trigger may refuse, never decide."""

from django.db import migrations

REFUSE = """
create function refuse_to_change_the_journal() returns trigger language plpgsql as $$
begin
    raise exception 'the journal is only added to' using errcode = 'restrict_violation';
end
$$;
create trigger the_journal_is_only_added_to before update or delete on records_journal
    for each row execute function refuse_to_change_the_journal();
"""
ALLOW = """
drop trigger the_journal_is_only_added_to on records_journal;
drop function refuse_to_change_the_journal();
"""


class Migration(migrations.Migration):
    """Add the trigger."""

    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
