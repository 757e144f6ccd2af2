"""One desk in the race for the baton: it offers, accepts, declines, withdraws, takes up and goes on, at random."""

from random import Random

from builders import GENT, MECHELEN, NOW, acting, dispatcher, registrar
from race.desk import Asking, NothingToDo

from perron.responsibility.matrix import next_steps
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.tracks import DeclineReason, Step, TrackKind
from perron_site.actions.handovers import (
    Consented,
    accept_handover,
    decline_handover,
    offer_handover,
    withdraw_handover,
)
from perron_site.actions.merging import merge_households, merge_people, undo_moving
from perron_site.actions.moving import move_household, split_household
from perron_site.actions.tracks import set_step, take_up, take_up_all
from perron_site.records import models
from perron_site.records.context import as_organisation
from perron_site.records.lines import region_of

OCMW, TOWN = OrganisationKind.OCMW, OrganisationKind.MUNICIPALITY


def act(verb, by, **more):
    """One act, in which the database shows no more than its organisation may see."""
    with as_organisation(by):
        verb(by, **more)


def holders():
    """The six organisations between which the baton moves."""
    towns = (acting(TOWN, Role.HOUSING_OFFICER, nis) for nis in (GENT, MECHELEN))
    aid = (acting(OCMW, Role.CASE_WORKER, nis) for nis in (GENT, MECHELEN))
    return (registrar(NOW), dispatcher(NOW), *towns, *aid)


class HandingDesk(Asking):
    """Somebody of one of six organisations, with dice of their own. All first want the same two families."""

    def __init__(self, number, seed):
        self.number, self.dice = number, Random(f"{seed}-{number}")
        self.drawn = (
            self.offer, self.offer, self.offer, self.accept, self.accept, self.accept, self.decline,
            self.withdraw, self.withdraw, self.take_one, self.take_several, self.go_on,
            self.move, self.split, self.split, self.merge, self.merge, self.same, self.undo,
        )  # fmt: skip

    def acts(self):
        """First one offer that everybody answers at once, then work at random, without end."""
        yield (self.accept_the_same, self.withdraw_the_same, self.offer_the_same, self.take_one)[
            self.number % 4
        ]
        while True:
            yield self.dice.choice(self.drawn)

    def by(self, organisation=None):
        """The desk of this organisation; one time in eight, or without one, any desk."""
        desks = {each.organisation: each for each in holders()}
        if organisation in desks and self.dice.randrange(8):
            return desks[organisation]
        return self.dice.choice(list(desks.values()))

    def open_lines(self):
        return models.Track.objects.filter(closed_on__isnull=True)

    def waiting(self):
        return models.Handover.objects.filter(state="offered")

    # The contests with which the race begins.

    def accept_the_same(self):
        """Eight desks say yes to one offer while others withdraw it."""
        offer = models.Handover.objects.order_by("pk").first()
        act(accept_handover, self.at(offer.receiver_id), handover_id=offer.pk)

    def withdraw_the_same(self):
        offer = models.Handover.objects.order_by("pk").first()
        act(withdraw_handover, self.at(offer.giver_id), handover_id=offer.pk)

    def offer_the_same(self):
        """Eight desks offer the same lines of one family to different organisations."""
        home = models.Household.objects.order_by("-pk").first()
        self.offer_of(home)

    def at(self, organisation):
        return next(each for each in holders() if each.organisation == organisation)

    # Work at random.

    def offer(self):
        self.offer_of(self.one(models.Household.objects.all()))

    def offer_of(self, home):
        people = models.HouseholdMember.objects.filter(household=home, end__isnull=True)
        lines = self.open_lines().filter(person__in=people.values("person"))
        by = self.by(self.one(lines).responsible_id)
        held = list(lines.filter(responsible=by.organisation).order_by("pk"))
        if not held:
            raise NothingToDo
        chosen = self.dice.sample(held, self.dice.randint(1, len(held)))
        act(offer_handover,
            by, household_id=home.pk, track_ids=tuple(line.pk for line in chosen),
            receiver_id=self.dice.choice(holders()).organisation, why="", consent=True,
            consented=Consented(words="x"),
        )  # fmt: skip

    def accept(self):
        offer = self.one(self.waiting())
        act(accept_handover, self.by(offer.receiver_id), handover_id=offer.pk)

    def decline(self):
        offer = self.one(self.waiting())
        by = self.by(offer.receiver_id)
        act(decline_handover, by, handover_id=offer.pk, reason=DeclineReason.NO_CAPACITY)

    def withdraw(self):
        offer = self.one(self.waiting())
        act(withdraw_handover, self.by(offer.giver_id), handover_id=offer.pk)

    def take_one(self):
        line = self.one(self.open_lines().filter(taken_up_at__isnull=True))
        act(take_up, self.by(line.responsible_id), track_id=line.pk)

    def take_several(self):
        by = self.by()
        lines = self.open_lines().filter(taken_up_at__isnull=True, responsible=by.organisation)
        numbers = list(lines.order_by("pk").values_list("pk", flat=True))
        if not numbers:
            raise NothingToDo
        act(take_up_all, by, track_ids=tuple(self.dice.sample(numbers, min(3, len(numbers)))))

    def go_on(self):
        line = self.one(self.open_lines().exclude(kind="roof"))
        home = models.Household.objects.get(
            householdmember__person=line.person_id, householdmember__end__isnull=True
        )
        kind, step = TrackKind(line.kind), Step(line.step)
        ways = next_steps(kind, step, region_of(home), line.since, line.matrix)
        act(set_step, self.by(line.responsible_id), track_id=line.pk, step=self.dice.choice(ways))

    def seeing(self, *homes):
        """The desk of an organisation that sees everybody in these households, or any desk where none does."""
        people = models.HouseholdMember.objects.filter(household__in=homes, end__isnull=True)
        everybody = set(people.order_by("pk").values_list("person", flat=True))
        for by in self.dice.sample(holders(), 6):
            sight = models.Sight.objects.filter(organisation=by.organisation, until__isnull=True)
            if everybody <= set(sight.order_by("pk").values_list("person", flat=True)):
                return self.by(by.organisation)
        return self.by()

    def lived_in(self):
        return models.Household.objects.filter(householdmember__end__isnull=True).distinct()

    def move(self):
        home = self.one(self.lived_in())
        where = self.dice.choice((GENT, MECHELEN))
        act(move_household,
            self.seeing(home), household_id=home.pk, municipality=where, why="", consent=True,
            consented=Consented(words="x"),
        )  # fmt: skip

    def split(self):
        home = self.one(self.lived_in())
        person = self.one(models.HouseholdMember.objects.filter(household=home, end__isnull=True))
        act(split_household,
            self.seeing(home), household_id=home.pk, person_ids=(person.person_id,),
            keeps_nights=bool(self.dice.randrange(2)), why="x",
        )  # fmt: skip

    def merge(self):
        home, other = self.one(self.lived_in()), self.one(self.lived_in())
        by = self.seeing(home, other)
        act(merge_households, by, household_id=home.pk, other_id=other.pk)

    def same(self):
        """Seldom: it leaves one person fewer."""
        if self.dice.randrange(8):
            raise NothingToDo
        there = models.HouseholdMember.objects.filter(end__isnull=True)
        person, double = self.one(there), self.one(there)
        by = self.seeing(person.household_id, double.household_id)
        act(merge_people, by, person_id=person.person_id, double_id=double.person_id, why="Twice")

    def undo(self):
        moved = self.one(models.Moved.objects.all())
        line = moved.journal
        act(undo_moving, self.by(line.organisation_id), household_id=line.household_id)
