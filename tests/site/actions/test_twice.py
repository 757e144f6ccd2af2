"""Two people who look alike: said with a reason, read by whoever sees both, taken back, merged, erased."""

from dataclasses import replace

import pytest
from builders import MECHELEN, NOW, a_person, later, registrar, town
from django.db.models import Q

from perron.vocabulary.errors import NotFound, Refused
from perron_site.actions.households import register_household
from perron_site.actions.merging import merge_people, undo_moving
from perron_site.actions.twice import say_two_people, take_back_two_people
from perron_site.queries.twice import twice, two_people
from perron_site.records import models
from perron_site.records.blanking import blank
from perron_site.records.context import as_organisation
from perron_site.records.sight import see

pytestmark = pytest.mark.django_db
OLENA = a_person("Olena", "1992-05-03")
SPELT = replace(OLENA, given_name="Олена", family_name="Марчук")


def registered(*people, by=None):
    """A household of each of these people; their numbers."""
    by = by or registrar()
    homes = [
        register_household(by, people=(who,), arrived_on=NOW.date(), roof=False) for who in people
    ]
    rows = models.HouseholdMember.objects.filter(household__in=homes)
    return [rows.get(household=home).person_id for home in homes]


def pairs(by):
    with as_organisation(by):
        return {(row.old.person, row.new.person) for row in twice().rows}


def said(by):
    with as_organisation(by):
        return [({who.pk for who in row.people}, row.why, row.ended_at) for row in two_people()]


def also_seen_by(by, *people):
    """Whoever registered them shows them to another organisation."""
    see(by.organisation, people, models.SightReason.REGISTERED)


def test_a_pair_of_two_people_is_gone_for_whoever_sees_both_and_comes_back_when_taken_back():
    one, two = registered(OLENA, SPELT)
    gent = town()
    also_seen_by(gent, one, two)
    number = say_two_people(gent, person_id=two, other_id=one, why=" Cousins, both were here ")
    for by in (registrar(), gent):
        assert pairs(by) == set()
        assert said(by) == [({one, two}, "Cousins, both were here", None)]
    take_back_two_people(registrar(later(minutes=9)), said_id=number)
    for by in (registrar(), gent):
        assert pairs(by) == {(one, two)}
        assert said(by) == [({one, two}, "Cousins, both were here", later(minutes=9))]
    lines = models.Journal.objects.filter(person__in=(one, two), details={"said": number})
    told = lines.order_by("pk").values_list("event", "organisation", "person")
    assert list(told) == [
        (event, by.organisation, person)
        for event, by in (
            ("person:two_people", gent),
            ("person:two_people_taken_back", registrar()),
        )
        for person in (one, two)
    ]


def test_who_sees_one_of_both_says_nothing_reads_nothing_and_takes_nothing_back():
    one, two = registered(OLENA, SPELT)
    also_seen_by(town(), one)
    number = say_two_people(registrar(), person_id=one, other_id=two, why="Cousins")
    with as_organisation(town()):
        assert models.TwoPeople.objects.count() == 0
        with pytest.raises(NotFound):
            take_back_two_people(town(), said_id=number)
        with pytest.raises(NotFound):
            say_two_people(town(), person_id=two, other_id=one, why="Cousins")
        assert models.TwoPeople.objects.update(why="x") == 0
    assert said(town(MECHELEN)) == []


def test_it_is_said_once_with_a_reason_and_of_two():
    one, two = registered(OLENA, SPELT)
    with pytest.raises(Refused, match="say_why"):
        say_two_people(registrar(), person_id=one, other_id=two, why="  ")
    with pytest.raises(Refused, match="choose_another"):
        say_two_people(registrar(), person_id=one, other_id=one, why="x")
    number = say_two_people(registrar(), person_id=one, other_id=two, why="Cousins")
    with pytest.raises(Refused, match="said_already"):
        say_two_people(registrar(), person_id=two, other_id=one, why="Cousins")
    take_back_two_people(registrar(), said_id=number)
    with pytest.raises(Refused, match="taken_back_already"):
        take_back_two_people(registrar(), said_id=number)
    say_two_people(registrar(), person_id=two, other_id=one, why="Cousins after all")
    assert models.TwoPeople.objects.count() == 2


def test_two_people_are_not_merged_before_it_is_taken_back():
    one, two = registered(OLENA, SPELT)
    number = say_two_people(registrar(), person_id=one, other_id=two, why="Cousins")
    with pytest.raises(Refused, match="two_people"):
        merge_people(registrar(later(minutes=1)), person_id=one, double_id=two, why="Twice")
    take_back_two_people(registrar(later(minutes=2)), said_id=number)
    merge_people(registrar(later(minutes=3)), person_id=one, double_id=two, why="Twice")
    assert pairs(registrar()) == set()


def open_pairs():
    rows = models.TwoPeople.objects.filter(ended_at__isnull=True)
    return {frozenset((row.person_id, row.other_id)) for row in rows}


def test_what_was_said_follows_a_merge_and_comes_back_with_its_undo():
    one, two, three = registered(OLENA, SPELT, OLENA)
    say_two_people(registrar(), person_id=one, other_id=two, why="Cousins")
    merge_people(registrar(later(minutes=1)), person_id=three, double_id=one, why="Twice")
    assert open_pairs() == {frozenset((three, two))}
    assert pairs(registrar()) == set()
    home = models.HouseholdMember.objects.get(person=three).household_id
    undo_moving(registrar(later(minutes=2)), household_id=home)
    assert open_pairs() == {frozenset((one, two))}
    assert pairs(registrar()) == {(one, three), (two, three)}


def test_what_was_said_of_both_records_is_said_once_after_a_merge():
    one, two, three = registered(OLENA, SPELT, OLENA)
    say_two_people(registrar(), person_id=one, other_id=two, why="Cousins")
    say_two_people(registrar(), person_id=two, other_id=three, why="Cousins too")
    merge_people(registrar(later(minutes=1)), person_id=one, double_id=three, why="Twice")
    assert open_pairs() == {frozenset((one, two))}
    home = models.HouseholdMember.objects.get(person=one).household_id
    undo_moving(registrar(later(minutes=2)), household_id=home)
    assert open_pairs() == {frozenset((one, two)), frozenset((two, three))}


@pytest.mark.parametrize("erased", [0, 1])
def test_erasure_of_one_of_both_takes_the_words_and_ends_it(erased):
    both = registered(OLENA, SPELT)
    say_two_people(registrar(), person_id=both[1], other_id=both[0], why="Olena M. is the cousin")
    blank(models.Person.objects.get(pk=both[erased]), NOW)
    row = models.TwoPeople.objects.get(Q(person=both[erased]) | Q(other=both[erased]))
    assert (row.why, row.ended_at) == ("–", NOW)
    assert said(registrar()) == []
