"""Work as an employee: the single permit and the EU Blue Card."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from perron.rules.belgium.conditions import (
    ONE_DAY,
    adult,
    healthy,
    insured,
    no_record_in_the_country_of_origin,
)
from perron.rules.belgium.wages import (
    OFFER,
    wage_reaches_the_amount,
    wage_reaches_the_blue_card,
)
from perron.rules.expressions import World, only_if
from perron.rules.facts import NONE, Days
from perron.rules.moments import Moment
from perron.rules.routes import Route
from perron.rules.terms import Derived, Param, fact
from perron.vocabulary.intervals import add_months, latest_start

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
labour_market_test_passed = fact(f"{OFFER}.labour_market_test").one_of(
    "done_no_candidate", "exempt"
)
passport_covers_the_contract = Derived(
    "single_permit.passport",
    needs=(PASSPORT, OFFER, CONTRACT_END),
    compute=passport_covers,
    candidates=passport_edges,
).is_(True)

SINGLE_PERMIT = Route(
    "single_permit",
    holds_status=("single_permit",),
    conditions=(
        job_offer.cite("single_permit.offer", "Act art. 61/25-1 ff.; belgium.md §2.7", "V"),
        wage_reaches_the_amount.cite(
            "single_permit.wage", "belgium.md §2.12 (regional rules on economic migration)", "V"
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

CONTRACT_START, LENGTH = f"{OFFER}.contract_from", "bluecard.min_contract_months"


def long_enough(world: World, moment: Moment) -> bool | None:
    """Whether the contract runs for the months of the law, its last day included; one without an end does."""
    start, end, months = world[CONTRACT_START], world[CONTRACT_END], moment.value(LENGTH)
    if NONE in (world[OFFER], start):
        return False
    if months is None:
        return None
    return end == NONE or bool(end + ONE_DAY >= add_months(start, months))


def length_edges(name: str, known: Mapping[str, Any], moment: Moment) -> list[date]:
    """The days from which a contract is long enough, or begins too late to be so."""
    months = moment.value(LENGTH)
    other = known.get(CONTRACT_END if name == CONTRACT_START else CONTRACT_START)
    if not isinstance(other, Days) or months is None or name == OFFER:
        return []
    both = {other.first, other.last}
    if name == CONTRACT_START:
        return [latest_start(day + ONE_DAY, months) + ONE_DAY for day in both]
    return [add_months(day, months) - ONE_DAY for day in both]


contract_is_long_enough = Derived(
    "contract is long enough",
    needs=(OFFER, CONTRACT_START, CONTRACT_END),
    law=(LENGTH,),
    compute=long_enough,
    candidates=length_edges,
).is_(True)
higher_education = fact("degree_level") >= "bachelor"
experience_in_ict = fact("ict_experience_years") >= Param("bluecard.ict_experience_years")

BLUE_CARD = Route(
    "blue_card",
    holds_status=("blue_card",),
    conditions=(
        job_offer.cite("blue_card.offer", "Dir. (EU) 2021/1883", "V"),
        (
            higher_education.cite(
                "blue_card.degree", "Dir. (EU) 2021/1883; belgium.md §2.7 (regional decrees)", "V"
            )
            | experience_in_ict.cite(
                "blue_card.ict", "Dir. (EU) 2021/1883; belgium.md §2.7 (regional decrees)", "V"
            )
        ).cite(
            "blue_card.qualified", "Dir. (EU) 2021/1883; belgium.md §2.7 (regional decrees)", "V"
        ),
        contract_is_long_enough.cite(
            "blue_card.contract", "Dir. (EU) 2021/1883; belgium.md §2.7", "V"
        ),
        wage_reaches_the_blue_card.cite(
            "blue_card.wage", "belgium.md §2.12 (regional decrees)", "V"
        ),
        insured.cite("blue_card.insured", "belgium.md §2.7", "M+"),
    ),
)
