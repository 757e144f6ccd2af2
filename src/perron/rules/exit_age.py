"""Age on leaving Ukraine, asked only by the rule proposed in June 2026 on men liable to military service."""

from collections.abc import Mapping
from datetime import date

from perron.rules.law import parameter
from perron.vocabulary.intervals import PartialDate, completed_years

EXIT_AGE_FACTS = {
    "conscription_age_at_exit": ("birth_date", "left_ua_on"),
    "reserve_age_at_exit": ("birth_date", "left_ua_on", "on_reserve_list"),
}


def exit_ages(facts: Mapping[str, object], on: date, scenario: str) -> dict[str, object]:
    """The derived facts as far as they are certain; what depends on unknown days is left out."""
    ages = exit_age_range(facts)
    if ages is None:
        return {}
    low, high, reserve = (
        parameter(key, on, scenario=scenario).value
        for key in ("tp_m.age_min", "tp_m.age_max", "tp_m.reserve_age_min")
    )
    found: dict[str, object] = {}
    if (inside := band(ages, low, high)) is not None:
        found["conscription_age_at_exit"] = inside
    if facts.get("on_reserve_list") is False:
        found["reserve_age_at_exit"] = False
    elif (inside := band(ages, reserve, low)) is False or (inside and facts.get("on_reserve_list")):
        found["reserve_age_at_exit"] = inside
    return found


def exit_age_range(facts: Mapping[str, object]) -> tuple[int, int] | None:
    """The youngest and oldest age the person may have had, or None when a day is not known at all."""
    try:
        born = PartialDate.parse(str(facts["birth_date"]))
        left = PartialDate.parse(str(facts["left_ua_on"]))
    except (KeyError, ValueError):
        return None
    return completed_years(born.latest, left.earliest), completed_years(born.earliest, left.latest)


def band(ages: tuple[int, int], low: int | None, high: int | None) -> bool | None:
    """Whether every possible age lies in the band (true), none does (false), or it is open (None)."""
    if low is None or high is None:
        return None
    if low <= ages[0] and ages[1] <= high:
        return True
    return False if ages[1] < low or ages[0] > high else None
