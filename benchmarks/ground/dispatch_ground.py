"""Invented years of resettlement: 329 families, 20 localities, as the literature describes a year of an agency.

A score is how many of a family are expected to find work in a locality: for each adult the chance of a job, which is
the level of the locality, how people of their origin fare there, and the person. Families are small with a long tail,
localities of unequal size; a fifth of the pairs is not allowed (language, care). Room is 5 % above the need of a
year as it is expected, so that it binds where work is easy to find. Two years share localities, levels and origins; the
families of each are drawn anew.
Shape after N. Ahani and others, Placement optimization in refugee resettlement (2021) and Dynamic placement in refugee
resettlement (2024); D. Delacretaz, S. Kominers, A. Teytelboym, Matching mechanisms for refugee resettlement (2023).
"""

import numpy as np

from perron.matching.dispatch import UNIT, Dispatch

FAMILIES, LOCALITIES, ORIGINS = 329, 20, 12
LISTED, SPARE = 0.8, 1.05
SIZES = (0.34, 0.16, 0.13, 0.13, 0.1, 0.07, 0.04, 0.03)
"""Share of families of 1, 2, … persons."""


def two_years(seed, services):
    """A year and the one before it: room for persons, or for persons, children and adults (1 or 3 services)."""
    dice = np.random.default_rng(seed)
    share = dice.lognormal(0, 0.6, LOCALITIES)
    share /= share.sum()
    level = dice.normal(-1.2, 0.5, LOCALITIES)
    origin = dice.normal(0, 0.5, (ORIGINS, LOCALITIES))
    years = [families(dice, level, origin, services) for _ in range(2)]
    whole = np.mean([needs.sum(axis=0) for needs, _ in years], axis=0)
    room = [tuple(int(each) for each in np.rint(part * whole * SPARE)) for part in share]
    return tuple(year(needs, pairs, room) for needs, pairs in years)


def families(dice, level, origin, services):
    """The needs of one year's families, and their pairs with scores."""
    size = dice.choice(np.arange(1, 9), FAMILIES, p=SIZES)
    adults = np.array([int(dice.integers(1, min(each, 3) + 1)) for each in size])
    mine = dice.choice(ORIGINS, FAMILIES, p=np.arange(ORIGINS, 0, -1) / 78)
    score = np.zeros((FAMILIES, LOCALITIES))
    for i, many in enumerate(adults):
        person = dice.normal(0, 0.8, (many, 1)) + dice.normal(0, 0.3, (many, LOCALITIES))
        score[i] = (1 / (1 + np.exp(-(level + origin[mine[i]] + person)))).sum(axis=0)
    pairs = [
        (i, j, round(float(score[i, j]) * UNIT))
        for i, j in np.argwhere(dice.random(score.shape) < LISTED).tolist()
    ]
    return np.column_stack([size, size - adults, adults])[:, :services], pairs


def year(needs, pairs, room):
    """As the engine takes it."""
    return Dispatch(
        [str(i) for i in range(FAMILIES)], [str(j) for j in range(LOCALITIES)],
        [tuple(int(each) for each in row) for row in needs], room, pairs,
    )  # fmt: skip
