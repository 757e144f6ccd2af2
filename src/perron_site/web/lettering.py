"""How wide words are and where they break, for drawings made on the server."""

from functools import cache
from itertools import accumulate

NARROW = frozenset("ijlI.,:;!'’|ії·")
SLIM = frozenset("frt()-–/ JгтГєзс")
WIDE = frozenset("mwMWШЩЮЖФМшщюжфмыЫЪ@%")
SHARES = ((NARROW, 0.27), (SLIM, 0.42), (WIDE, 0.87))
UPPER, LOWER = 0.72, 0.56
BOLD = 1.07
"""Shares of the type size, after Helvetica, whose widths Arial and Liberation Sans have too."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide the text is; rather too wide than too narrow."""
    total = sum(map(share, text))
    return total * size * (BOLD if bold else 1)


@cache
def share(letter: str) -> float:
    """Return the width of a letter as a share of the type size."""
    for letters, part in SHARES:
        if letter in letters:
            return part
    return UPPER if letter.isupper() else LOWER


def lines(text: str, limit: int = 18) -> tuple[str, ...]:
    """Break into at most two lines, as even as can be; one line if the limit allows it."""
    words = text.split()
    if len(text) <= limit or len(words) < 2:  # noqa: PLR2004 - two lines need two words
        return (" ".join(words),) if words else ()
    ends = list(accumulate(len(word) + 1 for word in words))
    cut = min(range(1, len(words)), key=lambda at: longer(ends, at))
    return " ".join(words[:cut]), " ".join(words[cut:])


def longer(ends: list[int], at: int) -> int:
    """Return the length of the longer line when broken before this word."""
    return max(ends[at - 1] - 1, ends[-1] - ends[at - 1] - 1)
