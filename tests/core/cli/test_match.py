"""``perron match solve`` and ``dispatch``: files in, a proven plan out; what is wrong is named by line and field."""

import csv
import json
import subprocess
import sys
from itertools import product
from random import Random

import pytest

from perron.cli.main import main

EDGES = "household,place,value\nb,x,5\na,x,9\na,y,8\n"


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a file; say in English what is wrong with it."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def written(name, text):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return written


def solved(capsys, *words, what="solve"):
    """The answer in JSON, and nothing on standard error."""
    assert main(["match", what, "--json", *words]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def refused(capsys, *words, what="solve"):
    """The faults: where, and what is said, without the folder."""
    assert main(["match", what, "--json", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return [line.rsplit("/", 1)[-1] for line in err.splitlines()]


def test_the_plan_stands_in_order_of_first_appearance(capsys, write, tmp_path):
    out = tmp_path / "plan.csv"
    answer = solved(capsys, "--edges", write("e.csv", EDGES), "--out", str(out))
    assert (answer["placed"], answer["value"], answer["bound"], answer["gap"]) == (2, 13, 13, 0)
    assert out.read_text() == "household,place\nb,x\na,y\n"
    assert answer["placed_by_tier"] == {"0": 2}
    assert set(answer["seconds"]) == {"read", "build", "solve", "certify"}
    assert answer["peak_mb"] > 0


def test_the_order_is_that_of_the_file_of_households(capsys, write, tmp_path):
    out = tmp_path / "plan.csv"
    households = write("h.csv", "household,tier\na,1\nnobody,3\nb,2\n")
    solved(capsys, "--edges", write("e.csv", EDGES), "--households", households, "--out", str(out))
    assert out.read_text() == "household,place\na,y\nnobody,\nb,x\n"


def test_tiers_go_first_when_asked(capsys, write):
    edges = write("e.csv", "household,place,value\na,x,9\nb,x,1\n")
    households = write("h.csv", "household,tier\na,0\nb,1\n")
    words = ("--edges", edges, "--households", households)
    assert solved(capsys, *words)["value"] == 9
    answer = solved(capsys, *words, "--lexicographic")
    assert (answer["value"], answer["placed_by_tier"]) == (1, {"1": 1, "0": 0})


def test_shared_beds_bands_and_groups(capsys, write):
    edges = write("e.csv", "household,place,value\na,x,9\nb,x,9\nc,y,7\nd,x,100\nd,y,1\n")
    households = write("h.csv", "household,size,group\na,2,\nb,2,\nc,1,g\nd,1,g\n")
    places = write("p.csv", "place,municipality,beds,shared\nx,m,4,1\ny,n,2,1\n")
    bands = write("b.csv", "municipality,min_persons,max_persons\nm,,4\nn,3,\n")
    words = ("--edges", edges, "--households", households, "--places", places, "--bands", bands)
    answer = solved(capsys, *words, "--shortage-penalty", "10")
    # c and d stay together in n: 9 + 9 + 7 + 1, one person short of three
    assert (answer["value"], answer["short_persons"], answer["gap"]) == (16, 1, 0)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["e.csv:1:1: The file is empty"]),
        ("household,place\na,x\n", ["e.csv:1:1: The column value is missing"]),
        ("household,place,value\na,x,0\n\nb,,2\nc,x\n", [
            "e.csv:2:3: Found 0, expected a whole number from 1 on",
            "e.csv:4:2: Found , expected a text",
            "e.csv:5:3: The line has 2 cells, the header has 3",
        ]),
        ("household,place,value\na,x,1\na,x,2\n", ["e.csv:3:2: a, x stands there twice, first on line 2"]),
        ("household,place,value\na,x,1_0\na,y,-3\na,z,1.5\n", [
            "e.csv:2:3: Found 1_0, expected a whole number from 1 on",
            "e.csv:3:3: Found -3, expected a whole number from 1 on",
            "e.csv:4:3: Found 1.5, expected a whole number from 1 on",
        ]),
        (b"household,place,value\na,\xff,1\n", ["e.csv:2:2: The file is not UTF-8"]),
    ],
)  # fmt: skip
def test_every_fault_is_named(capsys, write, text, faults):
    assert refused(capsys, "--edges", write("e.csv", text)) == faults


def test_names_must_stand_in_their_files(capsys, write):
    households = write("h.csv", "household\na\n")
    places = write("p.csv", "place,municipality,beds,shared\nx,m,1,0\n")
    said = refused(
        capsys, "--edges", write("e.csv", EDGES), "--households", households, "--places", places
    )
    assert [line.split(": ")[0] for line in said] == ["e.csv:2:1", "e.csv:4:2"]


