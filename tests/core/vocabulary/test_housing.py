"""ETHOS Light: its categories, and counts that point at nobody."""

from hypothesis import given
from hypothesis import strategies as st

from perron.vocabulary.housing import (
    CATEGORY,
    LEAST,
    HousingCategory,
    LivingSituation,
    suppressed,
)

HOMELESS = list(CATEGORY)
OF = {each: [one for one in HOMELESS if CATEGORY[one] is each] for each in HousingCategory}


def test_six_categories_hold_twelve_living_situations_in_the_published_order():
    assert [len(OF[each]) for each in HousingCategory] == [1, 1, 4, 2, 3, 1]
    assert list(LivingSituation)[:12] == HOMELESS
    assert [CATEGORY[one] for one in HOMELESS] == [
        each for each in HousingCategory for _ in OF[each]
    ]


def test_a_home_and_an_unknown_answer_are_in_no_category():
    assert set(LivingSituation) - set(CATEGORY) == {
        LivingSituation.NOT_HOMELESS,
        LivingSituation.UNKNOWN,
    }


def test_a_small_count_is_not_said_and_cannot_be_had_from_the_total():
    rough, emergency, hostel = (
        HousingCategory.ROUGH,
        HousingCategory.EMERGENCY,
        HousingCategory.INSTITUTION,
    )
    assert suppressed({rough: 7, emergency: 0, hostel: 9}) == (
        {rough: 7, emergency: 0, hostel: 9},
        16,
    )
    assert suppressed({rough: 3, emergency: 0, hostel: 9}) == (
        {rough: None, emergency: 0, hostel: None},
        12,
    )
    assert suppressed({rough: 3, emergency: 0, hostel: 0}) == (
        {rough: None, emergency: 0, hostel: 0},
        None,
    )
    assert suppressed({rough: 1, emergency: 1, hostel: 0}) == (
        {rough: None, emergency: None, hostel: 0},
        None,
    )
    assert suppressed({rough: 4, emergency: 4, hostel: 8}) == (
        {rough: None, emergency: None, hostel: 8},
        16,
    )
    assert suppressed({}) == ({}, 0)


@given(st.dictionaries(st.sampled_from(LivingSituation), st.integers(0, 12)))
def test_whatever_is_counted_no_reader_learns_a_small_count(counts):
    cells, total = suppressed(counts)
    hidden = [counts[each] for each in counts if cells[each] is None]
    assert all(cells[each] in {None, counts[each]} for each in counts)
    assert not [each for each in counts if cells[each] is not None and 0 < counts[each] < LEAST]
    if total is not None and hidden:
        assert total == sum(counts.values())
        assert len(hidden) > 1
        assert sum(hidden) >= LEAST
