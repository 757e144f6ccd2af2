"""A matrix is read whole, or refused with every fault and its place."""

from datetime import date

import pytest

from perron.messages.texts import say
from perron.responsibility.matrix import adopted
from perron.responsibility.reading import read_matrix
from perron.responsibility.rows import EVERYWHERE, Clock, Wait
from perron.vocabulary.errors import BadFile
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.verdicts import Mark, Source

ROW = (
    "  - {track: roof, step: roof.asked, from: 2022-03-04, organisation: fedasil,"
    " clock: {days: 1, source: s, mark: D}, next: [roof.own], source: t, mark: V"
)


def faults(text):
    with pytest.raises(BadFile) as raised:
        read_matrix(text, "m.yaml")
    found = raised.value.faults
    assert {fault.file for fault in found} == {"m.yaml"}
    assert all(say(fault.message, "en") for fault in found)
    return [(fault.line, fault.column, fault.message.key) for fault in found]


def row(more=""):
    return read_matrix(f"rows:\n{ROW}{more}}}\n", "m.yaml").rows[0]


def test_a_row_is_read_as_it_stands():
    found = row()
    assert (found.track, found.step, found.organisation) == (
        TrackKind.ROOF,
        Step.ROOF_ASKED,
        OrganisationKind.FEDASIL,
    )
    assert (found.start, found.end, found.regions) == (date(2022, 3, 4), None, EVERYWHERE)
    assert found.clock == Clock(1, working_days=False, source=Source("s", Mark.DERIVED))
    assert (found.next, found.source) == ((Step.ROOF_OWN,), Source("t", Mark.VERIFIED))
    assert (found.first, found.closing, found.resting, found.waits_for) == (False,) * 3 + ((),)


@pytest.mark.parametrize(
    ("written", "regions"),
    [
        ("[VLG, none]", (Region.FLANDERS, None)),
        ("BRU", (Region.BRUSSELS,)),
        ("none", (None,)),
        ("null", (None,)),
        ("[null, DG]", (None, Region.GERMAN_SPEAKING)),
    ],
)
def test_none_and_null_mean_no_municipality_yet(written, regions):
    assert row(f", region: {written}").regions == regions


def test_a_row_holds_from_its_first_day_up_to_the_day_it_no_longer_holds():
    found = row(", until: 2023-01-01, region: VLG")
    held = [
        found.holds(Region.FLANDERS, day)
        for day in (date(2022, 3, 3), date(2022, 3, 4), date(2022, 12, 31), date(2023, 1, 1))
    ]
    assert held == [False, True, True, False]
    assert not found.holds(None, date(2022, 3, 4))


def test_a_wait_names_its_step_and_its_source():
    found = row(", waits_for: [{step: support.running, source: law, mark: V}]")
    assert found.waits_for == (Wait(Step.SUPPORT_RUNNING, Source("law", Mark.VERIFIED)),)


def test_a_list_of_rows_is_a_matrix_too():
    assert read_matrix(f"{ROW}}}", "m.yaml").rows == (row(),)


def test_the_version_is_that_of_the_file():
    assert adopted().version == "2026-11-25"
    assert read_matrix(f"version: v2\nrows:\n{ROW}}}\n", "m.yaml").version == "v2"


@pytest.mark.parametrize(
    ("more", "at", "key"),
    [
        (", until: soon", "soon", "file.expected"),
        (", until: 2022-02-30", "2022-02-30", "file.expected"),
        (", until: 2022-03-04", "2022-03-04}", "file.ends_before_it_begins"),
        (", region: VLA", "VLA", "file.expected"),
        (", region: []", "[]", "file.empty_cell"),
        (", first: perhaps", "perhaps", "file.expected"),
        (", waits_for: [{step: roof.castle, source: s, mark: V}]", "roof.castle", "file.expected"),
        (", waits_for: [{source: s, mark: V}]", "{source: s, mark: V}", "file.missing_key"),
        (", waits_for: [{step: roof.own, source: s}]", "{step: roof.own", "file.missing_key"),
        (", waits_for: [support.running]", "support.running", "file.expected_mapping"),
        (", colour: blue", "blue", "file.unknown_key"),
        (", mark: P", "mark: P", "file.twice"),
    ],
)
def test_a_fault_is_named_with_its_place(more, at, key):
    line = f"{ROW}{more}}}"
    assert faults(f"rows:\n{line}\n") == [(2, line.rindex(at) + 1, key)]


@pytest.mark.parametrize(
    ("was", "becomes", "key"),
    [
        ("track: roof", "track: attic", "file.expected"),
        ("track: roof, ", "", "file.missing_key"),
        ("step: roof.asked", "step: roof.castle", "file.expected"),
        ("from: 2022-03-04", "from: yesterday", "file.expected"),
        ("organisation: fedasil", "organisation: nobody", "file.expected"),
        ("organisation: fedasil", "organisation: [fedasil, dvz]", "file.expected"),
        ("next: [roof.own]", "next: [roof.castle]", "file.expected"),
        ("days: 1", "days: one", "file.expected"),
        ("days: 1", "days: -1", "file.expected"),
        ("days: 1", "days: 1000000000", "file.expected"),
        ("days: 1, ", "", "file.missing_key"),
        ("clock: {days: 1, source: s, mark: D}", "clock: 5", "file.expected_mapping"),
        ("mark: D", "mark: Z", "file.expected"),
        (", mark: V", "", "file.missing_key"),
        (", source: t", "", "file.missing_key"),
        ("mark: D", "mark: D, hours: 3", "file.unknown_key"),
    ],
)
def test_a_word_that_is_not_known_is_a_fault(was, becomes, key):
    assert was in ROW
    assert [found for *_, found in faults(f"rows:\n{ROW.replace(was, becomes)}}}\n")] == [key]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(1, 1, "file.empty")]),
        ("# nothing\n", [(1, 1, "file.empty")]),
        ("rows: [", [(1, 8, "file.not_yaml")]),
        ("a: b: c", [(1, 5, "file.not_yaml")]),
        ("rows:\n  - x\n\ty", [(3, 1, "file.not_yaml")]),
        ("rows: [\x00]", [(1, 8, "file.not_yaml")]),
        ("[" * 1500, [(1, 1, "file.not_yaml")]),
        ("hello", [(1, 1, "file.expected_mapping")]),
        ("version: 1", [(1, 1, "file.missing_key")]),
        ("rows:\n  - hello", [(2, 5, "file.expected_mapping")]),
        ("row: []\nrows: []", [(1, 6, "file.unknown_key")]),
        ("? [a, b]\n: c\nrows: []", [(2, 3, "file.unknown_key")]),
        ("rows: []\nrows: []", [(2, 1, "file.twice")]),
    ],
)
def test_what_is_no_matrix_is_refused_with_a_place(text, found):
    assert faults(text) == found


def test_every_fault_is_named_at_once():
    text = (
        "rows:\n  - {track: attic, step: roof.asked, from: 2022-03-04}\n"
        "  - {track: roof, step: roof.castle, from: never, source: s, mark: V}\n"
    )
    assert [fault[:2] for fault in faults(text)] == [(2, 13), (3, 25), (3, 44)]
