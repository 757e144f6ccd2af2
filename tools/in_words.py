"""The words of the manual: days, facts with their values, and dated values of the law, for who never saw Python."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from perron.messages.days import written_out
from perron.messages.texts import say, texts
from perron.rules.facts import Days, Fact, declared, facts
from perron.rules.law import Parameter
from perron.vocabulary.wording import message

NONE = "-"
CARD = re.compile(r"[A-Z]\+? card|[A-C][12]|X")
UNITS = {
    "EUR": "euro", "EUR/month": "euro a month", "EUR/year": "euro a year", "pct": "%", "count": "", "date": "",
    "bool": "", "share": "", "CEFR": "(Common European Framework of Reference)",
}  # fmt: skip
PARTS = {
    "region": "in {}",
    "category": "category: {}", "gross_month": "{} euro a month, gross", "gross_year": "{} euro a year, gross",
    "contract_from": "contract from {}", "contract_to": "contract through {}",
    "labour_market_test": "labour market test: {}", "from": "from {}", "to": "through {}", "left_on": "left {}",
    "back_on": "back {}", "obtained_on": "obtained on {}", "institution_recognised": "recognised institution: {}",
    "full_time": "full-time: {}", "existed_in_ua_before_20220224": "family in Ukraine before 24 February 2022: {}",
    "cohabiting_on_20220224": "lived together on 24 February 2022: {}",
    "dependent_on_20220224": "dependent on 24 February 2022: {}",
    "existed_before_sponsor_entry": "family before the family member came: {}",
    "sponsor_in_tp_core": "the family member is displaced from Ukraine (TP-a or TP-b): {}",
    "sponsor_group": "the family member is: {}", "sponsor_title": "the family member has: {}",
    "sponsor_stay_from": "the family member stays since {}", "sponsor_birth_date": "the family member was born {}",
    "sponsor_income_month": "income of the family member: {} euro a month", "since": "since {}",
}  # fmt: skip
"""How a field of a record is told; one that is not here stands by itself."""

ANSWERS = {
    "done_no_candidate": "done, nobody was found", "exempt": "not needed for this work", "not_done": "not done",
    "failed": "done, somebody was found", "minor_child": "that person’s child, younger than 18",
    "disabled_adult_child": "that person’s adult child with a disability",
    "child_under_21_or_dependent": "that person’s child, younger than 21 or dependent",
    "dependent_ascendant": "that person’s parent or grandparent, and dependent",
    "dependent_relative": "another relative of that person, and dependent",
    "parent_of_minor": "parent of that person, who is younger than 18",
    "spouse": "that person’s husband or wife", "registered_partner": "that person’s registered partner",
    "equal_partner": "that person’s partner with a registration equal to marriage",
    "stable_partner": "that person’s partner in a lasting relation, not registered",
}  # fmt: skip
"""Answers that the interview says in the first person, or as an answer to its question."""

OPEN_ENDS = {"to": "still running", "back_on": "not back yet", "contract_to": "without an end date"}
REGIONS = {
    "": "all",
    "VLG": "Flanders",
    "BRU": "Brussels",
    "WAL": "Wallonia",
    "DG": "German-speaking Community",
}
FREE = {"nationality"}
"""Lists of countries: the name of the country is the answer."""


def day(value: object) -> str:
    """A day, month or year written out."""
    if isinstance(value, date):
        return written_out(value, "en")
    known = Days.of(str(value))
    if known.first == known.last:
        return written_out(known.first, "en")
    whole_year = known.first.month != known.last.month
    return (
        str(known.first.year) if whole_year else written_out(known.first, "en").split(maxsplit=1)[1]
    )


def called(name: str) -> str:
    """A fact in a few words."""
    return str(declared()[name]["called"])


def fact_told(name: str, value: object) -> str:
    """A fact and what is known of it."""
    return f"{called(name)}: {value_told(facts()[name], value, name)}"


def value_told(fact: Fact, value: object, of: str) -> str:
    """A value in words; ``of``: the fact that it belongs to."""
    if isinstance(value, list) and value:
        return "; ".join(value_told(fact, one, of) for one in value)
    if isinstance(value, Mapping):
        return record(fact, value, of)
    if value is None or isinstance(value, bool):
        return {None: "not known", True: "yes", False: "no"}[value]
    if value in ([], NONE):
        return "none" if fact.fields else fact.none or "none"
    return one_told(fact, value, of)


def one_told(fact: Fact, value: object, of: str) -> str:
    """A day, a number or an answer in words."""
    if fact.kind in {"date", "partial_date"}:
        return day(value)
    if isinstance(value, int | float):
        return number(value) + (" euro" if fact.kind == "money_month" and fact.name == of else "")
    return answer(of, fact.name, str(value))


def record(fact: Fact, value: Mapping[str, object], of: str) -> str:
    """A record, field by field."""
    said = []
    for name, one in value.items():
        if one == NONE and name in OPEN_ENDS:
            said.append(OPEN_ENDS[name] if name != "contract_to" else f"contract {OPEN_ENDS[name]}")
        elif (name, one) != ("reason", "other"):
            said.append(PARTS.get(name, "{}").format(value_told(fact.fields[name], one, of)))
    return ", ".join(said)


def answer(of: str, field: str, value: str) -> str:
    """An answer in words, as the interview has it."""
    if value in ANSWERS:
        return ANSWERS[value]
    known = (f"fact_value.{each}" for each in (f"{of}.{value}", f"{field}.{value}", value))
    found = next((key for key in known if key in texts()), None)
    said = say(message(found), "en") if found else value
    if of in FREE or said.split()[0] in NAMES or (said[:2].isalpha() and said[:2].isupper()):
        return said
    return said if CARD.fullmatch(said) else said[0].lower() + said[1:]


NAMES = {
    *("Payoke", "Sürya", "Flanders", "Brussels", "Wallonia", "German-speaking", "Dutch", "French", "German", "Belgian"),
}  # fmt: skip
"""Words that keep their capital."""


def number(value: float) -> str:
    """A number with a space between thousands."""
    return f"{value:,}".replace(",", " ")


def amount(row: Parameter) -> str:
    """A dated value with its unit; what is not known is said so."""
    value: Any = row.value
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return written_out(value, "en")
    if row.unit == "share":
        return f"{value:.0%}"
    said = number(value) if isinstance(value, int | float) else str(value)
    if isinstance(value, float) and row.unit.startswith("EUR"):
        said = f"{value:,.2f}".replace(",", " ")
    return f"{said} {UNITS.get(row.unit, row.unit)}".strip()


def term(row: Parameter) -> str:
    """From when until when a value counts; what always counted, as far as the law is modelled, has no first day."""
    if row.valid_to is None:
        return f"since {written_out(row.valid_from, 'en')}"
    if (row.valid_from.month, row.valid_from.day) == (1, 1) and row.valid_to == date(
        row.valid_from.year, 12, 31
    ):
        return str(row.valid_from.year)
    first, last = written_out(row.valid_from, "en"), written_out(row.valid_to, "en")
    return f"{first} through {last}"
