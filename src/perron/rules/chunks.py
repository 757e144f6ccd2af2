"""Some people at a time through the steps of a route; what settles a conjunction spares the rest of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perron.rules.asking import stays
from perron.rules.binding import AND, WEIGHED
from perron.rules.compiled import Split, Step, Together, Turned, Unit
from perron.rules.planes import Plane, both, either, let_through, moving, opposite, spread, still

FEW = 0.75
"""Up to which share of a chunk it pays to go on with those alone for whom a conjunction is not settled yet."""


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Some people, with the planes that were asked already; ``quiet``: the steps that stay over the days."""

    lookups: Mapping[Unit, Any]
    rows: Any
    planes: dict[Unit, Plane]
    quiet: frozenset[Step]

    def plane(self, step: Step) -> Plane:
        """The plane of a step."""
        if isinstance(step, bool):
            return still(can=step, must=step)
        if isinstance(step, Unit):
            found = self.planes.get(step)
            if found is None:
                found = self.planes[step] = self.lookups[step].plane(self.rows)
            return found
        if isinstance(step, Turned):
            inner = self.plane(step.part)
            return let_through(inner) if step.kind == WEIGHED else opposite(inner)
        if isinstance(step, Split):
            return self.split(step)
        return self.together(step)

    def together(self, step: Together) -> Plane:
        """All, or at least one; what stays over the days first, as it takes an eighth of the room.

        Where all must hold, the rest is asked only of those for whom what stays does not settle it already.
        """
        if step.kind != AND:
            return joined(either, sorted(map(self.plane, step.parts), key=moves))
        quiet = [each for each in step.parts if each in self.quiet]
        rest = [each for each in step.parts if each not in self.quiet]
        if not quiet:
            return joined(both, map(self.plane, rest))
        found = joined(both, map(self.plane, quiet))
        if not rest or np.ndim(found.still) == 0:
            return joined(both, (found, *map(self.plane, rest)))
        left = np.flatnonzero(found.still != 0)
        if len(left) > FEW * len(found.still):
            return joined(both, (found, *map(self.plane, rest)))
        some = replace(self, rows=self.people(left), planes={})
        can, must = moving(joined(both, map(some.plane, rest)))
        can = np.broadcast_to(can, left.shape)
        must = must & spread(found.still[left], 6)
        return Plane(can=can, must=must, left=left, size=len(found.still))

    def people(self, places: NDArray[np.intp]) -> Any:  # noqa: ANN401 - a slice, or numbers
        """The numbers of some of these people, by their places among them."""
        return places + self.rows.start if isinstance(self.rows, slice) else self.rows[places]

    def split(self, step: Split) -> Plane:
        """It can be where some possible way lets it; it must be where every possible way makes it so."""
        can, must = still(can=False, must=False), still(can=True, must=True)
        for possible, then in step.ways:
            way = let_through(self.plane(possible))
            inner = self.plane(then)
            can = either(can, both(way, inner))
            must = both(must, either(opposite(way), inner))
        if can.still is not None and must.still is not None:
            return Plane(still=(can.still & 1) | (must.still & 2))
        return Plane(can=moving(can)[0], must=moving(must)[1])


def joined(combine: Callable[[Plane, Plane], Plane], planes: Iterable[Plane]) -> Plane:
    """Several planes as one."""
    return reduce(combine, planes)


def moves(plane: Plane) -> bool:
    """Whether a plane changes over the days."""
    return plane.still is None


def quiet_steps(steps: Iterable[Step], lookups: Mapping[Unit, Any]) -> Iterator[Step]:
    """The steps that stay over the days, and those inside others."""
    for step in steps:
        inner: list[Step] = []
        if isinstance(step, Together):
            inner = list(quiet_steps(step.parts, lookups))
            yield from inner
        still_parts = isinstance(step, Together) and all(each in inner for each in step.parts)
        if still_parts or (isinstance(step, Unit) and stays(lookups[step])):
            yield step
