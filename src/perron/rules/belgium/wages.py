"""The wage of an offer beside the amount of its Region, in the unit of that amount; never converted."""

from collections.abc import Callable, Mapping
from typing import Any

from perron.rules.binding import Unsettled
from perron.rules.expressions import World
from perron.rules.facts import NONE
from perron.rules.moments import Moment
from perron.rules.terms import Atom, Derived

OFFER = "job_offer"
REGIONS = ("VLG", "BRU", "WAL", "DG")
CATEGORIES = ("highly_skilled", "young_or_nurse", "under30", "executive", "other")
REGION, CATEGORY, MONTH, YEAR = (
    f"{OFFER}.{name}" for name in ("region", "category", "gross_month", "gross_year")
)
BY_YEAR = "EUR/year"
BLUE_CARD = "wage.blue_card"

Keys = Callable[[Mapping[str, Any]], list[str]]
"""The amounts that may count for what is stated of an offer."""


def of_category(known: Mapping[str, Any]) -> list[str]:
    """The amount of the category of the offer."""
    if known.get(CATEGORY) == NONE:
        return []
    categories = [known[CATEGORY]] if known.get(CATEGORY) else CATEGORIES
    return [f"wage.{each}" for each in categories]


def of_blue_card(_known: Mapping[str, Any]) -> list[str]:
    """The one amount of the Blue Card."""
    return [BLUE_CARD]


def reaches(name: str, keys: Keys, *more: str, law: tuple[str, ...]) -> Atom:
    """The wage reaches the amount of its Region; ``more``: what else the amount depends on."""

    def test(world: World, moment: Moment) -> bool | Unsettled | None:
        if world[REGION] == NONE or not (found := keys(world)):
            return False
        row = moment.row(found[0], world[REGION])
        if row is None or row.value is None:
            return None
        wage = world[YEAR if row.unit == BY_YEAR else MONTH]
        return wage != NONE and bool(wage >= row.value)

    def edges(asked: str, known: Mapping[str, Any], moment: Moment) -> list[float]:
        if asked not in {MONTH, YEAR}:
            return []
        rows = [moment.row(each, region) for each in keys(known) for region in regions(known)]
        return [row.value for row in rows if row is not None and row.value is not None]

    def silent(known: Mapping[str, Any], moment: Moment) -> list[str]:
        return [
            each
            for each in keys(known)
            if any(moment.value(each, region) is None for region in regions(known))
        ]

    return Derived(
        name,
        needs=(REGION, *more, MONTH, YEAR),
        law=law,
        compute=test,
        candidates=edges,
        silent=silent,
    ).is_(True)


def regions(known: Mapping[str, Any]) -> list[str]:
    """The Regions in which the offer may be."""
    return [known[REGION]] if known.get(REGION) else list(REGIONS)


wage_reaches_the_amount = reaches(
    "wage reaches the amount",
    of_category,
    CATEGORY,
    law=tuple(f"wage.{each}" for each in CATEGORIES),
)
wage_reaches_the_blue_card = reaches(
    "wage reaches the amount of the Blue Card", of_blue_card, law=(BLUE_CARD,)
)
