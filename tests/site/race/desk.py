"""One desk in the race: an hour of work at random, on whatever the database shows at that moment."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from builders import NOW, dispatcher, later

from perron.vocabulary.errors import Conflict, NotFound, Refused
from perron_site.actions.homes import propose_home, refuse_home, take_home
from perron_site.actions.leaving import move_out
from perron_site.actions.roofs import (
    ask_for_roof,
    give_bed,
    propose_tonight,
    refuse_proposal,
    take_all,
    take_proposal,
)
from perron_site.actions.stays import cancel_stay, extend_stay, move_in, no_show
from perron_site.records import models

TONIGHT = NOW.date()
WHY = "There is no other bed"


class NothingToDo(Exception):
    """What this act needs is not there at this moment."""


class Asking:
    """Dice, and how an act ended."""

    dice: Random

    def do(self, act: Callable[[], object]) -> str:
        """Do one act; how it ended, as the class of its answer. Any other error goes on."""
        try:
            act()
        except (Conflict, Refused, NotFound) as answer:
            return f"{type(answer).__name__} {answer.message.key}"
        except NothingToDo:
            return "nothing to do"
        return "done"

    def one(self, rows):
        """One of these rows, drawn."""
        found = list(rows.order_by("pk"))
        if not found:
            raise NothingToDo
        return self.dice.choice(found)


class Desk(Asking):
    """A dispatcher with dice of its own. The first act is the contested one; the others are drawn."""

    def __init__(self, number, seed):
        self.number, self.dice = number, Random(f"{seed}-{number}")
        self.drawn = (
            self.give, self.give, self.give_ahead, self.take_one, self.take_one, self.take_several,
            self.find_home, self.say_yes, self.say_yes, self.say_no, self.arrive, self.arrive,
            self.leave, self.leave, self.stay_on, self.stay_on, self.miss, self.cancel, self.ask,
        )  # fmt: skip

    def acts(self):
        """First what everybody wants at once, then work at random, without end."""
        yield (
            self.the_last_bed, self.the_same_household, self.the_same_proposals, self.the_same_nights,
        )[self.number % 4]  # fmt: skip
        while True:
            yield self.dice.choice(self.drawn)

    def by(self):
        return dispatcher(later(days=self.dice.choice((0, 0, 0, 1, 2))))

    def waiting(self):
        return models.RoofRequest.objects.filter(state="open")

    def rooms(self):
        return models.Unit.objects.filter(kind="emergency")

    def proposals(self, kind):
        return models.Proposal.objects.filter(state="open", unit__kind=kind)

    def stays(self, *states):
        return models.Stay.objects.filter(state__in=states)

    # The four contests with which the race begins.

    def the_last_bed(self):
        """Many desks give one bed to many households."""
        requests = list(self.waiting().order_by("pk"))
        household = requests[self.number % len(requests)].household_id
        unit = models.Unit.objects.get(name="Last bed")
        give_bed(dispatcher(), household_id=household, unit_id=unit.pk, night=TONIGHT, despite=WHY)

    def the_same_household(self):
        """Many desks give one household many beds, tonight and ahead."""
        request = self.waiting().order_by("-pk").first()
        if request is None:
            raise NothingToDo
        night = TONIGHT + timedelta(days=self.number % 3)
        unit = self.one(self.rooms())
        give_bed(
            dispatcher(),
            household_id=request.household_id,
            unit_id=unit.pk,
            night=night,
            despite=WHY,
        )

    def the_same_proposals(self):
        """Many desks sign for the proposals of this night, one by one or all at once."""
        if self.number % 2:
            self.take_several()
        else:
            self.take_one()

    def the_same_nights(self):
        """A stay grows into nights for which its bed, or its household, is booked ahead already."""
        stay = self.dice.choice(list(self.stays("running").order_by("pk")[:2]))
        extend_stay(dispatcher(), stay_id=stay.pk, end=TONIGHT + timedelta(days=8))

    # Work at random.

    def give(self, ahead=0):
        night = TONIGHT + timedelta(days=ahead)
        household = self.one(self.waiting()).household_id
        unit = self.one(self.rooms())
        give_bed(self.by(), household_id=household, unit_id=unit.pk, night=night, despite=WHY)

    def give_ahead(self):
        self.give(self.dice.randrange(1, 7))

    def proposed(self):
        """The open proposals for tonight; where there are none, the engine is asked first."""
        if not self.proposals("emergency").exists():
            propose_tonight(self.by(), night=TONIGHT)
        return self.proposals("emergency")

    def take_one(self):
        take_proposal(self.by(), proposal_id=self.one(self.proposed()).pk)

    def take_several(self):
        found = list(self.proposed().order_by("pk").values_list("pk", flat=True))
        if not found:
            raise NothingToDo
        chosen = self.dice.sample(found, self.dice.randint(1, len(found)))
        take_all(self.by(), proposal_ids=tuple(chosen))

    def find_home(self):
        household = self.one(models.Household.objects.all()).pk
        propose_home(dispatcher(later(days=self.dice.randrange(6))), household_id=household)

    def say_yes(self):
        """The home is held from a day on, sometimes while the stay elsewhere is being extended."""
        by = self.by()
        start = by.on + timedelta(days=self.dice.randrange(4))
        end = self.dice.choice((None, start + timedelta(days=self.dice.randint(1, 9))))
        take_home(by, proposal_id=self.one(self.proposals("home")).pk, start=start, end=end)

    def say_no(self):
        act = self.dice.choice((refuse_home, refuse_proposal))
        kind = "home" if act is refuse_home else "emergency"
        act(self.by(), proposal_id=self.one(self.proposals(kind)).pk, despite=WHY)

    def arrive(self):
        move_in(self.by(), stay_id=self.one(self.stays("booked")).pk)

    def leave(self):
        by = self.by()
        move_out(by, stay_id=self.one(self.stays("running")).pk, on=by.on)

    def stay_on(self):
        stay = self.one(self.stays("booked", "running"))
        end = self.dice.choice((None, stay.start + timedelta(days=self.dice.randint(1, 12))))
        extend_stay(self.by(), stay_id=stay.pk, end=end)

    def miss(self):
        no_show(self.by(), stay_id=self.one(self.stays("booked")).pk)

    def cancel(self):
        cancel_stay(self.by(), stay_id=self.one(self.stays("booked")).pk)

    def ask(self):
        household = self.one(models.Household.objects.all()).pk
        ask_for_roof(self.by(), household_id=household)
