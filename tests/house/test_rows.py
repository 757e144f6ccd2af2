"""Every table that says something of people is secured, as the one list says."""

import pytest
from django.apps import apps
from django.db import connection, models

from perron_site.records.definers import DEFINERS
from perron_site.records.rows import TABLES, policies

ABOUT_PEOPLE = {"records_person", "records_household"}


def about_people():
    """The tables that point at a person or a household, or at a table that does."""
    found, before = set(ABOUT_PEOPLE), set()
    while found != before:
        before = set(found)
        for model in apps.get_app_config("records").get_models():
            pointed = {
                field.related_model._meta.db_table
                for field in model._meta.get_fields()
                if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type)
            }
            if pointed & before:
                found.add(model._meta.db_table)
    return found


def test_each_table_about_people_stands_in_the_list():
    assert about_people() - set(TABLES) == set()
    assert len(about_people()) > 15


@pytest.mark.django_db
def test_the_database_has_the_policies_of_the_list_and_no_others():
    with connection.cursor() as cursor:
        secured = cursor.execute(
            "select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace"
        ).fetchall()
        made = cursor.execute("select tablename, policyname from pg_policies").fetchall()
    wanted = {
        (table, policy.split()[2])
        for table, rows in TABLES.items()
        for policy in policies(table, rows)
    }
    assert {table for (table,) in secured} == set(TABLES)
    assert set(made) == wanted, "a migration must call secure_rows"


@pytest.mark.django_db
def test_the_functions_beyond_sight_are_these_and_say_why():
    with connection.cursor() as cursor:
        made = cursor.execute(
            "select proname, prosecdef, proconfig from pg_proc where pronamespace = 'public'::regnamespace"
            " and proname like 'perron%'"
        ).fetchall()
    assert {name for name, *_ in made} == {each.signature.partition("(")[0] for each in DEFINERS}
    assert all(definer and "search_path=public, pg_temp" in path for _, definer, path in made)
    assert all(each.because for each in DEFINERS)
