"""``perron responsibility``: the matrix on paper, and its proof."""

import json

import pytest

from perron.cli.main import main
from perron.responsibility.matrix import adopted
from perron.responsibility.reading import read_matrix
from perron.responsibility.rows import EVERYWHERE, FIRST_DAY
from perron.vocabulary.tracks import Step

KEYS = {"track", "step", "region", "from", "until", "organisation", "clock", "next"}
ROOF = "{track: roof, step: roof.asked, first: true, closing: true, from: 2022-03-04"


@pytest.fixture(autouse=True)
def in_english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture
def planted(tmp_path):
    """A copy of the matrix in a file, as the command prints it, spoilt by a function of its rows."""

    def plant(capsys, spoil):
        assert main(["responsibility", "matrix", "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)
        path = tmp_path / "matrix.json"
        path.write_text(json.dumps(spoil(rows)), encoding="utf-8")
        return str(path)

    return plant


def test_the_matrix_is_one_json_document_with_a_record_a_region(capsys):
    assert main(["responsibility", "matrix", "--json"]) == 0
    out, err = capsys.readouterr()
    rows = json.loads(out)
    assert err == ""
    assert len(rows) == sum(len(row.regions) for row in adopted().rows)
    assert all(KEYS | {"source", "mark"} <= set(row) for row in rows)
    asked = [row for row in rows if row["step"] == "roof.asked"]
    assert [row["region"] for row in asked] == ["VLG", "BRU", "WAL", "DG", None]
    assert {row["closing"] for row in rows if row["next"] == []} == {True}


def test_what_the_command_prints_can_be_read_back_as_the_same_matrix(capsys):
    main(["responsibility", "matrix", "--json"])
    again = read_matrix(capsys.readouterr().out, adopted().version)
    for step in Step:
        for region in EVERYWHERE:
            assert again.duties(step, region, FIRST_DAY) == adopted().duties(
                step, region, FIRST_DAY
            )


def test_the_matrix_is_a_table_for_people(capsys):
    assert main(["responsibility", "matrix"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(adopted().rows) + 1
    assert lines[1].split() == ["roof.asked", "VLG,BRU,WAL,DG,none", "fedasil", "0", "days"]


def test_the_matrix_of_perron_is_proven(capsys):
    assert main(["responsibility", "check"]) == 0
    assert capsys.readouterr() == (
        (
            "The matrix 2026-11 has no hole: 20 steps on 4 lines, every region, every day since its first.\n"
            "The matrix 2026-11-25 has no hole: 51 steps on 10 lines, every region, every day since its first.\n"
        ),
        "",
    )
    assert main(["responsibility", "check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "matrix": "2026-11-25",
        "sound": True,
        "versions": {"2026-11": True, "2026-11-25": True},
        "counter_examples": [],
    }


def test_what_the_command_prints_is_proven_too(capsys, planted):
    path = planted(capsys, lambda rows: rows)
    assert main(["responsibility", "check", "--matrix", path]) == 0
    assert f"The matrix {path} has no hole" in capsys.readouterr().out


def test_a_hole_is_bad_news_with_the_way_to_it(capsys, planted):
    path = planted(
        capsys,
        lambda rows: [
            row for row in rows if (row["step"], row["region"]) != ("support.running", "WAL")
        ],
    )
    assert main(["responsibility", "check", "--matrix", path]) == 1
    assert capsys.readouterr() == (
        (
            "support.running in WAL on 4 March 2022: nobody is responsible\n"
            "  support.to_ask → support.inquiry → support.running\n"
        ),
        "",
    )


def test_a_hole_is_one_json_document_with_the_smallest_first(capsys, planted):
    path = planted(capsys, lambda rows: [row for row in rows if row["step"] != "roof.emergency"])
    assert main(["responsibility", "check", "--json", "--matrix", path]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {
        "matrix": path,
        "sound": False,
        "versions": {path: False},
        "counter_examples": [
            {
                "kind": "no_organisation",
                "track": "roof",
                "step": "roof.emergency",
                "region": "VLG",
                "on": "2022-03-04",
                "way": ["roof.asked", "roof.emergency"],
                "message": "roof.emergency in VLG on 4 March 2022: nobody is responsible",
            }
        ],
    }


@pytest.mark.parametrize("as_json", [[], ["--json"]])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", ":1:1: The file is empty"),
        (b"rows: [", ":1:8: This cannot be read as YAML"),
        (b"rows:\n  - caf\xe9\n", ":2:8: The file is not UTF-8"),
        (b"{}", ":1:1: The key rows is missing"),
        (f"rows:\n  - {ROOF}, colour: red}}".encode(), ":2:91: The key colour is not known"),
        (b"hello", ":1:1: Expected keys with values here"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(capsys, tmp_path, content, told, as_json):
    path = tmp_path / "broken.yaml"
    path.write_bytes(content)
    assert main(["responsibility", "check", "--matrix", str(path), *as_json]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{path}{told}" in err


def test_every_fault_of_a_file_is_told_on_its_own_line(capsys, tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text(
        "rows:\n  - {track: attic, step: roof.asked, from: 2022-03-04}\n"
        f"  - {ROOF}, organisation: king, source: s, mark: Z}}\n",
        encoding="utf-8",
    )
    assert main(["responsibility", "check", "--matrix", str(path)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.removeprefix(f"{path}:").split(": ")[0] for line in lines] == [
        "2:13",
        "3:97",
        "3:120",
    ]
    assert "Found attic, expected roof, protection, municipality, support" in lines[0]


def test_a_file_that_is_not_there_is_named(capsys, tmp_path):
    path = tmp_path / "nowhere.yaml"
    assert main(["responsibility", "check", "--matrix", str(path)]) == 3
    assert capsys.readouterr() == ("", f"perron: {path}: No such file or directory\n")


@pytest.mark.parametrize("words", [[], ["matrix"], ["check"]])
def test_it_explains_itself(capsys, words):
    with pytest.raises(SystemExit) as ended:
        main(["responsibility", *words, "--help"])
    assert ended.value.code == 0
    assert "perron responsibility check --matrix" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["burn"], ["matrix", "--colour"]])
def test_what_it_does_not_know_is_bad_input(capsys, words):
    with pytest.raises(SystemExit) as ended:
        main(["responsibility", *words])
    assert ended.value.code == 2
    assert "usage: perron" in capsys.readouterr().err
