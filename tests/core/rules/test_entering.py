"""What a law desk enters is read whole, or refused with every fault named; and lies over the files on its days."""

from datetime import date

import pytest

from perron.messages.texts import texts
from perron.rules.belgium.rulebook import belgium
from perron.rules.earliest import earliest
from perron.rules.entering import LEVELS, Entered, enterable, read, unit_of
from perron.rules.evaluate import answers
from perron.rules.facts import stated
from perron.rules.law import UNCHANGED, Changes, parameter, protection_end, series
from perron.rules.moments import Moment
from perron.vocabulary.verdicts import LawStatus, Mark, Verdict

TODAY = date(2026, 11, 25)
TYPED = {
    "key": "tp.valid_to", "value": "2028-03-04", "valid_from": "2027-03-05", "valid_to": "2028-03-04",
    "takes_effect_on": "2026-12-01", "status": "adopted", "mark": "V",
    "act": "Council Implementing Decision (EU) 2026/9999", "article": "art. 1", "published_on": "2026-11-25",
}  # fmt: skip


def entered(**other) -> Entered:
    found, faults = read(TYPED | other, TODAY)
    assert faults == {}
    return found


def faults_of(pending=(), **other):
    found, faults = read(TYPED | other, TODAY, pending)
    assert (found is None) == bool(faults)
    return {name: said.key.removeprefix("entering.") for name, said in faults.items()}


def test_what_is_whole_is_read_with_its_source():
    found = entered()
    assert (found.value, found.status, found.mark) == (date(2028, 3, 4), LawStatus.ADOPTED, Mark.VERIFIED)  # fmt: skip
    row = found.as_parameter(TODAY)
    assert row.source.text == "Council Implementing Decision (EU) 2026/9999, art. 1 (25-11-2026)"
    assert row.known_since == date(2026, 12, 1)
    assert found.as_parameter(date(2026, 12, 9)).known_since == date(2026, 12, 9)


@pytest.mark.parametrize(
    ("other", "faults"),
    [
        ({"key": ""}, {"key": "no_parameter"}),
        ({"key": "tp.valid_too"}, {"key": "unknown_parameter"}),
        ({"key": "keeping.reads", "value": "1"}, {"key": "no_law"}),
        ({"value": ""}, {"value": "value_missing"}),
        ({"value": "unknown"}, {"value": "end_unknown"}),
        ({"value": "soon"}, {"value": "wrong_kind.day"}),
        ({"value": "9999-12-31"}, {"value": "wrong_kind.day"}),
        ({"key": "tp_m.counts", "value": "maybe"}, {"value": "wrong_kind.truth"}),
        ({"key": "ltr.years", "value": "4.5"}, {"value": "wrong_kind.whole"}),
        ({"key": "ltr.years", "value": "99999"}, {"value": "wrong_kind.whole"}),
        ({"key": "fee.student", "value": "-1"}, {"value": "wrong_kind.amount"}),
        ({"key": "fee.student", "value": "nan"}, {"value": "wrong_kind.amount"}),
        ({"key": "nationality.language_level", "value": "A3"}, {"value": "wrong_kind.level"}),
        ({"valid_from": ""}, {"valid_from": "day_missing"}),
        ({"valid_from": "2022-03-03"}, {"valid_from": "before_the_law"}),
        ({"valid_from": "5 March 2027"}, {"valid_from": "no_day"}),
        ({"valid_to": "2027-03-04"}, {"valid_to": "ends_before_it_begins"}),
        ({"valid_to": "9999-12-31"}, {"valid_to": "too_late"}),
        ({"takes_effect_on": "2026-11-24"}, {"takes_effect_on": "effect_in_the_past"}),
        ({"takes_effect_on": "2020-01-01"}, {"takes_effect_on": "before_the_law"}),
        ({"status": "proposed"}, {"status": "no_status"}),
        ({"mark": ""}, {"mark": "no_mark"}),
        ({"mark": "U"}, {"mark": "no_mark"}),
        ({"act": ""}, {"act": "mark_without_source"}),
        ({"act": "", "mark": ""}, {"act": "no_source", "mark": "no_mark"}),
        ({"act": "x" * 201}, {"act": "too_long"}),
        ({"article": " "}, {"article": "no_article"}),
        ({"published_on": "2026-11-26"}, {"published_on": "not_published_yet"}),
        ({"region": "VLG"}, {"region": "has_no_regions"}),
        ({"region": "Utopia"}, {"region": "no_region"}),
    ],
)  # fmt: skip
def test_each_fault_is_named(other, faults):
    assert faults_of(**other) == faults
    assert all(f"entering.{each}" in texts() for each in faults.values())


