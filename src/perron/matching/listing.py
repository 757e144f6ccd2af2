"""All pairs of households and homes that suit each other, with what they are worth: ``homes.judge`` at once.

Blocking: homes stand by municipality and beds, so a household looks only at municipalities within its radius and
there at homes that are large enough. What remains is two tests of bits: everything the household asks for
is given, and everything the home asks for is there. Bits of needs come first, then those below.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from perron.matching.assignment import Edges
from perron.matching.comfort import ACCESS, NEEDS_ACCESS
from perron.matching.compiled import compiled, plain
from perron.matching.fit import meets, minors_alone, women_against
from perron.matching.homes import (
    RELAXED,
    WITH_CHILDREN,
    WITHOUT_CHILDREN,
    Home,
    Seeker,
    children,
    dates_against,
    points_of_home,
    points_of_household,
)
from perron.matching.policy import Policy
from perron.vocabulary.people import Need
from perron.vocabulary.places import PlaceKind, SiteId, Unit, UnitId
from perron.vocabulary.territory import distance, points

NEEDS = tuple(sorted(Need))
BIT = {need: 1 << at for at, need in enumerate(NEEDS)}
GUIDED, UNGUIDED, NEVER, WOMEN, GIRLS, DISPLACED, YOUNG, GROWN = (
    1 << (len(NEEDS) + at) for at in range(8)
)
"""A place for minors alone, or not; nothing gives NEVER. Women and their children; girls alone; as in homes.py."""

SMALL = 100_000
"""Up to so many households times homes, nothing compiled is loaded."""

MOST_TONGUES = 60
"""More languages than this do not fit into the bits of machine code."""

Row = tuple[Any, ...]
ASKED = {
    guided: Unit(
        UnitId(0), SiteId(0), "", PlaceKind.HOME, "", 1, 1, women_only=True, minors_alone=guided
    )
    for guided in (False, True)
}
"""A place for women, to ask whom it would take."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The pairs, and the municipalities: ``area`` of each home by index into ``areas``."""

    edges: Edges
    areas: tuple[str, ...]
    area: tuple[int, ...]


def listed(seekers: Sequence[Seeker], homes: Sequence[Home], policy: Policy, on: date) -> Listed:
    """All pairs that suit, household by household; each is worth at least 1."""
    areas = tuple(dict.fromkeys(home.unit.municipality for home in homes))
    number = {name: at for at, name in enumerate(areas)}
    area = tuple(number[home.unit.municipality] for home in homes)
    there = [j for j, home in enumerate(homes) if not dates_against(home.unit, policy, on)]
    there = [j for j in there if homes[j].unit.shared or homes[j].unit.free == homes[j].unit.beds]
    order = sorted(there, key=lambda j: (area[j], homes[j].unit.free, j))
    tongues = bits({each for home in homes for each in home.host_languages})
    anchors = {name: at for at, name in enumerate(
        dict.fromkeys(s.household.municipality for s in seekers if s.household.municipality))}  # fmt: skip
    asking = [seeker_row(s, policy, on, tongues, anchors) for s in seekers]
    giving = [home_row(homes[j], policy, on, tongues) for j in order]
    first_wish, wish = [0], list[int]()
    for s in seekers:
        wish += sorted(number[each] for each in s.wishes if each in number)
        first_wish.append(len(wish))
    begin = [0] * (len(areas) + 1)
    for j in order:
        begin[area[j] + 1] += 1
    for at in range(len(areas)):
        begin[at + 1] += begin[at]
    apart = [[km(anchor, name) for name in areas] for anchor in anchors]
    weights = (
        policy.spare_bed, policy.spare_beds, policy.step_free_kept, policy.same_municipality,
        policy.near, policy.near_km, policy.language, policy.wish,
    )  # fmt: skip
    one = (
        [list(column) for column in zip(*asking, strict=True)] if asking else [[] for _ in range(8)]
    )
    other = (
        [list(column) for column in zip(*giving, strict=True)] if giving else [[] for _ in range(7)]
    )
    quick = len(seekers) * len(homes) > SMALL and len(tongues) <= MOST_TONGUES
    edges = run(
        [*one, first_wish, wish], [*other, order], (begin, apart), weights, len(homes), quick
    )
    return Listed(edges, areas, area)


