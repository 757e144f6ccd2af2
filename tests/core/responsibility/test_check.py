"""The proof of the matrix: the one of Perron holds, and each planted fault is refused by its own name."""

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from perron.messages.texts import say, texts
from perron.responsibility.check import NO_CLOCK, counter_examples
from perron.responsibility.matrix import adopted
from perron.responsibility.reading import read_matrix
from perron.responsibility.rows import EVERYWHERE, FIRST_DAY, Matrix
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import Step, TrackKind

ROWS = adopted().rows
VLG = Region.FLANDERS
WAIT = {"source": "planted", "mark": "D"}


def records():
    """The rows of the matrix of Perron, as its file has them, free to be spoilt."""
    text = files("perron.responsibility").joinpath("matrices", "2026-11.yaml").read_text("utf-8")
    return yaml.safe_load(text)["rows"]


def of(rows, step, region=None):
    return next(
        row for row in rows if row["step"] == step and (not region or region in row["region"])
    )


def found(rows, tmp_path):
    """Plant the rows in a file, read and check it; for each counter-example what it says."""
    path = tmp_path / "planted.yaml"
    path.write_text(yaml.safe_dump({"rows": rows}), encoding="utf-8")
    examples = counter_examples(read_matrix(path.read_text("utf-8"), str(path)))
    assert [example.size for example in examples] == sorted(example.size for example in examples)
    return [
        (example.message.key.removeprefix("matrix."), example.step, say(example.message, "en"))
        for example in examples
    ]


def test_the_matrix_of_perron_has_no_hole():
    assert counter_examples(adopted()) == ()


def test_every_station_of_every_line_is_in_it():
    assert {row.step for row in ROWS} == set(Step)
    assert {row.track for row in ROWS} == set(TrackKind)


def test_every_reason_for_no_clock_can_be_said():
    known = {key.removeprefix("clock.none.") for key in texts() if key.startswith("clock.none.")}
    assert known == NO_CLOCK


def test_two_organisations_for_one_step_are_refused(tmp_path):
    rows = records()
    second = dict(of(rows, "roof.home_proposed", "VLG"), organisation="region")
    second["from"] = date(2024, 1, 1)
    assert found([*rows, second], tmp_path) == [
        (
            "two_organisations",
            Step.ROOF_HOME_PROPOSED,
            "roof.home_proposed in VLG on 1 January 2024: municipality and region are responsible",
        )
    ]


def test_a_step_without_an_organisation_is_refused(tmp_path):
    rows = records()
    of(rows, "support.inquiry", "WAL")["region"] = ["VLG", "BRU", "DG"]
    assert found(rows, tmp_path) == [
        (
            "no_organisation",
            Step.SUPPORT_INQUIRY,
            "support.inquiry in WAL on 4 March 2022: nobody is responsible",
        )
    ]


def test_an_organisation_that_is_left_blank_is_nobody(tmp_path):
    rows = records()
    of(rows, "roof.emergency")["organisation"] = None
    assert found(rows, tmp_path) == [
        (
            "no_organisation",
            Step.ROOF_EMERGENCY,
            "roof.emergency in VLG on 4 March 2022: nobody is responsible",
        )
    ]


def test_a_step_without_a_clock_is_refused(tmp_path):
    rows = records()
    del of(rows, "municipality.annex_15", "DG")["clock"]
    assert found(rows, tmp_path) == [
        (
            "no_clock",
            Step.MUNICIPALITY_ANNEX_15,
            "municipality.annex_15 in VLG on 4 March 2022: no clock, and no reason why there is none",
        )
    ]


def test_a_dead_end_is_refused(tmp_path):
    rows = records()
    of(rows, "protection.refused")["next"] = ["protection.appealed"]
    of(rows, "protection.appealed")["next"] = ["protection.refused"]
    assert found(rows, tmp_path) == [
        (
            "no_way_out",
            Step.PROTECTION_REFUSED,
            "protection.refused in VLG on 4 March 2022: no way leads to the end or to a rest",
        ),
        (
            "no_way_out",
            Step.PROTECTION_APPEALED,
            "protection.appealed in VLG on 4 March 2022: no way leads to the end or to a rest",
        ),
    ]


