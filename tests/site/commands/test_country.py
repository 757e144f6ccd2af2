"""What is written in bulk is what the acts write: the same story, told both ways into two databases."""

import psycopg
import pytest
from databases import a_database, migrated, name_of, python, url

from perron_site.records.whole import tables

pytestmark = pytest.mark.django_db
PEOPLE = 300
NUMBERED_OTHERWISE = {"records_sight", "records_journal"}
"""Each time sight is given once more a number is used up, and the journal goes on after numbers that were left over."""
MARKED_LATER = {"records_person", "records_household"}
"""The acts mark people and households as invented at the very end, for all."""


@pytest.fixture(scope="module")
def both():
    empty = migrated()
    with a_database(name_of("_acts"), empty) as acts, a_database(name_of("_book"), empty) as book:
        python(acts, "country", str(PEOPLE), "acts")
        python(book, "country", str(PEOPLE), "book")
        yield acts, book


def rows(name: str, table) -> list[tuple]:
    columns = [
        column
        for column in table.columns
        if not (column == "id" and table.name in NUMBERED_OTHERWISE)
        if not (column == "demonstration" and table.name in MARKED_LATER)
        if column != "password"
    ]
    chosen = ", ".join(f'"{column}"::text' for column in columns)
    with psycopg.connect(url("perron_owner", name)) as link:
        return link.execute(f"select {chosen} from {table.name} order by {chosen}").fetchall()


def test_every_table_is_the_same(both):
    acts, book = both
    different = {}
    counted = 0
    for table in tables():
        ones, others = rows(acts, table), rows(book, table)
        counted += len(ones)
        if ones != others:
            missing, more = sorted(set(ones) - set(others)), sorted(set(others) - set(ones))
            different[table.name] = (len(ones), len(others), missing[:3], more[:3])
    assert different == {}
    assert counted > 20 * PEOPLE


HAPPENED = {
    "a child alone": "select count(*) from records_track where step = 'guardian.working'",
    "a refusal": "select count(*) from records_track where step = 'protection.refused'",
    "a home": "select count(*) from records_track where step = 'roof.home'",
    "a bed closed behind an exclusive door": "select count(*) from records_bednight where person_id is null",
    "a family that left a home one by one": "select count(*) from (select s.id from records_stay s"
    " join records_unit u on u.id = s.unit_id join records_householdmember m on m.household_id = s.household_id"
    " where u.kind = 'home' and s.state = 'ended' group by s.id having count(*) > 1) t",
    "a death": "select count(*) from records_person where presence = 'died'",
    "somebody who left": "select count(*) from records_person where presence = 'left'",
    "lines that opened by the calendar": "select count(*) from records_track where kind = 'durable'",
    "a need": "select count(*) from records_need",
    "what somebody said": "select count(*) from records_fact",
}


def test_the_story_holds_all_that_a_country_does(both):
    with psycopg.connect(url("perron_owner", both[1])) as link:
        counts = {what: link.execute(question).fetchone()[0] for what, question in HAPPENED.items()}
    assert all(counts.values()), counts
