"""``perron match homes``: files of households and homes in, a plan with its reasons out; faults by line and field."""

import json

import pytest

from perron.cli.main import main
from perron.matching.policy import read_policy
from perron.messages.texts import say
from perron.vocabulary.wording import message

H = """household,size,members_born,needs,languages,anchor,radius_km,waiting_since,tier,group,pets
h1,2,1980;2015,step_free,uk;en,44021,30,2026-09-01,,,0
h2,1,1990,,ru,,,2026-11-01,,,1
h3,2,1981;1983,quiet_room,uk,11002,20,,,,0
"""
P = """place,municipality,kind,beds,shared,features,available_from,available_until,own_kitchen,host_languages,\
legal_basis
p1,44021,flat,3,0,step_free,,,1,nl;en,ordinary
p2,11002,house,5,0,quiet_room,2026-12-01,2027-06-01,1,nl,relaxed
p3,44021,room,6,1,pets,,,0,fr,
"""


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a file; say in English what is wrong with it."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def written(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def words(write, households=H, places=P):
    return ["match", "homes", "--households", write("h.csv", households),
            "--places", write("p.csv", places), "--on", "2026-11-27"]  # fmt: skip


def test_households_get_homes_and_reasons(capsys, write, tmp_path):
    out = tmp_path / "plan.csv"
    asked = [*words(write), "--json", "--out", str(out), "--explain", "h1", "--lang", "fr"]
    assert main(asked) == 0
    answer = json.loads(capsys.readouterr().out)
    assert out.read_text() == "household,place\nh1,p1\nh2,p3\nh3,\n"
    assert (answer["placed"], answer["gap"], answer["policy"]) == (2, 0, read_policy().version)
    assert answer["unplaced"][0]["household"] == "h3"
    assert [each["key"] for each in answer["unplaced"][0]["nearest"]] == [
        "home.displaced_not_known"
    ]
    helps = answer["would_help_most"][0]
    assert (helps["municipality"], helps["households"], helps["features"]) == (
        "11002",
        1,
        ["quiet_room"],
    )
    told = answer["explanation"]
    assert told["place"] == "p1"
    assert {each["key"] for each in told["reasons"]} >= {
        "home.language",
        "comfort.same_municipality",
    }
    assert {each["place"]: [why["key"] for why in each["why"]] for each in told["do_not_fit"]} == {
        "p2": ["fit.lacks.step_free", "home.too_far", "home.displaced_not_known"],
        "p3": ["fit.lacks.step_free"],
    }
    said = told["do_not_fit"][1]["why"][0]
    assert said["text"] == say(message(said["key"]), "fr") != say(message(said["key"]), "en")


def test_who_is_temporarily_displaced_gets_the_home_that_is_for_them(capsys, write):
    head, *rows = H.splitlines()
    households = "\n".join([f"{head},temporarily_displaced", *(f"{row},1" for row in rows)])
    assert main([*words(write, households), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["placed"] == 3


def test_every_fault_of_both_files_is_named_with_its_place(capsys, write):
    households = (
        H.replace("1980;2015", "1980").replace("uk,11002,20", "uk,Antwerp,far") + "h1,0,,,,,,,,,\n"
    )
    places = P.replace("p3,44021,room,6,1,pets", "p3,44021,room,6,2,pool").replace(
        "2027-06-01", "2026-06-01"
    )
    assert main([*words(write, households, places), "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    places = [line.split(": ")[0].rsplit("/", 1)[-1] for line in err.splitlines()]
    assert places == ["h.csv:2:3", "h.csv:4:6", "h.csv:4:7", "h.csv:5:1", "h.csv:5:2",
                      "p.csv:3:8", "p.csv:4:5", "p.csv:4:6"]  # fmt: skip


def test_nationality_is_no_column(capsys, write):
    head, *rows = H.splitlines()
    households = "\n".join([f"{head},nationality", *(f"{row},UA" for row in rows)])
    assert main([*words(write, households), "--json"]) == 2
    assert "nationality" in capsys.readouterr().err


def test_another_policy_gives_another_plan_and_a_wrong_one_is_refused_by_line(capsys, write):
    from importlib.resources import files

    text = files("perron.matching").joinpath("policy.yaml").read_text(encoding="utf-8")
    other = text.replace("base: 1000 ", "base: 7000 ").replace("2026-11-1", "mine")
    assert main([*words(write), "--json", "--policy", write("mine.yaml", other)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["policy"], answer["value"] > 14_000) == ("mine", True)
    wrong = text.replace("wish: 80", "wish: many").replace("near_km", "far_km")
    assert main([*words(write), "--policy", write("wrong.yaml", wrong)]) == 2
    faults = [line.rsplit("/", 1)[-1] for line in capsys.readouterr().err.splitlines()]
    assert [fault.split(" ")[0] for fault in faults] == [
        "wrong.yaml:14:1:",
        "wrong.yaml:19:7:",
        "wrong.yaml:1:1:",
    ]


def test_an_upper_limit_of_a_municipality_holds(capsys, write):
    limit = write("b.csv", "municipality,min_persons,max_persons\n44021,,2\n")
    assert main([*words(write), "--json", "--bands", limit]) == 0
    assert json.loads(capsys.readouterr().out)["placed_by_tier"] == {"2": 0, "1": 1, "0": 0}


def test_people_read_the_plan_too(capsys, write):
    assert main([*words(write), "--explain", "h3"]) == 0
    told = capsys.readouterr().out
    assert "2 of 3 households have a home." in told
    assert "h3: No place fits. Nearest: For temporarily displaced people only" in told
    assert "Would help next:" in told


def test_what_another_policy_would_change_is_told(capsys, write):
    from importlib.resources import files

    text = files("perron.matching").joinpath("policy.yaml").read_text(encoding="utf-8")
    other = write("other.yaml", text.replace("booked_ahead_days: 60", "booked_ahead_days: 0"))
    head, *rows = H.splitlines()
    households = "\n".join([f"{head},temporarily_displaced", *(f"{row},1" for row in rows)])
    assert main([*words(write, households), "--json", "--instead", other]) == 0
    told = json.loads(capsys.readouterr().out)["instead"]
    assert (told["gain"], told["lose"], told["move"]) == ([], ["h3"], 0)
    assert {"kind": "municipality", "name": "11002", "now": 1, "then": 0} in told["changes"]
    assert main([*words(write, households), "--instead", other]) == 0
    assert "0 households would gain a home, 1 would lose it" in capsys.readouterr().out


def test_lists_of_parquet_are_lists(capsys, write, tmp_path):
    import polars as pl

    path = tmp_path / "h.parquet"
    frame = {
        "household": ["h1"],
        "size": [2],
        "needs": [["step_free", "lift"]],
        "members_born": [["1980", "2015"]],
    }
    pl.DataFrame(frame).write_parquet(path)
    asked = [
        "match",
        "homes",
        "--households",
        str(path),
        "--places",
        write("p.csv", P),
        "--on",
        "2026-11-27",
    ]
    assert main([*asked, "--json", "--explain", "h1"]) == 0
    told = json.loads(capsys.readouterr().out)["explanation"]
    assert told["do_not_fit"][0]["why"][0]["key"] == "fit.lacks.lift"


def test_in_a_large_market_who_is_left_out_is_still_named(capsys, write, monkeypatch):
    import perron.cli.homes as room

    monkeypatch.setattr(room, "PAIRS", 0)
    assert main([*words(write), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["unplaced"]
    assert [(each["household"], each["why"]["key"]) for each in told] == [
        ("h3", "why.nothing_listed")
    ]