def test_a_step_that_nothing_follows_is_refused(tmp_path):
    rows = records()
    of(rows, "support.refused", "BRU")["next"] = []
    assert found(rows, tmp_path) == [
        (
            "blind_step",
            Step.SUPPORT_REFUSED,
            "support.refused in VLG on 4 March 2022: nothing follows it",
        )
    ]


def test_a_roof_that_waits_for_protection_is_refused(tmp_path):
    rows = records()
    of(rows, "roof.emergency")["waits_for"] = [{"step": "protection.granted", **WAIT}]
    assert found(rows, tmp_path) == [
        (
            "roof_waits",
            Step.ROOF_EMERGENCY,
            (
                "roof.emergency waits for protection: roof.emergency → protection.granted."
                " A roof waits for nothing"
            ),
        )
    ]


def test_a_roof_that_waits_for_protection_over_two_other_lines_is_refused(tmp_path):
    rows = records()
    of(rows, "roof.home_proposed", "VLG")["waits_for"] = [{"step": "support.running", **WAIT}]
    ((kind, step, said),) = found(rows, tmp_path)
    assert (kind, step) == ("roof_waits", Step.ROOF_HOME_PROPOSED)
    assert (
        "roof.home_proposed → support.running → support.inquiry → support.to_ask"
        " → municipality.to_declare → protection.granted"
    ) in said


def test_a_roof_may_wait_for_what_does_not_hang_on_protection(tmp_path):
    rows = [dict(row, waits_for=None) for row in records()]
    of(rows, "roof.home_proposed", "VLG")["waits_for"] = [{"step": "municipality.card", **WAIT}]
    assert found(rows, tmp_path) == []


def test_lines_that_wait_for_each_other_are_refused(tmp_path):
    rows = records()
    of(rows, "protection.granted")["waits_for"] = [{"step": "municipality.card", **WAIT}]
    kinds = found(rows, tmp_path)
    assert [item[:2] for item in kinds] == [
        ("circular_wait", Step.PROTECTION_GRANTED),
        ("circular_wait", Step.MUNICIPALITY_TO_DECLARE),
    ]
    assert kinds[0][2].startswith("protection.granted waits for itself: protection.granted → munic")


def test_a_step_that_waits_for_itself_is_the_smallest_circle(tmp_path):
    rows = records()
    of(rows, "support.inquiry", "BRU")["waits_for"] = [{"step": "support.inquiry", **WAIT}]
    assert found(rows, tmp_path)[0][2] == (
        "support.inquiry waits for itself: support.inquiry → support.inquiry"
    )


def spoilt(step, **change):
    """The matrix with every row of a step changed."""
    return Matrix("x", tuple(replace(row, **change) if row.step is step else row for row in ROWS))


@pytest.mark.parametrize(
    ("matrix", "kind", "step"),
    [
        (spoilt(Step.ROOF_HOME, next=()), "blind_step", Step.ROOF_HOME),
        (spoilt(Step.ROOF_HOME, closing=True), "closing_goes_on", Step.ROOF_HOME),
        (spoilt(Step.ROOF_HOME, next=(Step.SUPPORT_INQUIRY,)), "foreign_next", Step.ROOF_HOME),
        (spoilt(Step.ROOF_HOME, track=TrackKind.SUPPORT), "foreign_step", Step.ROOF_HOME),
        (spoilt(Step.ROOF_HOME, no_clock="because"), "unexplained_clock", Step.ROOF_HOME),
        (spoilt(Step.ROOF_ASKED, first=False), "no_first_step", None),
        (spoilt(Step.ROOF_HOME, first=True), "two_first_steps", None),
        (
            spoilt(Step.ROOF_HOME, organisation=OrganisationKind.MUNICIPALITY),
            "no_desk",
            Step.ROOF_HOME,
        ),
        (spoilt(Step.ROOF_HOME, organisation=OrganisationKind.NGO), "no_desk", Step.ROOF_HOME),
        (Matrix("x", (*ROWS, ROWS[1])), "two_rows", Step.ROOF_EMERGENCY),
    ],
)
def test_each_kind_of_fault_has_its_own_name(matrix, kind, step):
    examples = counter_examples(matrix)
    named = {(example.message.key.removeprefix("matrix."), example.step) for example in examples}
    assert (kind, step) in named
    assert all(say(example.message, "en") for example in examples)


