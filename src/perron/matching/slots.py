"""A better plan from an exact assignment over slots: shared homes cut into slots as they are lived in now.

A plan says how many persons sleep together in each shared home. Keep that: a slot for each household that is there, of
its size, and one for the beds that are left; an exclusive home is one slot. Then a household needs one slot that is
large enough, and the best plan over slots is an assignment: exact, at once, for the whole country (``assignment``).
Households that stay together keep their homes. Rows of municipalities and tiers have the prices of the relaxation; a
municipality that gets too many or too few persons is asked for a higher or lower price, a few times.

Nothing is proved here: the plan is counted, and the old one is given back where it is not sound or not better.
"""

from dataclasses import dataclass

import numpy as np

from perron.matching.assignment import Assignment, Edges, assign
from perron.matching.bound import Bound, costs
from perron.matching.clock import Clock
from perron.matching.rows import Array, Rows, sound, used, worth
from perron.matching.whole import Found, Task

TRIES = 8
"""How often the prices of municipalities are moved."""
STEP, FASTER = 15, 1.7
"""By how much of the goal a person, and how much more each time (measured)."""


@dataclass(frozen=True, slots=True)
class Slots:
    """Room for one household each: in which place, and for how many persons; those of place j from ``first[j]`` on."""

    first: Array
    room: Array


def seated_anew(task: Task, found: Found, bound: Bound, clock: Clock) -> tuple[Found, Array]:
    """The best plan over the slots of this one, or this one where none is better and sound.

    Also the prices of the rows with which everybody was seated last.
    """
    rows, slots, best = task.rows, slots_of(task.rows, found.edge), found
    places, areas = rows.areas
    price = bound.price / bound.scale
    price[:places] = 0
    for attempt in range(TRIES):
        if clock.over():
            break
        goal = np.rint(task.goal - costs(rows, price)).astype(np.int64)
        edge = seated(rows, slots, goal, found.edge)
        if sound(rows, edge) and (value := worth(rows, edge, task.goal, task.penalty)) > best.worth:
            best = Found(edge, value, None)
        use = used(rows, edge)[places : places + areas]
        over, short = (
            use > rows.high[places : places + areas],
            use < rows.low[places : places + areas],
        )
        if not (over | short).any() or attempt + 1 == TRIES:
            break
        band = price[places : places + areas]
        band += STEP * FASTER**attempt * (over.astype(float) - short)
        np.maximum(band, -task.penalty, out=band)
    return best, price


def slots_of(rows: Rows, edge: Array) -> Slots:
    """The slots of a plan; households that stay together take theirs with them."""
    places = rows.areas[0]
    size = np.array(rows.market.size, np.int64)
    shared = np.array([beds is not None for beds in rows.market.beds], bool)
    left = rows.high[:places].copy()
    taken = edge[edge >= 0]
    left -= np.bincount(rows.place[taken], rows.weight[0, taken], places).astype(np.int64)
    own = taken[rows.team[rows.household[taken]] < 0]
    alone, together = own[~shared[rows.place[own]]], own[shared[rows.place[own]]]
    free = np.flatnonzero(left > 0)
    place = np.concatenate([rows.place[alone], rows.place[together], free])
    anybody = int(size.max(initial=0))
    room = np.concatenate([
        np.full(len(alone), anybody), size[rows.household[together]], np.where(shared[free], left[free], anybody),
    ])  # fmt: skip
    first = np.concatenate([[0], np.bincount(place, minlength=places).cumsum()])
    return Slots(first, room[np.argsort(place, kind="stable")])


def seated(rows: Rows, slots: Slots, goal: Array, edge: Array) -> Array:
    """The plan of most goal over the slots for everybody who is not to stay together."""
    pair, _, found = assigned(rows, slots, goal)
    chosen = np.array(found.edge, np.int64)
    plan = np.where(rows.team >= 0, edge, -1)
    took = np.flatnonzero(chosen >= 0)
    plan[took] = pair[chosen[took]]
    return plan


def assigned(rows: Rows, slots: Slots, goal: Array) -> tuple[Array, Array, Assignment]:
    """The best assignment over the slots; of each of its edges the pair and the slot."""
    size = np.array(rows.market.size, np.int64)
    many = np.diff(slots.first)[rows.place]
    some = np.flatnonzero((rows.team[rows.household] < 0) & (goal > 0) & (many > 0))
    many = many[some]
    pair = np.repeat(some, many)
    slot = np.repeat(slots.first[rows.place[some]] - many.cumsum() + many, many) + np.arange(
        many.sum()
    )
    large = slots.room[slot] >= size[rows.household[pair]]
    pair, slot = pair[large], slot[large]
    first = np.concatenate([[0], np.bincount(rows.household[pair], minlength=len(size)).cumsum()])
    edges = Edges(len(size), len(slots.room), first, slot.astype(np.int32), goal[pair])
    return pair, slot, assign(edges)
