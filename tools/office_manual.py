"""The office side of a route in the manual: terms, remedy, papers, and what time under protection counts for."""

from collections.abc import Iterator, Mapping
from typing import Any

from perron.rules.belgium.clocks import UNITS
from perron.rules.belgium.filing import as_list


def of_office(about: Mapping[str, Any]) -> Iterator[str]:
    """What the office and the person must know beside the conditions: terms, remedy, papers, what time counts for."""
    for word, key in (
        ("May a holder of temporary protection apply", "may_apply_with_tp"),
        ("May both be held at once", "may_hold_with_tp"),
    ):
        yield f"- {word}: {sure(about[key]['value'])} [{about[key]['mark']}]"
    for term in about["deadlines"]:
        if term["what"] != "none":
            yield f"- Term, {term['what']}: {length(term)}, from {term['from']}{period(term)} [{term['mark']}]"
    remedy = about["remedy"]
    days = f", {remedy['days']} days" if remedy["days"] else ""
    stops = {True: ", suspends", False: ", does not suspend", None: ""}[remedy["suspensive"]]
    yield f"- Against a refusal: {remedy['what']}{days}{stops} [{remedy['mark']}]"
    if about["documents"]:
        yield f"- Papers: {', '.join(about['documents'])}"
    counts = about["tp_time"]
    yield f"- Months under temporary protection count: {counts['counts']}; {counts['why']} [{counts['mark']}]"
    for after in as_list(about["unlimited_after"]):
        years = "a term that is not known" if after["years"] is None else f"{after['years']} years"
        yield f"- Leads to unlimited stay after {years}, counted from {after['from']} [{after['mark']}]"
    if "work" in about:
        yield f"- Work: {about['work']['what']} [{about['work']['mark']}]"


def sure(value: object) -> str:
    """Yes, no or not known."""
    return {True: "yes", False: "no"}.get(value, "not known") if value is not None else "not known"


def length(term: Mapping[str, Any]) -> str:
    """The length of a term, or that it is not known."""
    found = [f"{term[unit]} {unit.replace('_', ' ')}" for unit in UNITS if term.get(unit)]
    return (
        found[0] if found else f"parameter `{term['param']}`" if term.get("param") else "not known"
    )


def period(term: Mapping[str, Any]) -> str:
    """Which files the rules of a term are for, where two sets of rules lie side by side."""
    before, since = term.get("rules_before"), term.get("rules_from")
    return (
        f", for files lodged before {before}"
        if before
        else f", for files lodged from {since}"
        if since
        else ""
    )
