"""Who has temporary protection in Belgium: the decision table, answered for every completion of what is not known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from perron.rules.atoms import Atom, possible
from perron.rules.exit_age import EXIT_AGE_FACTS, exit_ages
from perron.rules.law import KNOWN_UNTIL, MODELLED_FROM, overlay_content, parameter
from perron.rules.unknowns import LAW, asked_for, because_of, differing
from perron.vocabulary.verdicts import Finding, Mark, Reason, Source, Verdict
from perron.vocabulary.wording import message

TABLE = Path(__file__).with_suffix(".yaml")
FACTS = Path(__file__).resolve().parents[2] / "vocabulary" / "facts.yaml"
LINKS = "family_links"
FAMILY = ("TP-c", "TP-h")
SAYING = ("guard", "evidence")
"""Rows that add a sentence and never change the answer."""

World = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table; ``when`` is a conjunction, an inner tuple a disjunction."""

    id: str
    role: str
    answer: str | None
    contested: bool
    source: Source
    when: tuple[Atom | tuple[Atom, ...], ...]
    any_rule: tuple[str, ...]
    for_some: bool

    def atoms(self) -> Iterable[Atom]:
        """All its conditions."""
        for each in self.when:
            yield from each if isinstance(each, tuple) else (each,)

    def holds(self, truth: Mapping[Atom, bool]) -> bool:
        """Whether the row is met, given the truth of each condition."""
        return all(
            any(truth[one] for one in each) if isinstance(each, tuple) else truth[each]
            for each in self.when
        )


def scope(facts: Mapping[str, object], on: date, scenario: str = "adopted") -> Finding:
    """Whether a person comes under temporary protection, on the law of a day.

    ``facts`` by the names and types of facts.yaml; absent is unknown, ``-`` or ``[]`` is known: none. The answer is
    yes, no or authority when it is so for every completion of the unknown facts, else unknown. Raises LawNotModelled
    before 4 March 2022. Source: CID (EU) 2022/382 art. 2; Act of 15-12-1980 art. 57/29, 57/30.
    """
    rules = table(on, scenario)
    assumed = {name: value for name, value in presumed().items() if facts.get(name) is None}
    asked = {one.fact for one in every_atom(rules)}
    known = {
        **(exit_ages(facts, on, scenario) if asked & set(EXIT_AGE_FACTS) else {}),
        **{k: v for k, v in facts.items() if v is not None},
        **assumed,
    }
    open_facts = choices([rule for rule in rules if rule.role not in SAYING], known)
    answers = [(world, *decide(rules, dict(world))) for world in worlds(open_facts)]
    verdicts = {verdict for _, verdict, _ in answers}
    verdict = verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN
    matter = differing(open_facts, answers) if verdict is Verdict.UNKNOWN else ()
    return Finding(
        id="tp",
        verdict=verdict,
        on=on,
        law_known_until=KNOWN_UNTIL,
        because=(*reasons(rules, [why for _, _, why in answers], verdict), *said(rules, known)),
        missing=tuple(
            dict.fromkeys(origin for name in matter for origin in asked_for(name, facts))
        ),
        assuming=tuple(sorted(assumed)),
        unknown_because=because_of(matter) if verdict is Verdict.UNKNOWN else None,
    )


@cache
def declared() -> dict[str, dict[str, Any]]:
    """The facts by name as facts.yaml declares them."""
    content = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    return {fact["name"]: fact for fact in content["facts"]}


@cache
def presumed() -> dict[str, object]:
    """The presumptions on facts that the table asks."""
    asked = {one.fact for one in every_atom(table(MODELLED_FROM, "adopted"))}
    return {
        name: fact["presumed"]["value"]
        for name, fact in declared().items()
        if fact["presumed"] and name in asked
    }


@cache
def table(on: date, scenario: str) -> tuple[Rule, ...]:
    """The rows that count on a day in a scenario, with their parameters filled in."""
    content = yaml.safe_load(TABLE.read_text(encoding="utf-8"))["tp_scope"]
    enabled = set(overlay_content(scenario)["tp_scope"]["enable"])
    return tuple(
        read(row, on, scenario)
        for row in content["rules"]
        if row["status"] != "proposed" or row["id"] in enabled
    )


def read(row: dict[str, Any], on: date, scenario: str) -> Rule:
    """One row of the file."""
    return Rule(
        id=row["id"],
        role=row["role"],
        answer=row["answer"],
        contested=row["contested"],
        source=Source(row["source"], Mark(row["mark"])),
        when=tuple(
            tuple(atom(one, on, scenario) for one in each["any_of"])
            if "any_of" in each
            else atom(each, on, scenario)
            for each in row.get("when", ())
        ),
        any_rule=tuple(row.get("any_rule", ())),
        for_some="for_some" in row,
    )


def atom(each: dict[str, Any], on: date, scenario: str) -> Atom:
    """One condition; lists become tuples so that equal conditions are equal."""
    if "param" in each:
        value = parameter(each["param"], on, scenario=scenario).value
        return Atom(each["fact"], each["op"], value, each["param"])
    value = each["value"]
    return Atom(each["fact"], each["op"], tuple(value) if isinstance(value, list) else value)


