"""Households and homes as a market, who is left without a home and why, and which home would help most next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from perron.matching.fit import MEETS, minors_alone
from perron.matching.homes import Home, Seeker, judge, smallest_change
from perron.matching.listing import listed
from perron.matching.market import PENALTY, Market
from perron.matching.outcome import Outcome
from perron.matching.policy import Policy
from perron.vocabulary.people import Need
from perron.vocabulary.places import PlaceKind, SiteId, Unit, UnitId
from perron.vocabulary.wording import Message, message

KINDS, TOWNS, TOLD = 30, 60, 5
"""Kinds of home and municipalities that are tried, and how many of the best are told."""


@dataclass(frozen=True, slots=True)
class HomeSearch:
    """Who looks, what there is, by which policy, on which day."""

    seekers: Sequence[Seeker]
    homes: Sequence[Home]
    policy: Policy
    on: date


Bands = dict[str, tuple[int, int | None]]


def market_of(search: HomeSearch, bands: Bands | None = None, penalty: int = PENALTY) -> Market:
    """The market of these households and homes; bands are the least and the most persons of municipalities."""
    seekers, homes = search.seekers, search.homes
    pairs, limits = listed(seekers, homes, search.policy, search.on), bands or {}
    areas = [*pairs.areas, *(name for name in limits if name not in set(pairs.areas))]
    spans = [limits.get(name, (0, None)) for name in areas]
    return Market(
        [s.name for s in seekers], [home.name for home in homes], pairs.edges,
        [max(1, s.household.size) for s in seekers], [s.tier for s in seekers],
        [s.group for s in seekers],
        [home.unit.free if home.unit.shared or not home.unit.free else None for home in homes],
        list(pairs.area), areas, [low for low, _ in spans], [high for _, high in spans], penalty,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Left:
    """A household without a home. ``why``: nothing suits it, or what suits it went to others.

    ``drop``: the fewest needs without which a home suits; ``against``: else what stands in the way of the home that is
    nearest to suiting.
    """

    seeker: Seeker
    why: Message
    drop: frozenset[Need] = frozenset()
    against: tuple[Message, ...] = ()


def left_out(i: int, search: HomeSearch, market: Market) -> Left:
    """Why a household has no home, and the least that would have to change."""
    seeker, homes = search.seekers[i], list(search.homes)
    policy, on = search.policy, search.on
    left = left_out_in_short(i, search, market)
    if left.why.key != "why.nothing_listed":
        return left
    drop = smallest_change(seeker, homes, policy, on)
    judged = [judge(seeker, home, policy, on).against for home in homes]
    nearest = min(judged, key=len)
    return Left(seeker, message("why.nothing_listed"), drop or frozenset(), nearest)


def left_out_in_short(i: int, search: HomeSearch, market: Market) -> Left:
    """Why a household has no home, without asking every home."""
    if market.edges.first[i] < market.edges.first[i + 1]:
        return Left(search.seekers[i], message("why.unplaced"))
    return Left(
        search.seekers[i], message("why.nothing_listed" if search.homes else "matching.no_unit")
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Homes like this one, there, would house at least so many households that have none now."""

    home: Home
    households: int
    persons: int


def wanted(search: HomeSearch, market: Market, outcome: Outcome) -> list[Wanted]:
    """Which kind of home, where, would help most next: one more for each household it would house, the most first.

    Each household that is left out and may have such a home can be given one while all others stay where they are; so
    at least so many more are placed. Upper limits of municipalities are kept; households that
    must stay together with others are not counted.
    """
    without = [
        s for s, j in zip(search.seekers, outcome.home, strict=True) if j < 0 and not s.group
    ]
    tried = candidates(without, search.homes, search.on)
    if not without or not tried:
        return []
    edges = listed(without, tried, search.policy, search.on).edges
    suits: list[list[Seeker]] = [[] for _ in tried]
    for i, s in enumerate(without):
        for k in range(int(edges.first[i]), int(edges.first[i + 1])):
            suits[int(edges.place[k])].append(s)
    found = [
        counted(home, fitting, market, outcome) for home, fitting in zip(tried, suits, strict=True)
    ]
    found = [each for each in found if each.households]
    found.sort(key=plainest)
    best: dict[tuple[str, int, str], Wanted] = {}
    for each in found:
        best.setdefault((each.home.kind, each.home.unit.beds, each.home.unit.municipality), each)
    return list(best.values())[:TOLD]


def plainest(each: Wanted) -> tuple[int, int, int, int, int, str]:
    """Most households first, then most persons; among equals the plainest home."""
    unit = each.home.unit
    rare = unit.women_only + unit.minors_alone + bool(each.home.host_wishes)
    return -each.households, -each.persons, len(unit.features), rare, unit.beds, each.home.name


def candidates(without: Sequence[Seeker], homes: Sequence[Home], on: date) -> list[Home]:
    """The commonest kinds of home, and homes made for who is left out, in municipalities where they may be."""
    kinds = Counter(general(home, on) for home in homes)
    kinds.update(general(made_for(s, on), on) for s in without if s.household.size)
    towns = Counter(s.household.municipality for s in without if s.household.municipality)
    towns.update(dict.fromkeys(sorted({home.unit.municipality for home in homes}), 1))
    return [
        replace(kind, name=f"{at}", unit=replace(kind.unit, municipality=town))
        for at, (kind, _) in enumerate(kinds.most_common(KINDS))
        for town, _ in towns.most_common(TOWNS)
    ]


def general(home: Home, on: date) -> Home:
    """The home without what makes it this one: its name, where it is, until when."""
    unit = replace(
        home.unit, id=UnitId(0), site=SiteId(0), name="", municipality="", free=home.unit.beds,
        available_from=on, available_until=None, confirmed_on=None,
    )  # fmt: skip
    return replace(home, name="", unit=unit)


def made_for(seeker: Seeker, on: date) -> Home:
    """An ordinary home with as many beds as members and no more than they need."""
    household = seeker.household
    features = frozenset(min(MEETS[need]) for need in household.needs if need in MEETS)
    unit = Unit(
        UnitId(0), SiteId(0), "", PlaceKind.HOME, "", household.size, household.size,
        women_only=Need.WOMEN_ONLY in household.needs,
        minors_alone=bool(minors_alone(household, on)), features=features,
    )  # fmt: skip
    return Home("", unit)


def counted(home: Home, fitting: list[Seeker], market: Market, outcome: Outcome) -> Wanted:
    """How many of them the municipality can still take, small households first where it has a limit."""
    town = home.unit.municipality
    at = market.areas.index(town) if town in market.areas else -1
    most = market.high[at] if at >= 0 else None
    sizes = sorted(s.household.size for s in fitting)
    if most is not None:
        here = [i for i, j in enumerate(outcome.home) if j >= 0 and market.area[j] == at]
        room = most - sum(market.size[i] for i in here)
        sizes = [size for k, size in enumerate(sizes) if sum(sizes[: k + 1]) <= room]
    return Wanted(home, len(sizes), sum(sizes))
