"""Work: the single permit of an employee."""

from collections.abc import Mapping
from typing import Any

from perron.rules.binding import Unsettled
from perron.rules.expressions import World, only_if
from perron.rules.facts import NONE, Days
from perron.rules.moments import Moment
from perron.rules.routes import Route
from perron.rules.terms import Derived, Param, fact, years_since

OFFER = "job_offer"
REGIONS = ("VLG", "BRU", "WAL", "DG")
CATEGORIES = ("highly_skilled", "young_or_nurse", "under30", "executive", "other")
WAGE_FACTS = tuple(
    f"{OFFER}.{name}" for name in ("region", "category", "gross_month", "gross_year")
)
REGION, CATEGORY, MONTH, YEAR = WAGE_FACTS
BY_YEAR = "EUR/year"


def wage_enough(world: World, moment: Moment) -> bool | Unsettled | None:
    """Whether the wage reaches the amount of its Region and category, in the unit of that amount; never converted."""
    if NONE in (world[REGION], world[CATEGORY]):
        return False
    row = moment.row(f"wage.{world[CATEGORY]}", world[REGION])
    if row is None or row.value is None:
        return None
    wage = world[YEAR if row.unit == BY_YEAR else MONTH]
    return wage != NONE and bool(wage >= row.value)


def wage_edges(name: str, known: Mapping[str, Any], moment: Moment) -> list[float]:
    """The amounts that may count for what is stated of the Region and the category."""
    if name not in {MONTH, YEAR}:
        return []
    regions = [known[REGION]] if known.get(REGION) else REGIONS
    categories = [known[CATEGORY]] if known.get(CATEGORY) else CATEGORIES
    rows = [moment.row(f"wage.{each}", region) for each in categories for region in regions]
    return [row.value for row in rows if row is not None and row.value is not None]


def unknown_wages(known: Mapping[str, Any], moment: Moment) -> list[str]:
    """The amounts that are not known for what is stated of the Region and the category."""
    regions = [known[REGION]] if known.get(REGION) else REGIONS
    categories = [known[CATEGORY]] if known.get(CATEGORY) else CATEGORIES
    return [
        f"wage.{each}"
        for each in categories
        if any(moment.value(f"wage.{each}", region) is None for region in regions)
    ]


PASSPORT, CONTRACT_END = "passport_valid_until", f"{OFFER}.contract_to"


def passport_covers(world: World, _moment: Moment) -> bool | None:
    """Whether the passport is valid until the contract ends; no rule was found for a contract without an end."""
    passport, end = world[PASSPORT], world[CONTRACT_END]
    if passport == NONE or world[OFFER] == NONE:
        return False
    return None if end == NONE else bool(passport >= end)


def passport_edges(name: str, known: Mapping[str, Any], _moment: Moment) -> list[Any]:
    """The days at which a passport begins to cover a contract, or a contract to outlast a passport."""
    other = known.get(CONTRACT_END if name == PASSPORT else PASSPORT)
    if not isinstance(other, Days):
        return []
    after = other.last.fromordinal(other.last.toordinal() + 1)
    return [other.last if name == PASSPORT else after]


job_offer = fact(OFFER).exists()
wage_reaches_the_amount = Derived(
    "wage reaches the amount",
    needs=WAGE_FACTS,
    law=tuple(f"wage.{each}" for each in CATEGORIES),
    compute=wage_enough,
    candidates=wage_edges,
    silent=unknown_wages,
).is_(True)
labour_market_test_passed = fact(f"{OFFER}.labour_market_test").one_of(
    "done_no_candidate", "exempt"
)
passport_covers_the_contract = Derived(
    "passport covers the contract",
    needs=(PASSPORT, OFFER, CONTRACT_END),
    compute=passport_covers,
    candidates=passport_edges,
).is_(True)
adult = years_since("birth_date") >= Param("adult.age")
no_record_in_the_country_of_origin = fact("criminal_record_clean_origin").is_(True)
healthy = fact("medical_certificate_clean").is_(True)
insured = fact("health_insured").is_(True)

SINGLE_PERMIT = Route(
    "single_permit",
    holds_status=("single_permit",),
    conditions=(
        job_offer.cite("single_permit.offer", "Act art. 61/25-1 ff.; belgium.md §2.7", "V"),
        wage_reaches_the_amount.cite(
            "single_permit.wage", "regional rules on economic migration (belgium.md §2.12)", "V"
        ),
        labour_market_test_passed.cite(
            "single_permit.market", "belgium.md §2.7 (regional rules)", "M+"
        ),
        passport_covers_the_contract.cite("single_permit.passport", "belgium.md §2.7", "V"),
        only_if(adult, no_record_in_the_country_of_origin).cite(
            "single_permit.record", "belgium.md §2.7", "V"
        ),
        healthy.cite("single_permit.health", "belgium.md §2.7", "V"),
        insured.cite("single_permit.insured", "belgium.md §2.7", "V"),
    ),
)