def bits(names: set[str]) -> Mapping[str, int]:
    """A bit for each name."""
    return {name: 1 << at for at, name in enumerate(sorted(names))}


def km(one: str, other: str) -> int:
    """Kilometres; -1 where they are not known."""
    if one == other:
        return 0
    return distance(one, other) if one in points() and other in points() else -1


def seeker_row(
    seeker: Seeker, policy: Policy, on: date, tongues: Mapping[str, int],
    anchors: Mapping[str, int],
) -> Row:  # fmt: skip
    """asks, has, size, anchor, radius, tongues, access, own points."""
    household = seeker.household
    alone, young = minors_alone(household, on), children(household, on)
    asks = sum(BIT[need] for need in household.needs)
    asks |= NEVER if alone is None or not household.size else GUIDED if alone else UNGUIDED
    has = DISPLACED if seeker.displaced else 0
    has |= YOUNG if young else GROWN if young is False else 0
    for guided, bit in ((False, WOMEN), (True, GIRLS)):
        has |= 0 if women_against(household, ASKED[guided], on) else bit
    own = policy.base + sum(points for points, _ in points_of_household(seeker, policy, on))
    anchor = anchors.get(household.municipality or "", -1)
    radius = -1 if seeker.radius_km is None else seeker.radius_km
    spoken = sum(tongues[each] for each in household.languages if each in tongues)
    return (
        asks,
        has,
        household.size,
        anchor,
        radius,
        spoken,
        bool(household.needs & NEEDS_ACCESS),
        own,
    )


def home_row(home: Home, policy: Policy, on: date, tongues: Mapping[str, int]) -> Row:
    """wants, gives, beds, shared, spoken, scarce, worth."""
    unit = home.unit
    wants = DISPLACED if home.legal_basis == RELAXED else 0
    wants |= YOUNG if WITH_CHILDREN in home.host_wishes else 0
    wants |= GROWN if WITHOUT_CHILDREN in home.host_wishes else 0
    if unit.women_only:
        wants |= GIRLS if unit.minors_alone else WOMEN
    gives = sum(BIT[need] for need in NEEDS if meets(need, unit))
    gives |= GUIDED if unit.minors_alone else UNGUIDED
    worth = sum(points for points, _ in points_of_home(home, policy, on))
    spoken = sum(tongues[each] for each in home.host_languages)
    return wants, gives, unit.free, unit.shared, spoken, bool(unit.features & ACCESS), worth


def run(  # noqa: PLR0917 - what the loop asks for
    seekers: list[list[Any]], homes: list[list[Any]], reach: tuple[list[int], list[list[int]]],
    weights: tuple[int, ...], places: int, quick: bool,  # noqa: FBT001 - said once, above
) -> Edges:  # fmt: skip
    """Count the pairs, make room, fill it; in machine code where there are many."""
    many = len(seekers[0])
    if not quick:
        first = [0] * (many + 1)
        count = plain("suit")(tuple(seekers), tuple(homes), reach, weights, first, [], [], False)
        place, value = [0] * count, [0] * count
        plain("suit")(tuple(seekers), tuple(homes), reach, weights, first, place, value, True)
        return Edges(many, places, first, place, value)
    import numpy as np  # noqa: PLC0415 - only large markets need it

    one = tuple(np.array(column, np.int64) for column in seekers)
    other = tuple(np.array(column, np.int64) for column in homes)
    begin, apart = reach
    near = (
        np.array(begin, np.int64),
        np.array(apart, np.int64).reshape(len(apart), len(begin) - 1),
    )
    first_many, none = np.zeros(many + 1, np.int64), np.zeros(0, np.int64)
    loop = compiled("suit")
    count = int(loop(one, other, near, weights, first_many, none.astype(np.int32), none, False))
    found, worth = np.empty(count, np.int32), np.empty(count, np.int64)
    loop(one, other, near, weights, first_many, found, worth, True)
    return Edges(many, places, first_many, found, worth)
