from datetime import date

import pytest

from perron.rules.law import parameter, protection_end, series
from perron.vocabulary.errors import LawNotModelled, NotFound
from perron.vocabulary.intervals import add_months
from perron.vocabulary.verdicts import LawStatus

TODAY = date(2026, 11, 25)


def test_every_value_has_a_source_a_mark_and_a_status():
    rows = [row for key in series()[0].values() for row in key]
    assert len(rows) == 208
    assert [row.key for row in rows if not row.source.text] == []
    assert [row.key for row in rows if row.value is None and row.status is LawStatus.ADOPTED] == []


def test_nobody_completes_five_years_under_temporary_protection_six_days_short():
    first = parameter("tp.first_certificate_on", TODAY).value
    five_years = add_months(first, 60)
    assert five_years == date(2027, 3, 10)
    assert (five_years - protection_end(TODAY).value).days == 6


@pytest.mark.parametrize(
    ("on", "end"),
    [
        (date(2022, 3, 4), date(2023, 3, 4)),
        (date(2023, 3, 4), date(2023, 3, 4)),
        (date(2023, 3, 5), date(2024, 3, 4)),
        (date(2027, 3, 4), date(2027, 3, 4)),
        (date(2027, 3, 5), date(2027, 3, 4)),
    ],
)
def test_each_period_counts_through_its_last_day(on, end):
    assert parameter("tp.valid_to", on).value == end


def test_what_was_known_in_june_2025_is_answered_as_of_then():
    known = parameter("tp.valid_to", date(2027, 1, 1), known_on=date(2025, 6, 1))
    assert known.value == date(2026, 3, 4)


def test_a_day_before_the_law_is_an_error():
    with pytest.raises(LawNotModelled):
        parameter("tp.valid_to", date(2022, 3, 3))


def test_an_amount_is_never_carried_past_the_years_that_were_seen():
    assert parameter("fee.student", date(2024, 12, 31)).value == 237
    assert parameter("fee.student", date(2025, 1, 1)).value is None


def test_a_key_or_a_scenario_that_does_not_exist_is_named():
    with pytest.raises(NotFound):
        parameter("fee.unicorn", TODAY)
    with pytest.raises(NotFound):
        protection_end(TODAY, "unicorn")
