"""The manual of the law as it is modelled: routes with their conditions and cases. For lawyers."""

import re
from collections.abc import Iterable, Iterator

from cases_manual import cases
from in_words import REGIONS, amount, called, day, term
from marks import MARKS, SHORT
from moves_manual import on_moves
from office_manual import of_office
from table_manual import table_of_protection

from perron.messages.texts import say
from perron.rules.belgium.filing import described
from perron.rules.belgium.rulebook import VERSION, belgium
from perron.rules.expressions import And, Cited, Expr, Or, children
from perron.rules.facts import facts
from perron.rules.law import KNOWN_UNTIL, Parameter, parameter, protection_end, series
from perron.rules.law import called as names
from perron.rules.routes import Route
from perron.rules.terms import leaves
from perron.vocabulary.intervals import add_months
from perron.vocabulary.wording import message

KINDS = {
    "claimed": "the person states it, an authority assesses it",
    "discretionary": "an authority weighs it and may decide either way",
}
WISHED = " *(only in a scenario: never met as adopted)*"
"""What rests on the note before all stands among the conditions for its scenario alone."""

MOVES = (
    "What changes between statuses",
    "Clocks of procedures",
    "The track of return (TPD art. 21-23)",
    "Who depends on whom",
)


def rules() -> Iterator[str]:
    """Every route: what must hold, where that is written, who decides, and the cases that prove it."""
    routes = belgium(safe_return=True).routes
    yield f"Rulebook {VERSION}. The law is known as it stood on {day(KNOWN_UNTIL)}."
    yield "Its rules answer for later days too. Amounts that change each year do not: where that of a year is not"
    yield "known, the answer for that year is unknown."
    yield from ("", *how_to_read())
    yield from ("", headline())
    yield from ("", "**Contents**", "")
    names = [described()[route.id]["name"]["en"] for route in routes]
    yield from (f"- [{name}](#{anchor(name)})" for name in (*names, *MOVES))
    for route in routes:
        yield from ("", *of_route(route))
    yield from on_moves()


def how_to_read() -> Iterator[str]:
    """What an answer, a mark and a short name mean."""
    yield "**How to read an answer.** An answer is for one person on one day."
    yield ""
    yield "- *Yes*: on that day the conditions hold for filing, or for keeping the status where the person has it"
    yield "  already. It is never a promise that the permit will be given."
    yield "- *No*: they do not, whatever the facts that are not known turn out to be. Where a condition says that"
    yield "  exceptions to it are not modelled, one of them may still help: ask."
    yield "- *An authority decides*: everything that can be checked is met, and an authority weighs the rest; or the"
    yield "  law is contested, and what is known of its practice and of the courts stands with the reason."
    yield "- *Unknown, because of facts*: something must still be asked. A fact that nobody stated is unknown, never"
    yield "  no."
    yield "- *Unknown, because of the law*: the rule or the amount for that day was not found."
    yield ""
    yield "A case may also say when it would be otherwise, while the facts stay as they are and a running stay goes on."
    yield "*From* a day: on that day the answer becomes yes, or that an authority decides. *Never, as things are*: the"
    yield "passing of time alone cannot change the answer. *From when is not known*: it turns on a fact or on the law."
    yield "Where none of this is said, the case does not look ahead. Whether a holder of temporary protection may apply"
    yield "for a route, or hold both, stands in its head; it is no part of the answer."
    yield ""
    yield "A few things are *presumed*, such as that there is no risk for public order: where a condition rests on"
    yield "one, it says so, the answer names it, and a statement overrides it. What an authority weighs, or the person"
    yield "only claims, makes the answer *no* where it was stated that it is not so; where nothing was stated the"
    yield "route stays open. A date of which only the month or the year is known is taken as each of its days: the"
    yield "answer is certain only where it is the same for all of them. How days, months and gaps are counted:"
    yield "[Conventions of the calendar](facts.md#conventions-of-the-calendar)."
    yield ""
    yield "**Marks of sources.** " + "; ".join(MARKS) + "."
    yield "The mark of a condition says how well the *rule* is known; a number beside it has a mark of its own. A rule"
    yield "can be verified [V] and its amount known from the press alone [P]: the answer is then no surer than the"
    yield "amount. Where a number differs by Region or year the last that is known is shown, which is never used for a"
    yield "later year; all of them, with their sources, are in [Dated values](parameters.md). Where a source names the"
    yield "domain report alone, the article was not recorded: look it up before you rely on it."
    yield ""
    yield "**Short names.** " + "; ".join(SHORT) + "."


