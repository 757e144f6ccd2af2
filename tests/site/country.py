"""The stories of a country, told into this database: python -m country PEOPLE acts|book."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import django

django.setup()

from django.db import transaction  # noqa: E402 - after Django is set up

from perron.vocabulary.published import published  # noqa: E402 - the same
from perron_site.actions.handovers import Consented, accept_handover, offer_handover  # noqa: E402 - the same
from perron_site.actions.homes import propose_home, take_home  # noqa: E402 - the same
from perron_site.actions.households import register_household, state_fact  # noqa: E402 - the same
from perron_site.actions.presence import set_presence  # noqa: E402 - the same
from perron_site.actions.roofs import give_bed  # noqa: E402 - the same
from perron_site.actions.stays import move_in  # noqa: E402 - the same
from perron_site.actions.tracks import open_what_is_due, set_step, take_up  # noqa: E402 - the same
from perron_site.commands.demonstration.bulk import confirm, play_country, prepared, tell  # noqa: E402 - the same
from perron_site.commands.demonstration.desks import seat_users  # noqa: E402 - the same
from perron_site.commands.demonstration.roads import WHY  # noqa: E402 - the same
from perron_site.commands.demonstration.telling import DESPITE  # noqa: E402 - the same
from perron_site.commands.opening import load_organisations  # noqa: E402 - the same
from perron_site.queries.organisations import the_system  # noqa: E402 - the same
from perron_site.queries.standing import open_lines, standing  # noqa: E402 - the same

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SEED = 5


class ByActs:
    """Does each act as a desk would, one after the other."""

    def __init__(self, units: dict[int, int]) -> None:
        self.units = units
        self.stays: dict[int, int] = {}
        self.proposed: dict[int, int] = {}
        self.offered: dict[int, int] = {}
        self.people: dict[int, tuple[int, ...]] = {}

    def register(self, by, plan):
        home = register_household(
            by,
            people=plan.people,
            arrived_on=by.on,
            municipality=None if plan.roof else plan.town.nis,
            roof=plan.roof,
        )
        self.people[home] = tuple(standing(home).people)
        return home

    def state_fact(self, by, home, who, name, value):
        state_fact(by, person_id=self.people[home][who], name=name, value=value)

    def take_up(self, by, home, kind):
        for line in open_lines(home, {kind}):
            take_up(by, track_id=line.id)

    def set_step(self, by, home, step):
        kind = step.value.partition(".")[0]
        for line in open_lines(home, {kind}):
            set_step(by, track_id=line.id, step=step)

    def give_bed(self, by, home, room):
        self.stays[home] = give_bed(
            by, household_id=home, unit_id=self.units[room], night=by.tonight, despite=DESPITE
        )

    def move_in(self, by, home):
        move_in(by, stay_id=self.stays[home])

    def offer_roof(self, by, home, receiver, consented):
        self.offered[home] = offer_handover(
            by,
            household_id=home,
            track_ids=tuple(line.id for line in open_lines(home, {"roof"})),
            receiver_id=receiver,
            why=WHY,
            consent=True,
            consented=Consented(words=consented),
        )

    def accept_roof(self, by, home):
        accept_handover(by, handover_id=self.offered[home])

    def propose_home(self, by, home, room):
        self.proposed[home] = propose_home(by, household_id=home, unit_id=self.units[room])

    def take_home(self, by, home, start: date):
        self.stays[home] = take_home(by, proposal_id=self.proposed[home], start=start)

    def leave(self, by, home, who, presence):
        set_presence(by, person_id=self.people[home][who], presence=presence)

    def open_what_is_due(self, by):
        open_what_is_due(by)


def nothing(*_: int) -> None:
    """Nobody watches."""


def by_acts(people: int, desks) -> None:
    """Every act by itself."""
    country = prepared(NOW, people=people, seed=SEED, desks=desks)
    tell(country, ByActs(country.units), nothing)
    confirm(country)


def fill(people: int, how: str) -> None:
    """Tell it."""
    ways: dict[str, Callable] = {
        "acts": by_acts,
        "book": partial(play_country, NOW, seed=SEED, tick=nothing),
    }
    published()["deaths"]["value"] *= 20  # among three hundred people nobody would have died
    with transaction.atomic():
        load_organisations(NOW)
        desks = seat_users(the_system(NOW), "a long password for a test")
        ways[how](people=people, desks=desks)


if __name__ == "__main__":
    fill(int(sys.argv[1]), sys.argv[2])
