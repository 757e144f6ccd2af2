"""``perron match replay``: a year of files in, its value beside hindsight out."""

import json

import pytest

from perron.cli.main import main

ARRIVALS = "household,size,waiting_since\na1,2,2026-01-01\na2,2,2026-01-03\n"
OPENINGS = (
    "place,municipality,beds,available_from,offered_until\no1,44021,2,2026-01-02,2026-01-20\n"
    "o2,44021,4,2026-01-10,\n"
)


@pytest.fixture
def words(tmp_path, monkeypatch):
    """The words of the command over these files."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def written(policy, arrivals=ARRIVALS, openings=OPENINGS):
        (tmp_path / "a.csv").write_text(arrivals)
        (tmp_path / "o.csv").write_text(openings)
        return ["match", "replay", "--arrivals", str(tmp_path / "a.csv"), "--openings",
                str(tmp_path / "o.csv"), "--policy", policy, "--json"]  # fmt: skip

    return written


def test_a_year_is_told_beside_hindsight(words, capsys, tmp_path):
    out = tmp_path / "plan.csv"
    assert main([*words("greedy"), "--out", str(out)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["placed"], answer["households"], answer["mean_wait_days"]) == (2, 2, 4.0)
    assert 0 < answer["share"] <= 1
    assert answer["value"] == round(answer["share"] * answer["hindsight"])
    assert out.read_text() == "household,place,waited_days\na1,o1,1\na2,o2,7\n"


def test_looking_ahead_asks_for_a_history(words, capsys, tmp_path):
    with pytest.raises(SystemExit) as told:
        main(words("lookahead"))
    assert told.value.code == 2
    assert "--history" in capsys.readouterr().err
    history = ["--history", str(tmp_path / "a.csv"), str(tmp_path / "o.csv")]
    assert main([*words("lookahead"), *history]) == 0
    assert json.loads(capsys.readouterr().out)["placed"] >= 1


def test_a_wrong_day_is_named_with_its_place(words, capsys):
    openings = OPENINGS.replace("2026-01-20", "2025-01-20")
    assert main(words("batch", ARRIVALS.replace("2026-01-03", "soon"), openings)) == 2
    places = [
        line.split(": ")[0].rsplit("/", 1)[-1] for line in capsys.readouterr().err.splitlines()
    ]
    assert places == ["a.csv:3:3", "o.csv:2:5"]
