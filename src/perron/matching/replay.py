"""A year day by day: who is placed when nobody knows who comes tomorrow, beside what hindsight would have done.

Each day some households wait and some homes are open. What is given is given. A pair is worth its points less
``DAY_COSTS`` for each day of waiting; a household waits ``GUARD`` days at most and then goes elsewhere, unplaced.

- ``greedy``: first come, first served: each in turn the best home that is open (what most desks do).
- ``batch``: the best plan of the day (``assignment.py``), as if tomorrow did not matter.
- ``lookahead``: K futures of GUARD days are drawn from a past year. In each, everybody of today and tomorrow is
  matched, but no pair that could be given today. Its duals say what home j is worth to those who come (w_j) and
  what household i may expect if it waits (u_i). Today a pair is given only where it is worth more than
  THETA (u_i + w_j), and among such pairs those that gain most. On its last day a household expects nothing more.

Hindsight is the best plan of the whole year by one who knew it all: no policy can be worth more.
Literature: N. Ahani, P. Gölz, A. Procaccia, A. Teytelboym, A. Trapp, Dynamic placement in refugee resettlement
(2024); K. Bansak, E. Paulson, Outcome-driven dynamic refugee assignment with allocation balancing (2022);
dual prices as opportunity costs: K. Talluri, G. van Ryzin (1998).
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from perron.matching.assignment import Edges, assign
from perron.matching.clock import Clock
from perron.matching.homes import Home, Seeker
from perron.matching.listing import listed
from perron.matching.outcome import Tell
from perron.matching.policy import Policy
from perron.matching.rows import Array

GUARD, DAY_COSTS = 28, 20
"""Days that a household waits at most; points that each of them costs."""
FUTURES, THETA = 5, 0.95
"""Futures that are drawn each day; how much of what is expected a pair of today must be worth."""
POLICIES = ("greedy", "batch", "lookahead")


@dataclass(frozen=True, slots=True)
class Year:
    """Who came, what opened. ``came``: day of each household; ``opened``, ``closed``: first and last day of each home.

    ``past``: households and homes from these on are those of the past year, on days of their own.
    """

    edges: Edges
    came: Array
    opened: Array
    closed: Array
    past: tuple[int, int]

    @property
    def last(self) -> int:
        """The last day of the year that is replayed."""
        many, homes = self.past
        return int(max(self.came[:many].max(initial=0), self.opened[:homes].max(initial=0))) + GUARD


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a policy reached. ``home``, ``day``: of each household, -1 for none."""

    value: int
    placed: int
    mean_wait: float
    home: Array
    day: Array


def year_of(
    seekers: list[tuple[Seeker, date]], homes: list[tuple[Home, date, date]],
    past: tuple[list[tuple[Seeker, date]], list[tuple[Home, date, date]]], policy: Policy,
) -> Year:  # fmt: skip
    """The year of these arrivals and openings, and one of the past, each from its first day on."""
    people, places = [*seekers, *past[0]], [*homes, *past[1]]
    asked = [replace(s, household=replace(s.household, waiting_since=None)) for s, _ in people]
    there = [replace(h, unit=replace(h.unit, available_from=None, available_until=None))
             for h, _, _ in places]  # fmt: skip
    many, count = len(seekers), len(homes)
    starts = [
        min([day for _, day in rows] + [day for _, day, _ in opened], default=date.min)
        for rows, opened in ((seekers, homes), past)
    ]
    edges = listed(asked, there, policy, starts[0]).edges
    came = [(day - starts[at >= many]).days for at, (_, day) in enumerate(people)]
    opened = [(day - starts[at >= count]).days for at, (_, day, _) in enumerate(places)]
    closed = [(day - starts[at >= count]).days for at, (_, _, day) in enumerate(places)]
    row = [np.array(each, np.int64) for each in (came, opened, closed)]
    whole = Edges(edges.households, edges.places, np.asarray(edges.first, np.int64),
                  np.asarray(edges.place, np.int32), np.asarray(edges.value, np.int64))  # fmt: skip
    return Year(whole, row[0], row[1], row[2], (many, count))


def hindsight(year: Year) -> int:
    """The most that anybody could have reached who had known the year."""
    many, homes = year.past
    who = np.arange(many), np.arange(homes)
    return assign(market(year, who, (year.came, year.opened, year.closed))).value


def market(
    year: Year, who: tuple[Array, Array], days: tuple[Array, Array, Array], after: int = -1
) -> Edges:
    """The pairs of some households and homes, each at the first day that it could be given, if that is ``after`` a day.

    ``days``: of all households and homes: came, opened, closed.
    """
    (people, places), (came, opened, closed) = who, days
    edges = year.edges
    index = np.full(edges.places, -1, np.int32)
    index[places] = np.arange(len(places), dtype=np.int32)
    counts = edges.first[people + 1] - edges.first[people]
    begins = np.repeat(edges.first[people] - np.cumsum(counts) + counts, counts)
    k = begins + np.arange(counts.sum())
    i, j = np.repeat(people, counts), edges.place[k]
    start = np.maximum(came[i], opened[j])
    value = edges.value[k] - DAY_COSTS * (start - came[i])
    keep = (index[j] >= 0) & (start > after) & (value > 0)
    keep &= start <= np.minimum(came[i] + GUARD, closed[j])
    local = np.repeat(np.arange(len(people)), counts)[keep]
    first = np.zeros(len(people) + 1, np.int64)
    np.cumsum(np.bincount(local, minlength=len(people)), out=first[1:])
    return Edges(len(people), len(places), first, index[j[keep]], value[keep])


