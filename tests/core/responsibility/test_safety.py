"""What is not known counts as danger: for every combination, a place is shown only where that is certainly safe."""

from hypothesis import given
from hypothesis import strategies as st

from perron.responsibility.safety import may_hold_link, may_know, may_leave, shows_place

MAYBE = st.sampled_from([True, False, None])
PEOPLE = st.frozensets(st.integers(1, 6))


@given(safe=MAYBE, tied=MAYBE)
def test_only_who_acts_for_somebody_in_safe_mode_looks(safe, tied):
    assert may_know(safe=safe, tied=tied) == (safe is False or tied is True)


@given(safe=MAYBE)
def test_a_paper_names_the_place_only_of_those_who_certainly_do_not_hide(safe):
    assert shows_place(safe=safe) == (safe is False)


@given(safe=MAYBE, along=MAYBE)
def test_a_child_that_goes_along_has_no_link_and_neither_has_one_of_whom_it_is_not_known(
    safe, along
):
    assert not may_hold_link(safe=safe, along=along) or safe is False or along is False
    assert not may_hold_link(safe=None, along=None)
    assert not may_hold_link(safe=True, along=True)


@given(going=PEOPLE, everybody=PEOPLE)
def test_somebody_goes_and_somebody_stays(going, everybody):
    allowed = bool(may_leave(going, everybody))
    assert allowed == (0 < len(going & everybody) == len(going) < len(everybody))
