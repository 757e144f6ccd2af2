"""Rooms and homes of a whole country: those that are known by name first, others as they are needed."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush

from perron.matching.fit import MEETS, fit, minors_alone
from perron.vocabulary.people import Household, HouseholdId, Member, Need, PersonId
from perron.vocabulary.places import Feature, PlaceKind, SiteId, Unit, UnitId
from perron.vocabulary.published import FIRST, published
from perron.vocabulary.territory import Municipality
from perron_site.actions.households import NewPerson
from perron_site.commands.demonstration.places import town

SIZES = (1, 2, 3, 4, 6)
SPARE = 2
"""So many beds may stay empty in a place that is there already; a new one is made to size."""
IN_A_ROOM = {"emergency": (2, 4, 1, 6), "home": (4, 3)}
NEW = {PlaceKind.EMERGENCY: "Emergency reception", PlaceKind.HOME: "Homes of the municipality"}
FASTER: dict[Need, Feature] = {need: min(features) for need, features in MEETS.items()}
"""The feature that a new place gets for a need."""

Sort = tuple[PlaceKind, str, int, bool, bool, frozenset[Feature]]


@dataclass(frozen=True, slots=True)
class Room:
    """A unit that is to be opened, on the site with this name that this organisation runs in this town."""

    site: str
    run_by: tuple[str, str]
    town: Municipality
    unit: Unit

    @property
    def of(self) -> tuple[tuple[str, str], str, str]:
        """The site to which it belongs: of whom, its name, and where."""
        return self.run_by, self.site, self.town.nis


@dataclass(slots=True)
class Housing:
    """Every room so far, and from which day each one is free again, by sort."""

    rooms: list[Room] = field(default_factory=list)
    free: dict[Sort, list[tuple[date, int]]] = field(default_factory=lambda: defaultdict(list))

    def find(
        self, kind: PlaceKind, people: tuple[NewPerson, ...], where: Municipality, on: date
    ) -> int | None:
        """A room that is free and fits, or a new one; None where no room could be right."""
        house = noun(people)
        wanted = sort(kind, house, where, on)
        right = unit(wanted, where)
        if not fit(house, right, on).fits:
            return None
        for beds in [size for size in SIZES if house.size <= size <= house.size + SPARE]:
            rooms = self.free[(*wanted[:2], beds, *wanted[3:])]
            if rooms and rooms[0][0] <= on:
                return heappop(rooms)[1]
        run_by = ("fedasil", "") if kind is PlaceKind.EMERGENCY else ("municipality", where.name)
        self.rooms.append(Room(NEW[kind], run_by, where, right))
        return len(self.rooms) - 1

    def leave(self, number: int, on: date) -> None:
        """The room is free again from a day on."""
        there = self.rooms[number]
        what = there.unit
        nis = there.town.nis if what.kind is PlaceKind.HOME else ""
        key = (what.kind, nis, what.beds, what.minors_alone, what.women_only, what.features)
        heappush(self.free[key], (on, number))


def noun(people: tuple[NewPerson, ...]) -> Household:
    """The household as a place sees it."""
    return Household(
        HouseholdId(0),
        tuple(Member(PersonId(n), each.born, each.sex) for n, each in enumerate(people)),
        needs=frozenset(need for each in people for need in each.needs),
    )


def sort(kind: PlaceKind, house: Household, where: Municipality, on: date) -> Sort:
    """What kind of place is right for a household."""
    beds = next(size for size in SIZES if size >= house.size)
    features = frozenset(FASTER[need] for need in house.needs if need in FASTER)
    women = Need.WOMEN_ONLY in house.needs
    nis = where.nis if kind is PlaceKind.HOME else ""
    return kind, nis, beds, minors_alone(house, on) is True, women, features


def unit(wanted: Sort, where: Municipality) -> Unit:
    """A place of this sort, all of it free."""
    kind, _, beds, alone, women, features = wanted
    return Unit(
        UnitId(0), SiteId(0), "", kind, where.nis, beds, beds,
        women_only=women, minors_alone=alone, features=features,
    )  # fmt: skip


def known(scale: float) -> Housing:
    """The places that are known by name, with their beds in proportion to the people of the demonstration."""
    housing = Housing()
    for place in published()["places"]:
        kind, where = PlaceKind(place["kind"]), town(place["town"])
        left, sizes = max(round(place["beds"] * scale), 1), IN_A_ROOM[place["kind"]]
        while left > 0:
            beds = min(sizes[len(housing.rooms) % len(sizes)], left)
            nis = where.nis if kind is PlaceKind.HOME else ""
            what = unit((kind, nis, beds, False, False, frozenset()), where)
            housing.rooms.append(Room(place["name"], tuple(place["for"]), where, what))
            housing.leave(len(housing.rooms) - 1, place.get("from", FIRST))
            left -= beds
    return housing
