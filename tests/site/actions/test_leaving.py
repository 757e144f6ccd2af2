"""Who leaves a place says where they live now, if they like; a slip of the hand is undone whole."""

import pytest
from builders import NOW, a_household, a_site, dispatcher, later, tracks_of

from perron.vocabulary.errors import Conflict, Refused
from perron.vocabulary.housing import HousingMoment, LivingSituation
from perron_site.actions.households import state_living
from perron_site.actions.leaving import move_out
from perron_site.actions.merging import undo_moving
from perron_site.actions.roofs import give_bed, propose_tonight, take_proposal
from perron_site.actions.stays import move_in
from perron_site.records import models
from perron_site.records.moving import snapshot

pytestmark = pytest.mark.django_db
FRIENDS = LivingSituation.WITH_FAMILY_OR_FRIENDS


@pytest.fixture
def housed():
    """Two people in an emergency room of four beds; the household and its stay."""
    a_site()
    home = a_household(size=2)
    propose_tonight(dispatcher(), night=dispatcher().tonight)
    number = models.Proposal.objects.get(household=home).pk
    stay = take_proposal(dispatcher(), proposal_id=number)
    move_in(dispatcher(), stay_id=stay)
    return home, stay


def people_of(home):
    rows = models.HouseholdMember.objects.filter(household=home, end__isnull=True)
    return list(rows.order_by("person_id").values_list("person_id", flat=True))


def said(home):
    rows = models.Fact.objects.filter(person__in=people_of(home), name=HousingMoment.EXIT)
    return list(rows.order_by("person_id").values_list("person_id", "value"))


def leaves(stay, lives=None, **when):
    by = dispatcher(later(**when) if when else NOW)
    move_out(by, stay_id=stay, on=by.tonight, lives=lives)


def test_everybody_who_slept_there_lives_there_now_and_a_line_says_that_it_was_said(housed):
    home, stay = housed
    leaves(stay, FRIENDS, days=2)
    assert said(home) == [(person, "with_family_or_friends") for person in people_of(home)]
    lines = models.Journal.objects.filter(event="fact:stated", person__in=people_of(home))
    assert [each.details for each in lines] == [{"fact": "lives_after"}] * 2


def test_who_was_not_asked_stays_unknown(housed):
    home, stay = housed
    leaves(stay, days=2)
    assert said(home) == []
    assert models.Stay.objects.get(pk=stay).state == "ended"


def test_of_who_must_not_be_found_nothing_is_written_and_they_do_not_leave(housed):
    home, stay = housed
    models.SafeMode.objects.create(
        person_id=people_of(home)[0], why="x", set_by_id=dispatcher().organisation, since=NOW
    )
    with pytest.raises(Refused, match="not_after_hiding"):
        leaves(stay, FRIENDS, days=2)
    assert said(home) == []
    assert models.Stay.objects.get(pk=stay).state == "running"
    leaves(stay, days=2)
    assert models.Stay.objects.get(pk=stay).state == "ended"


def test_within_minutes_it_is_undone_whole_with_what_was_said_before(housed):
    home, stay = housed
    for person in people_of(home):
        state_living(
            dispatcher(), person_id=person, moment=HousingMoment.EXIT,
            situation=LivingSituation.UNKNOWN,
        )  # fmt: skip
    before = snapshot([home], people_of(home))
    leaves(stay, FRIENDS, days=2)
    assert snapshot([home], people_of(home)) != before
    undo_moving(dispatcher(later(days=2, minutes=5)), household_id=home)
    after = snapshot([home], people_of(home))
    gone = {key for key in before if key not in after}
    assert gone == set()
    assert {key: row for key, row in after.items() if key in before} == before
    made = {table for table, _ in after if (table, _) not in before}
    assert made <= {"sight"}
    assert [value for _, value in said(home)] == ["unknown", "unknown"]
    assert tracks_of(home, "roof")[0].step == "roof.emergency"
    line = models.Journal.objects.get(event="stay:undone")
    assert line.details == {"stay": stay, "state": "running"}


def test_it_is_not_undone_when_somebody_acted_since_or_a_bed_is_taken(housed):
    home, stay = housed
    leaves(stay, FRIENDS, days=2)
    other = a_household(size=4)
    by = dispatcher(later(days=2, minutes=1))
    unit = models.Unit.objects.get().pk
    give_bed(by, household_id=other, unit_id=unit, night=by.tonight, despite="It is cold")
    with pytest.raises(Conflict):
        undo_moving(dispatcher(later(days=2, minutes=2)), household_id=home)
    assert said(home)[0][1] == "with_family_or_friends"


def test_after_some_minutes_it_stands(housed):
    home, stay = housed
    leaves(stay, FRIENDS, days=2)
    with pytest.raises(Refused):
        undo_moving(dispatcher(later(days=2, minutes=30)), household_id=home)
