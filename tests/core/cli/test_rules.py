"""``perron rules parameters``: each value of the law with its dates, source and mark."""

import json

import pytest

from perron.cli.main import main
from perron.rules.law import series

KEYS = {"value", "from", "until", "source", "mark", "status", "known_since", "name"}


@pytest.fixture(autouse=True)
def in_english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture
def asked(capsys):
    """Ask as JSON; the answer is one document and nothing else."""

    def ask(*words):
        assert main(["rules", "parameters", "--json", *words]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return json.loads(out)

    return ask


def test_every_value_of_the_law_is_shown_with_its_source_and_mark(asked):
    rows = asked()
    assert len(rows) == sum(len(values) for values in series()[0].values())
    assert all(set(row) >= KEYS and row["source"] and row["mark"] for row in rows)
    assert [row["name"] for row in rows] == sorted(row["name"] for row in rows)


def test_a_value_has_its_first_and_last_day(asked):
    assert asked("--name", "tp.valid_to", "--on", "2026-11-23") == [
        {
            "name": "tp.valid_to",
            "region": None,
            "value": "2027-03-04",
            "unit": "date",
            "from": "2026-03-05",
            "until": "2027-03-04",
            "source": series()[0]["tp.valid_to"][4].source.text,
            "mark": "V",
            "status": "adopted",
            "known_since": "2025-07-15",
            "note": "political agreement 13-06-2025",
        }
    ]


@pytest.mark.parametrize(
    ("on", "known_on", "values"),
    [
        ("2023-03-04", None, ["2023-03-04"]),
        ("2023-03-05", None, ["2024-03-04"]),
        ("2027-03-04", None, ["2027-03-04"]),
        ("2027-03-05", None, ["2027-03-04", "2028-03-04"]),
        ("2027-01-01", "2025-06-01", ["2026-03-04"]),
        ("2027-01-01", "2025-07-14", ["2026-03-04"]),
        ("2027-01-01", "2025-07-15", ["2027-03-04"]),
        ("2027-06-01", "2026-06-25", ["2027-03-04"]),
        ("2022-03-04", "2022-03-03", []),
    ],
)
def test_a_day_is_answered_as_far_as_the_law_was_known(asked, on, known_on, values):
    words = ["--name", "tp.valid_to", "--on", on, *(["--known-on", known_on] if known_on else [])]
    rows = asked(*words)
    assert [row["value"] for row in rows] == values
    assert {row["status"] for row in rows if row["value"] == "2028-03-04"} <= {"proposed"}


def test_a_value_of_each_region_is_shown(asked):
    rows = asked("--name", "wage highly skilled", "--on", "2025-06-01")
    assert {row["region"] for row in rows} == {"VLG", "BRU", "WAL", "DG"}
    assert {row["name"] for row in rows} == {"wage.highly_skilled"}


def test_a_value_that_is_not_known_is_shown_as_null(asked):
    (row,) = asked("--name", "fee.student", "--on", "2025-01-01")
    assert (row["value"], row["status"]) == (None, "unknown")


@pytest.mark.parametrize(
    "name",
    [
        *(
            "tp.valid_to",
            "valid_to",
            "TP.VALID_TO",
            "valid-to",
            "valid to",
            "to valid",
            "tpvalidto",
        ),
        *("vallid_to", "válid_to", "tp.valid-too"),
    ],
)
def test_a_part_of_the_name_is_enough_and_spelling_is_forgiven(asked, name):
    assert {row["name"] for row in asked("--name", name)} == {"tp.valid_to"}


@pytest.mark.parametrize("name", ["unicorn", "", "...", "fees.unicorn"])
@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_an_unknown_name_is_bad_input_with_the_nearest_names(capsys, name, as_json):
    assert main(["rules", "parameters", "--name", name, *as_json]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"perron: Unknown parameter {name}. Did you mean ")
    near = err.split("mean ")[1].rstrip("?\n").split(", ")
    assert len(near) == 3
    assert set(near) <= set(series()[0])


def test_the_nearest_name_comes_first(capsys):
    assert main(["rules", "parameters", "--name", "fee.naturalization"]) == 2
    assert "mean fee.nationality," in capsys.readouterr().err


def test_a_day_before_the_law_is_bad_input(capsys):
    assert main(["rules", "parameters", "--on", "2022-03-03"]) == 2
    assert capsys.readouterr() == (
        "",
        "perron: 3 March 2022 lies before the law that is modelled: it begins on 4 March 2022\n",
    )


@pytest.mark.parametrize("words", [["--on", "tomorrow"], ["--known-on", "2026-02-30"]])
def test_what_is_no_day_is_bad_input(capsys, words):
    with pytest.raises(SystemExit) as ended:
        main(["rules", "parameters", *words])
    assert ended.value.code == 2
    assert f"{words[1]!r} is no day; write it as 2026-11-23" in capsys.readouterr().err


def test_people_read_a_value_in_three_lines(capsys):
    assert main(["rules", "parameters", "--name", "tp.displaced", "--on", "2026-06-01"]) == 0
    assert capsys.readouterr().out == (
        "tp.displaced_on_or_after: 2022-02-24 date\n"
        "  from 2022-03-04, adopted, known since 2022-03-04\n"
        "  [V] CID (EU) 2022/382 art. 2(1) (OJ L 71, 4.3.2022)\n"
    )


def test_people_are_told_how_far_the_law_is_known(capsys):
    main(["rules", "parameters", "--name", "tp.valid_to", "--on", "2026-11-23"])
    assert capsys.readouterr().out.endswith("The law is known as it stood on 2026-07-01.\n")


def test_people_are_told_when_nothing_was_known(capsys):
    words = ["--name", "tp.valid_to", "--on", "2022-03-04", "--known-on", "2022-03-03"]
    assert main(["rules", "parameters", *words]) == 0
    assert capsys.readouterr().out == "No value is known for that day.\n"


@pytest.mark.parametrize("words", [[], ["parameters"]])
def test_it_explains_itself(capsys, words):
    with pytest.raises(SystemExit) as ended:
        main(["rules", *words, "--help"])
    assert ended.value.code == 0
    assert "perron rules parameters --name valid_to" in capsys.readouterr().out
