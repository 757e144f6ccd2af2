"""Who may act for a child: three values, for every combination of who is named, when, and on which paper."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from perron.responsibility.representation import (
    in_force,
    may_act,
    may_name,
    may_part,
    may_receive,
    missing,
    must_say_who,
    speaks,
)
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.representation import Representation, RepresentationKind, Represented
from perron.vocabulary.verdicts import Mark, Verdict

ON = date(2026, 11, 25)
K = RepresentationKind
ADULTS = st.frozensets(st.integers(1, 4))
SMALL, BIG = PartialDate(2017), PartialDate(1990)
DAYS = st.integers(-3, 3).map(lambda days: ON + timedelta(days=days))


@st.composite
def named(draw):
    rows = []
    for number in range(draw(st.integers(0, 4))):
        start = draw(DAYS)
        rows.append(
            Representation(
                id=number,
                kind=draw(st.sampled_from(K)),
                start=start,
                end=draw(st.none() | DAYS.filter(lambda day, start=start: day >= start)),
                holder=draw(st.none() | st.integers(1, 4)),
                of_age=draw(st.sampled_from([True, False, None])),
                paper=draw(st.booleans()),
            )
        )
    return tuple(rows)


CHILDREN = st.builds(Represented, st.just(9), st.just(SMALL), named())
ANYBODY = st.builds(Represented, st.just(9), st.sampled_from([SMALL, BIG, None]), named())
WHO = st.frozensets(st.integers(0, 4))


def a_row(kind, number=0, **more):
    return Representation(number, kind, ON, **{"of_age": True, **more})


def of(*rows, born=SMALL):
    return Represented(9, born, rows)


@given(child=ANYBODY, who=WHO)
def test_an_adult_needs_nobody_and_of_unknown_age_nothing_is_certain(child, who):
    assert may_act(replace(child, born=BIG), who, ON) is Verdict.NO
    assert may_act(replace(child, born=None), who, ON) is Verdict.UNKNOWN
    assert missing(replace(child, born=BIG), (), ON) == ()
    assert not must_say_who([replace(child, born=None), replace(child, born=BIG)], (), ON)


@given(child=CHILDREN, who=WHO)
def test_nobody_named_is_unknown_and_never_a_no(child, who):
    if not in_force(child, ON):
        assert may_act(child, who, ON) is Verdict.UNKNOWN
        assert "representation.nobody_named" in {
            each.message.key for each in missing(child, (1,), ON)
        }


@given(child=CHILDREN, who=WHO)
def test_only_who_is_named_for_that_day_counts(child, who):
    today = replace(child, named=in_force(child, ON))
    assert may_act(child, who, ON) is may_act(today, who, ON)
    assert may_receive(child, 0, ON).allowed == may_receive(today, 0, ON).allowed


@given(child=ANYBODY, who=WHO)
def test_forgetting_a_paper_or_an_age_never_makes_certain(child, who):
    before = may_act(child, who, ON)
    for place, row in enumerate(child.named):
        for less in (replace(row, paper=False), replace(row, of_age=None)):
            rows = (*child.named[:place], less, *child.named[place + 1 :])
            after = may_act(replace(child, named=rows), who, ON)
            assert after in {before, Verdict.UNKNOWN}


@given(child=CHILDREN, who=WHO, more=WHO)
def test_one_more_who_agrees_never_makes_it_less(child, who, more):
    order = (Verdict.NO, Verdict.UNKNOWN, Verdict.YES)
    assert order.index(may_act(child, who | more, ON)) >= order.index(may_act(child, who, ON))


def test_each_quality_by_itself():
    asked = {(kind, paper): may_act(of(a_row(kind, paper=paper)), {0}, ON)
             for kind in K for paper in (True, False)}  # fmt: skip
    sure = {key for key, verdict in asked.items() if verdict is Verdict.YES}
    assert sure == {(K.PARENT, True), (K.PARENT, False), (K.PARENT_ALONE, True),
                    (K.GUARDIAN, True), (K.COURT, True)}  # fmt: skip
    assert set(asked.values()) == {Verdict.YES, Verdict.UNKNOWN}


def test_parents_together_act_when_both_do():
    child = of(a_row(K.PARENTS_TOGETHER, 0), a_row(K.PARENTS_TOGETHER, 1))
    assert may_act(child, {0}, ON) is Verdict.NO
    assert may_act(child, {0, 1}, ON) is Verdict.YES
    assert may_receive(child, 0, ON)


def test_a_paper_for_one_parent_alone_is_a_no_for_the_other_and_a_word_is_not():
    for paper, verdict in ((True, Verdict.NO), (False, Verdict.UNKNOWN)):
        child = of(a_row(K.PARENT, 0), a_row(K.PARENT_ALONE, 1, paper=paper))
        assert may_act(child, {0}, ON) is verdict
        assert bool(may_receive(child, 0, ON)) is not paper
        assert "representation.read_the_papers" in {
            each.message.key for each in missing(child, (1,), ON)
        }


@given(child=CHILDREN, adults=ADULTS)
def test_a_desk_says_who_consented_exactly_where_nobody_there_speaks_for_a_child(child, adults):
    assert must_say_who([child], adults, ON) == (not speaks(child, adults, ON))
    assert must_say_who([child], (), ON)
    if not in_force(child, ON):
        assert speaks(child, adults, ON) == bool(adults)


@given(child=CHILDREN, before=ADULTS, after=ADULTS)
def test_a_child_parts_from_who_speaks_for_it_only_by_a_decision(child, before, after):
    parts = may_part([child], before, after, ON)
    assert parts == (not speaks(child, before, ON) or speaks(child, after, ON))


def test_a_child_alone_needs_a_guardian_and_the_report_says_so():
    first, *_ = missing(of(), (), ON)
    assert (first.message.key, first.source.mark) == (
        "representation.no_guardian", Mark.VERIFIED,
    )  # fmt: skip
    assert "representation.no_guardian" not in {
        each.message.key
        for each in (*missing(of(), (1,), ON), *missing(of(a_row(K.GUARDIAN)), (), ON))
    }


def test_nobody_is_named_for_an_adult_and_somebody_may_be_of_unknown_age():
    assert not may_name(of(born=BIG), ON)
    assert may_name(of(born=None), ON)
    assert may_name(of(), ON)
    assert not may_receive(of(a_row(K.PARENT), born=BIG), 0, ON)
    assert may_receive(of(born=BIG), None, ON)
