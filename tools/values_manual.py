"""The manual of facts and of the dated values of the law. For lawyers, and for who writes a file."""

from collections.abc import Iterator

from in_words import REGIONS, amount, answer, called
from marks import MARKS, SHORT

from perron.messages.texts import say, texts
from perron.rules.facts import Fact, content, facts
from perron.rules.law import called as names
from perron.rules.law import series
from perron.vocabulary.wording import message

KINDS = {
    "bool": "yes or no", "date": "day", "partial_date": "day, month or year", "int": "whole number", "number": "number",
    "money_month": "euro a month", "enum": "one of", "list": "any of", "record": "one record of",
}  # fmt: skip
SENSITIVITY = {
    "none": "not personal", "personal": "personal", "judicial": "judicial (GDPR art. 10, and victims)",
    "special_category": "special category (GDPR art. 9)",
}  # fmt: skip
CONVENTIONS = {
    "leap_day": "29 February", "inclusive_last_day": "the last day counts",
    "anniversary_completes": "when years are complete",
    "gap": "a day without a title", "absence_days": "days of travel", "calendar_months": "months of one absence",
    "month_in_days": "months of all absences together", "half_days": "periods that count half",
}  # fmt: skip
STATUS = (
    "adopted: law in force, or decided",
    "practice: what the authority does, without a rule",
    "unconfirmed: seen, but not sure that it is applied",
    "outdated: shown for comparison only",
    "proposed: no law; counts only in a scenario that names it",
    "unknown: not seen; the answer is then unknown because of the law",
    "design: a choice of this system, no law",
)


def fact_table() -> Iterator[str]:
    """Every fact: what is asked, why, what proves it."""
    yield "What can be stated of a person, in words and, for who writes a file, by its name there. A fact that nobody"
    yield "stated is unknown. In a file `-` or `[]` says that it is known that there is none. What is presumed is taken"
    yield "as so until somebody says otherwise; the answer then names it."
    yield ""
    yield "| fact | question | answers | why we ask | proof | presumed | sensitivity | name | answers in files |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, fact in facts().items():
        presumed = {None: "–", True: "yes", False: "no"}[fact.presumed]
        words = called(name)
        cells = (
            words[0].upper() + words[1:],
            fact.question["en"],
            kind(fact),
            fact.why,
            ", ".join(fact.proof),
            presumed,
            SENSITIVITY[fact.sensitivity],
            f"`{name}`",
            ", ".join(f"`{each}`" for each in (fact.values or tuple(fact.fields))) or "–",
        )
        yield f"| {' | '.join(cells)} |"
    yield from records()
    yield from ("", "## Conventions of the calendar", "")
    yield "How the rules count days where the law leaves it open. " + marks()
    yield ""
    for each in content()["conventions"]:
        asked = (
            "" if each["open_question"] == "none" else f" Open question: {each['open_question']}"
        )
        words = CONVENTIONS[each["id"]]
        yield (
            f"- **{words[0].upper() + words[1:]}.** {each['rule']} [{each['mark']}; {each['source']}]{asked}"
        )


def kind(fact: Fact) -> str:
    """What can be answered."""
    if fact.fields:
        return "any number of records (below)" if fact.kind == "list" else "one record (below)"
    named = "; ".join(answer(fact.name, fact.name, each) for each in fact.values)
    return (
        f"{KINDS[fact.kind]}: {named}"
        if named
        else KINDS[fact.kind]
        if fact.kind != "list"
        else "countries"
    )


def records() -> Iterator[str]:
    """The facts that are records, field by field."""
    yield from ("", "## Facts that are records", "")
    yield "A record may be known in part. The reason of an absence is asked, but no rule weighs it: whether a longer"
    yield "absence may be accepted for a special reason is not modelled."
    for name, fact in facts().items():
        if not fact.fields:
            continue
        words = called(name)
        yield from ("", f"**{words[0].upper() + words[1:]}** (`{name}`)", "")
        yield "| field | answers | name in files | answers in files |"
        yield "|---|---|---|---|"
        for field, each in fact.fields.items():
            key = f"fact_field.{field}"
            said = say(message(key), "en") if key in texts() else field
            named = "; ".join(answer(name, field, one) for one in each.values)
            answers = f"one of: {named}" if named else KINDS[each.kind]
            answers += f"; or: {each.none}" if each.none else ""
            files = ", ".join(f"`{one}`" for one in each.values) or "–"
            yield f"| {said} | {answers} | `{field}` | {files} |"


def parameter_table() -> Iterator[str]:
    """Every dated value of the law."""
    yield "Every number, date and period of the law that the rules use. Both the first and the last day count; where"
    yield "*until* is empty the value is not known to end. 4 March 2022 is the first day of the law that is modelled: a"
    yield "value from that day may be older. *Known since* is the day on which a value was published, or its first day."
    yield ""
    yield marks()
    yield ""
    yield "**Short names.** " + "; ".join(SHORT) + "."
    yield ""
    yield "**Status.** " + "; ".join(STATUS) + "."
    for key, values in series()[0].items():
        words = names()[key]
        yield from ("", f"## {words[0].upper() + words[1:]}", "", f"`{key}`", "")
        where = any(row.region for row in values)
        yield f"| value |{' Region |' if where else ''} from | until | known since | status | mark | source | note |"
        yield f"|---|{'---|' if where else ''}---|---|---|---|---|---|---|"
        for row in values:
            region = f" {REGIONS[row.region or '']} |" if where else ""
            yield (
                f"| {amount(row)} |{region} {row.valid_from} | {row.valid_to or ''} | {row.known_since} | {row.status} "
                f"| {row.source.mark} | {row.source.text} | {row.note} |"
            )


def marks() -> str:
    """What the marks of sources mean."""
    return "**Marks of sources.** " + "; ".join(MARKS) + "."
