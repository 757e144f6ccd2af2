"""The manual of the law as it is modelled: routes with their conditions and cases, facts, parameters. For lawyers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from moves_manual import on_moves
from office_manual import of_office

from perron.messages.texts import say
from perron.rules.belgium.filing import described
from perron.rules.belgium.rulebook import VERSION, belgium
from perron.rules.belgium.temporary_protection import rows
from perron.rules.expressions import And, Cited, Expr, Or, children
from perron.rules.facts import content, facts
from perron.rules.law import KNOWN_UNTIL, parameter, protection_end, series
from perron.rules.routes import Route
from perron.rules.terms import leaves
from perron.vocabulary.intervals import add_months
from perron.vocabulary.wording import message

CASES = Path(__file__).resolve().parents[1] / "tests" / "spec"
MARKS = (
    "V: seen on a page of an authority, a court or a specialised help-desk",
    "P: press, law firm or NGO only",
    "M+, M, M-: from memory, more or less sure",
    "U: not known",
    "D: derived here",
)
SHORT = (
    "Act: Act of 15 December 1980 on aliens",
    "TPD: Directive 2001/55/EC on temporary protection",
    "CID: Council Implementing Decision (EU) 2022/382",
    "RD81: Royal Decree of 8 October 1981",
    "DVZ: Immigration Office (Dienst Vreemdelingenzaken, Office des étrangers)",
    "CGVS: Commissioner General for Refugees and Stateless Persons",
    "CALL: Council for Alien Law Litigation (RvV, CCE)",
    "vrr, agii, dofi, vvsg: vreemdelingenrecht.be, agii.be, dofi.ibz.be, vvsg.be",
    "belgium.md: the domain report, by section",
    "UAM: unaccompanied minor",
    "VLG, WAL, BRU, DG: Flanders, Wallonia, Brussels, the German-speaking Community",
    "the note: what Caritas International, Orbit vzw and Vluchtelingenwerk Vlaanderen propose; it is no law",
    "scenario: what would follow if something that is only proposed were adopted",
)
RUNNING = {"to": "still running", "back_on": "still away", "contract_to": "open-ended"}
ROLES = {
    "bar": "excludes",
    "explains": "explains a no",
    "guard": "only adds a sentence: protects",
    "evidence": "only adds a sentence: what to prove",
}
KINDS = {
    "checkable": "a document or a register decides",
    "claimed": "the person states it, an authority assesses it",
    "discretionary": "an authority may decide either way",
}


def rules() -> Iterator[str]:
    """Every route: what must hold, where that is written, who decides, and the cases that prove it."""
    yield f"Rulebook {VERSION}. The law is known as it stood on {KNOWN_UNTIL}."
    yield "Its rules answer for later days too. Amounts that change each year do not: where that of a year is not"
    yield "known, the answer for that year is unknown."
    yield ""
    yield "**How to read an answer.** *Yes*: on that day the conditions hold for filing the route, or for keeping it"
    yield "where the person is on it already; it is never a promise that the permit will be given. *No*: they do not,"
    yield "whatever else may come to light. The mark behind a parameter is that of its last known value."
    yield "*Authority*: everything that can be checked is met, and an authority decides the rest. *Unknown*: facts are"
    yield "missing, or the law for that day is not known; which, is said with the answer. A fact that nobody stated is"
    yield "unknown, never no. A few things are presumed, such as that there is no risk for public order: the answer"
    yield "names them, and a statement overrides them. A date known in part is every day that it may be. What an"
    yield "authority weighs stands in the way only where it is stated to be absent."
    yield ""
    yield "**Marks of sources.** " + "; ".join(MARKS) + "."
    yield ""
    yield "**Abbreviations.** " + "; ".join(SHORT) + "."
    yield from ("", headline())
    for route in belgium(safe_return=True).routes:
        yield from ("", *of_route(route))
    yield from on_moves()


def headline() -> str:
    """What follows from the law as adopted: nobody completes five years under temporary protection."""
    first, end = parameter("tp.first_certificate_on", KNOWN_UNTIL), protection_end(KNOWN_UNTIL)
    complete = add_months(first.value, 12 * parameter("unlimited.years", KNOWN_UNTIL).value)
    short_by = (complete - end.value).days
    return (
        f"**As adopted, nobody completes five years under temporary protection.** The first certificates date from "
        f"{first.value} [{first.source.mark}]; five years are complete on {complete}, {short_by} days after the last "
        f"day of the scheme, {end.value} [{end.source.mark}; {end.source.text}]. Only a prolongation would bring "
        f"anybody there. [D, belgium.md §2.8]"
    )


def of_route(route: Route) -> Iterator[str]:
    """One route."""
    about = described()[route.id]
    yield f"## {about['name']['en']}"
    yield ""
    yield " · ".join(
        f"{language}: {name}" for language, name in about["name"].items() if language != "en"
    )
    yield ""
    yield f"- Law: {'; '.join(about['legal'])}"
    yield f"- Decides: {about['authority']}"
    places = ", ".join(
        f"{where}: {short(about['file_at'][where])}" for where in ("belgium", "abroad")
    )
    yield f"- Where to file: {places} [{about['file_at']['mark']}]"
    yield f"- Fee: {fee(about['fee_key'])}"
    yield from of_office(about)
    yield ""
    if route.id == "tp":
        yield from table_of_protection()
    else:
        one = ", for one and the same family member" if route.of_one else ""
        yield f"**All of this must hold{one}:**"
        yield ""
        for number, each in enumerate(route.conditions, start=1):
            yield from told(each, f"{number}.", 0)
        if route.discretion is not None:
            yield ""
            yield "**Instead of the first condition; then the authority decides:**"
            yield ""
            yield from told(route.discretion, "-", 0)
    if route.capped:
        yield ""
        yield f"The answer is never yes: {about.get('cap_reason', 'an authority decides')}."
    yield from cases(route.id)


def fee(key: str) -> str:
    """The last amount that is known, and until when."""
    if key == "none":
        return "none"
    known = [row for row in series()[0].get(key, ()) if row.value is not None]
    if not known:
        return f"not known (parameter `{key}`)"
    last = known[-1]
    until = f" until {last.valid_to}; a later amount is not known" if last.valid_to else ""
    return f"{last.value} {last.unit} from {last.valid_from}{until} [{last.source.mark}] (parameter `{key}`)"


def told(expr: Expr, sign: str, depth: int) -> Iterator[str]:
    """A condition as a sentence, with its source; its parts below it."""
    inner = "   " * (depth + 1)
    if isinstance(expr, Cited):
        kind = "" if expr.kind == "checkable" else f" *({KINDS[expr.kind]})*"
        kind += " *(presumed until somebody says otherwise)*" if presumed(expr) else ""
        numbers = ", ".join(f"`{key}` [{mark_of(key)}]" for key in keys(expr))
        yield (
            f"{'   ' * depth}{sign} {say(message(f'rule.{expr.label}'), 'en')}{kind} — "
            f"{expr.source.text} [{expr.source.mark}]"
            + (f"; parameters: {numbers}" if numbers else "")
        )
        if isinstance(expr.part, Or) and any(isinstance(each, Cited) for each in expr.part.parts):
            yield f"{inner}One of these is enough:"
            for each in expr.part.parts:
                yield from told(each, "-", depth + 1)
        return
    joined = {Or: "One of these is enough:", And: "All of these:"}.get(type(expr))
    if joined:
        yield f"{'   ' * depth}{sign} {joined}"
    for each in children(expr):
        yield from told(each, "-", depth + 1 if joined else depth)


def keys(expr: Expr) -> list[str]:
    """The parameters that a condition itself compares with."""
    found = dict.fromkeys(key for leaf in leaves(expr) for key in getattr(leaf, "params", ()))
    inner = expr.part.parts if isinstance(expr, Cited) and isinstance(expr.part, Or) else ()
    nested = any(isinstance(each, Cited) for each in inner)
    return [] if nested else list(found)


def presumed(expr: Expr) -> bool:
    """Whether a condition rests on what is presumed alone."""
    names = {name for leaf in leaves(expr) for name in leaf.facts if name in facts()}
    return bool(names) and all(facts()[name].presumed is not None for name in names)


def mark_of(key: str) -> str:
    """The mark of the last value of a parameter that is known."""
    values = series()[0][key]
    return next((row for row in reversed(values) if row.value is not None), values[-1]).source.mark


def table_of_protection() -> Iterator[str]:
    """The decision table of temporary protection."""
    yield "The rows count in this order. One that excludes means no. One that excludes but is contested means that"
    yield "the authority decides where some ground holds, else no. A ground for yes means yes. A ground on which the"
    yield "authority decides means that it decides. Else the answer is no, with the rows that explain it."
    yield ""
    yield "| row | what it does | says | source | mark |"
    yield "|---|---|---|---|---|"
    for row in rows():
        if row["role"] != "part":
            answer = {"Y": "ground for yes", "authority": "ground, authority decides"}.get(
                row["answer"]
            )
            role = answer if row["role"] == "ground" else ROLES[row["role"]]
            role = f"{role}, contested" if row["contested"] else role
            role = f"{role} (only proposed)" if row["status"] == "proposed" else role
            said = say(message(f"rule.{row['id']}"), "en")
            yield f"| {row['id']} | {role} | {said} | {row['source']} | {row['mark']} |"
    yield ""
    yield "The scheme must still run on that day (`tp.valid_to`)."


def cases(name: str) -> Iterator[str]:
    """The cases of a route: each is a test."""
    found = cases_of(name)
    if not found:
        return
    yield ""
    yield "**Cases**"
    yield ""
    yield "| case | day | facts | answer | why |"
    yield "|---|---|---|---|---|"
    for case in found:
        scenario = f", scenario {case['scenario']}" if "scenario" in case else ""
        why = (
            case.get("why")
            or ", ".join(case.get("because", ()))
            or ", ".join(case.get("missing", ()))
        )
        known = (
            "; ".join(f"{key}: {short(value)}" for key, value in case["facts"].items())
            or "nothing is known"
        )
        day = f"{case['day']}{scenario}"
        yield f"| {case['case']} | {day} | {known or 'nothing'} | {case['verdict']} | {why} |"


def cases_of(name: str) -> list[dict[str, Any]]:
    """The cases of a route, from whichever file has them."""
    if name == "tp":
        table: list[dict[str, Any]] = yaml.safe_load(
            (CASES / "temporary_protection" / "cases.yaml").read_text("utf-8")
        )
        return table
    files = (
        yaml.safe_load(path.read_text("utf-8"))
        for path in sorted((CASES / "routes").glob("*.yaml"))
    )
    return [case for each in files for case in each.get(name, [])]


def short(value: object) -> str:
    """A value of a case in a few words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        said = {
            key: short(RUNNING.get(key, one) if one == "-" else one) for key, one in value.items()
        }
        return "(" + ", ".join(f"{key} {one}" for key, one in said.items()) + ")"
    if isinstance(value, list):
        return ", ".join(short(one) for one in value) or "none"
    return {"-": "none", "None": "not known"}.get(str(value), str(value))


