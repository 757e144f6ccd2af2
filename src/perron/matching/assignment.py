"""The exact assignment: each household gets at most one place, each place at most one household, most value.

**What is solved.** Maximise the sum of ``value`` over the chosen pairs. A household may be left out,
which is worth 0. Only listed pairs (edges) may be chosen.

**What is proved, and why it is true.** Give each household i a profit u_i >= 0 and each place j a price
w_j >= 0 with u_i + w_j >= v_ij on every edge. Any plan at all is worth at most sum u + sum w: add the
inequality over its pairs; no household and no place is counted twice, and the others are not negative.
So a plan whose value *equals* sum u + sum w is a best plan. ``prove`` checks exactly this in whole
numbers on every run: no negative slack on any edge, no negative dual, value equal to the sum of the duals,
and a plan that uses listed pairs only and no place twice. Nothing is rounded, so nothing is believed.

**How the duals are found.** Both phases keep three things true: slack is never negative, the slack of a
chosen pair is 0, and a place without a household has price 0.

1. ``kernels.bid``: a household takes the place with the largest v_ij - w_j and lifts its price until
   the second best is as good; whoever was there bids again (an auction with exact prices).
2. ``kernels.augment``: for each household that is left, the cheapest chain of moves, by Dijkstra over the slacks.
   A chain ends in a free place, or leaves out the household that loses least by it. Lifting the prices
   of the places passed by (length of the chain - their distance) makes the chain tight and keeps all
   slacks. A household with u_i = 0 may be left out: that is why value = sum of duals at the end.

**Tiers.** The sets of households that can be placed together are the independent sets of a transversal
matroid. Therefore one plan places the most of tier 1, and of tiers 1 and 2 together, and so on, all at once;
adding D * rank to each value, with D larger than any sum of values, finds it in one run (``weights``).

Literature: H. Kuhn, The Hungarian method (1955); R. Jonker and A. Volgenant, A shortest augmenting path
algorithm for dense and sparse linear assignment problems (1987); D. Bertsekas, The auction algorithm (1988);
J. Edmonds and D. Fulkerson, Transversals and matroid partition (1965).
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from perron.matching.compiled import Loop, compiled, plain
from perron.matching.kernels import Numbers
from perron.vocabulary.errors import PerronError

SMALL = 1_000
"""Up to so many households, and SMALL_EDGES edges, nothing compiled is loaded: starting it takes longer."""
SMALL_EDGES = 150_000
LOOKS = 3
"""The bidding stops after so many looks at each edge: by then prices climb in small steps (measured)."""
FITS = 2**62
"""Whole numbers below this stay exact in machine code; larger ones run as they stand."""


@dataclass(frozen=True, slots=True)
class Edges:
    """The pairs that are allowed: those of household i are ``first[i]`` up to, not including, ``first[i+1]``.

    ``place``: index of the place. ``value``: whole number > 0. Lists of int, or arrays of int32 and int64.
    """

    households: int
    places: int
    first: Numbers
    place: Numbers
    value: Numbers


@dataclass(frozen=True, slots=True)
class Assignment:
    """A best plan with its proof, as lists or arrays like the edges.

    ``home``: index of the place of each household, -1 for none. ``edge``: index of that edge, -1 for none.
    ``profit``, ``price``: the duals u and w. ``value``: the plan's value, equal to the sum of the duals.
    """

    home: Numbers
    edge: Numbers
    profit: Numbers
    price: Numbers
    value: int
    solve_seconds: float = 0.0
    certify_seconds: float = 0.0


def assign(edges: Edges) -> Assignment:
    """The best plan, proven.

    The same edges give the same plan; another order of rows gives the same value.

    Raises:
        PerronError: the proof does not hold (``matching.not_proven``), which would be a fault in here.
    """
    begun = perf_counter()
    few = edges.households < SMALL and len(edges.value) <= SMALL_EDGES
    if few or largest(edges.value) * (edges.households + 1) >= FITS:
        edges = in_lists(edges)
        home, profit, price = solved_plainly(edges)
        loop = plain
    else:
        edges = in_arrays(edges)
        home, profit, price = solved_quickly(edges)
        loop = compiled
    solved = perf_counter()
    edge, value = prove(edges, home, profit, price, loop)
    seconds = (solved - begun, perf_counter() - solved)
    return Assignment(home, edge, profit, price, value, *seconds)


def largest(numbers: Numbers) -> int:
    """The largest number, 0 where there is none."""
    if isinstance(numbers, list):
        return max(numbers, default=0)
    return int(numbers.max()) if len(numbers) else 0


def smallest(numbers: Numbers) -> int:
    """The smallest number, 0 where there is none."""
    if isinstance(numbers, list):
        return min(numbers, default=0)
    return int(numbers.min()) if len(numbers) else 0


def in_lists(edges: Edges) -> Edges:
    """The edges with lists of int."""
    first, place, value = (
        each if isinstance(each, list) else each.tolist()
        for each in (edges.first, edges.place, edges.value)
    )
    return Edges(edges.households, edges.places, first, place, value)


def in_arrays(edges: Edges) -> Edges:
    """The edges with arrays of whole numbers."""
    import numpy as np  # noqa: PLC0415 - only large markets need it

    first, value = np.asarray(edges.first, np.int64), np.asarray(edges.value, np.int64)
    return Edges(edges.households, edges.places, first, np.asarray(edges.place, np.int32), value)


def solved_plainly(edges: Edges) -> tuple[Numbers, Numbers, Numbers]:
    """Homes, profits and prices, found with lists of int."""
    many, places, count = edges.households, edges.places, len(edges.value)
    rows = edges.first, edges.place, edges.value
    home, guest, queue = [-1] * many, [-1] * places, list(range(many))
    profit, price = [0] * many, [0] * places
    left = plain("bid")(*rows, profit, price, home, guest, queue, LOOKS * count)
    far, via, order, touched = [-1] * places, [-1] * places, [0] * places, [0] * places
    heap, heap_place = [0] * (count + 1), [0] * (count + 1)
    plain("augment")(
        *rows, profit, price, home, guest, queue, left, far, via, heap, heap_place, order, touched
    )
    return home, profit, price


def solved_quickly(edges: Edges) -> tuple[Numbers, Numbers, Numbers]:
    """Homes, profits and prices, found in machine code."""
    import numpy as np  # noqa: PLC0415 - only large markets need it

    many, places, count = edges.households, edges.places, len(edges.value)
    rows = edges.first, edges.place, edges.value
    home, guest = np.full(many, -1, np.int32), np.full(places, -1, np.int32)
    profit, price = np.zeros(many, np.int64), np.zeros(places, np.int64)
    queue = np.arange(many, dtype=np.int32)
    left = compiled("bid")(*rows, profit, price, home, guest, queue, LOOKS * count)
    far, via = np.full(places, -1, np.int64), np.full(places, -1, np.int32)
    order, touched = np.empty(places, np.int32), np.empty(places, np.int32)
    heap, heap_place = np.empty(count + 1, np.int64), np.empty(count + 1, np.int32)
    compiled("augment")(
        *rows, profit, price, home, guest, queue, left, far, via, heap, heap_place, order, touched
    )
    return home, profit, price


def prove(
    edges: Edges, home: Numbers, profit: Numbers, price: Numbers, loop: Callable[[str], Loop]
) -> tuple[Numbers, int]:
    """The edge of each household and the value of the plan; PerronError unless the duals prove it best."""
    rows = edges.first, edges.place, edges.value
    edge = [-1] * edges.households
    if not isinstance(home, list):
        edge = home.astype("int64")
        edge[:] = -1
    loop("chosen")(edges.first, edges.place, home, edge)
    taken = [int(place) for place in home if place >= 0]
    used = [int(k) for k in edge if k >= 0]
    value = sum(int(edges.value[k]) for k in used)
    sound = (
        loop("worst")(*rows, profit, price) >= 0
        and smallest(profit) >= 0
        and smallest(price) >= 0
        and len(set(taken)) == len(taken) == len(used)
        and value == int(sum(profit)) + int(sum(price))
    )
    if not sound:
        raise PerronError("matching.not_proven")
    return edge, value
