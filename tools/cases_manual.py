"""The cases of the manual, in words: a few people told in full, and each case by what differs from one of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import yaml
from in_words import called, day, fact_told, value_told

from perron.rules.facts import facts
from perron.rules.law import overlay_content

SPEC = Path(__file__).resolve().parents[1] / "tests" / "spec"
ANSWERS = {"yes": "yes", "no": "no", "authority": "an authority decides", "unknown": "unknown"}
WHOSE = {"law": "unknown, because of the law", "facts": "unknown, because of facts"}
FIRST = {"never": "never, as things are", "depends": "from when is not known"}

FEW = 3
"""Who differs in more from everybody before is told in full."""

ONE_BY_ONE = {"family_links"}
"""Lists of which a single record is told by what differs in it; periods are read better as a whole."""

EXCLUDED = "TP-k"
"""The row that excludes whatever ground holds."""

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody told in full, by a letter."""

    letter: str
    case: str
    known: Mapping[str, Any]


def cases(name: str) -> Iterator[str]:
    """The cases of a route: each is a test."""
    found = cases_of(name)
    if not found:
        return
    people: list[Person] = []
    rows = [row(each, people) for each in found]
    yield from ("", "**Cases**", "")
    if people:
        yield f"The {'person' if len(people) == 1 else 'people'} of the cases, told in full:"
        yield ""
        for each in people:
            yield f"- **{each.letter}** ({each.case})"
            yield from (f"  - {fact_told(*one)}" for one in each.known.items())
        yield ""
    yield "| case | day asked about | who | answer | why |"
    yield "|---|---|---|---|---|"
    yield from rows


def cases_of(name: str) -> list[Case]:
    """The cases of a route, from whichever file has them."""
    if name == "tp":
        path = SPEC / "temporary_protection" / "cases.yaml"
        table: list[Case] = yaml.safe_load(path.read_text("utf-8"))
        return table
    files = (yaml.safe_load(path.read_text("utf-8")) for path in (SPEC / "routes").glob("*.yaml"))
    return [case for each in files for case in each.get(name, [])]


def row(case: Case, people: list[Person]) -> str:
    """One case; who is not told yet and is like nobody is told in full."""
    when = day(case["day"])
    if "scenario" in case:
        when += f", in the scenario “{overlay_content(case['scenario'])['name']['en']}”"
    cells = (capital(case["case"]), when, who(case, people), answered(case), why(case))
    return f"| {' | '.join(cells)} |"


def capital(text: str) -> str:
    """The text with a capital at the start."""
    return text[0].upper() + text[1:]


def who(case: Case, people: list[Person]) -> str:
    """A person by letter, and what differs."""
    known = case["facts"]
    if not known:
        return "nothing is known"
    near = min(people, key=lambda each: len(differences(known, each.known)), default=None)
    if near is not None:
        found = differences(known, near.known)
        if len(found) <= FEW:
            return f"as {near.letter}, but " + "; ".join(found) if found else f"as {near.letter}"
    if len(known) <= 2 and not any(facts()[name].records for name in known):  # noqa: PLR2004 - short enough to tell
        return "only this is known: " + "; ".join(fact_told(*one) for one in known.items())
    people.append(Person(ascii_uppercase[len(people)], capital(case["case"]), known))
    return people[-1].letter


def differences(known: Mapping[str, Any], usual: Mapping[str, Any]) -> list[str]:
    """What is known otherwise, besides, or not at all."""
    found = [changed(name, one, usual) for name, one in known.items() if usual.get(name) != one]
    return found + [f"{called(name)}: not known" for name in usual if name not in known]


def changed(name: str, value: Any, usual: Mapping[str, Any]) -> str:  # noqa: ANN401 - as YAML has it
    """A fact that differs; of a record only what differs in it."""
    before = usual.get(name)
    if name in ONE_BY_ONE and isinstance(before, list) and len(before) == len(value) == 1:
        value, before = value[0], before[0]
    if isinstance(value, dict) and isinstance(before, dict) and value.keys() == before.keys():
        other = {key: one for key, one in value.items() if before[key] != one}
        return f"{called(name)}: {value_told(facts()[name], other, name)}"
    return fact_told(name, value)


def answered(case: Case) -> str:
    """The verdict, whose silence makes it unknown, and the first day on which it would be otherwise."""
    said = WHOSE.get(case.get("unknown_because", ""), ANSWERS[case["verdict"]])
    if case.get("missing") and "unknown_because" not in case:
        said = WHOSE["facts"]
    first = case.get("earliest")
    if first is None or case["verdict"] in {"yes", "authority"}:
        return said
    return f"{said}; {'from ' + day(first) if isinstance(first, date) else FIRST[first]}"


def why(case: Case) -> str:
    """What the case shows, what is to be asked, or the rows of the table that decide."""
    rows = [f"{each} holds" for each in case.get("because", ()) if each.startswith("TP-")]
    rows += [f"{each} does not hold" for each in case.get("not_because", ())]
    rows += [f"{each} holds, and would stand in the way too" for each in case.get("against", ())]
    asked = [called(each) for each in case.get("missing", ())]
    if case["verdict"] == "no" and EXCLUDED not in case.get("because", ()):
        rows.insert(0, "no ground holds")
    said = [case["why"]] if "why" in case else rows
    said += ["to be asked: " + ", ".join(asked)] if asked else []
    return "; ".join(said)
