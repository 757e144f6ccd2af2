"""Truth of many people at once: a bit a day, in two planes: whether it can be so, and whether it must be.

``can`` and ``must`` combine alike: both parts by ``&``, either part by ``|``. Where the parts share no unknown fact
this is exact; parts that do are split along what they share (``compiled``). What does not change over the days takes a
byte a person instead: bit 0 can, bit 1 must.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Bytes = NDArray[np.uint8]
EVERY_DAY = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
CAN = np.uint8(1)
BOTH_BITS = np.uint8(3)


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """Either ``still``, a byte a person, or ``can`` and ``must``, a word a person; a single value holds for all.

    With ``left`` the words are those of these people alone, of ``size`` together; for all others it can not be so.
    """

    still: Any = None
    can: Any = None
    must: Any = None
    left: NDArray[np.intp] | None = None
    size: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Few:
    """Words of some people among all; those of all others are zero."""

    words: Words
    left: NDArray[np.intp]
    size: int

    def all(self) -> Words:
        """The words of everybody."""
        found = np.zeros(self.size, np.uint64)
        found[self.left] = self.words
        return found


def still(*, can: bool, must: bool) -> Plane:
    """The same for everybody on every day."""
    return Plane(still=np.uint8(can + 2 * must))


def moving(plane: Plane) -> tuple[Any, Any]:
    """The planes as words."""
    if plane.left is not None:
        few = [Few(each, plane.left, plane.size) for each in (plane.can, plane.must)]
        return few[0].all(), few[1].all()
    if plane.still is None:
        return plane.can, plane.must
    return spread(plane.still, 7), spread(plane.still, 6)


def spread(bits: Any, shift: int) -> Any:  # noqa: ANN401 - a byte or many
    """One bit of each byte in every bit of a word: moved to the sign, which widening repeats."""
    signed = np.left_shift(bits, np.uint8(shift)).view(np.int8) >> np.int8(7)
    return signed.astype(np.int64).view(np.uint64)


def both(one: Plane, other: Plane) -> Plane:
    """One and the other."""
    if one.still is not None and other.still is not None:
        return Plane(still=one.still & other.still)
    (a, b), (c, d) = moving(one), moving(other)
    return Plane(can=a & c, must=b & d)


def either(one: Plane, other: Plane) -> Plane:
    """One or the other."""
    if one.still is not None and other.still is not None:
        return Plane(still=one.still | other.still)
    (a, b), (c, d) = moving(one), moving(other)
    return Plane(can=a | c, must=b | d)


def opposite(plane: Plane) -> Plane:
    """Not so."""
    if plane.still is None:
        can, must = moving(plane)
        return Plane(can=~must, must=~can)
    return Plane(still=turned(plane.still))


def turned(bits: Any) -> Any:  # noqa: ANN401 - a byte or many
    """No becomes must, must becomes no, can stays."""
    swapped = bits ^ BOTH_BITS
    return (swapped >> CAN) | ((swapped & CAN) << CAN)


def let_through(plane: Plane) -> Plane:
    """So wherever it can be: an authority weighs it."""
    if plane.still is None:
        return Plane(can=moving(plane)[0], must=moving(plane)[0])
    return Plane(still=(plane.still & CAN) * BOTH_BITS)


def counts(words: Words, days: int) -> NDArray[np.int64]:
    """How many words have each of the first bits set; adds in ever wider lanes, so that no bit is looked at alone."""
    size = len(words)
    padded = np.zeros(-(-max(size, 1) // 255) * 255, np.uint64)
    padded[:size] = words
    lanes = [padded]
    for width, group, mask in LANES:
        shift = np.uint64(width)
        halves = [half for lane in lanes for half in (lane & mask, (lane >> shift) & mask)]
        lanes = [half.reshape(group, -1).sum(axis=0, dtype=np.uint64) for half in halves]
    total = np.zeros(64, np.int64)
    for place, lane in enumerate(lanes):
        by_byte = lane.view(np.uint8).reshape(-1, 8).sum(axis=0, dtype=np.int64)
        total[bit_of(place) + 8 * np.arange(8)] = by_byte
    return total[:days]


LANES = (
    (1, 3, np.uint64(0x5555_5555_5555_5555)),
    (2, 5, np.uint64(0x3333_3333_3333_3333)),
    (4, 17, np.uint64(0x0F0F_0F0F_0F0F_0F0F)),
)
"""Width of a lane, how many words add up in a lane of twice that width, and the mask of every second lane."""


def bit_of(place: int) -> int:
    """The bit within a byte that the lane at a place of the last list counts."""
    return (place >> 2 & 1) + 2 * (place >> 1 & 1) + 4 * (place & 1)
