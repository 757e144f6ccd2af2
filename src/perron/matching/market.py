"""A market: who looks for a place, which places there are, which pairs are allowed and what each is worth."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perron.files.strict import Column, Table, finish, flag, table, whole
from perron.matching.assignment import Edges
from perron.matching.compiled import compiled, plain
from perron.matching.kernels import Numbers
from perron.matching.pairs import Pairs
from perron.matching.pairs import read as read_pairs
from perron.vocabulary.wording import message

PENALTY = 800
"""What each person short of the least of a municipality costs, unless said otherwise."""

NUMBER = "a whole number"
HOUSEHOLDS = (
    Column("household"),
    Column("size", whole(1), "a whole number from 1 on", needed=False, default=None),
    Column("tier", whole(-(10**6)), NUMBER, needed=False, default=0),
    Column("group", needed=False, default=""),
)
PLACES = (
    Column("place"),
    Column("municipality"),
    Column("beds", whole(), "a whole number from 0 on"),
    Column("shared", flag, "0 or 1"),
)
BANDS = (
    Column("municipality"),
    Column("min_persons", whole(), "a whole number from 0 on, or nothing", default=0),
    Column("max_persons", whole(), "a whole number from 0 on, or nothing", default=None),
)


@dataclass(frozen=True, slots=True)
class Market:
    """Everything that a plan depends on; households and places by index, in the order of their files.

    ``beds``: of a shared place, which takes households until their persons fill them; None: it takes one
    household. ``area``: index of the municipality of each place. ``low``, ``high``: persons in each
    municipality; None: no limit.
    """

    households: Sequence[str]
    places: Sequence[str]
    edges: Edges
    size: Sequence[int]
    tier: Sequence[int]
    group: Sequence[str]
    beds: Sequence[int | None]
    area: Sequence[int]
    areas: Sequence[str]
    low: Sequence[int]
    high: Sequence[int | None]
    penalty: int = PENALTY

    @property
    def pure(self) -> bool:
        """Whether it is an assignment and nothing more: no shared place, no band, nobody to keep together."""
        together = any(count > 1 for name, count in Counter(self.group).items() if name)
        bands = any(self.low) or any(high is not None for high in self.high)
        return not (together or bands or any(beds is not None for beds in self.beds))


@dataclass(slots=True)
class Files:
    """The files of a market as they were read."""

    pairs: Pairs
    households: Table | None = None
    places: Table | None = None
    bands: Table | None = None
    faults: list[Table] = field(default_factory=list)


def read(
    edges: Path,
    households: Path | None = None,
    places: Path | None = None,
    bands: Path | None = None,
    penalty: int = PENALTY,
) -> Market:
    """The market of these files (``perron match solve --help`` says what stands in them).

    Raises:
        BadFile: with every fault of every file.
        OSError: one cannot be opened.
    """
    first = table(households, HOUSEHOLDS) if households else None
    second = table(places, PLACES) if places else None
    third = table(bands, BANDS) if bands else None
    for found, key in ((first, "household"), (second, "place"), (third, "municipality")):
        if found:
            found.once(key)
    sizes(first, second, third)
    span(third)
    tables = [each for each in (first, second, third) if each]
    if any(each.faults for each in tables):
        raise_all(edges, tables)
    return joined(read_pairs(edges), first, second, third, penalty)


def read_bands(path: Path) -> dict[str, tuple[int, int | None]]:
    """The least and the most persons of each municipality of a file (BadFile, OSError)."""
    found = table(path, BANDS)
    found.once("municipality")
    span(found)
    finish(found)
    rows = zip(*(found.columns[each.name] for each in BANDS), strict=True)
    return {name: (low, high) for name, low, high in rows}


def raise_all(edges: Path, tables: list[Table]) -> None:
    """The faults of all files, those of the pairs first (BadFile)."""
    from perron.matching.pairs import COLUMNS  # noqa: PLC0415 - only where something is wrong

    pairs = table(edges, COLUMNS)
    pairs.once("household", "place")
    finish(pairs, *tables)


def sizes(first: Table | None, second: Table | None, third: Table | None) -> None:
    """Sizes must be known where persons are counted: shared places and bands."""
    asking = third
    rows = [0] if third and third.lines else []
    if second and any(second.columns["shared"]):
        asking, rows = second, [second.columns["shared"].index(True)]
    if first is None or "size" not in first.order:
        if asking and rows:
            column = "shared" if asking is second else "municipality"
            asking.fault(rows[0], column, message("market.sizes_needed"))
        return
    for row, size in enumerate(first.columns["size"]):
        known = any(fault.line == first.lines[row] for fault in first.faults)
        if size is None and not known and asking and rows:
            first.fault(row, "size", message("market.sizes_needed"))


def span(bands: Table | None) -> None:
    """The least is not more than the most."""
    if bands is None:
        return
    columns = bands.columns
    for row, (low, high) in enumerate(
        zip(columns["min_persons"], columns["max_persons"], strict=True)
    ):
        if low is not None and high is not None and low > high:
            told = message("file.expected", found=str(high), expected=f"{low} or more")
            bands.fault(row, "max_persons", told)


def joined(
    pairs: Pairs, first: Table | None, second: Table | None, third: Table | None, penalty: int
) -> Market:
    """The files as one market (BadFile)."""
    households = first.columns["household"] if first else pairs.households
    places = second.columns["place"] if second else pairs.places
    edges = gathered(pairs, households, places, first, second)
    many = len(households)
    areas = dict.fromkeys(second.columns["municipality"] if second else [""])
    areas |= dict.fromkeys(third.columns["municipality"] if third else ())
    number = {name: index for index, name in enumerate(areas)}
    shared = second.columns["shared"] if second else [False] * len(places)
    beds = second.columns["beds"] if second else [1] * len(places)
    column = second.columns["municipality"] if second else [""] * len(places)
    low, high = limits(third, areas)
    return Market(
        households=households, places=places, edges=edges,
        size=[size or 1 for size in first.columns["size"]] if first else [1] * many,
        tier=first.columns["tier"] if first else [0] * many,
        group=first.columns["group"] if first else [""] * many,
        beds=[
            bed if together or bed == 0 else None for bed, together in zip(beds, shared, strict=True)
        ],
        area=[number[name] for name in column], areas=list(areas), low=low, high=high,
        penalty=penalty,
    )  # fmt: skip


def limits(bands: Table | None, areas: Mapping[str, None]) -> tuple[list[int], list[int | None]]:
    """The least and the most persons of each municipality."""
    if bands is None:
        return [0] * len(areas), [None] * len(areas)
    columns = bands.columns
    rows = zip(columns["municipality"], columns["min_persons"], columns["max_persons"], strict=True)
    known: dict[str, tuple[int, int | None]] = {name: (low, high) for name, low, high in rows}
    pairs = [known.get(name, (0, None)) for name in areas]
    return [low for low, _ in pairs], [high for _, high in pairs]


def gathered(
    pairs: Pairs,
    households: Sequence[str],
    places: Sequence[str],
    first: Table | None,
    second: Table | None,
) -> Edges:
    """The pairs by household; every name stands in its file, and no pair twice (BadFile)."""
    number = {name: index for index, name in enumerate(households)}
    target = {name: index for index, name in enumerate(places)}
    unknown = [name for name in pairs.households if name not in number]
    unknown += [name for name in pairs.places if name not in target]
    many, count = len(households), len(pairs.value)
    if not unknown:
        codes: tuple[Any, Any] = (
            [number[name] for name in pairs.households],
            [target[name] for name in pairs.places],
        )
        if isinstance(pairs.household, list):
            household: Numbers = [codes[0][code] for code in pairs.household]
            place: Numbers = [codes[1][code] for code in pairs.place]
            out: tuple[Numbers, ...] = [0] * (many + 1), [0] * count, [0] * count
            twice = plain("gather")(household, place, pairs.value, *out, [-1] * len(places))
        else:
            import numpy as np  # noqa: PLC0415 - only large files need it

            household = np.array(codes[0], np.int32)[pairs.household]
            place = np.array(codes[1], np.int32)[pairs.place]
            out = np.zeros(many + 1, np.int64), np.empty(count, np.int32), np.empty(count, np.int64)
            seen = np.full(len(places), -1, np.int32)
            twice = compiled("gather")(household, place, pairs.value, *out, seen)
        if not twice:
            return Edges(many, len(places), *out)
    found = pairs.table()
    if first:
        found.known("household", number, first.file)
    if second:
        found.known("place", target, second.file)
    finish(found)
    raise AssertionError("a fault that the careful reader does not see")
