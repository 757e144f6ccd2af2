"""A better plan by cutting shared homes into other slots, one home at a time, each time with the best plan for it.

Over the slots of a plan the best plan is an assignment (``slots.py``). Here a shared home of six beds that was lived
in as 4 + 2 is tried as 3 + 3, and so on: its slots are closed and others opened, and each household that lost its slot,
and each new slot, looks for the cheapest chain of moves through the whole country (``exchange.py``). After that the
plan over the new slots is again a best one; it is kept where it is worth more, counted with the bands, else all is
undone. The duals say beforehand what another cut can gain at most (they are a bound), so that few are tried.

Nothing is proved here: the plan is counted, and the old one is given back where it is not sound or not better.
Literature: chains of moves, L. Ford and D. Fulkerson (1956); duals kept from one assignment to the next, I. Toroslu and
G. Ucoluk, Incremental assignment problem (2007).
"""

from functools import cache

import numpy as np

from perron.matching.bound import Bound, costs
from perron.matching.clock import Clock
from perron.matching.compiled import compiled
from perron.matching.rows import Array, sound, used, worth
from perron.matching.slots import Slots, assigned, seated_anew, slots_of
from perron.matching.whole import Found, Task

LARGEST = 12
"""Homes of more beds are left as they are: there are too many ways to cut them."""
TRIED = 8
"""Ways that are tried for a home at once."""
TOO_MANY = 10_000
"""What one person above the most of a municipality costs while homes are cut."""


def recut(task: Task, found: Found, bound: Bound, clock: Clock) -> tuple[Found, Array]:
    """Everybody seated anew, then shared homes cut anew until no single cut gains; and the prices of the rows."""
    rows = task.rows
    shared = np.array([beds is not None for beds in rows.market.beds], bool)
    found, price = seated_anew(task, found, bound, clock)
    cutting = Cutting(task, found, price)
    homes = np.flatnonzero(shared & (cutting.beds > 0) & (cutting.beds <= LARGEST)).tolist()
    better = True
    while better:
        better = False
        for j in homes:
            while not clock.over() and cutting.improves(j):
                better = True
    plan = cutting.plan()
    value = worth(rows, plan, task.goal, task.penalty)
    if value > found.worth and sound(rows, plan):
        found = Found(plan, value, None)
    price[: len(shared)] = cutting.prices(shared)
    return found, price


@cache
def ways(beds: int, largest: int) -> Array:
    """How beds can be cut into slots of up to ``largest``: how many of each size, one way a row."""
    rows = [[0] * (LARGEST + 1)] if beds == 0 else []
    for size in range(min(beds, largest), 0, -1):
        for rest in ways(beds - size, size).tolist():
            rest[size] += 1
            rows.append(rest)
    return np.array(rows, np.int64).reshape(-1, LARGEST + 1)


