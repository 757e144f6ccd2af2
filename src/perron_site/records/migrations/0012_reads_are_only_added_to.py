"""Reads are only added to, for a year; who may see them stands in records/rows.py."""

from django.db import migrations

from perron_site.records.rows import secure_rows

REFUSE = """
create function refuse_to_change_a_read() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.at < now() - interval '365 days' then
        return old;
    end if;
    raise exception 'who looked is only added to' using errcode = 'restrict_violation';
end
$$;
create trigger reads_are_only_added_to before update or delete on records_read
    for each row execute function refuse_to_change_a_read();
"""
ALLOW = """
drop trigger reads_are_only_added_to on records_read;
drop function refuse_to_change_a_read();
"""


class Migration(migrations.Migration):
    """Add the trigger and the policies."""

    dependencies = [("records", "0011_reads_are_noted")]
    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunPython(secure_rows, migrations.RunPython.noop),
    ]
