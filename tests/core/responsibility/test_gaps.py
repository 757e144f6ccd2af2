"""The net: each way to be forgotten, on its first day and on the day before."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from day_by_day import on_the_day
from hypothesis import given
from hypothesis import strategies as st

from perron.responsibility.gaps import foreseen, gaps, slept
from perron.responsibility.net import GapKind, Situation
from perron.vocabulary.intervals import Interval
from perron.vocabulary.organisations import OrganisationId, OrganisationKind
from perron.vocabulary.people import HouseholdId, PersonId, Presence
from perron.vocabulary.tracks import Step, Track, TrackId, TrackKind
from perron.vocabulary.wording import message

FEDASIL = OrganisationId(1)
YES = datetime(2026, 11, 2, 9, tzinfo=UTC)


def november(day):
    return date(2026, 11, day)


def nights(start, end):
    return Interval(november(start), november(end) if end else None)


ROOF = Track(
    id=TrackId(1),
    person=PersonId(4),
    household=HouseholdId(7),
    kind=TrackKind.ROOF,
    step=Step.ROOF_ASKED,
    since=november(2),
    responsible=FEDASIL,
    responsible_kind=OrganisationKind.FEDASIL,
    taken_up_at=YES,
)
SUPPORT = replace(
    ROOF,
    id=TrackId(2),
    kind=TrackKind.SUPPORT,
    step=Step.SUPPORT_TO_ASK,
    responsible=OrganisationId(2),
    responsible_kind=OrganisationKind.OCMW,
)
AT_HOME = replace(ROOF, step=Step.ROOF_HOME)
IN_EMERGENCY = replace(ROOF, step=Step.ROOF_EMERGENCY)
ON_THEIR_OWN = replace(ROOF, step=Step.ROOF_OWN)


def standing(*tracks, booked=(), asked=None):
    return Situation(
        household=HouseholdId(7),
        person=PersonId(4),
        tracks=tracks,
        nights=booked,
        asked_roof_since=november(asked) if asked else None,
    )


def of(kind, situation, on):
    return [gap for gap in gaps(situation, on) if gap.kind is kind]


def one(kind, situation, on):
    found = of(kind, situation, on)
    assert len(found) < 2
    return found[0] if found else None


def test_a_line_that_nobody_took_up_is_a_gap_from_its_first_day():
    situation = standing(replace(SUPPORT, taken_up_at=None))
    assert of(GapKind.NOT_TAKEN_UP, situation, november(1)) == []
    (gap,) = of(GapKind.NOT_TAKEN_UP, situation, november(2))
    assert (gap.kind, gap.track, gap.since, gap.days_open) == (
        GapKind.NOT_TAKEN_UP,
        TrackKind.SUPPORT,
        november(2),
        0,
    )
    assert gap.responsible == OrganisationId(2)
    assert gap.message == message("gap.not_taken_up.support")
    assert of(GapKind.NOT_TAKEN_UP, situation, november(12))[0].days_open == 10


def test_a_line_that_was_taken_up_or_has_ended_is_no_gap():
    assert of(GapKind.NOT_TAKEN_UP, standing(SUPPORT), november(12)) == []
    ended = replace(SUPPORT, step=Step.SUPPORT_NOT_NEEDED, taken_up_at=None)
    assert of(GapKind.NOT_TAKEN_UP, standing(ended), november(12)) == []


def test_each_line_is_a_gap_of_its_own():
    found = of(
        GapKind.NOT_TAKEN_UP,
        standing(replace(ROOF, taken_up_at=None), replace(SUPPORT, taken_up_at=None)),
        november(3),
    )
    assert [gap.track for gap in found] == [TrackKind.ROOF, TrackKind.SUPPORT]


@pytest.mark.parametrize(
    ("booked", "open_since"),
    [
        ((), 2),
        ((nights(10, 11),), None),
        ((nights(9, 11),), None),
        ((nights(9, None),), None),
        ((nights(8, 10),), 10),
        ((nights(3, 6),), 6),
        ((nights(3, 6), nights(6, 8)), 8),
        ((nights(11, 14),), 2),
        ((nights(3, 6), nights(11, 14)), 6),
        ((nights(10, 10),), 2),
        ((nights(3, 6), nights(9, 9)), 6),
    ],
)
def test_an_open_roof_line_without_a_bed_tonight_is_a_gap_since_the_last_night(booked, open_since):
    gap = one(GapKind.NO_ROOF_TONIGHT, standing(ROOF, booked=booked), november(10))
    assert (gap and gap.since.day) == open_since
    if gap is not None:
        assert gap.days_open == 10 - open_since
        assert gap.message == message("gap.no_roof_tonight")
        assert gap.responsible == FEDASIL


def test_a_roof_that_was_asked_again_counts_from_then():
    asked = standing(ROOF, booked=(nights(3, 5),), asked=8)
    assert one(GapKind.NO_ROOF_TONIGHT, asked, november(10)).since == november(8)


def test_somebody_with_a_home_of_their_own_has_no_gap_until_they_ask():
    assert gaps(standing(ON_THEIR_OWN), november(10)) == ()
    asked = standing(ON_THEIR_OWN, asked=10)
    assert one(GapKind.NO_ROOF_TONIGHT, asked, november(9)) is None
    assert one(GapKind.NO_ROOF_TONIGHT, asked, november(10)).since == november(10)
    assert one(GapKind.NO_ROOF_TONIGHT, asked, november(12)).days_open == 2


def test_somebody_without_a_roof_line_who_asks_is_told_to_who_holds_another_line():
    asked = standing(SUPPORT, asked=9)
    assert one(GapKind.NO_ROOF_TONIGHT, standing(SUPPORT), november(10)) is None
    gap = one(GapKind.NO_ROOF_TONIGHT, asked, november(10))
    assert (gap.track, gap.responsible) == (TrackKind.SUPPORT, OrganisationId(2))


def test_a_household_without_any_line_has_no_gap_because_nobody_could_be_named():
    assert gaps(standing(), november(10)) == ()
    assert gaps(standing(booked=(nights(9, 11),)), november(10)) == ()
    assert gaps(standing(asked=9), november(10)) == ()


@pytest.mark.parametrize(
    ("roof", "end", "first_day"),
    [
        (IN_EMERGENCY, 20, 18),
        (AT_HOME, 20, 6),
        (ROOF, 20, 6),
        (replace(ROOF, step=Step.ROOF_HOME_PROPOSED), 20, 6),
    ],
)
def test_a_roof_that_ends_is_a_gap_so_many_nights_ahead(roof, end, first_day):
    situation = standing(roof, booked=(nights(1, end),))
    assert one(GapKind.ROOF_ENDS, situation, november(first_day - 1)) is None
    gap = one(GapKind.ROOF_ENDS, situation, november(first_day))
    assert (gap.since, gap.days_open) == (november(first_day), 0)
    assert gap.message == message("gap.roof_ends", end=november(end))
    assert one(GapKind.ROOF_ENDS, situation, november(end - 1)).days_open == end - 1 - first_day
    assert one(GapKind.ROOF_ENDS, situation, november(end)) is None


@pytest.mark.parametrize(
    "booked",
    [
        (nights(9, None),),
        (nights(9, 12), nights(12, None)),
        (nights(9, 12), nights(12, 28)),
        (nights(9, 12), nights(11, 28)),
    ],
)
def test_a_roof_with_a_next_one_is_no_gap(booked):
    assert one(GapKind.ROOF_ENDS, standing(AT_HOME, booked=booked), november(10)) is None


def test_a_night_missing_between_two_beds_is_where_the_roof_ends():
    situation = standing(IN_EMERGENCY, booked=(nights(9, 12), nights(13, None)))
    assert one(GapKind.ROOF_ENDS, situation, november(10)).message == message(
        "gap.roof_ends", end=november(12)
    )


def test_a_roof_that_ends_in_a_home_of_their_own_is_no_gap():
    assert (
        one(GapKind.ROOF_ENDS, standing(ON_THEIR_OWN, booked=(nights(9, 11),)), november(10))
        is None
    )


def test_the_oldest_gap_comes_first():
    forgotten = replace(SUPPORT, taken_up_at=None, since=november(8))
    found = gaps(standing(replace(ROOF, taken_up_at=None), forgotten), november(10))
    assert [(gap.since.day, gap.kind) for gap in found] == [
        (2, GapKind.NO_ROOF_TONIGHT),
        (2, GapKind.NOT_TAKEN_UP),
        (8, GapKind.NOT_TAKEN_UP),
    ]


STAYS = st.lists(
    st.tuples(st.integers(1, 20), st.one_of(st.none(), st.integers(0, 9))).map(
        lambda stay: Interval(
            november(stay[0]),
            None if stay[1] is None else november(stay[0]) + timedelta(days=stay[1]),
        )
    ),
    max_size=4,
).map(tuple)
ROOFS = st.sampled_from([ROOF, IN_EMERGENCY, AT_HOME])


@given(ROOFS, STAYS, st.integers(2, 28).map(november))
def test_an_open_roof_line_has_a_bed_tonight_or_a_gap(roof, booked, on):
    slept = any(on in stay for stay in booked)
    gap = one(GapKind.NO_ROOF_TONIGHT, standing(roof, booked=booked), on)
    assert (gap is None) == slept
    if gap is not None:
        day = gap.since
        while day <= on:
            assert not any(day in stay for stay in booked)
            day += timedelta(days=1)


@given(STAYS, st.integers(2, 28).map(november))
def test_the_first_morning_without_a_next_bed_is_found_night_by_night(booked, on):
    day = on
    while any(day in stay for stay in booked) and day < date(2027, 6, 1):
        day += timedelta(days=1)
    known = None if day in {on, date(2027, 6, 1)} else day
    here = [end for start, end in slept(booked) if start <= on and (end is None or on < end)]
    assert (here[0] if here else None) == known


@given(ROOFS, STAYS, st.integers(2, 28).map(november))
def test_no_gap_begins_in_the_future(roof, booked, on):
    for gap in gaps(standing(replace(roof, taken_up_at=None), SUPPORT, booked=booked), on):
        assert gap.since <= on
        assert gap.days_open == (on - gap.since).days


def kinds(situation, day):
    return [gap.kind for gap in gaps(situation, day)]


INQUIRY = replace(SUPPORT, step=Step.SUPPORT_INQUIRY)


def test_a_holder_in_which_nobody_can_sign_in_is_no_holder():
    manned = standing(INQUIRY)
    unmanned = replace(manned, unmanned=frozenset({OrganisationId(2)}))
    assert kinds(manned, november(3)) == []
    assert kinds(unmanned, november(3)) == [GapKind.HOLDER_WITHOUT_USER]
    assert kinds(replace(unmanned, unmanned=frozenset({FEDASIL})), november(3)) == []
    assert kinds(unmanned, november(1)) == []


def test_a_line_on_which_nothing_is_done_for_thirty_days_is_a_gap_and_an_act_of_its_holder_closes_it():
    idle = standing(INQUIRY)
    assert kinds(idle, date(2026, 12, 1)) == []
    (gap,) = gaps(idle, date(2026, 12, 2))
    assert (gap.kind, gap.since, gap.message) == (
        GapKind.NOTHING_DONE,
        date(2026, 12, 2),
        message("gap.nothing_done", days=30),
    )
    by_holder = replace(idle, acts=((OrganisationId(2), november(20)),))
    by_another = replace(idle, acts=((FEDASIL, november(20)),))
    assert kinds(by_holder, date(2026, 12, 19)) == []
    assert kinds(by_holder, date(2026, 12, 20)) == [GapKind.NOTHING_DONE]
    assert kinds(by_another, date(2026, 12, 2)) == [GapKind.NOTHING_DONE]


def test_a_clock_that_runs_is_waited_for_and_a_line_at_rest_needs_no_act():
    waiting = standing(replace(INQUIRY, due_on=date(2027, 1, 10)))
    assert kinds(waiting, date(2027, 1, 10)) == []
    assert kinds(waiting, date(2027, 1, 11)) == [GapKind.NOTHING_DONE]
    resting = standing(AT_HOME, booked=[nights(2, None)])
    assert kinds(resting, date(2027, 11, 2)) == []


def test_who_is_in_an_emergency_bed_is_not_left_for_ten_days():
    there = standing(IN_EMERGENCY, booked=[nights(2, None)])
    assert kinds(there, november(11)) == []
    assert kinds(there, november(12)) == [GapKind.NOTHING_DONE]


def test_a_promise_is_a_gap_from_the_day_after_and_of_who_promised():
    promised = replace(standing(INQUIRY), promises=((FEDASIL, november(6)),))
    assert kinds(promised, november(6)) == []
    (gap,) = gaps(promised, november(7))
    assert (gap.kind, gap.since, gap.responsible) == (GapKind.PROMISE_BROKEN, november(7), FEDASIL)


def test_an_answer_that_is_late_is_a_gap_of_the_giver_who_still_holds_the_baton():
    offered = replace(standing(INQUIRY), offers=((TrackKind.SUPPORT, november(6)),))
    assert kinds(offered, november(6)) == []
    (gap,) = gaps(offered, november(7))
    assert (gap.kind, gap.responsible) == (GapKind.HANDOVER_OVERDUE, OrganisationId(2))
    assert gap.message == message("gap.handover_overdue", due=november(6))


@pytest.mark.parametrize("presence", [Presence.LEFT, Presence.DIED, Presence.UNTRACEABLE])
def test_who_is_gone_is_in_no_gap(presence):
    situation = standing(replace(ROOF, taken_up_at=None), asked=2)
    assert len(gaps(situation, november(10))) == 2
    assert gaps(replace(situation, presence=presence), november(10)) == ()


def test_who_is_abroad_needs_no_bed_tonight_and_is_looked_for_when_the_day_has_passed():
    abroad = replace(standing(AT_HOME, SUPPORT), presence=Presence.ABROAD, back_on=november(12))
    assert gaps(abroad, november(12)) == ()
    (gap,) = gaps(abroad, november(14))
    assert (gap.kind, gap.track, gap.since, gap.days_open, gap.responsible) == (
        GapKind.SHOULD_BE_BACK, TrackKind.ROOF, november(12), 2, FEDASIL,
    )  # fmt: skip
    assert gap.message == message("gap.should_be_back", day=november(12))
    assert (
        one(GapKind.SHOULD_BE_BACK, replace(abroad, presence=Presence.HERE), november(14)) is None
    )
    assert (
        one(GapKind.SHOULD_BE_BACK, replace(abroad, tracks=(ON_THEIR_OWN,)), november(14)) is None
    )


def test_who_sleeps_in_a_place_that_was_withdrawn_is_a_gap_of_the_holder_of_the_roof():
    there = replace(
        standing(AT_HOME, SUPPORT, booked=[nights(2, None)]),
        withdrawn=((nights(2, None), november(12)),),
    )
    assert kinds(there, november(11)) == []
    (gap,) = gaps(there, november(14))
    assert (gap.kind, gap.track, gap.since, gap.days_open, gap.responsible) == (
        GapKind.PLACE_WITHDRAWN, TrackKind.ROOF, november(12), 2, FEDASIL,
    )  # fmt: skip
    assert gap.message == message("gap.place_withdrawn", day=november(12))
    gone = replace(there, withdrawn=((nights(2, 14), november(12)),))
    assert GapKind.PLACE_WITHDRAWN not in kinds(gone, november(14))


def test_a_kept_bed_that_ends_while_somebody_is_abroad_is_said():
    abroad = replace(
        standing(AT_HOME, booked=(nights(2, 20),)), presence=Presence.ABROAD, back_on=november(25)
    )
    assert [gap.kind for gap in gaps(abroad, november(10))] == [GapKind.ROOF_ENDS]


DAYS = st.integers(1, 28).map(november)
STEPS = st.sampled_from([ROOF, IN_EMERGENCY, AT_HOME, ON_THEIR_OWN, SUPPORT, INQUIRY])
LINES = st.lists(
    st.builds(
        lambda line, since, taken_up, due: replace(
            line, since=since, taken_up_at=taken_up, due_on=due
        ),
        STEPS,
        DAYS,
        st.none() | DAYS.map(lambda day: datetime(day.year, day.month, day.day, 9, tzinfo=UTC)),
        st.none() | DAYS,
    ),
    max_size=3,
    unique_by=lambda line: line.kind,
).map(tuple)
HOLDERS = st.sampled_from([FEDASIL, OrganisationId(2), OrganisationId(3)])


def apart(booked):
    """Stays of which no two share a night: nobody has two beds."""
    kept = []
    for each in booked:
        if not any(each.overlaps(other) for other in kept):
            kept.append(each)
    return tuple(kept)


BEDS = STAYS.map(apart)
ANYBODY = st.builds(
    Situation,
    household=st.just(HouseholdId(7)),
    person=st.just(PersonId(4)),
    tracks=LINES,
    nights=BEDS,
    asked_roof_since=st.none() | DAYS,
    unmanned=st.frozensets(HOLDERS),
    acts=st.lists(st.tuples(HOLDERS, DAYS), max_size=3).map(tuple),
    promises=st.lists(st.tuples(HOLDERS, DAYS), max_size=2).map(tuple),
    offers=st.lists(st.tuples(st.sampled_from([TrackKind.ROOF, TrackKind.SUPPORT]), DAYS), max_size=2).map(tuple),
    withdrawn=st.lists(st.tuples(BEDS, DAYS), max_size=1).map(
        lambda found: tuple((stay, day) for stays, day in found for stay in stays)
    ),
    presence=st.sampled_from(list(Presence)),
    back_on=st.none() | DAYS,
)  # fmt: skip


@given(ANYBODY, DAYS, st.integers(0, 60), st.booleans())
def test_what_is_foreseen_once_is_what_each_later_day_finds(somebody, first, later, early):
    first = max([first, *(track.since for track in somebody.tracks)])
    kept = foreseen(somebody, first)
    on = first + timedelta(days=later)
    night = on - timedelta(days=1) if early else on
    asked = somebody.asked_roof_since
    known = replace(somebody, asked_roof_since=asked if asked and asked <= night else None)
    expected = on_the_day(known, on, night)
    assert {gap.at(on) for gap in kept if gap.is_open(on, night)} == expected
    assert set(gaps(somebody, on, night)) == expected
