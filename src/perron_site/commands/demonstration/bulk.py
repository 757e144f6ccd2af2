"""The demonstration of a whole country, written into one book and put in at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random

from perron.vocabulary.acting import Acting
from perron.vocabulary.intervals import BRUSSELS, day_in_brussels
from perron.vocabulary.organisations import PURPOSE_OF, OrganisationId, OrganisationKind, Role
from perron.vocabulary.people import Presence
from perron.vocabulary.places import SiteId
from perron.vocabulary.published import FIRST, certificates
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.ledger import lines, roofs
from perron_site.actions.ledger.book import Book
from perron_site.actions.ledger.finish import finish
from perron_site.actions.ledger.nouns import Group, Place, Words
from perron_site.actions.ledger.places import places_of
from perron_site.actions.places import confirm_site
from perron_site.actions.sites import NewUnit, open_site
from perron_site.commands.demonstration.country import Arrival, housed, households, leaving
from perron_site.commands.demonstration.desks import Desks
from perron_site.commands.demonstration.housing import Room, known
from perron_site.commands.demonstration.places import desk
from perron_site.commands.demonstration.roads import WHY
from perron_site.commands.demonstration.stage import Stage
from perron_site.commands.demonstration.telling import DESPITE, Hands, cast, life, looks_ahead
from perron_site.queries.demonstration import units_of
from perron_site.records.bulkload import Writer, filling
from perron_site.records.law import law_at_hand

BEFORE = timedelta(days=2)
CONFIRMED = 100
"""Each site said within so many hours that it is right."""


@dataclass(slots=True)
class InBulk:
    """Writes everything into the book."""

    book: Book
    places: dict[int, Place]
    groups: list[Group] = field(default_factory=list)

    def register(self, by: Acting, plan: Arrival) -> int:
        """Register the household; its place in the list."""
        town = None if plan.roof else plan.town
        group = lines.register(self.book, by, plan.people, town, arrived_on=by.on, roof=plan.roof)
        self.groups.append(group)
        return len(self.groups) - 1

    def state_fact(self, by: Acting, home: int, who: int, name: str, value: object) -> None:
        """Somebody says something."""
        lines.state_fact(self.book, by, self.groups[home].people[who], name, value)

    def take_up(self, by: Acting, home: int, kind: TrackKind) -> None:
        """The holder says yes to the lines of a kind."""
        lines.take_up(self.book, by, self.groups[home], kind)

    def set_step(self, by: Acting, home: int, step: Step) -> None:
        """The lines of a kind come to a step."""
        lines.set_step(self.book, by, self.groups[home], step)

    def give_bed(self, by: Acting, home: int, room: int) -> None:
        """A bed for tonight."""
        roofs.give_bed(self.book, by, self.groups[home], self.places[room], DESPITE)

    def move_in(self, by: Acting, home: int) -> None:
        """They are where they were given a place last."""
        group = self.groups[home]
        roofs.move_in(self.book, by, group, group.stays[-1])

    def offer_roof(self, by: Acting, home: int, receiver: OrganisationId, consented: str) -> None:
        """The roof is offered to another organisation."""
        roofs.offer_roof(self.book, by, self.groups[home], receiver, Words(WHY, consented))

    def accept_roof(self, by: Acting, home: int) -> None:
        """It says yes."""
        roofs.accept_roof(self.book, by, self.groups[home])

    def propose_home(self, by: Acting, home: int, room: int) -> None:
        """A home is proposed."""
        roofs.propose_home(self.book, by, self.groups[home], self.places[room])

    def take_home(self, by: Acting, home: int, start: date) -> None:
        """They say yes."""
        roofs.take_home(self.book, by, self.groups[home], start)

    def leave(self, by: Acting, home: int, who: int, presence: Presence) -> None:
        """Somebody is gone."""
        roofs.leave(self.book, by, self.groups[home].people[who], presence)

    def open_what_is_due(self, by: Acting) -> None:
        """Lines open for whom their day has come."""
        lines.open_what_is_due(self.book, by)


@dataclass(frozen=True, slots=True)
class Country:
    """Who arrives, the stage on which their stories play, and the unit of each room."""

    plans: list[Arrival]
    stage: Stage
    units: dict[int, int]
    sites: list[tuple[Acting, SiteId]]


def prepared(now: datetime, *, people: int, seed: int, desks: Desks) -> Country:
    """Draw the people, seat every desk and open every place; nobody has arrived yet."""
    until, dice = day_in_brussels(now), Random(f"{seed}-country")  # noqa: S311 - invented people, no secrets
    drawn = leaving(households(people, until, dice), until, dice)
    housing = known(people / sum(certificates(until).values()))
    plans = housed(drawn, housing)
    opening = datetime.combine(FIRST - BEFORE, time(8), BRUSSELS)
    for organisation, role in cast(plans, desks):
        desks.acting(organisation, role, opening)
    units, sites = opened(housing.rooms, opening)
    stage = Stage(
        desks=desks,
        dispatch=desks.of(OrganisationKind.FEDASIL),
        registry=desks.of(OrganisationKind.DVZ),
        now=now,
        seed=seed,
    )
    return Country(plans, stage, units, sites)


def opened(rooms: list[Room], at: datetime) -> tuple[dict[int, int], list[tuple[Acting, SiteId]]]:
    """Open the sites with their rooms; the unit of each room, and who runs each site."""
    units: dict[int, int] = {}
    sites = []
    order = sorted(range(len(rooms)), key=lambda each: (rooms[each].of, each))
    for (run_by, name, _), numbers in groupby(order, key=lambda each: rooms[each].of):
        there = list(numbers)
        role = Role.HOUSING_OFFICER
        by = Acting(None, desk(*run_by), role, PURPOSE_OF[role], at)
        new = tuple(new_unit(rooms[each], count) for count, each in enumerate(there, 1))
        site = open_site(by, name=name, municipality=rooms[there[0]].town.nis, units=new)
        units |= dict(zip(there, units_of(site), strict=True))
        sites.append((by, site))
    return units, sites


def new_unit(room: Room, number: int) -> NewUnit:
    """A room as it is entered."""
    unit = room.unit
    return NewUnit(
        name=f"{number:03d}", kind=unit.kind, beds=unit.beds, features=unit.features,
        women_only=unit.women_only, minors_alone=unit.minors_alone,
    )  # fmt: skip


def tell(country: Country, hands: Hands, tick: Callable[[int, int], None]) -> None:
    """Let every story play until now."""
    stage = country.stage
    stage.begin(looks_ahead(hands, stage))
    for plan in country.plans:
        stage.begin(life(stage, hands, plan))
    days = (stage.today - FIRST).days
    stage.play(lambda at: tick((day_in_brussels(at) - FIRST).days, days))


def confirm(country: Country) -> None:
    """Let each site say, some hours before now, that it is right."""
    for place, (by, site) in enumerate(country.sites):
        at = country.stage.now - timedelta(hours=1 + place % CONFIRMED)
        confirm_site(Acting(by.user, by.organisation, by.role, by.purpose, at), site_id=site)


def play_country(
    now: datetime, *, people: int, seed: int, desks: Desks, tick: Callable[[int, int], None]
) -> int:
    """Tell what happened to so many people of the country since March 2022; the number of households."""
    country = prepared(now, people=people, seed=seed, desks=desks)
    with law_at_hand(), filling(), Writer() as writer:
        book = Book(writer, invented=True)
        book.households.reserve(len(country.plans))
        book.persons.reserve(people)
        places = places_of(book, [site for _, site in country.sites])
        hands = InBulk(book, {room: places[unit] for room, unit in country.units.items()})
        tell(country, hands, tick)
        finish(book)
    confirm(country)
    return len(country.plans)