def choices(
    rules: Sequence[Rule], known: Mapping[str, object]
) -> dict[str, list[tuple[tuple[Atom, bool], ...]]]:
    """For each fact the ways in which its conditions can come out; a fact that is known has one."""
    found: dict[str, list[tuple[tuple[Atom, bool], ...]]] = {}
    plain = {one for one in every_atom(rules) if not one.fact.startswith(f"{LINKS}.")}
    for name in sorted({one.fact for one in plain}):
        own = sorted((one for one in plain if one.fact == name), key=repr)
        spoken = [one for one in own if not one.law_is_silent]
        values = possible(declaration(name), known.get(name), spoken)
        found[name] = list(
            dict.fromkeys(tuple((one, one.holds(value)) for one in spoken) for value in values)
        )
        for silent in (one for one in own if one.law_is_silent):
            found[f"{LAW}{silent.param}"] = [((silent, True),), ((silent, False),)]
    found[LINKS] = family(rules, known.get(LINKS))
    return found


def every_atom(rules: Iterable[Rule]) -> set[Atom]:
    """All conditions of these rows."""
    return {one for rule in rules for one in rule.atoms()}


def declaration(name: str) -> dict[str, Any]:
    """How a fact is declared; what is derived from others is true or false."""
    return declared().get(name, {"type": "bool"})


def family(rules: Sequence[Rule], stated: object) -> list[tuple[tuple[Atom, bool], ...]]:
    """The ways in which the rules about one family member can come out over the whole list."""
    marks = [Atom(LINKS, "rule", each) for each in FAMILY]
    if stated is None:
        return [tuple(zip(marks, each, strict=True)) for each in product((True, False), repeat=2)]
    records = stated if isinstance(stated, list | tuple) else []
    outcomes = {(False, False)}
    for record in records:
        one = record_outcomes(rules, record)
        outcomes = {(a or c, b or d) for a, b in outcomes for c, d in one}
    return [tuple(zip(marks, each, strict=True)) for each in sorted(outcomes)]


def record_outcomes(rules: Sequence[Rule], record: Mapping[str, object]) -> set[tuple[bool, bool]]:
    """Whether one family member brings the person in (TP-c) or shows that they stay out (TP-h), each way it may be."""
    about = [rule for rule in rules if rule.for_some]
    atoms = {one for rule in about for one in rule.atoms() if one.fact.startswith(f"{LINKS}.")}
    fields = declared()[LINKS]["fields"]
    names = sorted({one.fact for one in atoms})
    values = [
        possible(fields[name.split(".")[1]], record.get(name.split(".")[1]), []) for name in names
    ]
    found = set()
    for each in product(*values):
        world = dict(zip(names, each, strict=True))
        truth = {one: one.holds(world[one.fact]) for one in atoms}
        met = {rule.id for rule in about if all(truth.get(one, True) for one in rule.atoms())}
        found.add((bool(met & {"TP-c1", "TP-c2", "TP-c3"}), "TP-h" in met))
    return found


def worlds(
    open_facts: Mapping[str, list[tuple[tuple[Atom, bool], ...]]],
) -> Iterable[tuple[tuple[Atom, bool], ...]]:
    """Every completion: one outcome of each fact."""
    for each in product(*open_facts.values()):
        yield tuple(pair for outcome in each for pair in outcome)


def decide(rules: Sequence[Rule], truth: dict[Atom, bool]) -> tuple[Verdict, tuple[str, ...]]:
    """The answer of the table in one complete world, and the rows that decide it."""
    met = [rule for rule in rules if is_met(rule, truth)]
    bars = [rule for rule in met if rule.role == "bar"]
    grounds = [rule for rule in met if rule.role == "ground"]
    firm = [rule.id for rule in bars if not rule.contested]
    if firm:
        return Verdict.NO, tuple(firm)
    if bars:
        both = tuple(rule.id for rule in (*bars, *grounds))
        return (Verdict.AUTHORITY if grounds else Verdict.NO), both
    for answer, verdict in (("Y", Verdict.YES), ("authority", Verdict.AUTHORITY)):
        if deciding := tuple(rule.id for rule in grounds if rule.answer == answer):
            return verdict, deciding
    return Verdict.NO, tuple(rule.id for rule in met if rule.role == "explains")


def is_met(rule: Rule, truth: Mapping[Atom, bool]) -> bool:
    """Whether a row counts by itself; rows about family members count through their outcome on the list."""
    if rule.role in {"part", *SAYING}:
        return False
    if rule.any_rule or rule.for_some:
        rest = [one for one in rule.atoms() if not one.fact.startswith(f"{LINKS}.")]
        return truth[Atom(LINKS, "rule", rule.id)] and all(truth[one] for one in rest)
    return rule.holds(truth)


def reasons(
    rules: Sequence[Rule], deciding: Sequence[tuple[str, ...]], verdict: Verdict
) -> tuple[Reason, ...]:
    """The rows that decide: those common to all completions, else each that decides in some."""
    common = set.intersection(*(set(each) for each in deciding))
    named = common or {each for why in deciding for each in why}
    found = tuple(
        Reason(message(f"tp.{rule.id}"), rule.source) for rule in rules if rule.id in named
    )
    if found and (common or verdict is not Verdict.NO):
        return found
    nothing = Reason(message("tp.no_ground"), Source("CID (EU) 2022/382 art. 2(1)", Mark.VERIFIED))
    return found or (nothing,)


def said(rules: Sequence[Rule], known: Mapping[str, object]) -> tuple[Reason, ...]:
    """What guards and rows on evidence add, where what is known makes them hold for certain."""
    return tuple(
        Reason(message(f"tp.{rule.id}"), rule.source)
        for rule in rules
        if rule.role in SAYING
        and all(
            one.holds(value)
            for one in rule.atoms()
            for value in possible(declaration(one.fact), known.get(one.fact), [one])
        )
    )