def without(rows, step):
    """Rows that never lead to the step."""
    return tuple(replace(row, next=tuple(to for to in row.next if to is not step)) for row in rows)


def test_a_step_to_which_no_way_leads_is_refused():
    (example,) = counter_examples(Matrix("x", without(ROWS, Step.PROTECTION_APPEALED)))
    assert example.message.key == "matrix.never_reached"
    assert example.step is Step.PROTECTION_APPEALED


def test_a_wait_for_a_step_where_no_line_comes_is_refused():
    rows = tuple(row for row in ROWS if row.track is not TrackKind.PROTECTION)
    kinds = {example.message.key for example in counter_examples(Matrix("x", rows))}
    assert kinds == {"matrix.waits_for_nothing", "matrix.no_first_step"}


def test_an_empty_matrix_has_no_line_to_open():
    examples = counter_examples(Matrix("x", ()))
    assert [example.message.key for example in examples] == ["matrix.no_first_step"] * 4
    assert {(example.region, example.on) for example in examples} == {(VLG, FIRST_DAY)}


def test_a_step_on_which_people_may_still_stand_needs_somebody_after_its_last_day():
    last = date(2026, 7, 1)
    old = tuple(row if row.end else replace(row, end=last) for row in ROWS)
    gone = without((row for row in ROWS if not row.end), Step.ROOF_EMERGENCY)
    new = (replace(row, start=last) for row in gone if row.step is not Step.ROOF_EMERGENCY)
    (example,) = counter_examples(Matrix("x", (*old, *new)))
    assert (example.message.key, example.on) == ("matrix.no_organisation", last)


def test_a_step_that_begins_later_needs_nobody_before():
    begin = date(2026, 7, 1)
    before = (row for row in ROWS if row.step is not Step.ROOF_EMERGENCY and row.end is None)
    old = tuple(replace(row, end=begin) for row in without(before, Step.ROOF_EMERGENCY))
    new = tuple(replace(row, start=begin) for row in ROWS if row.end is None)
    ended = tuple(row for row in ROWS if row.end is not None)
    assert counter_examples(Matrix("x", (*old, *new, *ended))) == ()


def test_the_way_to_a_fault_is_the_shortest_one():
    (example,) = counter_examples(spoilt(Step.SUPPORT_RUNNING, clock=None, no_clock=""))
    assert example.way == (Step.SUPPORT_TO_ASK, Step.SUPPORT_INQUIRY, Step.SUPPORT_RUNNING)
    assert (example.region, example.on) == (VLG, FIRST_DAY)


@given(st.sampled_from(ROWS))
def test_no_row_can_be_left_out(row):
    examples = counter_examples(Matrix("x", tuple(other for other in ROWS if other is not row)))
    assert examples
    assert examples[0].track is row.track
    assert examples[0].region in row.regions
    assert row.holds(examples[0].region, examples[0].on)


@given(st.sampled_from(ROWS), st.sampled_from(EVERYWHERE), st.sampled_from(OrganisationKind))
@settings(max_examples=50)
def test_no_row_can_be_said_twice(row, region, organisation):
    twice = replace(row, regions=(region,), organisation=organisation)
    examples = counter_examples(Matrix("x", (*ROWS, twice)))
    assert examples[0].step is row.step
    assert examples[0].region is region
    assert examples[0].message.key in {"matrix.two_organisations", "matrix.two_rows"}


@given(st.permutations([row for row in ROWS if row.step is not Step.ROOF_EMERGENCY]))
@settings(max_examples=20)
def test_the_order_of_the_rows_does_not_matter(rows):
    in_order = tuple(row for row in ROWS if row.step is not Step.ROOF_EMERGENCY)
    expected = [example.message for example in counter_examples(Matrix("x", in_order))]
    found = [example.message for example in counter_examples(Matrix("x", tuple(rows)))]
    assert found == expected