def test_sizes_are_needed_where_persons_are_counted(capsys, write):
    places = write("p.csv", "place,municipality,beds,shared\nx,m,1,0\ny,m,2,1\n")
    said = refused(capsys, "--edges", write("e.csv", EDGES), "--places", places)
    assert said[0].startswith("p.csv:3:4: Where persons are counted")
    bands = write("b.csv", "municipality,min_persons,max_persons\nm,5,2\n")
    households = write("h.csv", "household,size\na,1\nb,1\n")
    said = refused(
        capsys, "--edges", write("e.csv", EDGES), "--households", households, "--bands", bands
    )
    assert said == ["b.csv:2:3: Found 2, expected 5 or more"]


def large(rows, dice):
    """So many rows, and as many households and places as a village has."""
    seen = {(dice.randrange(2000), dice.randrange(3000)) for _ in range(rows)}
    return [f"h{i},p{j},{dice.randrange(1, 900)}" for i, j in sorted(seen)]


def test_a_large_file_is_read_as_a_small_one_is(capsys, write):
    from perron.matching import pairs

    rows = large(250_000, Random(1))
    path = write("e.csv", "\r\n".join(["household,place,value", *rows]))
    quick, slow = pairs.quickly(pairs.Path(path)), pairs.carefully(pairs.Path(path))
    assert (quick.households, quick.places) == (slow.households, slow.places)
    assert quick.household.tolist() == slow.household
    assert quick.place.tolist() == slow.place
    assert quick.value.tolist() == slow.value
    value = solved(capsys, "--edges", path)["value"]
    Random(2).shuffle(rows)
    turned = write("t.csv", "\n".join(["household,place,value", *(row + ".0" for row in rows)]))
    assert solved(capsys, "--edges", turned)["value"] == value


@pytest.mark.parametrize(
    ("row", "at"), [("h1,p1,-1", 3), ("h1,,5", 2), ("h1,p1", 3), ("h1,p1,5,6", 4)]
)
def test_one_row_wrong_among_many_is_found(capsys, write, row, at):
    rows = large(250_000, Random(1))
    rows.insert(123_456, row)
    said = refused(capsys, "--edges", write("e.csv", "\n".join(["household,place,value", *rows])))
    assert [line.split(": ")[0] for line in said] == [f"e.csv:123458:{at}"]


def test_one_row_wrong_in_a_million_is_found(capsys, write):
    rows = large(1_000_000, Random(2))
    rows[654_321] = "h7,p7,many"
    said = refused(capsys, "--edges", write("e.csv", "\n".join(["household,place,value", *rows])))
    assert len(said) == 1
    assert said[0].startswith("e.csv:654323:3: ")


def test_one_pair_twice_among_many_is_found(capsys, write):
    rows = large(250_000, Random(1))
    rows.append(rows[77])
    said = refused(capsys, "--edges", write("e.csv", "\n".join(["household,place,value", *rows])))
    assert len(said) == 1
    assert said[0].startswith(f"e.csv:{len(rows) + 1}:2:")
    assert said[0].endswith("first on line 79")


def test_nothing_is_written_where_anything_is_wrong(capsys, write, tmp_path):
    out = tmp_path / "plan.csv"
    refused(capsys, "--edges", write("e.csv", EDGES + "c,x,-1\n"), "--out", str(out))
    assert not out.exists()


