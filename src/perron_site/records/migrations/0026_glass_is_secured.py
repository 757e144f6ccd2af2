"""A broken glass stays as it was written, but for words that are blanked; who may see it stands in records/rows.py."""

from django.db import migrations

from perron_site.records.rows import secure_rows

REFUSE = """
create function refuse_to_mend_the_glass() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - 'why' = to_jsonb(old) - 'why'
        and coalesce(current_setting('perron.supervisor', true), '') = '' then
        return new;
    end if;
    raise exception 'a broken glass stays broken' using errcode = 'restrict_violation';
end
$$;
create trigger a_broken_glass_stays before update or delete on records_glass
    for each row execute function refuse_to_mend_the_glass();
"""
ALLOW = """
drop trigger a_broken_glass_stays on records_glass;
drop function refuse_to_mend_the_glass();
"""


class Migration(migrations.Migration):
    """Add the trigger and the policies."""

    dependencies = [("records", "0025_glass")]
    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunPython(secure_rows, migrations.RunPython.noop),
    ]
