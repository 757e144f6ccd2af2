"""Small markets by chance, and the best plan of a market by trying every plan."""

from itertools import product
from random import Random

from perron.matching.assignment import Edges
from perron.matching.market import Market

BANDS = ((0, None), (0, None), (0, 0), (1, 4), (4, 4), (4, None), (2, 6), (0, 6))


def a_market(seed, households=5, places=5):
    """A market of the full model: shared places, bands, groups, tiers."""
    dice = Random(seed)
    many, count, areas = dice.randint(1, households), dice.randint(1, places), dice.randint(1, 3)
    first, place, value = [0], [], []
    for _ in range(many):
        for j in range(count):
            if dice.random() < 0.6:
                place.append(j)
                value.append(dice.choice([1, 2, 5, 5, 30, 100, 1000]))
        first.append(len(place))
    bands = [dice.choice(BANDS) for _ in range(areas)]
    return Market(
        households=[f"h{i}" for i in range(many)],
        places=[f"p{j}" for j in range(count)],
        edges=Edges(many, count, first, place, value),
        size=[dice.randint(1, 4) for _ in range(many)],
        tier=[dice.randint(0, 2) for _ in range(many)],
        group=[dice.choice(["", "", "a", "b"]) for _ in range(many)],
        beds=[dice.choice([None, None, 0, 2, 4, 6]) for _ in range(count)],
        area=[dice.randrange(areas) for _ in range(count)],
        areas=[f"m{k}" for k in range(areas)],
        low=[low for low, _ in bands],
        high=[high for _, high in bands],
        penalty=dice.choice([0, 3, 50, 800]),
    )


def plain(market):
    """The same households and places as an assignment and nothing more."""
    from dataclasses import replace

    many, count = len(market.households), len(market.places)
    return replace(
        market, group=[""] * many, beds=[None] * count, low=[0] * len(market.areas),
        high=[None] * len(market.areas),
    )  # fmt: skip


def plans(market):
    """Every plan that is allowed, as (place, value) or None of each household, with its worth."""
    edges = market.edges
    choices = [
        [None, *((edges.place[k], edges.value[k]) for k in range(edges.first[i], edges.first[i + 1]))]
        for i in range(edges.households)
    ]  # fmt: skip
    for plan in product(*choices):
        persons = [0] * len(market.areas)
        inside = [[] for _ in market.places]
        for i, pair in enumerate(plan):
            if pair:
                persons[market.area[pair[0]]] += market.size[i]
                inside[pair[0]].append(market.size[i])
        if allowed(market, plan, persons, inside):
            short = sum(max(0, low - here) for low, here in zip(market.low, persons, strict=True))
            yield plan, sum(pair[1] for pair in plan if pair) - market.penalty * short


def allowed(market, plan, persons, inside):
    """Whether beds, bands and groups are kept."""
    for sizes, beds in zip(inside, market.beds, strict=True):
        if len(sizes) > 1 if beds is None else sum(sizes) > beds:
            return False
    if any(
        high is not None and here > high for here, high in zip(persons, market.high, strict=True)
    ):
        return False
    where = {}
    for name, pair in zip(market.group, plan, strict=True):
        where.setdefault(name, set()).add(market.area[pair[0]] if pair else None)
    return all(len(areas) == 1 for name, areas in where.items() if name)


def best(market):
    """The largest worth of any plan."""
    return max(worth for _, worth in plans(market))


def best_by_tier(market):
    """Households placed by tier, the highest first, then worth: the largest of any plan."""
    tiers = sorted(set(market.tier), reverse=True)

    def counted(plan):
        return tuple(
            sum(1 for own, pair in zip(market.tier, plan, strict=True) if pair and own == tier)
            for tier in tiers
        )

    return max((counted(plan), worth) for plan, worth in plans(market))
