"""The track of return, what outlasts the right, and that nobody completes five years under protection."""

from datetime import date

import pytest
from routes_of_the_law import ROUTES, RULEBOOK

from perron.messages.texts import say
from perron.rules.belgium.filing import described
from perron.rules.belgium.returning import (
    last_right,
    return_track,
    school_interrupted,
    studies_interrupted,
)
from perron.rules.belgium.stays import years_on
from perron.rules.columns import people
from perron.rules.earliest import EarliestKind, earliest
from perron.rules.facts import stated
from perron.rules.law import parameter, protection_end
from perron.rules.moments import Moment
from perron.rules.population import months, tallies
from perron.rules.routes import Route, Rulebook
from perron.vocabulary.intervals import add_months

ON = date(2026, 11, 25)
FIRST = {"stay_periods": [{"title": "tp", "from": "2022-03-10", "to": "-", "card": "A"}]}
FIVE_YEARS = Route(
    "five_years", (years_on("tp", "tp_family").cite("unlimited_stay.protected", "note B2", "D"),)
)


def test_a_visit_to_look_around_has_no_rule_and_says_so():
    track = return_track({"return_choice_informed": True, "is_uam": False}, Moment(ON))
    assert track.going_back.verdict == "yes"
    assert [each.value for each in track.visit] == [None, None, None]
    assert {each.source.mark for each in track.visit} == {"U"}
    assert all(say(each.message, "uk") != say(each.message, "en") for each in track.visit)


def test_a_child_alone_goes_back_only_after_an_examination():
    known = {"return_choice_informed": True, "is_uam": True}
    assert (
        return_track({**known, "uam_return_exam_done": False}, Moment(ON)).going_back.verdict
        == "no"
    )
    assert return_track(known, Moment(ON)).going_back.missing == ("uam_return_exam_done",)


def test_staying_on_after_the_end_is_unknown_because_of_the_law():
    known = {"tp_certificate_on": "2022-03-20", "tp_state": "granted", "unfit_to_travel": True}
    found = return_track(known, Moment(date(2027, 3, 5))).staying_on
    assert (found.verdict, found.unknown_because) == ("unknown", "law")
    assert found.law_missing == ("tpd22_23.rule_in_force_from",)


@pytest.mark.parametrize(
    ("scenario", "end", "until", "days"),
    [
        ("adopted", date(2027, 3, 4), date(2027, 6, 30), 118),
        ("prolonged-2028", date(2028, 3, 4), date(2028, 6, 30), 118),
    ],
)
def test_the_right_of_a_pupil_ends_118_days_before_the_school_year(scenario, end, until, days):
    found = school_interrupted(Moment(ON, scenario))
    assert (found.ends, found.goes_on_until, found.days) == (end, until, days)


def test_studies_that_end_with_the_right_are_not_interrupted():
    end = last_right(Moment(ON))
    assert studies_interrupted(end, Moment(ON)) is None
    assert studies_interrupted(date(2027, 3, 5), Moment(ON)).days == 1
    assert studies_interrupted(date(2028, 6, 30), Moment(ON)).days == 484


def test_as_adopted_nobody_completes_five_years_under_protection_six_days_short():
    first = parameter("tp.first_certificate_on", ON).value
    assert (add_months(first, 60) - protection_end(ON).value).days == 6
    assert earliest(FIVE_YEARS, stated(FIRST), Moment(ON)).kind is EarliestKind.NEVER
    assert described()["tp"]["unlimited_after"] is None


def test_only_a_prolongation_completes_them_first_on_10_march_2027():
    for scenario in ("prolonged-2028", "note"):
        assert earliest(FIVE_YEARS, stated(FIRST), Moment(ON, scenario)).day == date(2027, 3, 10)
    converted = earliest(ROUTES["unlimited_stay"], stated(FIRST), Moment(ON, "note"))
    assert converted.day == date(2027, 3, 10)
    assert earliest(ROUTES["unlimited_stay"], stated(FIRST), Moment(ON)).kind is EarliestKind.NEVER


def test_a_whole_caseload_of_certificates_reaches_five_years_in_no_month_as_adopted():
    rows = [
        {"stay_periods": [{"title": "tp", "from": day.isoformat(), "to": "-", "card": "A"}]}
        for day in (date(2022, 3, 10), *months(date(2022, 4, 1), 40))
    ]
    days = months(date(2026, 11, 1), 24)
    for scenario, reached in (("adopted", 0), ("prolonged-2028", 13)):
        found = tallies(
            Rulebook(RULEBOOK.version, (FIVE_YEARS,)), people(rows), days, Moment(ON, scenario)
        )
        assert max(each.yes for each in found) == reached
