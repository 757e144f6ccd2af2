"""Who has temporary protection in Belgium: the decision table of temporary_protection.yaml, as one expression."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from perron.rules.belgium.exit_age import CONSCRIPTION_AGE, RESERVE_AGE
from perron.rules.evaluate import answer
from perron.rules.expressions import Cited, Constant, Expr, either, every
from perron.rules.facts import presumptions, stated
from perron.rules.law import UNCHANGED, Changes
from perron.rules.moments import ADOPTED, Moment
from perron.rules.routes import Route, Rulebook
from perron.rules.terms import Atom, Param, fact, leaves, ruling, some, today
from perron.vocabulary.verdicts import Finding

TABLE = Path(__file__).with_suffix(".yaml")
LINKS = "family_links"
SAYING = ("guard", "evidence")
"""Rows that add a sentence and never change the answer."""

PROPOSED_RULE = "tp_m.counts"
COMPUTED = {"conscription_age_at_exit": CONSCRIPTION_AGE, "reserve_age_at_exit": RESERVE_AGE}
OPERATORS = {"contains": "contains_any"}

Row = Mapping[str, Any]


def scope(
    facts: Mapping[str, object],
    on: date,
    scenario: str = ADOPTED,
    changes: Changes = UNCHANGED,
) -> Finding:
    """Whether a person comes under temporary protection, on the law of a day.

    ``facts`` by the names and types of facts.yaml; absent is unknown, ``-`` or ``[]`` is known: none. The answer is
    yes, no or authority when it is so for every completion of the unknown facts, else unknown. Raises LawNotModelled
    before 4 March 2022. Source: CID (EU) 2022/382 art. 2; Act of 15-12-1980 art. 57/29, 57/30.
    """
    route = protection()
    return answer(
        route, stated(facts), Moment(on, scenario, changes=changes), Rulebook("", (route,))
    )


@cache
def protection() -> Route:
    """The table as a route."""
    return route_of(rows())


@cache
def presumed() -> dict[str, bool]:
    """The presumptions on facts that the table asks."""
    route = protection()
    asked = {
        name
        for each in (route.yes, route.authority)
        for leaf in leaves(each)
        for name in leaf.facts
    }
    return {name: value for name, value in presumptions().items() if name in asked}


@cache
def rows() -> tuple[Row, ...]:
    """The rows of the table, word for word."""
    content = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return tuple(content["tp_scope"]["rules"])


def route_of(table: Sequence[Row]) -> Route:
    """Combine the rows in the order that the table gives.

    An uncontested bar: no. A contested bar: the authority decides where some ground holds, else no. A ground with yes,
    then a ground with the authority; else no, with the rows that explain it.
    """
    by_id = {row["id"]: row for row in table}
    cited = {
        row["id"]: condition(row, by_id).cite(row["id"], row["source"], row["mark"])
        for row in table
    }

    def those(role: str, **wanted: object) -> list[Cited]:
        return [
            cited[row["id"]]
            for row in table
            if row["role"] == role and all(row[key] == value for key, value in wanted.items())
        ]

    barred = either(*those("bar", contested=False), Constant(value=False))
    disputed = either(*those("bar", contested=True), Constant(value=False))
    ground = either(*those("ground", answer="Y"), Constant(value=False))
    weighed = either(*those("ground", answer="authority"), Constant(value=False))
    runs = (today() <= Param("tp.valid_to")).cite(
        "tp.runs",
        "TPD art. 4, 6; belgium.md §2.1 (the decision of the Council and its extensions)",
        "V",
    )
    in_scope = (ground | weighed).cite("tp.ground", "CID (EU) 2022/382 art. 2(1)", "V")
    return Route(
        "tp",
        conditions=(ground, ~barred, ~disputed, runs),
        table=(
            every(ground, ~barred, ~disputed, runs),
            every(in_scope, ~barred, either(disputed, ~ground), runs),
        ),
        holds_status=("tp",),
        explains=tuple(those("explains")),
        says=tuple(each for role in SAYING for each in those(role)),
    )


def condition(row: Row, by_id: Mapping[str, Row]) -> Expr:
    """One row of the table; what is about family members is about one and the same of them."""
    if "any_rule" in row:
        return either(*(condition(by_id[name], by_id) for name in row["any_rule"]))
    parts = list(row["when"])
    about_family = [each for each in parts if each.get("fact", "").startswith(f"{LINKS}.")]
    found: list[Expr] = [one(each) for each in parts if each not in about_family]
    if about_family:
        found.append(some(LINKS, every(*map(one, about_family))))
    if row["status"] == "proposed":
        found.insert(0, ruling(PROPOSED_RULE))
    return every(*found)


def one(each: Row) -> Expr:
    """One condition of a row."""
    if "any_of" in each:
        return either(*map(one, each["any_of"]))
    if each["fact"] in COMPUTED:
        return COMPUTED[each["fact"]]
    op = str(OPERATORS.get(each["op"], each["op"]))
    if op in {"not_exists", "is_empty"}:
        return Atom(fact(each["fact"]), op)
    value = Param(each["param"]) if "param" in each else each["value"]
    if op in {"contains_any", "contains_none", "in"}:
        value = tuple(value) if isinstance(value, list) else (value,)
    return Atom(fact(each["fact"]), op, value)