def replay(year: Year, policy: str, seed: int, clock: Clock, tell: Tell) -> Replayed:
    """The year by a policy; the same seed gives the same days."""
    dice = np.random.default_rng(seed)
    many, homes = year.past
    home, day = np.full(many, -1, np.int64), np.full(many, -1, np.int64)
    free = np.ones(homes, bool)
    for today in range(year.last + 1):
        if clock.over():
            break
        waits = (home < 0) & (year.came[:many] <= today) & (today <= year.came[:many] + GUARD)
        open_now = free & (year.opened[:homes] <= today) & (today <= year.closed[:homes])
        people, places = np.flatnonzero(waits), np.flatnonzero(open_now)
        if len(people) and len(places):
            given = DECIDE[policy](year, people, places, today, dice)
            for i, j in given:
                home[i], day[i], free[j] = j, today, False
        if today % 30 == 0:
            tell(f"day {today}: {int((home >= 0).sum())} placed")
    there = np.flatnonzero(home >= 0)
    waited = day[there] - year.came[there]
    value = sum(points(year, int(i), int(home[i])) for i in there) - DAY_COSTS * int(waited.sum())
    return Replayed(value, len(there), float(waited.mean()) if len(there) else 0.0, home, day)


def points(year: Year, i: int, j: int) -> int:
    """What a pair is worth before waiting."""
    row = slice(int(year.edges.first[i]), int(year.edges.first[i + 1]))
    return int(year.edges.value[row][np.flatnonzero(year.edges.place[row] == j)[0]])


def now(year: Year, people: Array, places: Array, today: int) -> Edges:
    """The pairs that can be given today, at what they are worth today."""
    late = np.full_like(year.opened, today)
    return market(year, (people, places), (year.came, late, year.closed))


Given = list[tuple[int, int]]


def first_come(
    year: Year, people: Array, places: Array, today: int, _dice: np.random.Generator
) -> Given:
    """Each in turn the best home that is open."""
    edges, taken, given = now(year, people, places, today), set[int](), Given()
    for at in np.lexsort((people, year.came[people])):
        row = range(int(edges.first[at]), int(edges.first[at + 1]))
        left = [k for k in row if int(edges.place[k]) not in taken]
        if left:
            k = max(left, key=lambda k: (int(edges.value[k]), -int(edges.place[k])))
            taken.add(int(edges.place[k]))
            given.append((int(people[at]), int(places[edges.place[k]])))
    return given


def plain_batch(
    year: Year, people: Array, places: Array, today: int, _dice: np.random.Generator
) -> Given:
    """The best plan of the day."""
    return pairs_of(now(year, people, places, today), people, places)


def pairs_of(edges: Edges, people: Array, places: Array) -> Given:
    """The pairs of the best plan."""
    plan = assign(edges)
    return [(int(people[i]), int(places[j])) for i, j in enumerate(plan.home) if j >= 0]


def looking_ahead(
    year: Year, people: Array, places: Array, today: int, dice: np.random.Generator
) -> Given:
    """Only what is worth more today than what both sides may expect."""
    waits, keeps = np.zeros(len(people)), np.zeros(len(places))
    for _ in range(FUTURES):
        profit, price = expected(year, people, places, today, dice)
        waits += profit / FUTURES
        keeps += price / FUTURES
    edges = now(year, people, places, today)
    i = np.repeat(np.arange(len(people)), np.diff(edges.first))
    gain = edges.value - np.rint(THETA * (waits[i] + keeps[edges.place])).astype(np.int64)
    keep = gain > 0
    first = np.zeros(len(people) + 1, np.int64)
    np.cumsum(np.bincount(i[keep], minlength=len(people)), out=first[1:])
    return pairs_of(
        replace(edges, first=first, place=edges.place[keep], value=gain[keep]), people, places
    )


def expected(
    year: Year, people: Array, places: Array, today: int, dice: np.random.Generator
) -> tuple[Array, Array]:
    """What each household of today, and each home, is worth in one future drawn from the past year."""
    many, homes = year.past
    came, opened, closed = year.came.copy(), year.opened.copy(), year.closed.copy()
    opened[places] = today
    span = int(year.came[many:].max(initial=0)) + 1
    begin = int(dice.integers(span))
    ahead = (year.came[many:] - begin) % span, (year.opened[homes:] - begin) % span
    came[many:], opened[homes:] = today + 1 + ahead[0], today + 1 + ahead[1]
    closed[homes:] = opened[homes:] + (year.closed - year.opened)[homes:]
    new = many + np.flatnonzero(ahead[0] < GUARD), homes + np.flatnonzero(ahead[1] < GUARD)
    everybody, everything = np.concatenate([people, new[0]]), np.concatenate([places, new[1]])
    plan = assign(market(year, (everybody, everything), (came, opened, closed), today))
    profit, price = np.array(plan.profit), np.array(plan.price)
    return profit[: len(people)].astype(float), price[: len(places)].astype(float)


DECIDE = {"greedy": first_come, "batch": plain_batch, "lookahead": looking_ahead}
