"""The reference says what the code says."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import diagram
import reference

from perron.responsibility.matrix import adopted
from perron.vocabulary.tracks import TrackKind


def test_every_page_of_the_reference_is_as_the_code_says():
    stale = [
        page.name for page, text in reference.pages().items() if page.read_text("utf-8") != text
    ]
    assert stale == []


def test_the_reference_names_every_command_and_step():
    pages = {page.name: text for page, text in reference.pages().items()}
    for command in ("perron serve", "perron demo", "perron day", "perron gaps", "perron user"):
        assert f"## {command}" in pages["commands.md"]
    assert "| protection.refused |" in pages["matrix.md"]


def test_each_line_has_one_drawing_that_says_all_its_stations_and_ways_in_words():
    pages = reference.pages()
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
