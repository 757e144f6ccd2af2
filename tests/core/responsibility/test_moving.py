"""Nobody is brought together with somebody from whom they hide, or perhaps hide."""

from hypothesis import given
from hypothesis import strategies as st

from perron.responsibility.moving import may_join


@given(st.lists(st.sampled_from([True, False, None])))
def test_people_become_one_household_only_where_certainly_nobody_hides(hides):
    assert bool(may_join(hides)) == all(each is False for each in hides)