def test_a_small_market_loads_no_compiled_code(write):
    path = write("e.csv", EDGES)
    code = (
        "import sys; from perron.cli.main import main; main(['match', 'solve', '--edges', sys.argv[1]]);"
        "sys.exit(any(name in sys.modules for name in ('numpy', 'numba', 'highspy')))"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def best_dispatch(needs, room, scores):
    """The best total by trying every plan."""
    best = 0
    for plan in product(range(-1, len(room)), repeat=len(needs)):
        left = [list(each) for each in room]
        total = 0
        for one, other in enumerate(plan):
            if other >= 0 and (one, other) not in scores:
                break
            if other >= 0:
                total += scores[one, other]
                left[other] = [a - b for a, b in zip(left[other], needs[one], strict=True)]
        else:
            if all(each >= 0 for row in left for each in row):
                best = max(best, total)
    return best


@pytest.mark.parametrize("seed", range(60))
def test_a_dispatch_is_as_good_as_trying_every_plan(capsys, write, seed, tmp_path):
    dice = Random(seed)
    needs = [(dice.randint(0, 4), dice.randint(0, 2)) for _ in range(dice.randint(1, 5))]
    room = [(dice.randint(0, 8), dice.randint(0, 4)) for _ in range(dice.randint(1, 3))]
    scores = {(i, j): dice.randint(-3, 999) for i in range(len(needs)) for j in range(len(room))
              if dice.random() < 0.8}  # fmt: skip
    f = "family,beds,seats\n" + "".join(f"f{i},{a},{b}\n" for i, (a, b) in enumerate(needs))
    k = "locality,seats,beds\n" + "".join(f"l{j},{b},{a}\n" for j, (a, b) in enumerate(room))
    s = "family,locality,score\n" + "".join(
        f"f{i},l{j},{v / 1000}\n" for (i, j), v in scores.items()
    )
    out = tmp_path / "plan.csv"
    answer = solved(
        capsys, "--families", write("f.csv", f), "--localities", write("l.csv", k),
        "--scores", write("s.csv", s), "--out", str(out), what="dispatch",
    )  # fmt: skip
    assert answer["value"] == pytest.approx(best_dispatch(needs, room, scores) / 1000, abs=1e-6)
    assert answer["bound"] == answer["value"]
    plan = list(csv.DictReader(out.read_text().splitlines()))
    assert [row["family"] for row in plan] == [f"f{i}" for i in range(len(needs))]


def test_a_dispatch_names_services_that_do_not_agree(capsys, write):
    said = refused(
        capsys, "--families", write("f.csv", "family,beds\na,1\n"),
        "--localities", write("l.csv", "locality,seats\nx,1\n"),
        "--scores", write("s.csv", "family,locality,score\na,x,0.5\n"), what="dispatch",
    )  # fmt: skip
    assert said == [
        "f.csv:1:1: The column seats is missing",
        "l.csv:1:1: The column beds is missing",
    ]


def test_why_this_home_and_not_that_one_is_told_with_its_margin(capsys, write):
    edges = write("e.csv", "household,place,value\na,x,90\na,y,30\nb,x,50\n")
    told = solved(capsys, "--edges", edges, "--explain", "b", "--lang", "nl")["explanation"]
    assert (told["place"], told["why"]["key"], told["points_short"]) == (None, "why.unplaced", 10)
    assert told["others"] == [
        {
            "place": "x",
            "why": {
                "key": "why.not.matters_more",
                "params": {},
                "text": "Voor een ander huishouden is het belangrijker",
            },
            "margin": {
                "key": "why.loss.between",
                "params": {"least": 10, "most": 40},
                "text": "Allen samen zouden tussen 10 en 40 punten verliezen",
            },
            "at_least": 10,
            "at_most": 40,
            "held_by": ["a"],
        }
    ]
    assert main(["match", "solve", "--edges", edges, "--explain", "b"]) == 0
    assert "b → -: The homes that fit went to" in capsys.readouterr().out


def test_the_municipality_whose_limit_binds_is_named(capsys, write):
    edges = write("e.csv", "household,place,value\na,x,90\nb,y,80\n")
    words = (
        "--edges", edges, "--households", write("h.csv", "household,size\na,2\nb,2\n"),
        "--places", write("p.csv", "place,municipality,beds,shared\nx,44021,4,0\ny,44021,4,0\n"),
        "--bands", write("b.csv", "municipality,min_persons,max_persons\n44021,,2\n"),
    )  # fmt: skip
    answer = solved(capsys, *words)
    assert [(each["municipality"], each["limit"], each["persons"]) for each in answer["bands"]] == [
        ("44021", "max", 2)
    ]


def test_a_household_that_is_not_there_is_not_explained(capsys, write):
    edges = write("e.csv", EDGES)
    assert main(["match", "solve", "--edges", edges, "--explain", "nobody"]) == 2
    assert "There is no household nobody" in capsys.readouterr().err


def test_envy_with_reason_is_told_beside_the_plan_without_it(capsys, write):
    edges = write("e.csv", "household,place,value\na,x,90\na,y,80\nb,x,85\n")
    households = write("h.csv", "household,tier\na,1\nb,0\n")
    told = solved(capsys, "--edges", edges, "--households", households, "--envy")["envy"]
    assert told["households"] == [{"household": "a", "place": "x", "held_by": "b"}]
    assert (told["placed"], told["placed_by_tier"], told["value"]) == (1, {"1": 1, "0": 0}, 90)


def test_parquet_is_taken_wherever_csv_is(capsys, write, tmp_path):
    import polars as pl

    path = tmp_path / "e.parquet"
    pl.read_csv(write("e.csv", EDGES)).write_parquet(path)
    assert solved(capsys, "--edges", str(path))["value"] == 13
    pl.DataFrame({"household": ["a", "b"], "place": ["x", "y"], "value": [5, None]}).write_parquet(
        path
    )
    assert [line.split(": ")[0] for line in refused(capsys, "--edges", str(path))] == [
        "e.parquet:3:3"
    ]
    path.write_bytes(b"no parquet")
    assert [line.split(": ")[0] for line in refused(capsys, "--edges", str(path))] == [
        "e.parquet:1:1"
    ]
