"""A year of dispatch, family by family: who is sent where when nobody knows who comes next.

Each family is sent as it comes, for good, to a locality with room in every service, or nowhere.

- ``greedy``: where the score is highest.
- ``potentials``: where the score is highest after paying for what is used, each service at its price in that
  locality. Prices are the duals of the linear program that sends the families still to come to the room that is left.
  Who is still to come is not known: last year's families stand for them, each by the same share. From one family to
  the next only the room for each family to come changes, so the simplex method goes on from where it was. A family
  that is nowhere worth what it would pay goes nowhere.

How many families come is known, as in the source; who and in which order is not. Hindsight is ``dispatch`` over the
whole year: no policy is worth more than its bound.
Source: N. Ahani, P. Gölz, A. Procaccia, A. Teytelboym, A. Trapp, Dynamic placement in refugee resettlement (2024).
They take the mean of the prices of several futures drawn from last year; five of them gained nothing on invented
years over last year as it was, and took ten times as long (measured).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from perron.matching.dispatch import EXACT, UNIT, Dispatch, fits
from perron.matching.solver import Model, Rule, load, program
from perron.vocabulary.errors import PerronError

POLICIES = ("greedy", "potentials")

Amounts = Sequence[Sequence[float]]
"""One row a locality, one number a service."""


@dataclass(frozen=True, slots=True)
class Sent:
    """``home``: index of the locality of each family, -1 for none. ``value``: the total of scores."""

    home: list[int]
    value: float


def replay(task: Dispatch, policy: str, order: Sequence[int], past: Dispatch | None = None) -> Sent:
    """The year by a policy; the same order gives the same plan.

    ``order``: each family once, by its index in ``task``, as they come. ``past``: last year's families with their
    scores in the localities of ``task``, in the same services; ``potentials`` needs it. Its room is not looked at.

    Raises:
        PerronError: HiGHS cannot be loaded (``matching.no_solver``) or finds no prices (``matching.not_proven``).
        ValueError: ``potentials`` without a past.
    """
    if policy == "potentials" and past is None:
        raise ValueError(policy)
    offers: list[list[tuple[int, int]]] = [[] for _ in task.families]
    for family, locality, worth in task.pairs:
        if worth > 0:
            offers[family].append((locality, worth))
    room, home, total = list(task.room), [-1] * len(task.families), 0
    potentials = Potentials(past) if past and policy == "potentials" else None
    for at, family in enumerate(order, start=1):
        prices = potentials.prices(room, len(order) - at) if potentials else zeros(room)
        need = task.needs[family]
        gains = [
            (worth / UNIT - cost(need, prices[locality]), worth, -locality)
            for locality, worth in offers[family]
            if fits(need, room[locality])
        ]
        gain, worth, minus = max(gains, default=(-1.0, 0, 0))
        if gain >= -EXACT:
            home[family], total = -minus, total + worth
            left = zip(room[-minus], need, strict=True)
            room[-minus] = tuple(here - taken for here, taken in left)
    return Sent(home, total / UNIT)


def cost(need: Sequence[int], price: Sequence[float]) -> float:
    """What a family would pay in a locality, in score."""
    return sum(amount * each for amount, each in zip(need, price, strict=True))


def zeros(room: Amounts) -> list[list[float]]:
    """Nothing costs anything."""
    return [[0.0] * len(each) for each in room]


class Potentials:
    """The price of each service in each locality, in score a unit, from last year's families."""

    def __init__(self, past: Dispatch) -> None:
        """One column a pair of last year, one row a family, one row a service of a locality."""
        pairs = [each for each in past.pairs if each[2] > 0]
        self.many = len(past.families)
        families: dict[int, list[tuple[int, int]]] = {}
        services: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for column, (family, locality, _) in enumerate(pairs):
            families.setdefault(family, []).append((column, 1))
            for service, need in enumerate(past.needs[family]):
                if need:
                    services.setdefault((locality, service), []).append((column, need))
        self.row = {key: len(families) + at for at, key in enumerate(services)}
        rules = [Rule(tuple(terms), high=1) for terms in (*families.values(), *services.values())]
        self.highspy, self.highs = load()
        lp = program(self.highspy, Model(tuple(worth for *_, worth in pairs), tuple(rules)))
        lp.col_cost_ = [worth / UNIT for *_, worth in pairs]
        lp.integrality_ = []
        self.highs.passModel(lp)
        self.highs.setOptionValue("presolve", "off")

    def prices(self, room: Amounts, coming: int) -> list[list[float]]:
        """Where so much room is left for so many families to come; nothing costs anything when nobody comes.

        Raises:
            PerronError: HiGHS finds no optimum (``matching.not_proven``).
        """
        prices = zeros(room)
        if coming == 0 or not self.row:
            return prices
        scale = self.many / coming
        for (locality, service), row in self.row.items():
            self.highs.changeRowBounds(row, 0.0, room[locality][service] * scale)
        self.highs.run()
        if self.highs.getModelStatus() != self.highspy.HighsModelStatus.kOptimal:
            raise PerronError("matching.not_proven")
        dual = self.highs.getSolution().row_dual
        for (locality, service), row in self.row.items():
            prices[locality][service] = dual[row]
        return prices