def anchor(name: str) -> str:
    """The place of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-")


def headline() -> str:
    """What follows from the law as adopted: nobody completes five years under temporary protection."""
    first, end = parameter("tp.first_certificate_on", KNOWN_UNTIL), protection_end(KNOWN_UNTIL)
    complete = add_months(first.value, 12 * parameter("unlimited.years", KNOWN_UNTIL).value)
    short_by = (complete - end.value).days
    return (
        f"**As adopted, nobody completes five years under temporary protection.** The first certificates date from "
        f"{day(first.value)} [{first.source.mark}]; five years are complete on {day(complete)}, {short_by} days after "
        f"the last day of the scheme, {day(end.value)} [{end.source.mark}; {end.source.text}]. Only a prolongation "
        f"would bring anybody there. [D, belgium.md §2.8]"
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
    yield from of_office(about, fee(about["fee_key"]))
    yield ""
    if route.id == "tp":
        yield from table_of_protection()
    else:
        yield from conditions_of(route)
    if route.capped:
        yield ""
        yield f"The answer is never *yes*: {about.get('cap_reason', 'an authority decides')}."
    yield from cases(route.id)


def conditions_of(route: Route) -> Iterator[str]:
    """What must hold, and what leaves it to the authority."""
    one = ", for one and the same family member" if route.of_one else ""
    yield f"**All of this must hold{one}:**"
    yield ""
    for place, each in enumerate(route.conditions, start=1):
        yield from told(each, f"{place}.", 0)
    if route.discretion is not None:
        yield ""
        yield "**Where the first condition is not met, but one of these is and the others are, the authority decides:**"
        yield ""
        parts = (
            children(route.discretion) if isinstance(route.discretion, Or) else (route.discretion,)
        )
        for each in parts:
            yield from told(each, "-", 0)


def fee(key: str) -> str:
    """The last amount that is known, and until when."""
    if key == "none":
        return "none"
    known = [row for row in series()[0].get(key, ()) if row.value is not None]
    if not known:
        return "not known [U]"
    last = known[-1]
    later = "; a later amount is not known" if last.valid_to else ""
    return f"{amount(last)} ({term(last)}) [{last.source.mark}; {last.source.text}]{later}"


def told(expr: Expr, sign: str, depth: int) -> Iterator[str]:
    """A condition as a sentence, with its source; its parts below it."""
    inner = "   " * (depth + 1)
    if isinstance(expr, Cited):
        kind = "" if expr.kind == "checkable" else f" *({KINDS[expr.kind]})*"
        taken = presumed(expr)
        kind += f" *(presumed until somebody says otherwise: {taken})*" if taken else ""
        kind += WISHED if expr.source.text.startswith("note ") else ""
        numbers = "; ".join(numbers_of(key) for key in keys(expr))
        yield (
            f"{'   ' * depth}{sign} {say(message(f'rule.{expr.label}'), 'en')}{kind} — "
            f"{expr.source.text} [{expr.source.mark}]" + (f". *{numbers}*" if numbers else "")
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


def numbers_of(key: str) -> str:
    """A dated value in words: the last that is known, by Region where it differs."""
    rows = series()[0][key]
    regions = list(dict.fromkeys(row.region for row in rows))
    if regions == [None]:
        return f"{names()[key]}: {last(rows)}"
    known = [(each, last([row for row in rows if row.region == each])) for each in regions]
    said = [
        f"{REGIONS[each or '']} {value}"
        for each, value in known
        if not value.startswith("not known")
    ]
    open_in = ", ".join(REGIONS[each or ""] for each in regions if not in_force(rows, each))
    if not said:
        return (
            f"{names()[key]}: not known [U] ({open_in}: the answer is unknown, because of the law)"
        )
    unknown = f", not known for {KNOWN_UNTIL.year} in {open_in} (the answer there is unknown, because of the law)"
    return f"{names()[key]}: {', '.join(said)}{unknown if open_in else ''}"


def in_force(rows: Iterable[Parameter], region: str | None) -> bool:
    """Whether a value is known for a Region on the day up to which the law is known; the last one may be older."""
    return any(
        row.valid_from <= KNOWN_UNTIL <= (row.valid_to or KNOWN_UNTIL)
        for row in rows
        if row.region == region and row.value is not None and row.status != "proposed"
    )


def last(rows: list[Parameter] | tuple[Parameter, ...]) -> str:
    """The last value that is known, with the time it is for and its mark."""
    rows = [row for row in rows if row.status != "proposed"] or list(rows)
    found = next((row for row in reversed(rows) if row.value is not None), rows[-1])
    until = f" ({term(found)})" if found.valid_to and found.unit != "date" else ""
    return f"{amount(found)}{until} [{found.source.mark}]"


def presumed(expr: Expr) -> str:
    """What of a condition is presumed, with the answer that is taken; empty where nothing is."""
    names = dict.fromkeys(name for leaf in leaves(expr) for name in leaf.facts if name in facts())
    return ", ".join(
        f"{called(name)}, {'yes' if facts()[name].presumed else 'no'}"
        for name in names
        if facts()[name].presumed is not None
    )