def fact_table() -> Iterator[str]:
    """Every fact: what is asked, why, what proves it."""
    yield "What a person file or a column may hold. What is absent is unknown. `-` or `[]` is known: none."
    yield ""
    yield "| fact | type | question | why we ask | proof | presumed | sensitivity |"
    yield "|---|---|---|---|---|---|---|"
    for name, fact in facts().items():
        kind = fact.kind + (f": {', '.join(fact.values)}" if fact.values else "")
        kind += f" of ({', '.join(fact.fields)})" if fact.fields else ""
        presumed = {None: "–", True: "yes", False: "no"}[fact.presumed]
        yield (
            f"| `{name}` | {kind} | {fact.question['en']} | {fact.why} | {', '.join(fact.proof)} | {presumed} "
            f"| {fact.sensitivity} |"
        )
    yield from ("", "## Conventions of the calendar", "")
    for each in content()["conventions"]:
        yield f"- **{each['id']}**: {each['rule']} [{each['mark']}] Open question: {each['open_question']}"


def parameter_table() -> Iterator[str]:
    """Every dated value of the law."""
    yield "Both the first and the last day count. *Proposed* values count only in a scenario that names them."
    for key, values in series()[0].items():
        yield from ("", f"## {key}", "")
        yield "| value | from | until | known since | status | mark | source | note |"
        yield "|---|---|---|---|---|---|---|---|"
        for row in values:
            value = "not known" if row.value is None else f"{row.value} {row.unit}"
            where = f" ({row.region})" if row.region else ""
            yield (
                f"| {value}{where} | {row.valid_from} | {row.valid_to or ''} | {row.known_since} | {row.status} "
                f"| {row.source.mark} | {row.source.text} | {row.note} |"
            )