class Cutting:
    """A best assignment over slots that are opened and closed; ``exchange.py`` says what the arrays hold."""

    def __init__(self, task: Task, found: Found, price: Array) -> None:
        """Begin with the slots of the plan and the prices of its municipalities; groups stay where they are."""
        rows = task.rows
        self.task, self.begun = task, found.edge
        places, areas = rows.areas
        size, goal = np.array(rows.market.size, np.int64), np.rint(task.goal - costs(rows, price))
        goal = goal.astype(np.int64)
        slots = slots_of(rows, found.edge)
        fixed = found.edge[(found.edge >= 0) & (rows.team >= 0)]
        self.beds = rows.high[:places].copy()
        self.beds -= np.bincount(rows.place[fixed], rows.weight[0, fixed], places).astype(np.int64)
        start = np.concatenate([[0], self.beds.cumsum()])
        self.pair = np.flatnonzero((rows.team[rows.household] < 0) & (goal > 0))
        owner, place = rows.household[self.pair], rows.place[self.pair]
        begin = np.concatenate([[0], np.bincount(place, minlength=places).cumsum()])
        self.edges = (
            np.concatenate([[0], np.bincount(owner, minlength=len(size)).cumsum()]), place, goal[self.pair],
            size, start, owner, begin, np.argsort(place, kind="stable"), np.repeat(np.arange(places), self.beds),
        )  # fmt: skip
        self.state = self.seat(slots, goal)
        band = slice(places, places + areas)
        self.bands = (
            rows.low[band],
            rows.high[band],
            used(rows, self.plan())[band],
            np.zeros(len(size), np.int8),
        )
        self.goal, self.area = task.goal[self.pair], rows.row[1, self.pair] - places
        self.largest = int(min(size.max(), LARGEST))
        self.best = np.zeros((LARGEST + 1, LARGEST + 1), np.int64)
        self.make_room(len(size), int(start[-1]), int(self.beds[place].sum()))

    def seat(self, slots: Slots, goal: Array) -> tuple[Array, ...]:
        """The best assignment over the slots, with its duals."""
        rows, start = self.task.rows, self.edges[4]
        pair, slot, found = assigned(rows, slots, goal)
        there = np.repeat(np.arange(len(slots.first) - 1), np.diff(slots.first))
        number = start[there] + np.arange(len(there)) - slots.first[there]
        chosen, many = np.array(found.edge, np.int64), int(start[-1])
        edge, at = np.full(len(chosen), -1), np.full(len(chosen), -1)
        took = np.flatnonzero(chosen >= 0)
        edge[took] = np.searchsorted(self.pair, pair[chosen[took]])
        at[took] = number[slot[chosen[took]]]
        price, guest, room = np.zeros(many, np.int64), np.full(many, -1), np.zeros(many, np.int64)
        price[number], room[number], guest[at[took]] = found.price, slots.room, took
        return np.array(found.profit, np.int64), edge, at, price, guest, room

    def make_room(self, households: int, slots: int, steps: int) -> None:
        """What the loops write on: the distances, a heap, and what was there before a cut, long enough for any."""
        heap, more = (
            (np.empty(steps + 1, np.int64), np.empty(steps + 1, np.int64)),
            households + slots,
        )
        order = np.empty(more, np.int64), np.empty(more, np.int64)
        self.to_slots = np.full(slots, -1), np.empty(slots, np.int64), *heap, *order
        self.to_households = (
            np.full(households, -1),
            np.empty((households, 2), np.int64),
            *heap,
            *order,
        )
        long = 2 * (LARGEST + 1) * (more + 2)
        self.journal = (np.empty(long, np.int64), np.empty((long, 3), np.int64), np.empty(long, np.int64),
                        np.empty((long, 3), np.int64), np.zeros(2, np.int64))  # fmt: skip

    def plan(self) -> Array:
        """The plan as it stands."""
        edge = self.state[1]
        plan = np.where(self.task.rows.team >= 0, self.begun, -1)
        plan[edge >= 0] = self.pair[edge[edge >= 0]]
        return plan

    def prices(self, shared: Array) -> Array:
        """What each place costs, a shared one for each bed."""
        start, price = self.edges[4], np.append(0, self.state[3].cumsum())
        total = price[start[1:]] - price[start[:-1]]
        return np.where(shared, total / np.maximum(self.beds, 1), total)

    def improves(self, j: int) -> bool:
        """Cut a home anew where that makes the plan better."""
        start, price, room = self.edges[4], self.state[3], self.state[5]
        mine = slice(start[j], start[j + 1])
        choices = ways(int(self.beds[j]), self.largest)
        hope = np.zeros(len(choices), np.int64)
        compiled("hopes")(j, self.edges, self.state[0], self.best, choices, hope)
        now, as_it_is = price[mine].sum(), np.bincount(room[mine], minlength=LARGEST + 1)[1:]
        for way in np.argsort(-hope, kind="stable")[:TRIED]:
            if hope[way] <= now:
                break
            if (choices[way, 1:] == as_it_is).all():
                continue
            self.cut(j, choices[way])
            size, edge = self.edges[3], self.state[1]
            more = compiled("gain")(
                self.goal,
                self.area,
                self.bands,
                size,
                edge,
                self.journal,
                self.task.penalty,
                TOO_MANY,
            )
            if more > 0:
                self.journal[4][:] = 0
                return True
            compiled("undo")(self.area, self.bands[2], size, self.state, self.journal)
        return False

    def cut(self, j: int, way: Array) -> None:
        """Close and open slots until the home is cut in this way; everybody concerned moves by the cheapest chains."""
        start, room, guest = self.edges[4], self.state[5], self.state[4]
        wanted, out, shut = way.copy(), [], []
        for t in range(start[j], start[j + 1]):
            if room[t] > 0 and wanted[room[t]] > 0:
                wanted[room[t]] -= 1
                continue
            if guest[t] >= 0:
                out.append(guest[t])
            self.close(t)
            shut.append(t)
        opened = np.repeat(np.arange(len(wanted)), wanted).tolist()
        for t, size in zip(shut, opened, strict=False):
            room[t] = size
            compiled("fill")(t, self.edges, self.state, self.to_households, self.journal)
        for i in out:
            if self.state[2][i] < 0:
                compiled("settle")(i, self.edges, self.state, self.to_slots, self.journal)

    def close(self, t: int) -> None:
        """There is no such slot any more, and whoever was there is nowhere; both are written down before."""
        profit, edge, at, price, guest, room = self.state
        who, who_old, slot, slot_old, top = self.journal
        slot[top[1]], slot_old[top[1]] = t, (price[t], guest[t], room[t])
        top[1] += 1
        i = guest[t]
        if i >= 0:
            who[top[0]], who_old[top[0]] = i, (profit[i], edge[i], at[i])
            top[0] += 1
            edge[i], at[i] = -1, -1
        price[t], guest[t], room[t] = 0, -1, 0
