"""``perron import``: files of desks by the command line, whole or not at all."""

import json

import pytest
from builders import GENT, a_household, town

from perron.cli.command import Exit
from perron.cli.main import main
from perron_site.records import models

pytestmark = pytest.mark.django_db
PEOPLE = "Nr;Voornaam;Familienaam;Geboortedatum\nA1;Olena;Marchuk;17/05/1992\nA2;Iryna;Koval;1961\n"
ORGANISATIONS = "kind;name;municipality\nngo;Caritas Gent;9000\n"


@pytest.fixture
def sent(tmp_path):
    """``sent("people", text)`` runs the command on a file with this text."""

    def run(what, text, *words):
        path = tmp_path / "lijst.csv"
        path.write_text(text, "utf-8")
        return main(["import", what, str(path), *words])

    return run


def told(capsys):
    return json.loads(capsys.readouterr().out)


def test_people_go_in_and_the_same_file_is_refused(sent, capsys):
    assert sent("people", PEOPLE, "--json") == Exit.DONE
    first = told(capsys)
    assert (first["added"], first["changed"], first["same"]) == (2, 0, 0)
    assert models.Person.objects.count() == 2
    assert sent("people", PEOPLE) == Exit.BAD_INPUT
    assert f"already as number {first['file']}" in capsys.readouterr().err
    assert models.Person.objects.count() == 2
    assert not models.WaitingFile.objects.exists()


def test_a_dry_run_says_what_it_would_do_and_keeps_nothing(sent, capsys):
    assert sent("arrivals", PEOPLE, "--dry-run") == Exit.DONE
    out = capsys.readouterr().out
    assert "2 rows read. Nothing was written." in out
    assert "'new': 2" in out
    assert not models.Person.objects.exists()
    assert not models.WaitingFile.objects.exists()


def test_a_fault_is_named_by_row_and_column_and_the_file_comes_back(sent, capsys, tmp_path):
    back = tmp_path / "back.csv"
    wrong = PEOPLE.replace("1961", "31/02/1961")
    assert sent("people", wrong, "--marked", str(back)) == Exit.BAD_INPUT
    assert "row 3, column D Geboortedatum: " in capsys.readouterr().out
    assert "31/02/1961" in back.read_text("utf-8-sig")
    assert not models.Person.objects.exists()


def test_who_may_be_known_already_is_bad_news_and_nothing_is_written(sent, capsys):
    a_household()
    text = "Voornaam;Familienaam\nOlena;Marchuk\n"
    assert sent("people", text, "--json") == Exit.BAD_NEWS
    assert told(capsys)["unclear"][0]["row"] == 2
    assert models.Person.objects.count() == 1


def test_places_belong_to_whom_they_are_imported_for(sent, capsys):
    number = town(GENT).organisation
    text = "site;municipality;unit;kind;beds\nEikenhof;9000;Flat 1;home;4\n"
    assert sent("places", text, "--for", "Stad Gent") == Exit.DONE
    assert models.Site.objects.get().organisation_id == number
    assert sent("places", text, "--for", "Nowhere") == Exit.BAD_INPUT
    assert "No organisation has such a name: Nowhere" in capsys.readouterr().err


def test_organisations_are_added_once(sent, capsys):
    assert sent("organisations", ORGANISATIONS) == Exit.DONE
    made = models.Organisation.objects.get(name="Caritas Gent")
    assert (made.kind, made.municipality_id) == ("ngo", GENT)
    again = ORGANISATIONS + "ngo;Rode Kruis Gent;9000\n"
    capsys.readouterr()
    assert sent("organisations", again, "--json") == Exit.DONE
    assert (told(capsys)["added"], models.Organisation.objects.filter(kind="ngo").count()) == (1, 2)


def test_a_dry_run_explains_each_place_and_says_what_the_file_leaves_out(sent, capsys):
    text = "site;municipality;unit;kind;beds\nEikenhof;9000;Flat 1;home;4\nEikenhof;9000;Flat 2;home;2\n"
    assert sent("places", text, "--for", "Stad Gent") == Exit.DONE
    capsys.readouterr()
    other = "site;municipality;unit;kind;beds\nEikenhof;9000;Flat 1;home;6\n"
    words = ("--for", "Stad Gent", "--dry-run")
    assert sent("places", other, *words, "--json") == Exit.DONE
    said = told(capsys)
    (change,) = said["changes"]
    assert (change["does"], change["name"]) == ("different", "Eikenhof, Flat 1")
    assert change["fields"] == [{"field": "beds", "old": 4, "new": 6}]
    assert said["not_named"] == {"rows": 1, "names": ["Eikenhof, Flat 2"]}
    assert sent("places", other, *words) == Exit.DONE
    out = capsys.readouterr().out
    assert "    beds: 4 -> 6\n" in out
    assert "  not named, stays: Eikenhof, Flat 2\n" in out
    assert models.Bed.objects.count() == 6


def test_several_organisations_that_fit_are_bad_news_and_nothing_is_written(sent, capsys):
    both = ORGANISATIONS + "ngo;Caritas Gent;2800\n"
    assert sent("organisations", both) == Exit.DONE
    capsys.readouterr()
    assert sent("organisations", "kind;name\nngo;Caritas Gent\n", "--json") == Exit.BAD_NEWS
    assert told(capsys)["unclear"][0]["message"].startswith("Several known organisations fit")
    assert models.Organisation.objects.filter(kind="ngo").count() == 2
