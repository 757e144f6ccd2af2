"""Many rows at once: whatever a text holds comes back, and what goes wrong leaves nothing and the connection whole."""

from datetime import date

import pytest
from builders import GENT
from django.db import IntegrityError, ProgrammingError, connection, transaction

from perron_site.records import models
from perron_site.records.bulkload import BLOCK, Table, Writer, filling
from perron_site.records.definers import ENFORCES, NEARLY_EMPTY

pytestmark = pytest.mark.django_db
WORDS = ("", "NULL", r"\N", 'a"b', "tab\there", "line\nbreak", "back\\slash", "ї\r", "{a,b}")
COLUMNS = "given_name family_name nationalities languages born"


def people(writer):
    return Table(writer, models.Person, COLUMNS)


def test_every_text_and_every_kind_comes_back_as_it_was():
    with Writer() as writer:
        table = people(writer)
        numbers = [table.put(word, "x", ["UA", "PL"], (), None) for word in WORDS]
        table.flush()
        writer.finish()
    rows = {row.pk: row for row in models.Person.objects.filter(pk__in=numbers)}
    assert [rows[number].given_name for number in numbers] == list(WORDS)
    first = rows[numbers[0]]
    assert (first.nationalities, first.languages, first.born) == (["UA", "PL"], [], None)
    assert (first.presence, first.demonstration) == ("here", False)


def test_the_next_row_of_anybody_gets_another_number():
    with Writer() as writer:
        table = people(writer)
        numbers = [table.put("a", "b", None, (), None) for _ in range(BLOCK + 5)]
        table.flush()
        writer.finish()
    assert len(set(numbers)) == BLOCK + 5
    assert models.Person.objects.create(given_name="c", family_name="d").pk not in numbers


def test_numbers_that_were_reserved_leave_no_gap():
    with Writer() as writer:
        table = people(writer)
        table.reserve(3)
        numbers = [table.put("a", "b", None, (), None) for _ in range(3)]
        table.flush()
        writer.finish()
    assert models.Person.objects.create(given_name="c", family_name="d").pk == numbers[-1] + 1


def written(born, rows, then):
    with transaction.atomic(), Writer() as writer:
        table = people(writer)
        for _ in range(rows):
            table.put("a", "b", None, (), born)
        then(table, writer)


def finished(table, writer):
    table.flush()
    writer.finish()


def broken(table, writer):
    raise ZeroDivisionError


def test_a_row_that_breaks_a_rule_is_refused_and_nothing_stays():
    before = models.Person.objects.count()
    with pytest.raises(IntegrityError, match="a_birth_date_is_a_year"):
        written("someday", 1, finished)
    assert models.Person.objects.count() == before


def test_a_fault_of_ours_meanwhile_leaves_the_connection_whole():
    with pytest.raises(ZeroDivisionError):
        written(None, 3 * BLOCK, broken)
    with connection.cursor() as cursor:
        assert cursor.execute("select 1").fetchone() == (1,)
    assert models.Person.objects.filter(given_name="a", family_name="b").count() == 0
    assert models.Municipality.objects.filter(pk=GENT).exists()


CHECKED = "select bool_and(conenforced) from pg_constraint where contype = 'f'"
INDEXED = "select to_regclass('person_by_spelling') is not null"


def asked(question):
    with connection.cursor() as cursor:
        return cursor.execute(question).fetchone()[0]


def checked():
    """Whether every reference is checked: before PostgreSQL 18 always."""
    return connection.pg_version < ENFORCES or asked(CHECKED)


def nobodys_need():
    models.Need.objects.create(person_id=999_999, need="lift", start=date(2026, 1, 1))


def test_an_empty_database_is_filled_and_its_references_are_checked_at_the_end():
    with transaction.atomic(), filling():
        assert checked() is (connection.pg_version < ENFORCES)
        nobodys_need()
        models.Person.objects.create(pk=999_999, given_name="a", family_name="b")
    assert checked()
    assert asked(INDEXED)
    models.Need.objects.create(person_id=999_998, need="lift", start=date(2026, 1, 1))
    with pytest.raises(IntegrityError):
        connection.check_constraints()


def test_what_is_filled_with_a_reference_to_nobody_leaves_everything_as_it_was():
    with pytest.raises(IntegrityError), transaction.atomic(), filling():
        nobodys_need()
    assert checked()
    assert asked(INDEXED)
    assert not models.Need.objects.exists()


def test_a_database_with_people_is_not_filled():
    models.Person.objects.bulk_create(
        models.Person(given_name="a", family_name="b") for _ in range(NEARLY_EMPTY + 1)
    )
    with pytest.raises(ProgrammingError, match="nearly empty"), transaction.atomic(), filling():
        pass
    assert checked()
