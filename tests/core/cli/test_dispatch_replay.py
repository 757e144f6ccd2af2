"""``perron match replay-dispatch``: the files of a year and its past in, its value beside hindsight out."""

import json

import pytest

from perron.cli.main import main

FILES = {
    "f.csv": "family,beds,seats\na,1,0\nb,1,1\nc,1,0\n",
    "l.csv": "locality,seats,beds\nx,1,1\ny,0,1\n",
    "s.csv": "family,locality,score\na,x,0.5\na,y,0.4\nb,x,0.9\nc,x,0.5\n",
    "pf.csv": "family,seats,beds\nc,0,1\nd,0,1\n",
    "ps.csv": "family,locality,score\nc,x,0.9\nd,x,0.9\n",
}


@pytest.fixture
def words(tmp_path, monkeypatch):
    """The words of the command over these files, some of them changed."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def written(policy, *more, **changed):
        for name, text in FILES.items():
            (tmp_path / name).write_text(changed.get(name.split(".")[0], text))
        f, k, s = (str(tmp_path / name) for name in ("f.csv", "l.csv", "s.csv"))
        return ["match", "replay-dispatch", "--families", f, "--localities", k, "--scores", s,
                "--policy", policy, *more]  # fmt: skip

    written.past = "--history", str(tmp_path / "pf.csv"), str(tmp_path / "ps.csv")
    return written


def test_a_year_is_told_beside_hindsight_in_the_order_of_the_file(words, capsys, tmp_path):
    out = tmp_path / "plan.csv"
    assert main(words("greedy", "--json", "--out", str(out))) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["value"], answer["hindsight"], answer["hindsight_bound"]) == (0.5, 1.3, 1.3)
    assert answer["share"] == pytest.approx(0.5 / 1.3)
    assert (answer["placed"], answer["hindsight_placed"], answer["households"]) == (1, 2, 3)
    assert out.read_text() == "family,locality\na,x\nb,\nc,\n"


def test_by_last_year_room_is_kept_whatever_the_order_of_its_columns(words, capsys, tmp_path):
    out = tmp_path / "plan.csv"
    assert main(words("potentials", *words.past, "--json", "--out", str(out))) == 0
    assert json.loads(capsys.readouterr().out)["share"] == 1
    assert out.read_text() == "family,locality\na,y\nb,x\nc,\n"


def test_potentials_ask_for_a_history(words, capsys):
    with pytest.raises(SystemExit) as told:
        main(words("potentials"))
    assert told.value.code == 2
    assert "--history" in capsys.readouterr().err


def test_a_number_gives_a_random_order_and_the_same_one_again(words, capsys, tmp_path):
    many = [f"f{at}" for at in range(30)]
    files = {
        "f": "family,beds,seats\n" + "".join(f"{name},1,0\n" for name in many),
        "s": "family,locality,score\n" + "".join(f"{name},x,0.5\n" for name in many),
    }
    orders = []
    for seed in ("3", "3", "4"):
        out = tmp_path / "plan.csv"
        assert main(words("greedy", "--shuffle", seed, "--out", str(out), **files)) == 0
        orders.append([line.split(",")[0] for line in out.read_text().splitlines()[1:]])
    assert orders[0] == orders[1] != orders[2]
    assert sorted(orders[0]) == sorted(many)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "1 of 30 households have a place; in hindsight 1."
    assert said[1] == "100.00% of what hindsight would have reached."


def test_without_anybody_hindsight_is_reached(words, capsys):
    files = {"f": "family,beds,seats\n", "s": "family,locality,score\n"}
    assert main(words("potentials", *words.past, "--json", **files)) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["households"], answer["value"], answer["share"]) == (0, 0, 1)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"f": "family,beds,seats\na,1,few\nb,1,1\nc,1,0\n"}, ["f.csv:2:3"]),
        ({"pf": "family,seats,beds\nc,1,1\nd,-1,1\n"}, ["pf.csv:3:2"]),
        ({"ps": "family,locality,score\nc,z,0.9\ne,x,a lot\n"},
         ["ps.csv:2:2", "ps.csv:3:1", "ps.csv:3:3"]),
        ({"pf": "family,beds\nc,1\nd,1\n"}, ["pf.csv:1:1"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(words, capsys, tmp_path, changed, where):
    out = tmp_path / "plan.csv"
    assert main(words("potentials", *words.past, "--out", str(out), **changed)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    places = [line.split(": ")[0].rsplit("/", 1)[-1] for line in told.err.splitlines()]
    assert places == where
    assert not out.exists()
