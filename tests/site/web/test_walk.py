"""Every address × every kind of foreign organisation × every role: nothing of a household that is not theirs."""

import re
import sys
from contextlib import contextmanager

import builders
import psycopg
import pytest
import walk
from databases import a_database, name_of, url
from django.db import connection

from perron_site.records import models
from perron_site.records.context import Round, as_round
from perron_site.records.rows import TABLES
from perron_site.web import clock


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker):
    """A database of its own with what was done committed, and Django on it as the site's role without a context."""
    template = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        with (
            a_database(name_of("_walk"), template=template) as name,
            psycopg.connect(url("perron_owner", name), autocommit=True) as owner,
            walk.connected_to(name),
        ):
            walk.lay(owner)
            yield owner


@pytest.fixture(scope="module")
def clients(country):
    foreign = list(walk.accounts())
    return {(kind, role): walk.client_of(kind, role, number) for kind, role, number in foreign}


@pytest.fixture(autouse=True)
def at_the_clock(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: builders.NOW)


class Everybody(list):
    """A queryset of people that is no filter at all."""

    def values_list(self, *_, **__):
        return self


EVERYBODY = Everybody(range(walk.FIRST, walk.FIRST + 10))
INSTEAD = {
    "in_sight": lambda *_: EVERYBODY, "must_see": lambda *_: None, "must_see_all": lambda *_: None,
}  # fmt: skip


@pytest.fixture
def without_filters(monkeypatch):
    """The queries' own filter is taken away: everybody is in sight, and nobody is refused."""
    for name, module in list(sys.modules.items()):
        for word in INSTEAD if name.startswith("perron_site.") else ():
            if hasattr(module, word):
                monkeypatch.setattr(module, word, INSTEAD[word])


@contextmanager
def opened(owner, *tables):
    """Without the policies of these tables: whoever can read the table reads all of it."""
    for table in tables:
        owner.execute(f"alter table {table} disable row level security")
    try:
        yield
    finally:
        for table in tables:
            owner.execute(f"alter table {table} enable row level security")


def test_the_walk_is_done_as_a_role_that_is_bound(country):
    with connection.cursor() as cursor:
        assert cursor.execute(
            "select current_user, rolsuper, rolbypassrls from pg_roles where rolname = current_user"
        ).fetchall() == [("perron_site", False, False)]
        owned = "select count(*) from pg_class where relowner = current_user::regrole"
        assert cursor.execute(owned).fetchone() == (0,)
        assert cursor.execute("show row_security").fetchone() == ("on",)
        assert cursor.execute("select current_setting('perron.round', true)").fetchone()[0] in {
            None,
            "",
        }


def test_the_walk_comes_by_every_address_and_every_kind_and_role(clients):
    found = [(route, walk.filled(route, pattern)) for route, pattern in walk.addresses()]
    assert len(clients) == 9 * 7
    assert [route for route, address in found if address is None] == NOT_WALKED
    assert len(found) > 40


NOT_WALKED = ["/admin/^(?P<app_label>records)/$", "/admin/(?P<url>.*)$"]
"""The index of one room of the admin, and its answer to what it does not know."""


def test_a_foreign_account_gets_nothing_and_changes_nothing(country, clients):
    before = walk.written()
    assert list(walk.leaks(clients)) == []
    assert walk.written() == before


def test_it_gets_nothing_on_the_policies_of_the_database_alone(country, clients, without_filters):
    """An act that nobody refused then fails on a row that is not there: a fault of ours, which says nothing."""
    before = walk.written()
    assert [each for each in walk.leaks(clients) if each[-1]] == []
    assert walk.written() == before


def test_who_registers_and_names_somebody_in_full_learns_who_holds_them_and_nothing_else(clients):
    """The one page that shows a foreign account a name: the walk itself types a part, which finds nobody."""
    asked = {"q": f"{walk.GIVEN} {walk.FAMILY}"}
    for (_, role), client in clients.items():
        answer = walk.sign_in(client).get("/arrivals/", asked)
        text = walk.told(answer, "/arrivals/")
        if role == "registrar":
            row = text.split("Known elsewhere")[1].split("</table>")[0]
            found = [secret for secret in walk.SECRETS if secret in row]
            assert found == [walk.GIVEN, walk.FAMILY]
            assert "1961<" in row
            assert "Fedasil" in row
            assert re.findall(
                r'href="([^"]*)"', answer.content.decode().split("Known elsewhere")[1]
            )[0] == ask_about(last_look())
            for page in asking(client, ask_about(last_look())):
                assert {each for each in walk.SECRETS if each in page} == {walk.GIVEN, walk.FAMILY}
            assert [secret for secret in walk.SECRETS if secret in text] == found
        else:
            assert answer.status_code == 403
            assert "Known elsewhere" not in text
            assert {each for each in walk.SECRETS if each in text} <= set(asked["q"].split())


def ask_about(look):
    return f"/arrivals/ask/{look}/"


def asking(client, address):
    """What somebody reads who asks in writing: the form, their question, the inbox with it."""
    yield client.get(address).content.decode()
    sent = client.post(address, {"purpose": "family", "words": "x"})
    yield client.get(sent.url).content.decode()
    yield client.get("/inbox/").content.decode()


def last_look():
    with as_round(Round.COMMAND):
        return models.Read.objects.filter(page="search").latest("pk").pk


def test_with_neither_the_walk_is_red(country, clients, without_filters):
    some = {key: client for key, client in clients.items() if key[0] == "ngo"}
    with opened(country, *TABLES):
        found = list(walk.leaks(some, only="household"))
        found += list(walk.leaks(some, only="my-people"))
    assert {route for *_, route, _, _ in found} >= {"/household/<int:number>/"}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_without_the_policy_of_one_table_a_foreign_organisation_reads_it(country, table):
    by = builders.town("11002")
    if table == "records_unsettled":  # elsewhere a row stands there only while an act is at work
        country.execute(f"insert into {table} (household_id) values ({walk.FIRST})")
    assert walk.rows_seen(by) == set()
    with opened(country, table):
        assert table in walk.rows_seen(by)
