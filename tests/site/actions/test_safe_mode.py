"""Safe mode: from the moment it is set, nobody finds her through the other side."""

import pytest
from builders import (
    GENT,
    MECHELEN,
    NOW,
    a_household,
    a_site,
    dispatcher,
    town,
    tracks_of,
)

from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.tracks import TrackKind
from perron_site.actions.handovers import accept_handover, offer_handover
from perron_site.actions.links import give_link
from perron_site.actions.safety import end_safe_mode, set_safe_mode
from perron_site.queries import arrivals
from perron_site.queries.household import household as page
from perron_site.queries.my_line import link_holder, my_line
from perron_site.queries.organisations import organisation
from perron_site.records import models
from perron_site.records.context import as_organisation
from perron_site.records.safety import goes_along, safe_among

pytestmark = pytest.mark.django_db


def members(household):
    rows = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    return tuple(rows.order_by("person_id").values_list("person_id", flat=True))


@pytest.fixture
def family():
    a_site()
    return a_household(by=town(), size=4)


def hide(family, **more):
    she, _, child, _ = members(family)
    return set_safe_mode(dispatcher(), person_id=she, children=(child,), why="She was hit", **more)


def test_she_and_the_child_are_a_household_of_their_own_and_the_other_file_says_nothing(family):
    lines = models.Journal.objects.filter(household=family).count()
    new = hide(family)
    assert len(members(new)) == len(members(family)) == 2
    assert models.Journal.objects.filter(household=family).count() == lines
    assert "Olena" not in str(page(family, dispatcher()))


def test_who_only_read_along_no_longer_finds_her_and_the_search_answers_as_for_nobody(family):
    assert arrivals.search(town(), "olena")
    new = hide(family)
    assert arrivals.search(town(), "olena") == arrivals.search(town(), "zzzz") == ()
    with pytest.raises(NotFound):
        page(new, town())


def test_links_that_somebody_may_hold_stop_and_the_child_gets_none(family):
    she, _, child, _ = members(family)
    old = give_link(dispatcher(), person_id=she)
    hide(family)
    with pytest.raises(NotFound):
        link_holder(old, NOW.date())
    with pytest.raises(Refused):
        give_link(dispatcher(), person_id=child)
    link = give_link(dispatcher(), person_id=she)
    mine = my_line(link_holder(link, NOW.date()), NOW.date())
    assert {row.holder.name for row in mine.held} == {""}
    assert mine.roof is None


def test_whoever_hands_her_on_reads_no_longer_than_that_day(family):
    new = hide(family)
    lines = tuple(t.pk for t in tracks_of(new, TrackKind.ROOF))
    offer = offer_handover(
        dispatcher(), household_id=new, track_ids=lines, why="x", consent=True,
        receiver_id=organisation(OrganisationKind.MUNICIPALITY, GENT),
    )  # fmt: skip
    accept_handover(town(), handover_id=offer)
    gave = models.Sight.objects.filter(
        person__in=members(new), organisation=dispatcher().organisation, why="gave"
    )
    assert {row.until for row in gave} == {NOW.date()}


def test_it_ends_only_with_her_consent_and_a_reason(family):
    she = members(family)[0]
    hide(family)
    for refused in ({"why": "", "consent": True}, {"why": "He left", "consent": False}):
        with pytest.raises(Refused):
            end_safe_mode(dispatcher(), person_id=she, **refused)
    end_safe_mode(dispatcher(), person_id=she, why="He left", consent=True)
    assert not models.SafeMode.objects.filter(until__isnull=True).exists()


def test_nobody_is_hidden_by_a_desk_that_may_not_see_them_or_without_a_reason(family):
    she = members(family)[0]
    with pytest.raises(NotFound):
        set_safe_mode(town(MECHELEN), person_id=she, why="x")
    with pytest.raises(Refused):
        set_safe_mode(dispatcher(), person_id=she, why=" ")


def test_whoever_gives_sight_learns_from_the_database_itself_who_must_not_be_found(family):
    new = hide(family)
    she, child = members(new)
    with as_organisation(town(MECHELEN)):
        assert not models.SafeMode.objects.filter(person=she).exists()
        assert safe_among([she]) == {she}
        assert goes_along(child)


def test_she_hides_from_whom_she_chooses_or_from_everybody_who_stays(family):
    she, other, child, _ = members(family)
    with pytest.raises(Refused):
        hide(family, from_people=(child,))
    with pytest.raises(NotFound):
        hide(family, from_people=(0,))
    new = hide(family, from_people=(other,))
    assert models.SafeMode.objects.get(person=she).from_people == [other]
    (hers, _) = page(new, dispatcher()).safe
    assert hers.from_whom == "Danylo 0"
