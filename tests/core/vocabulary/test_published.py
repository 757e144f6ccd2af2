"""What is published adds up, and so many people are shared by it without losing one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perron.vocabulary.published import (
    arrivals,
    certificates,
    months,
    of_year,
    published,
    region_shares,
    removed_until,
    shared,
    towns,
)
from perron.vocabulary.territory import Region, municipalities

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("year", "total"), [(2022, 63_356), (2023, 15_626), (2024, 13_277), (2025, 8_756)]
)
def test_the_months_of_a_year_make_its_total(year, total):
    found = certificates(TODAY)
    of_it = [value for month, value in found.items() if month.first.year == year]
    assert sum(of_it) == pytest.approx(total)
    assert min(of_it) > 0


def test_until_january_2026_they_make_the_published_sum():
    assert sum(certificates(date(2026, 1, 31)).values()) == pytest.approx(101_536)


def test_a_month_that_has_only_begun_counts_for_its_days():
    month = list(months(TODAY))[-1]
    assert certificates(TODAY)[month] == pytest.approx(521 * 26 / 30)


@given(
    st.integers(0, 10_000),
    st.dictionaries(st.integers(), st.floats(0.001, 1000), min_size=1, max_size=60),
)
def test_nobody_is_lost_when_people_are_shared(total, weights):
    found = shared(total, weights)
    assert sum(found.values()) == total
    whole = sum(weights.values())
    assert all(abs(found[key] - total * weight / whole) < 1 for key, weight in weights.items())


@pytest.mark.parametrize("people", [1, 300, 100_000])
def test_so_many_people_arrive(people):
    assert sum(arrivals(people, TODAY).values()) == people


def test_the_refused_are_so_many_of_the_decisions():
    found = arrivals(1_000_000, TODAY)
    for year in (2022, 2025):
        many = {
            refused: sum(
                value for (month, said), value in found.items()
                if said is refused and month.first.year == year
            )
            for refused in (True, False)
        }  # fmt: skip
        share = 100 * many[True] / sum(many.values())
        assert share == pytest.approx(of_year("refusals", year), abs=0.05)


def test_removals_pass_through_what_is_published():
    assert removed_until(date(2023, 9, 30)) == 11_066
    assert removed_until(date(2024, 10, 31)) == 17_374
    assert removed_until(date(2023, 1, 1)) < 11_066 < removed_until(date(2024, 1, 1)) < 17_374
    assert removed_until(date(2025, 10, 31)) == pytest.approx(17_374 + 12 * 485, rel=0.001)


def test_every_region_and_every_municipality_has_its_share():
    assert sum(region_shares().values()) == pytest.approx(99)
    counted = [town for region in Region for town in towns(region)[0]]
    assert sorted(town.nis for town in counted) == sorted(town.nis for town in municipalities())


def rows(content):
    if isinstance(content, dict) and {"value", "beds", "a_month"} & set(content):
        yield content
    elif isinstance(content, dict):
        for each in content.values():
            yield from rows(each)
    elif isinstance(content, list):
        for each in content:
            yield from rows(each)


def test_each_figure_says_where_it_comes_from():
    for table, content in published().items():
        bare = [row for row in rows(content) if not row.get("source") or not row.get("mark")]
        assert bare == [], table