def test_all_faults_are_named_at_once():
    empty = faults_of(**dict.fromkeys(TYPED, ""))
    assert set(empty) == set(TYPED) - {"valid_to"}


def test_a_value_that_differs_by_region_needs_one():
    key = next(k for k, rows in series()[0].items() if all(row.region for row in rows))
    assert faults_of(key=key, value="1") == {"region": "region_missing"}


def test_another_change_of_the_same_days_that_waits_is_a_fault():
    waiting = [entered()]
    assert faults_of(waiting, valid_from="2028-03-04") == {"key": "overlaps_pending"}
    assert faults_of(waiting, valid_from="2028-03-05", valid_to="") == {}
    assert faults_of(waiting, key="tp_m.counts", value="yes") == {}


def law(*changes):
    return Changes(tuple(each.as_parameter(TODAY) for each in changes))


def test_a_change_lies_over_the_files_on_its_days_alone():
    over = law(entered())
    days = [date(2027, 3, 4), date(2027, 3, 5), date(2028, 3, 4), date(2028, 3, 5)]
    assert [parameter("tp.valid_to", day, changes=over).value for day in days] == [
        date(2027, 3, 4), date(2028, 3, 4), date(2028, 3, 4), date(2028, 3, 4),
    ]  # fmt: skip
    assert protection_end(TODAY, changes=over).value == date(2028, 3, 4)
    assert protection_end(TODAY).value == date(2027, 3, 4)


def test_a_later_change_lies_over_an_earlier_one_and_a_scenario_over_both():
    over = law(entered(), entered(value="2027-09-04"))
    assert protection_end(TODAY, changes=over).value == date(2027, 9, 4)
    assert protection_end(TODAY, "prolonged-2028", over).value == date(2028, 3, 4)


def test_it_was_not_known_before_its_day():
    moment = Moment(date(2027, 6, 1), changes=law(entered()), known_on=date(2026, 11, 30))
    assert moment.value("tp.valid_to") == date(2027, 3, 4)
    assert Moment(date(2027, 6, 1), changes=law(entered())).value("tp.valid_to") == date(2028, 3, 4)


@pytest.mark.parametrize(
    "word", ["unknown", "Onbekend", "inconnu", "unbekannt", "невідомо", "НЕИЗВЕСТНО"]
)
def test_not_known_is_entered_in_any_language_and_holds_from_its_day(word):
    found = entered(key="ltr.years", value=word, valid_from="2027-01-01", valid_to="")
    moment = Moment(date(2027, 1, 1), changes=law(found))
    assert (found.value, moment.row("ltr.years").value) == (None, None)
    assert moment.row("ltr.years").source.text.startswith(TYPED["act"])
    assert Moment(date(2026, 12, 31), changes=moment.changes).value("ltr.years") == 5


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_smallest_and_the_largest_values_and_none_leave_every_route_answered(place):
    ends = {"date": ("1900-01-01", "2100-12-31"), "bool": ("no", "yes"), "CEFR": (LEVELS[0], LEVELS[-1]),
            "share": ("0", "1"), "years": ("0", "150"), "months": ("0", "1800")}  # fmt: skip
    said = {
        "nationality": ["UA"], "birth_date": "1990-05-01", "tp_state": "granted", "tp_certificate_on": "2022-03-20",
        "stay_periods": [{"title": "tp", "from": "2022-03-20", "to": "-"}],
    }  # fmt: skip
    changes = [
        entered(
            key=key, value=(*ends.get(unit_of(key), ("0", "100")), "unknown")[place], valid_from="2022-03-04",
            valid_to="", region="" if any(row.region is None for row in series()[0][key]) else "VLG",
        )
        for key in enterable()
        if place < 2 or key != "tp.valid_to"
    ]  # fmt: skip
    moment = Moment(date(2027, 6, 1), changes=law(*changes))
    assert {each.verdict for each in answers(belgium(), said, moment)} <= set(Verdict)
    routes = belgium().on(moment.on)
    assert all(earliest(route, stated(said), moment).kind for route in routes)


def test_no_change_is_the_law_of_the_files():
    assert Moment(TODAY).changes is UNCHANGED
