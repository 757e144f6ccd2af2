"""``perron matrix adopt``: every running line follows another version, all of them or none."""

import json

import pytest
from builders import GENT, a_household, a_person, registrar

from perron.cli.command import Exit
from perron.cli.main import main
from perron.responsibility.matrix import ADOPTED
from perron.vocabulary.events import Event
from perron_site.actions.households import register_household
from perron_site.records import models

pytestmark = pytest.mark.django_db
OLD = "2026-11"


def adopt(*words):
    return main(["matrix", "adopt", *words])


def versions():
    return {track.matrix for track in models.Track.objects.all()}


def told():
    return models.Journal.objects.filter(event=Event.MATRIX_ADOPTED).count()


def test_every_line_follows_the_version_and_goes_back_with_the_other_one(capsys):
    a_household(municipality=GENT)
    lines = models.Track.objects.count()
    assert adopt(OLD) == Exit.DONE
    assert f"{lines} lines now follow {OLD}." in capsys.readouterr().out
    assert (versions(), told()) == ({OLD}, 1)
    assert adopt(ADOPTED, "--json") == Exit.DONE
    answer = json.loads(capsys.readouterr().out)
    assert (answer["version"], answer["adopted"], len(answer["lines"])) == (ADOPTED, True, lines)
    assert {line["from_version"] for line in answer["lines"]} == {OLD}
    assert (versions(), told()) == ({ADOPTED}, 2)


def test_a_preview_says_the_same_and_changes_nothing(capsys):
    a_household(municipality=GENT)
    assert adopt(OLD, "--preview") == Exit.DONE
    assert f"{models.Track.objects.count()} lines would follow {OLD}." in capsys.readouterr().out
    assert adopt(OLD, "--preview", "--json") == Exit.DONE
    shown = json.loads(capsys.readouterr().out)
    assert (versions(), told(), shown["adopted"]) == ({ADOPTED}, 0, False)
    adopt(OLD, "--json")
    assert json.loads(capsys.readouterr().out) == shown | {"adopted": True}


def test_an_unknown_version_is_bad_input_and_the_known_ones_are_named(capsys):
    a_household()
    with pytest.raises(SystemExit) as ended:
        adopt("1999")
    assert ended.value.code == Exit.BAD_INPUT
    said = capsys.readouterr().err
    assert OLD in said
    assert ADOPTED in said
    assert versions() == {ADOPTED}


def test_a_version_that_lacks_a_step_takes_no_line_and_names_each_that_stands_there(capsys):
    by = registrar()
    a_household()
    register_household(by, people=(a_person("Ivan", "2011-02-03"),), arrived_on=by.on)
    behind = models.Track.objects.filter(kind__in=("guardian", "school")).order_by("pk")
    assert adopt(OLD) == Exit.BAD_NEWS
    said = capsys.readouterr().out
    for track in behind:
        assert f"T-{track.pk} of H-" in said
        assert f"stands at {track.step}, which {OLD} does not know" in said
    assert "Nothing was changed." in said
    assert adopt(OLD, "--json") == Exit.BAD_NEWS
    answer = json.loads(capsys.readouterr().out)
    assert answer["adopted"] is False
    assert [row["line"] for row in answer["stays_behind"]] == [f"T-{row.pk}" for row in behind]
    assert (versions(), told()) == ({ADOPTED}, 0)
