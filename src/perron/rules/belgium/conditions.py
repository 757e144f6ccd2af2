"""Conditions that several routes ask, and terms of months that run from a day."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from perron.rules.earliest import days_of
from perron.rules.expressions import World
from perron.rules.facts import NONE
from perron.rules.moments import Moment
from perron.rules.terms import Atom, Derived, Param, fact, years_since
from perron.vocabulary.intervals import add_months, latest_start

ONE_DAY = timedelta(days=1)

adult = years_since("birth_date") >= Param("adult.age")
minor = years_since("birth_date") < Param("adult.age")
insured = fact("health_insured").is_(True)
no_record_in_the_country_of_origin = fact("criminal_record_clean_origin").is_(True)
healthy = fact("medical_certificate_clean").is_(True)
identity_document = fact("identity_document").one_of(
    "valid_passport", "expired_passport", "identity_card", "other_official"
)
address_in_belgium = fact("address_be").is_(True)
public_order_risk = fact("public_order_risk").is_(True)


def within_months(name: str, key: str) -> Atom:
    """At most so many calendar months have passed since a day, the first and the last day included."""

    def test(world: World, moment: Moment) -> bool | None:
        start, months = world[name], moment.value(key)
        if start == NONE:
            return False
        return None if months is None else bool(start <= moment.on <= add_months(start, months))

    def edges(asked: str, _known: Mapping[str, Any], moment: Moment) -> list[date]:
        months = moment.value(key)
        if asked != name or months is None:
            return []
        return [latest_start(moment.on - ONE_DAY, months) + ONE_DAY, moment.on + ONE_DAY]

    def turns(known: Mapping[str, Any], moment: Moment) -> list[date]:
        ends = [
            add_months(day, n) + ONE_DAY for day in days_of(name, known) for n in terms(key, moment)
        ]
        return [*days_of(name, known), *ends]

    return Derived(
        f"within {key} of {name}",
        needs=(name,),
        law=(key,),
        compute=test,
        candidates=edges,
        turns=turns,
        moves=True,
    ).is_(True)


def terms(key: str, moment: Moment) -> list[int]:
    """Every length that a term of the law has on some day."""
    return [row.value for row in moment.rows(key) if row.value is not None]
