"""The office side of a route in the manual: terms, remedy, papers, and what time under protection counts for."""

from collections.abc import Iterator, Mapping
from typing import Any

from in_words import amount, answer

from perron.rules.belgium.clocks import UNITS, procedures
from perron.rules.belgium.filing import as_list
from perron.rules.law import called as names
from perron.rules.law import series

HOLDER = "tp"


def of_office(about: Mapping[str, Any], fee: str) -> Iterator[str]:
    """What the office and the person must know beside the conditions: terms, remedy, papers, what time counts for."""
    yield f"- Who decides: {about['authority']}"
    yield f"- Where to file in Belgium: {place(about['file_at']['belgium'])} [{of(about['file_at'])}]"
    yield f"- Where to file abroad: {place(about['file_at']['abroad'])} [{of(about['file_at'])}]"
    yield f"- Fee: {fee}"
    if about["id"] != HOLDER:
        yield f"- May a holder of temporary protection apply: {sure(about['may_apply_with_tp'])}"
        yield f"- May temporary protection be held beside this status: {sure(about['may_hold_with_tp'])}"
    for term in about["deadlines"]:
        if term["what"] != "none":
            note = f" ({term['note']})" if "note" in term else ""
            yield f"- Term, {term['what']}: {length(term)}{counted(term)}{period(term)}{note} [{of(term)}]"
    yield from remedy(about["remedy"])
    if about["documents"]:
        yield f"- Papers: {', '.join(about['documents'])}"
    if "clock" in about:
        clock = about["clock"]
        weights = f"; {clock['weights']}" if clock.get("weights") else ""
        yield f"- How the years are counted: from {clock['from']}{weights} [{of(clock)}]"
    counts = about["tp_time"]
    said = COUNTS[counts["counts"]] + counts["why"]
    yield f"- Do months under temporary protection count: {said} [{of(counts)}]"
    yield from unlimited(about)
    if "work" in about:
        yield f"- Work: {about['work']['what']} [{of(about['work'])}]"
    if "bring" in about:
        yield f"- Bring: {about['bring']['what']} [{of(about['bring'])}]"
    if "fee_note" in about:
        yield f"- About the fee: {about['fee_note']}"


COUNTS = {
    "own": "it is this status itself; ",
    "argument only": "no; ",
    "unknown": "not known; ",
    "no": "no; ",
    "disputed": "disputed; ",
    "possibly": "possibly; ",
}


def of(row: Mapping[str, Any]) -> str:
    """The mark of a row and its source."""
    return f"{row['mark']}; {row['source']}" if row.get("source") else str(row["mark"])


def place(value: object) -> str:
    """Where to file, or whether one can."""
    return (
        {True: "yes", False: "not possible", None: "not known"}.get(value, str(value))
        if isinstance(value, bool | None)
        else str(value)
    )


def sure(row: Mapping[str, Any]) -> str:
    """Yes, no or not known, with its source."""
    value = {True: "yes", False: "no"}.get(row["value"], "not known")
    note = f" ({row['note']})" if "note" in row else ""
    return f"{value}{note} [{of(row)}]"


NO_TERM, NOT_KNOWN = "the law has no term", "not known"
WITHOUT = (NO_TERM, NOT_KNOWN)
"""What is said of a term without a length; nothing then says from when it is counted."""

COUNCIL, APPEAL = "Council for Alien Law Litigation", ("appeal", "appeal")

NO_REMEDY = {"none (favour)", "not applicable", "unknown"}


def remedy(row: Mapping[str, Any]) -> Iterator[str]:
    """What one can do against a refusal."""
    days = f", {row['days']} days" if row["days"] else unknown_term(row["what"])
    stops = {
        True: ", suspends",
        False: ", does not suspend",
        None: "; whether it suspends is not known",
    }
    if row["what"] in NO_REMEDY:
        yield f"- Against a refusal: {row['what']} [{of(row)}]"
    else:
        yield f"- Against a refusal: {row['what']}{days}{stops[row['suspensive']]} [{of(row)}]"


def unknown_term(what: str) -> str:
    """That a term of appeal is not known; of two appeals that at the Council has the term of its clock."""
    if COUNCIL not in what:
        return "; the term is not known"
    council = next(each for each in procedures() if (each["step"], each["what"]) == APPEAL)
    return (
        f"; the term of the regional appeal is not known, that at the Council is {council['days']} days from "
        f"{council['from']} [{of(council)}]"
    )


def unlimited(about: Mapping[str, Any]) -> Iterator[str]:
    """Whether the status leads to unlimited stay, after how long and counted from when."""
    if about.get("gives") == "unlimited":
        yield f"- This status is itself an unlimited stay [{about['mark']}]"
    for after in as_list(about["unlimited_after"]):
        status = answer("stay_periods", "title", after["status"]) if "status" in after else ""
        whose = ", ".join(each for each in (status, filed(after)) if each)
        whose = f" ({whose})" if whose else ""
        also = f"; {after['also']}" if "also" in after else ""
        if after["years"] is None and after["from"] == "unknown":
            yield f"- Leads to unlimited stay{whose}: no term was found [{of(after)}]"
        elif after["years"] is None:
            yield f"- Leads to unlimited stay{whose}: after {after['from']}{also} [{of(after)}]"
        else:
            yield f"- Leads to unlimited stay{whose}: {after['years']} years from {after['from']}{also} [{of(after)}]"


def filed(after: Mapping[str, Any]) -> str:
    """Where the file was lodged, where that makes a difference; and what follows, where that is another card."""
    words = [f"filed {after['when_filed']}"] if "when_filed" in after else []
    words += [f"it gives the {after['gives']}"] if "gives" in after else []
    return ", ".join(words)


def length(term: Mapping[str, Any]) -> str:
    """The length of a term, or that it is not known."""
    found = [f"{term[unit]} {unit.replace('_', ' ')}" for unit in UNITS if term.get(unit)]
    if term.get("no_term"):
        return NO_TERM
    if found or not term.get("param"):
        return found[0] if found else NOT_KNOWN
    known = [row for row in series()[0][term["param"]] if row.value is not None]
    return f"{amount(known[-1])} ({names()[term['param']]})"


def counted(term: Mapping[str, Any]) -> str:
    """From when a term is counted."""
    counts = term["from"] != "unknown" and length(term) not in WITHOUT
    return f", from {term['from']}" if counts else ""


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
