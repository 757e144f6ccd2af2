import psycopg
import pytest
from databases import url
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

pytestmark = pytest.mark.django_db


def ask(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def test_the_site_connects_as_a_role_that_is_no_superuser_and_cannot_pass_row_security():
    assert ask(
        "select current_user, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user"
    ) == [("perron_site", False, False, False)]


def test_the_site_s_role_owns_no_table():
    assert ask("select count(*) from pg_class where relowner = (select oid from pg_roles"
               " where rolname = 'perron_site')") == [(0,)]  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "create table loot (id int)",
        "drop trigger the_journal_is_only_added_to on records_journal",
        "alter table records_bednight drop constraint no_bed_holds_two_people",
        "truncate records_journal cascade",
    ],
)
def test_the_site_s_role_cannot_change_the_house(statement):
    with pytest.raises(ProgrammingError), transaction.atomic():
        ask(statement)


def test_the_journal_is_only_added_to():
    ask(
        "insert into records_journal (at, event, organisation_id, role, purpose, details)"
        " values (now(), 'day:done', (select min(id) from records_organisation), 'system', 'daily_round', '{}')"
        " returning id"
    )
    for change in (
        "update records_journal set role = 'x' returning id",
        "delete from records_journal returning id",
    ):
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            ask(change)
    assert ask("select event, role from records_journal order by id desc limit 1") == [
        ("day:done", "system")
    ]


def test_the_journal_is_not_emptied_by_its_owner_either():
    with psycopg.connect(url("perron_owner", connection.settings_dict["NAME"])) as owner:
        owner.execute("set lock_timeout = '2s'")
        with pytest.raises(psycopg.Error, match="only added to"):
            owner.execute("truncate records_journal cascade")
