"""The reference says what the code says."""

import re
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import diagram
import parity_manual
import pytest
import reference
from cases_manual import capital, cases_of

from perron.messages.texts import say
from perron.responsibility.matrix import adopted
from perron.rules.audit import differences
from perron.rules.belgium.filing import described
from perron.rules.belgium.moves import subjects
from perron.rules.belgium.rulebook import belgium
from perron.rules.expressions import Cited, children
from perron.rules.facts import declared, facts
from perron.rules.law import KNOWN_UNTIL, called, overlay_content, series
from perron.rules.moments import Moment
from perron.vocabulary.tracks import TrackKind
from perron.vocabulary.wording import message


@cache
def made():
    """The pages, made once."""
    return reference.pages()


def test_every_page_of_the_reference_is_as_the_code_says():
    stale = [page.name for page, text in made().items() if page.read_text("utf-8") != text]
    assert stale == []


def test_the_reference_names_every_command_and_step():
    pages = {page.name: text for page, text in made().items()}
    for command in ("perron serve", "perron demo", "perron day", "perron gaps", "perron user"):
        assert f"## {command}" in pages["commands.md"]
    assert "| protection.refused |" in pages["matrix.md"]


def test_the_manual_of_the_law_is_written_in_words():
    """A lawyer who never saw Python reads it: no name of a fact, a field, a code or a dated value, no True or False."""
    manual = next(text for page, text in made().items() if page.name == "rules.md")
    fields = {name for fact in facts().values() for name in fact.fields}
    codes = {
        code
        for fact in facts().values()
        for each in (fact, *fact.fields.values())
        for code in each.values
    }
    names = {*facts(), *fields, *codes, *(route.id for route in belgium(safe_return=True).routes)}
    coded = {name for name in names if "_" in name} | {"True", "False", "EUR", "VLG", "WAL", "BRU"}
    told = re.sub(r"belgium\.md [^\];|]*", "", manual)
    words = set(re.findall(r"\w+", told))
    assert coded & words == set()
    assert (
        re.findall(r"^- Term, .*: (?:the law has no term|not known), from .*", manual, re.MULTILINE)
        == []
    )
    assert [key for key in series()[0] if f"`{key}`" in manual] == []


def cited(expr):
    """Every condition in an expression that has a sentence and a source of its own."""
    found = [expr] if isinstance(expr, Cited) else []
    parts = children(expr.part if isinstance(expr, Cited) else expr)
    return found + [one for each in parts for one in cited(each)]


@pytest.mark.parametrize("route", belgium(safe_return=True).routes, ids=lambda route: route.id)
def test_the_manual_shows_every_case_and_every_condition_of_a_route_with_its_source(route):
    manual = next(text for page, text in made().items() if page.name == "rules.md")
    name = described()[route.id]["name"]["en"]
    _, _, rest = manual.partition(f"\n## {name}\n")
    told, *_ = rest.partition("\n## ")
    cases = cases_of(route.id)
    assert cases
    for case in cases:
        assert re.search(rf"^\| {re.escape(capital(case['case']))}", told, re.MULTILINE), case[
            "name"
        ]
    if route.id == "tp":
        return  # shown as the table by which it is decided
    discretion = () if route.discretion is None else (route.discretion,)
    conditions = [one for each in (*route.conditions, *discretion) for one in cited(each)]
    assert conditions
    for each in conditions:
        assert f"{say(message(f'rule.{each.label}'), 'en')}" in told, each.label
        assert f"{each.source.text} [{each.source.mark}]" in told, each.label
        said = f"{say(message(f'rule.{each.label}'), 'en')} *(only in a scenario: never met as adopted)*"
        assert (said in told) == each.source.text.startswith("note "), each.label


def test_the_manual_of_the_single_permit_says_where_no_wage_is_known_and_both_terms_of_appeal():
    manual = next(text for page, text in made().items() if page.name == "rules.md")
    told = manual.partition("\n## Single permit (employee)\n")[2].partition("\n## ")[0]
    wage = next(line for line in told.splitlines() if line.startswith("2. The gross wage"))
    highly_skilled, young, *_ = wage.split("; lowest wage, ")
    missing = "Brussels, German-speaking Community, Flanders"
    assert f"not known for 2026 in {missing} (the answer there is unknown" in highly_skilled
    assert f"not known for 2026 in {missing}, Wallonia (the answer there is unknown" in young
    assert (
        "of the regional appeal is not known, that at the Council is 30 days from notice [M+"
        in told
    )


def test_the_manual_has_words_for_every_fact_and_dated_value_and_shows_each_mark():
    assert [name for name, row in declared().items() if not row.get("called")] == []
    assert set(called()) == set(series()[0])
    assert len(set(called().values())) == len(called())
    manual = next(text for page, text in made().items() if page.name == "parameters.md")
    for key, rows in series()[0].items():
        _, _, part = manual.partition(f"`{key}`")
        table = part.split("\n## ")[0]
        assert [
            row for row in rows if f"| {row.source.mark} | {row.source.text} |" not in table
        ] == []


def test_the_manual_shows_each_difference_between_people_alike_with_its_condition_and_source():
    manual = next(text for page, text in made().items() if page.name == "parity.md")
    at = Moment(KNOWN_UNTIL)
    found = list(differences(tuple(belgium(safe_return=True).on(at.on)), at))
    assert {one.route for one in found} == {"tp", "tp_family"}
    for one in found:
        start = f"| {parity_manual.THINGS[one.conditions[0]]} | {described()[one.route]['name']['en']} |"
        rows = [line for line in manual.splitlines() if line.startswith(start)]
        assert rows
        proposed = {source for source in one.sources if "proposal" in source}
        assert {source for source in one.sources if any(source in row for row in rows)} == {
            *one.sources
        } - proposed


def test_the_manual_compares_every_subject_in_each_region_and_names_whom_the_note_does_not_reach():
    manual = next(text for page, text in made().items() if page.name == "parity.md")
    for subject in subjects():
        assert say(message(f"right.{subject}"), "en") in manual
    for region in ("Flanders", "Brussels", "Wallonia"):
        row = (
            f"| Civic integration course, {region} | A right, no duty [V] | Refugee | A duty [M-] |"
        )
        assert row in manual
    _, _, told = manual.partition("## What the note would extend")
    titles = [line for line in told.splitlines() if line.startswith("| ")][1:]
    assert len(titles) == len(overlay_content("note")["equal_extension"]["titles"]) + 1
    assert [line for line in titles if not line.endswith("| yes |")] == [
        "| Asylum seeker | no | no |"
    ]


def test_each_line_has_one_drawing_that_says_all_its_stations_and_ways_in_words():
    pages = made()
    drawings = {page.stem: text for page, text in pages.items() if page.suffix == ".svg"}
    assert set(drawings) == set(TrackKind)
    assert set(reference.LINES.iterdir()) <= set(pages)
    manual = pages[reference.REFERENCE / "matrix.md"]
    for kind, drawing in drawings.items():
        root = ET.fromstring(drawing)
        line = diagram.stations(adopted().rows, TrackKind(kind))
        words = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
        assert {station.name for station in line} <= words
        assert {station.said for station in line if station.said} <= words
        (said,) = root.iter("{http://www.w3.org/2000/svg}desc")
        assert len(list(diagram.twin(line))) == len(line)
        for words_of in diagram.twin(line):
            assert words_of in manual
            assert words_of.removeprefix("- ").replace("**", "") in str(said.text)
        arrows = [path for path in root.iter() if path.get("stroke-linejoin")]
        assert len(arrows) == sum(len(station.next) for station in line)
        assert f"](lines/{kind}.svg)" in manual
