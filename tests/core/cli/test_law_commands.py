"""``perron rules options``, ``population``, ``compare`` and ``audit``: by the names of the contract."""

import csv
import json
import re

import polars as pl
import pytest

from perron.cli.main import main
from perron.cli.options import in_words_too
from perron.messages.texts import say
from perron.rules.facts import facts, variables
from perron.rules.law import called
from perron.vocabulary.wording import in_words, message

PERSON = """\
birth_date: 1990-05
nationality: [UA]
resided_in_ua_before_20220224: true
left_ua_on: 2022-03-01
job_offer: -
stay_periods:
  - {title: tp, from: 2022-03-20, to: "-"}
"""
PATHWAY = {
    *(
        "id",
        "verdict",
        "holds",
        "until",
        "assuming",
        "unknown_because",
        "may_hold_with_tp",
        "earliest",
        "missing",
    ),
    *("because", "authority", "file_at", "deadline_days", "fee", "documents", "remedy", "terms"),
}


@pytest.fixture(autouse=True)
def in_english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture
def person(tmp_path):
    path = tmp_path / "person.yaml"
    path.write_text(PERSON)
    return str(path)


@pytest.fixture
def crowd(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(
        "id,birth_date,nationality,left_ua_on,resided_in_ua_before_20220224,job_offer,job_offer.region,"
        "stay_periods.title,stay_periods.from,stay_periods.to\n"
        "1,1990-05,UA,2022-03-01,true,-,,tp,2022-03-20,-\n"
        "2,2010-05-01,UA;PL,2022-03,true,,VLG,student;single_permit,2019-09-01;2022-01-01,2021-12-31;-\n"
        "3,,,,,,,,,\n"
    )
    return path


def test_the_options_have_the_keys_of_the_contract(person, capsys):
    assert main(["rules", "options", person, "--on", "2026-11-23", "--json"]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert err == ""
    assert set(found) >= {"on", "scenario", "law_known_until", "next_question", "pathways"}
    assert all(set(each) >= PATHWAY for each in found["pathways"])
    tp = found["pathways"][0]
    assert (tp["id"], tp["verdict"], tp["holds"], tp["until"]) == ("tp", "yes", True, "2027-03-04")
    assert tp["assuming"] == ["exclusion_ground", "permit_other_ms"]
    assert tp["earliest"]["kind"] == "date"
    assert all(set(each) >= {"text", "source", "mark", "from"} for each in tp["because"])


@pytest.mark.parametrize(("on", "amount"), [("2026-06-11", 6), ("2026-06-12", None)])
def test_the_terms_are_those_of_the_day_of_lodging(person, on, amount, capsys):
    assert main(["rules", "options", person, "--on", on, "--json"]) == 0
    found = {each["id"]: each for each in json.loads(capsys.readouterr().out)["pathways"]}
    assert len(found) == 22
    assert found["international_protection"]["terms"][0]["amount"] == amount


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en", "uk", "ru"])
def test_the_options_speak_six_languages(person, language, capsys):
    assert main(["rules", "options", person, "--on", "2026-11-23", "--lang", language]) == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("language", ["en", "uk"])
def test_whoever_reads_the_options_reads_words_beside_the_names(person, language, capsys):
    asked = ["rules", "options", str(person), "--on", "2026-11-23", "--lang", language]
    assert main([*asked, "--json"]) == 0
    ways = json.loads(capsys.readouterr().out)["pathways"]
    assert main(asked) == 0
    out = capsys.readouterr().out
    lists = ("missing", "law_missing", "assuming", "weighed")
    names = {name for way in ways for part in lists for name in way[part]}
    assert len(names) > 30
    for name in names:
        assert re.search(rf"^  - .+ \({re.escape(name)}\)", out, re.MULTILINE), name
    assert f"{facts()['family_links'].question[language]} (family_links)" in out
    no = say(message("fact_value.no"), language)
    taken = f"{facts()['exclusion_ground'].question[language]} (exclusion_ground): {no}"
    assert f"  - {taken}\n" in out
    money = say(in_words(called()["student.means.month"]), language)
    assert f"{money} (student.means.month)" in out


def test_a_field_of_a_fact_and_a_value_of_the_law_have_words_too():
    assert in_words_too("job_offer.gross_month", "en") == (
        "Do you have a job offer? Where, for how much, and until when? Gross wage a month, in euro"
        " (job_offer.gross_month)"
    )
    for name in (*variables(), *called()):
        assert in_words_too(name, "nl") != name


def test_the_track_of_return_is_off_until_it_is_possible(person, capsys):
    for word, shown in (("not", False), ("possible", True)):
        main(["rules", "options", person, "--on", "2026-11-23", "--return", word, "--json"])
        ids = {each["id"] for each in json.loads(capsys.readouterr().out)["pathways"]}
        assert ("voluntary_return" in ids) is shown


def test_every_fault_of_a_person_is_named_with_its_place(tmp_path, capsys):
    path = tmp_path / "bad.yaml"
    path.write_text("birth_dat: 1990\nmeans_month: lots\njob_offer: {region: XX, pay: 3}\n")
    assert main(["rules", "options", str(path), "--on", "2026-11-23"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith(f"{path}:1:1: ")
    assert "birth_date" in lines[0]
    assert lines[1].startswith(f"{path}:2:14: ")


def test_a_day_before_the_law_is_bad_input(person, capsys):
    assert main(["rules", "options", person, "--on", "2022-03-03"]) == 2
    assert "4 March 2022" in capsys.readouterr().err


def test_a_population_is_counted_by_month_and_adds_up(crowd, tmp_path, capsys):
    out = tmp_path / "counts.csv"
    assert (
        main(
            [
                "rules",
                "population",
                str(crowd),
                "--from",
                "2027-02",
                "--months",
                "3",
                "--out",
                str(out),
            ]
        )
        == 0
    )
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert list(rows[0]) == ["month", "pathway", "yes", "no", "authority", "unknown"]
    assert all(sum(int(row[v]) for v in ("yes", "no", "authority", "unknown")) == 3 for row in rows)
    assert [row["month"] for row in rows if row["pathway"] == "tp"] == [
        "2027-02",
        "2027-03",
        "2027-04",
    ]
    assert [row["yes"] for row in rows if row["pathway"] == "tp"] == ["2", "2", "0"]
    capsys.readouterr()


def test_a_table_without_people_counts_nobody(tmp_path, capsys):
    path = tmp_path / "nobody.csv"
    path.write_text("birth_date\n")
    assert (
        main(["rules", "population", str(path), "--from", "2027-02", "--months", "1", "--json"])
        == 0
    )
    rows = json.loads(capsys.readouterr().out)
    assert rows
    assert {row[verdict] for row in rows for verdict in ("yes", "no", "authority", "unknown")} == {
        0
    }


def test_parquet_is_taken_wherever_csv_is(crowd, tmp_path, capsys):
    path, out = tmp_path / "people.parquet", tmp_path / "counts.parquet"
    pl.read_csv(crowd, infer_schema=False).write_parquet(path)
    for people in (crowd, path):
        assert main(["rules", "population", str(people), "--from", "2027-02", "--json"]) == 0
    one, other = capsys.readouterr().out.split("]\n[")
    assert json.loads(one + "]") == json.loads("[" + other)
    assert main(["rules", "population", str(path), "--from", "2027-02", "--out", str(out)]) == 0
    assert pl.read_parquet(out).columns == [
        "month",
        "pathway",
        "yes",
        "no",
        "authority",
        "unknown",
    ]


def test_every_fault_of_a_table_is_named_with_its_place(crowd, capsys):
    bad = (
        crowd.read_text()
        .replace("VLG", "XX")
        .replace("2022-03,true", "2022-13,maybe")
        .replace("id,", "id,hous,", 1)
    )
    crowd.write_text(
        bad.replace("1,1990", "1,,1990").replace("2,2010", "2,,2010").replace("3,,", "3,,,")
    )
    assert main(["rules", "population", str(crowd), "--from", "2027-02"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.removeprefix(f"{crowd}:").split(":")[0] for line in lines] == ["1", "3", "3", "3"]
    assert "housing_adequate" in lines[0]


def test_twenty_rows_of_options_are_a_population_of_twenty(tmp_path, capsys):
    from random import Random

    from invented import person as invented_person

    dice = Random(8)
    rows = [invented_person(dice, known=0.8) for _ in range(20)]
    names = sorted({column for row in rows for column in cells(row)})
    table = tmp_path / "twenty.csv"
    with table.open("w", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(cells(row) for row in rows)
    counted = {}
    for number, row in enumerate(rows):
        path = tmp_path / f"{number}.yaml"
        path.write_text(json.dumps(row))
        assert main(["rules", "options", str(path), "--on", "2026-12-01", "--json"]) == 0
        for each in json.loads(capsys.readouterr().out)["pathways"]:
            key = each["id"], each["verdict"]
            counted[key] = counted.get(key, 0) + 1
    assert (
        main(["rules", "population", str(table), "--from", "2026-12", "--months", "1", "--json"])
        == 0
    )
    for row in json.loads(capsys.readouterr().out):
        for verdict in ("yes", "no", "authority", "unknown"):
            assert row[verdict] == counted.get((row["pathway"], verdict), 0), row


def cells(row):
    """A person as the cells of a table."""
    found = {}
    for name, value in row.items():
        if isinstance(value, dict):
            found |= {f"{name}.{field}": one for field, one in value.items()}
            found.setdefault(f"{name}.region", "")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            fields = ("kind", "sponsor_in_tp_core")
            found |= {
                f"{name}.{field}": ";".join(text(one.get(field)) for one in value)
                for field in fields
            }
        elif isinstance(value, list):
            found[name] = ";".join(value) or "-"
        else:
            found[name] = text(value)
    return found


def text(value):
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_a_comparison_says_who_gains_what_when_and_why(crowd, capsys):
    words = [
        "rules",
        "compare",
        str(crowd),
        "--scenario",
        "adopted",
        "--scenario",
        "note",
        "--json",
    ]
    assert main(words) == 0
    found = json.loads(capsys.readouterr().out)
    gains = [
        each for each in found["changes"] if each["pathway"] == "tp" and each["kind"] == "gains"
    ]
    assert {each["month"] for each in gains} == {"2027-04"}
    assert {each["row"] for each in gains} == {1, 2}
    assert all(each["parameters"] == ["tp.valid_to"] and each["why"] for each in gains)


def test_the_audit_ends_well_and_shows_differences(capsys):
    pytest.importorskip("z3", reason="the extra audit is not installed")
    assert main(["rules", "audit", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {each["kind"] for each in found} == {"difference", "no_route"}
    assert all(each["sources"] for each in found if each["kind"] == "difference")


@pytest.mark.parametrize("word", ["options", "population", "compare", "audit", "parameters"])
def test_every_command_has_examples(word, capsys):
    with pytest.raises(SystemExit):
        main(["rules", word, "--help"])
    assert f"perron rules {word}" in capsys.readouterr().out


PACK = """\
from perron.rules.routes import Route, Rulebook
from perron.rules.terms import fact

insured = fact("health_insured").is_(True)
RULEBOOK = Rulebook("mine", (Route("mine", (insured.cite("in", "Art. 1"), (~insured).cite("out", "Art. 2"))),))
"""


@pytest.mark.parametrize(
    ("text", "ends", "said"),
    [
        (PACK, 1, "contradiction: mine in, out"),
        ("x = 1\n", 2, "rulebook.py:1:1: The file has no RULEBOOK"),
        ("x = 1\ndef\n", 2, "rulebook.py:2:1: The file fails when it is run: invalid syntax"),
        ("\n\nimport nothing_of_that_name\n", 2, "rulebook.py:3:1: The file fails when it is run: No module"),
        (None, 3, "rulebook.py: No such file"),
    ],
)  # fmt: skip
def test_rules_of_ones_own_are_audited_or_their_fault_is_named(text, ends, said, tmp_path, capsys):
    pytest.importorskip("z3", reason="the extra audit is not installed")
    if text is not None:
        (tmp_path / "rulebook.py").write_text(text)
    assert main(["rules", "audit", "--pack", str(tmp_path)]) == ends
    out, err = capsys.readouterr()
    assert said in (out if ends == 1 else err)


MINE = """\
id: mine
name: {en: Mine, nl: Mijn, fr: Mien, de: Mein, uk: Моє, ru: Моё}
based_on: adopted
status: proposed
source: Invented art. 1
mark: D
use_proposed: []
parameters:
- {key: tp.valid_to, value: 2029-03-04, unit: date, valid_from: 2022-03-04, valid_to: null,
   status: proposed, mark: D, source: Invented art. 1}
"""


def test_a_scenario_of_ones_own_is_a_file(crowd, person, tmp_path, capsys):
    mine = tmp_path / "mine.yaml"
    mine.write_text(MINE, "utf-8")
    words = ["rules", "compare", str(crowd), "--from", "2027-01", "--json"]
    assert main([*words, "--scenario", "adopted", "--scenario", str(mine)]) == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert {each["month"] for each in changes if each["pathway"] == "tp"} == {"2027-04"}
    asked = ["rules", "options", person, "--on", "2028-01-01", "--json"]
    until = []
    for scenario in ("adopted", str(mine)):
        assert main([*asked, "--scenario", scenario]) == 0
        until.append(json.loads(capsys.readouterr().out)["pathways"][0]["until"])
    assert until == [None, "2029-03-04"]


def test_the_options_are_answered_as_the_law_was_known_then(person, capsys):
    """The prolongation beyond 4 March 2026 is known since 15 July 2025; the day before, protection would have ended."""
    asked = ["rules", "options", person, "--on", "2026-04-01", "--json"]
    found = []
    for known in ([], ["--known-on", "2025-07-15"], ["--known-on", "2025-07-14"]):
        assert main([*asked, *known]) == 0
        answer = json.loads(capsys.readouterr().out)
        found.append((answer["known_on"], answer["pathways"][0]["verdict"]))
    assert found == [(None, "yes"), ("2025-07-15", "yes"), ("2025-07-14", "no")]
