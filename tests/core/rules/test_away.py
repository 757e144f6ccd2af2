"""If somebody is away: each condition on absences without it and with it; nothing is surer than what is known."""

from datetime import date

import pytest

from perron.rules.belgium.away import RULES, away
from perron.rules.entering import Entered
from perron.rules.law import UNCHANGED, Changes
from perron.rules.moments import Moment
from perron.vocabulary.verdicts import LawStatus, Mark

LEFT = date(2027, 1, 10)
KNOWN = {"absences": []}


def told(facts, left, back, title="tp", changes=UNCHANGED):
    found = away(facts, title, left, back, changes)
    return {
        (each.route, each.message.key.rpartition(".")[2]): (each.before, each.after)
        for each in found.counted
    }


@pytest.mark.parametrize(
    ("back", "ltr", "nationality"),
    [
        (date(2027, 7, 9), True, True),
        (date(2027, 7, 10), False, True),
        (date(2027, 7, 11), False, False),
    ],
)
def test_six_months_are_too_long_for_the_one_and_just_enough_for_the_other(back, ltr, nationality):
    found = told(KNOWN, LEFT, back)
    assert found["ltr_eu", "absence_longest"] == (True, ltr)
    assert found["nationality", "absence_longest"] == (True, nationality)


def test_absences_are_added_up_to_ten_months_and_to_one_fifth():
    earlier = [{"left_on": "2025-01-01", "back_on": "2025-05-31", "reason": "work"},
               {"left_on": "2026-01-01", "back_on": "2026-05-01", "reason": "visit_ukraine"}]  # fmt: skip
    short, long = (told({"absences": earlier}, LEFT, date(2027, 2, day)) for day in (8, 12))
    assert short["ltr_eu", "absence_total"] == (True, True)
    assert long["ltr_eu", "absence_total"] == (True, True)
    more = told({"absences": earlier}, LEFT, date(2027, 3, 1))
    assert more["ltr_eu", "absence_total"] == (True, False)
    assert more["nationality", "absence_total"] == (True, True)


def test_where_earlier_absences_are_not_known_a_condition_is_broken_for_sure_or_not_known():
    weeks, months = told({}, LEFT, date(2027, 1, 24)), told({}, LEFT, date(2027, 12, 1))
    assert set(weeks.values()) == {(None, None)}
    assert months["ltr_eu", "absence_longest"] == (None, False)
    assert months["ltr_eu", "absence_total"] == (None, False)
    partly = told({"absences": [{"left_on": "2026-03"}]}, LEFT, date(2027, 1, 24))
    assert set(partly.values()) == {(None, None)}


def test_a_longer_absence_that_a_law_desk_approved_counts():
    longer = Entered(
        "ltr.absence_longest_below_months", None, 12, date(2026, 1, 1), None, date(2026, 11, 25),
        LawStatus.ADOPTED, Mark.VERIFIED, "Act", "15bis", date(2026, 11, 1),
    )  # fmt: skip
    changes = Changes((longer.as_parameter(date(2026, 11, 25)),))
    found = told(KNOWN, LEFT, date(2027, 8, 10), changes=changes)
    assert found["ltr_eu", "absence_longest"] == (True, True)
    assert told(KNOWN, LEFT, date(2027, 8, 10))["ltr_eu", "absence_longest"] == (True, False)


def test_days_of_departure_and_return_are_days_in_belgium():
    assert away(KNOWN, "tp", LEFT, date(2027, 1, 24)).days == 13
    assert away(KNOWN, "tp", LEFT, LEFT).days == 0


def test_under_temporary_protection_no_longest_absence_no_right_and_no_way_back_is_known():
    found = away(KNOWN, "tp", LEFT, date(2027, 1, 24))
    assert (found.own, found.of_title.key) == (None, "right.unknown")
    assert [each.message.key for each in found.visit] == [
        "visit.rights_kept", "visit.longest_absence", "visit.way_back",
    ]  # fmt: skip
    assert all(each.value is None and each.source.mark is Mark.UNKNOWN for each in found.visit)
    assert all(each.source.text for each in found.visit)


def test_another_title_says_what_is_written_of_it_and_an_unknown_one_nothing():
    permit = away(KNOWN, "single_permit", LEFT, date(2027, 1, 24))
    assert permit.of_title.key == "right.absence.year_with_notice"
    assert (permit.own.source.text, permit.visit) == ("belgium.md §2.9", ())
    assert away(KNOWN, None, LEFT, LEFT).of_title.key == "right.unknown"


def test_every_condition_rests_on_a_value_of_the_law_with_source_and_mark():
    found = away(KNOWN, "tp", LEFT, date(2027, 1, 24))
    for rule, each in zip(RULES, found.counted, strict=True):
        assert each.source == Moment(found.back).row(rule.key).source
        assert each.source.mark in {Mark.VERIFIED, Mark.PRESS}
