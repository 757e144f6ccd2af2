"""By when what must be done, by the rules of the day on which a file is lodged."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from perron.messages.texts import texts
from perron.rules.belgium.clocks import (
    WHAT,
    clocks,
    oldest_first,
    procedures,
    steps,
    too_old,
    waiting_group,
)
from perron.rules.belgium.filing import described, filing
from perron.rules.law import Changes, parameter
from perron.rules.moments import Moment
from perron.vocabulary.errors import NotFound

BEFORE, SINCE = date(2026, 6, 11), date(2026, 6, 12)


def by_what(found):
    return {each.what: each for each in found}


def test_asylum_lodged_before_the_pact_has_six_months_and_a_cap_of_twenty_one():
    found = by_what(clocks("international_protection", Moment(BEFORE)))
    assert (found["decision"].amount, found["decision"].until) == (6, date(2026, 12, 11))
    assert (found["cap"].amount, found["cap"].until) == (21, date(2028, 3, 11))


def test_asylum_lodged_under_the_pact_has_terms_that_nobody_has_seen():
    (decision,) = clocks("international_protection", Moment(SINCE))
    assert (decision.amount, decision.until, decision.source.mark) == (None, None, "U")
    assert filing("international_protection", Moment(BEFORE)).deadline_days == 183
    assert filing("international_protection", Moment(SINCE)).deadline_days is None


def test_the_cap_follows_the_day_of_lodging_not_the_day_that_is_asked():
    lodged = date(2025, 1, 31)
    assert too_old(lodged, date(2026, 10, 31)) is False
    assert too_old(lodged, date(2026, 11, 1)) is True
    assert too_old(SINCE, SINCE + timedelta(days=3000)) is None


@pytest.mark.parametrize(
    ("on", "group"),
    [
        (date(2025, 7, 31), 0), (date(2025, 8, 1), 1), (date(2026, 4, 30), 1), (date(2026, 5, 1), 2),
        (date(2026, 10, 31), 2), (date(2026, 11, 1), 3),
    ],
)  # fmt: skip
def test_pending_files_are_grouped_by_age_the_last_day_included(on, group):
    assert waiting_group(date(2025, 1, 31), on) == group


def test_the_oldest_file_comes_first():
    files = {"b": date(2024, 5, 1), "a": date(2024, 5, 1), "c": date(2022, 3, 1)}
    assert list(oldest_first(files, date(2026, 11, 25))) == [("c", 56), ("a", 30), ("b", 30)]


def test_work_files_have_fifteen_days_four_months_and_eight_working_days_without_the_holidays():
    found = by_what(clocks("single_permit", Moment(date(2026, 10, 31))))
    assert found["complete"].until == date(2026, 11, 15)
    assert found["decision"].until == date(2027, 2, 28)
    assert (found["annex_46"].amount, found["annex_46"].unit) == (8, "working_days")
    assert found["annex_46"].until == date(2026, 11, 12)


def test_the_first_visit_to_the_municipality_is_late_after_three_months():
    (visit,) = [
        each
        for each in steps("municipality", Moment(date(2026, 8, 25)))
        if each.what == "first_visit"
    ]
    assert visit.until == date(2026, 11, 25)
    assert by_what(clocks("tp", Moment(date(2026, 8, 25))))["decision"].until is None


def test_a_term_follows_the_law_in_force_also_where_the_law_desk_changed_it():
    row = parameter("asylum.max_months", BEFORE)
    longer = Moment(BEFORE, changes=Changes((replace(row, value=24),)))
    found = by_what(clocks("international_protection", longer))
    assert (found["cap"].amount, found["cap"].until) == (24, date(2028, 6, 11))


def test_that_the_law_has_no_term_is_not_the_same_as_that_it_is_not_known():
    on = date(2026, 11, 25)
    none = {each for each in described() if filing(each, Moment(on)).no_term}
    assert none == {"humanitarian_9bis", "medical_9ter"}
    assert by_what(clocks("humanitarian_9bis", Moment(on)))["decision"].no_term
    (unknown,) = clocks("unlimited_stay", Moment(on))
    assert (unknown.amount, unknown.no_term, unknown.source.mark) == (None, False, "U")


def test_steps_of_asylum_have_two_sets_of_rules():
    assert by_what(steps("asylum", Moment(BEFORE)))["lodging"].amount == 10
    assert by_what(steps("asylum", Moment(SINCE)))["lodging"].amount is None


def test_every_term_has_a_sentence_a_source_and_a_mark():
    named = {row["what"] for about in described().values() for row in about["deadlines"]} - {"none"}
    assert named == set(WHAT)
    for what in {*WHAT.values(), *(row["what"] for row in procedures())}:
        assert f"clock.{what}" in texts()
    for day in (BEFORE, SINCE):
        for route in described():
            assert all(each.source.text and each.source.mark for each in clocks(route, Moment(day)))


def test_a_route_that_does_not_exist_is_named():
    with pytest.raises(NotFound):
        clocks("citizenship", Moment(SINCE))
