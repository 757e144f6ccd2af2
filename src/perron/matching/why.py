"""Why this home and not that one, from the duals of a solved market, as data with message keys.

**What is proved.** Every bound here is a sum over households: no plan is worth more than T, and a plan that holds
pair k at most T - s_k, where s_k >= 0 is the slack of the pair (``assignment.py`` and ``bound.py``: the household takes
this pair instead of the one on which T counts). Our plan is worth V <= T. So whoever insists on the pair loses at least
V - (T - s_k), whatever else is changed: ``at_least``. And one plan that holds the pair shows that no more need be lost:
the household moves, whoever is in the way takes the home that was left, or none: ``at_most``. The loss of the best
plan with the pair lies between the two, in the full model too.

In words, u_i is what the plan gives the household, w_j what the home is worth to all others (shadow prices: G. Dantzig,
Linear Programming and Extensions, 1963; for whole plans: A. Geoffrion, Lagrangean relaxation, 1974).

With tiers the loss counts among plans that place as many of each tier; where ``first`` stands,
insisting takes a place from households that go first.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from perron.matching.market import Market
from perron.matching.outcome import Outcome, Prices
from perron.vocabulary.errors import PerronError
from perron.vocabulary.wording import Message, message


@dataclass(frozen=True, slots=True)
class Other:
    """A listed place that a household does not have, and what insisting on it would cost everyone together.

    ``at_least``, ``at_most``: points; at_most is None where no simple way was found. ``holds``: who is in it now.
    """

    place: int
    at_least: int
    at_most: int | None
    first: bool
    holds: tuple[int, ...]
    why: Message

    @property
    def margin(self) -> Message | None:
        """The loss in words; None where nothing is known of it or nothing would be lost."""
        if self.at_most is None:
            return message("why.loss.least", least=self.at_least) if self.at_least else None
        if self.at_most == self.at_least:
            return message("why.loss.exact", points=self.at_most) if self.at_most else None
        return message("why.loss.between", least=self.at_least, most=self.at_most)


@dataclass(frozen=True, slots=True)
class Explained:
    """One household: where it goes, why, each other listed place, and what would have to change.

    ``rank``: how many listed places are worth no less to it than the one it has. ``short``: the points
    by which its best pair falls short at least; None for who has a home.
    """

    household: int
    place: int
    why: Message
    rank: int
    others: tuple[Other, ...]
    short: int | None = None
    change: Message | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """A municipality whose band binds: ``points`` are what one person more (or less) there would gain, by the duals."""

    area: int
    limit: Literal["max", "min"]
    persons: int
    points: float


class Why:
    """Answers about one solved market; made once, then each question takes the time of one household's pairs."""

    def __init__(self, market: Market, outcome: Outcome) -> None:
        """Count who is where."""
        self.market, self.outcome = market, outcome
        self.prices = prices_of(outcome)
        self.holds: dict[int, list[int]] = {}
        self.known: dict[int, dict[int, int]] = {}
        self.persons = [0] * len(market.areas)
        self.together = Counter(market.group)
        for i, j in enumerate(outcome.home):
            if j >= 0:
                self.holds.setdefault(j, []).append(i)
                self.persons[market.area[j]] += market.size[i]

    def pairs(self, i: int) -> range:
        """The listed pairs of a household."""
        return range(int(self.market.edges.first[i]), int(self.market.edges.first[i + 1]))

    def listed(self, i: int) -> Mapping[int, int]:
        """What each listed place is worth to a household."""
        if i not in self.known:
            edges = self.market.edges
            self.known[i] = {int(edges.place[k]): int(edges.value[k]) for k in self.pairs(i)}
        return self.known[i]

    def worth(self, i: int, j: int) -> int:
        """What a listed pair is worth; 0 for no place."""
        return self.listed(i).get(j, 0)

    def explain(self, i: int) -> Explained:
        """One household."""
        here = self.outcome.home[i]
        others = [
            self.other(i, k) for k in self.pairs(i) if int(self.market.edges.place[k]) != here
        ]
        others.sort(
            key=lambda each: (each.first, each.at_least, -self.worth(i, each.place), each.place)
        )
        if here >= 0:
            mine = self.worth(i, here)
            rank = 1 + sum(self.worth(i, each.place) > mine for each in others)
            return Explained(i, here, self.this(rank, others), rank, tuple(others))
        if not others:
            return Explained(i, -1, message("why.nothing_listed"), 0, ())
        nearest = others[0]
        change = message("why.change.points", points=nearest.at_least + 1)
        if nearest.first:
            change = message("why.change.tier")
        return Explained(i, -1, message("why.unplaced"), 0, tuple(others), nearest.at_least, change)

    @staticmethod
    def this(rank: int, others: list[Other]) -> Message:
        """Why the home it has."""
        if rank == 1:
            return message("why.this.best", others=len(others))
        return message("why.this.everyone", better=rank - 1)

    def other(self, i: int, k: int) -> Other:
        """What it would cost to insist on a listed pair."""
        j = int(self.market.edges.place[k])
        slack = self.prices.slack(k)
        first = 0 < self.prices.step <= slack
        if self.prices.step:
            low = 0 if first else slack
        else:
            most = (self.prices.total - slack) // self.prices.scale
            low = max(0, self.outcome.value - most)
        high = None if first else self.at_most(i, j)
        holds = tuple(self.holds.get(j, ()))
        why = message("why.not.others_first") if first else self.reason(i, j, low, high)
        return Other(j, low, high, first, holds, why)

    def reason(self, i: int, j: int, low: int, high: int | None) -> Message:
        """Why not that one, in one line."""
        here, area = self.outcome.home[i], self.market.area[j]
        moving = here < 0 or self.market.area[here] != area
        most = self.market.high[area]
        if high == 0:
            return message("why.not.as_good")
        if moving and most is not None and self.persons[area] + self.market.size[i] > most:
            return message("why.not.municipality_full", municipality=self.market.areas[area])
        if self.holds.get(j):
            return message("why.not.matters_more" if low else "why.not.taken")
        if here >= 0 and self.worth(i, here) > self.worth(i, j):
            points = self.worth(i, here) - self.worth(i, j)
            return message("why.not.suits_less", points=points)
        return message("why.not.costs" if low else "why.not.open")

    def at_most(self, i: int, j: int) -> int | None:
        """What is lost when the household moves there and whoever is in the way takes its home, or none."""
        market, here = self.market, self.outcome.home[i]
        out = self.in_the_way(i, j)
        if out is None:
            return None
        moves = {i: j} | {each: here if self.swaps(i, each, out) else -1 for each in out}
        if any(self.parted(each, to) for each, to in moves.items()) or self.changes_tiers(moves):
            return None
        persons = Counter[int]()
        for each, to in moves.items():
            for place, sign in ((self.outcome.home[each], -1), (to, 1)):
                if place >= 0:
                    persons[market.area[place]] += sign * market.size[each]
        penalty = self.penalty(persons)
        lost = sum(
            self.worth(e, self.outcome.home[e]) - self.worth(e, to) for e, to in moves.items()
        )
        return None if penalty is None else lost + penalty

    def swaps(self, i: int, other: int, out: list[int]) -> bool:
        """Whether the only one in the way can take the home that the household leaves."""
        here, size = self.outcome.home[i], self.market.size
        if here < 0 or len(out) != 1 or here not in self.listed(other):
            return False
        beds = self.market.beds[here]
        left = sum(size[each] for each in self.holds[here] if each not in {i, other})
        return beds is None or left + size[other] <= beds

    def penalty(self, change: Mapping[int, int]) -> int | None:
        """What changed numbers of persons cost by the lower limits; None where an upper one is broken."""
        cost = 0
        for area, more in change.items():
            low, high, now = self.market.low[area], self.market.high[area], self.persons[area]
            if high is not None and now + more > high:
                return None
            cost += max(0, low - now - more) - max(0, low - now)
        return cost * self.market.penalty

    def in_the_way(self, i: int, j: int) -> list[int] | None:
        """Who must leave a place so that the household fits, those to whom it is worth least first; None: too small."""
        beds, inside = self.market.beds[j], self.holds.get(j, [])
        if beds is None:
            return list(inside)
        if self.market.size[i] > beds:
            return None
        free, out = beds - sum(self.market.size[each] for each in inside), []
        for each in sorted(inside, key=lambda each: (self.worth(each, j), each)):
            if free >= self.market.size[i]:
                break
            out.append(each)
            free += self.market.size[each]
        return out

    def parted(self, i: int, to: int) -> bool:
        """Whether a move takes a household away from those with whom it stays together."""
        here, area, group = self.outcome.home[i], self.market.area, self.market.group[i]
        same = here >= 0 and to >= 0 and area[here] == area[to]
        return bool(group) and not same and self.together[group] > 1

    def changes_tiers(self, moves: Mapping[int, int]) -> bool:
        """Whether, where tiers go first, the moves change how many households of a tier are placed."""
        if not self.outcome.by_tier:
            return False
        change = Counter[int]()
        for i, to in moves.items():
            change[self.market.tier[i]] += (to >= 0) - (self.outcome.home[i] >= 0)
        return any(change.values())

    def binding(self) -> list[Binding]:
        """The municipalities whose band binds, the dearest first."""
        found = []
        for area, price in enumerate(self.prices.area):
            if price:
                limit: Literal["max", "min"] = "max" if price > 0 else "min"
                points = abs(int(price)) / self.prices.scale
                found.append(Binding(area, limit, self.persons[area], points))
        return sorted(found, key=lambda each: (-each.points, each.area))


def prices_of(outcome: Outcome) -> Prices:
    """The duals of an outcome (PerronError where there are none)."""
    if outcome.prices is None:
        raise PerronError("matching.not_proven")
    return outcome.prices
