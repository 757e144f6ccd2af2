"""The files of households that look for a home and of homes, as ``perron match homes --help`` names their columns."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from perron.files.strict import Column, Table, day, finish, flag, listed, table, whole
from perron.matching.homes import HOST_WISHES, LEGAL_BASES, ORDINARY, Home, Seeker
from perron.matching.plan import tier
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Household, HouseholdId, Member, Need, PersonId, Sex
from perron.vocabulary.places import Feature, PlaceKind, SiteId, Unit, UnitId
from perron.vocabulary.territory import points
from perron.vocabulary.wording import message

WOMEN_ONLY, MINORS_ALONE = "women_only", "minors_alone"
GROWN_UP = 40
"""Years of whoever is written down without any birth: an adult is taken to be among them."""


def some_of(*known: str) -> Callable[[str], frozenset[str]]:
    """A reader of words between semicolons, all of them known (ValueError)."""

    def read(text: str) -> frozenset[str]:
        words = frozenset(listed(text))
        if not words <= set(known):
            raise ValueError(text)
        return words

    return read


def tongues(text: str) -> frozenset[str]:
    """Languages between semicolons."""
    return frozenset(listed(text))


def births(text: str) -> tuple[PartialDate | None, ...]:
    """Days, months or years of birth between semicolons; ? where it is not known (ValueError)."""
    return tuple(None if each == "?" else PartialDate.parse(each) for each in listed(text))


def sexes(text: str) -> tuple[Sex | None, ...]:
    """f, m or x between semicolons; ? where it is not known (ValueError)."""
    return tuple(None if each == "?" else Sex(each) for each in listed(text))


def anchor(text: str) -> str:
    """A municipality by its NIS code (ValueError)."""
    if text not in points():
        raise ValueError(text)
    return text


def word(*known: str) -> Callable[[str], str]:
    """A reader of one of these words (ValueError)."""

    def read(text: str) -> str:
        if text not in known:
            raise ValueError(text)
        return text

    return read


NIS = "the NIS code of a municipality"
COUNT = "a whole number from 0 on"


def optional(name: str, read: Callable[[str], Any], expected: str, default: Any) -> Column:  # noqa: ANN401 - as it reads
    """A column that may be absent, and whose cells may be empty."""
    return Column(name, read, expected, needed=False, default=default)


SEEKERS = (
    Column("household"),
    Column("size", whole(1), "a whole number from 1 on"),
    optional("members_born", births, "days, months or years of birth between semicolons, ? for unknown", ()),
    optional("members_sex", sexes, "f, m, x or ? between semicolons", ()),
    optional("needs", some_of(*Need), "needs between semicolons: " + ", ".join(Need), frozenset()),
    optional("languages", tongues, "codes", frozenset()),
    optional("anchor", anchor, NIS, None),
    optional("radius_km", whole(), COUNT, None),
    optional("waiting_since", day, "a day such as 2026-11-23", None),
    optional("tier", whole(-(10**6)), "a whole number", None),
    optional("group", str, "a text", ""),
    optional("pets", flag, "0 or 1", default=False),
    optional("refusals", whole(), COUNT, 0),
    optional("wishes", lambda text: frozenset(anchor(each) for each in listed(text)),
             "NIS codes between semicolons", frozenset()),
    optional("temporarily_displaced", flag, "0, 1, or nothing where it is not known", None),
)  # fmt: skip
HOMES = (
    Column("place"),
    Column("municipality"),
    optional("kind", str, "a text", ""),
    Column("beds", whole(), COUNT),
    optional("shared", flag, "0 or 1", default=False),
    optional("features", some_of(*Feature, WOMEN_ONLY, MINORS_ALONE), "features between semicolons: "
             + ", ".join((*Feature, WOMEN_ONLY, MINORS_ALONE)), frozenset()),
    optional("available_from", day, "a day such as 2026-11-23", None),
    optional("available_until", day, "a day such as 2026-11-23", None),
    optional("own_kitchen", flag, "0 or 1", default=False),
    optional("host_languages", tongues, "codes", frozenset()),
    optional("host_wishes", some_of(*HOST_WISHES), " or ".join(HOST_WISHES), frozenset()),
    optional("legal_basis", word(*LEGAL_BASES), " or ".join(LEGAL_BASES), ORDINARY),
)  # fmt: skip


def read(households: Path, places: Path, on: date) -> tuple[list[Seeker], list[Home]]:
    """The households and homes of two files.

    Raises:
        BadFile: with every fault of both.
        OSError: one cannot be opened.
    """
    first, second = table(households, SEEKERS), table(places, HOMES)
    first.once("household")
    second.once("place")
    for row in range(len(first.lines)):
        whole_household(first, row)
    for row in range(len(second.lines)):
        begin, end = second.columns["available_from"][row], second.columns["available_until"][row]
        if begin and end and end < begin:
            told = message(
                "file.expected", found=end.isoformat(), expected=f"{begin.isoformat()} or later"
            )
            second.fault(row, "available_until", told)
    finish(first, second)
    return (
        [seeker(rows(first, row), row, on) for row in range(len(first.lines))],
        [home(rows(second, row), row) for row in range(len(second.lines))],
    )


def rows(found: Table, row: int) -> dict[str, Any]:
    """One row by its columns."""
    return {name: column[row] for name, column in found.columns.items()}


def whole_household(found: Table, row: int) -> None:
    """As many births and sexes as members."""
    cells = rows(found, row)
    for name in ("members_born", "members_sex"):
        if cells[name] and cells["size"] and len(cells[name]) != cells["size"]:
            told = message(
                "file.expected",
                found=str(len(cells[name])),
                expected=f"{cells['size']} of them, as in size",
            )
            found.fault(row, name, told)


def seeker(cells: dict[str, Any], row: int, on: date) -> Seeker:
    """A household of one row."""
    born = cells["members_born"] or (PartialDate(on.year - GROWN_UP),) * cells["size"]
    sex = cells["members_sex"] or (None,) * cells["size"]
    pairs = zip(born, sex, strict=True)
    household = Household(
        id=HouseholdId(row),
        members=tuple(Member(PersonId(at), *each) for at, each in enumerate(pairs)),
        needs=frozenset(map(Need, cells["needs"])) | ({Need.PETS} if cells["pets"] else set()),
        languages=cells["languages"],
        waiting_since=cells["waiting_since"],
        municipality=cells["anchor"],
    )
    own = tier(household, on) if cells["tier"] is None else cells["tier"]
    return Seeker(
        cells["household"], household, cells["radius_km"], own, cells["group"], cells["refusals"],
        cells["wishes"], cells["temporarily_displaced"],
    )  # fmt: skip


def home(cells: dict[str, Any], row: int) -> Home:
    """A home of one row."""
    features = {Feature(each) for each in cells["features"] - {WOMEN_ONLY, MINORS_ALONE}}
    unit = Unit(
        UnitId(row), SiteId(row), cells["place"], PlaceKind.HOME, cells["municipality"],
        beds=cells["beds"], free=cells["beds"], shared=cells["shared"],
        women_only=WOMEN_ONLY in cells["features"], minors_alone=MINORS_ALONE in cells["features"],
        features=frozenset(features | ({Feature.OWN_KITCHEN} if cells["own_kitchen"] else set())),
        available_from=cells["available_from"], available_until=cells["available_until"],
    )  # fmt: skip
    return Home(
        cells["place"], unit, cells["kind"], cells["host_languages"], cells["legal_basis"],
        cells["host_wishes"],
    )  # fmt: skip
