"""The manual of equal treatment: whom the real rules treat otherwise, by which condition, and where that is written."""

from collections.abc import Iterator

from marks import MARKS
from moves_manual import REGIONS, cell, english, status_told

from perron.messages.texts import say
from perron.rules.audit import ALIKE_BUT_FOR as APART
from perron.rules.audit import cited, differences, in_force, touches
from perron.rules.belgium.filing import described
from perron.rules.belgium.moves import Change, Turn, regions_of, right, subjects
from perron.rules.belgium.rulebook import belgium
from perron.rules.evaluate import answer
from perron.rules.expressions import Cited, Expr
from perron.rules.facts import stated
from perron.rules.law import KNOWN_UNTIL, overlay_content, protection_end
from perron.rules.moments import Moment
from perron.vocabulary.intervals import add_months
from perron.vocabulary.verdicts import Verdict
from perron.vocabulary.wording import message

THINGS = {
    "nationality": "nationality alone",
    "origin": "where they lived, and by which title, before 24 February 2022",
    "arrival": "when they left Ukraine, and where they were before",
}
OTHERS = ("single_permit", "blue_card", "student", "asylum_applicant", "refugee", "subsidiary", "humanitarian_9bis",
          "none")  # fmt: skip
TURNS = {
    Turn.WON: "more right or less duty",
    Turn.LOST: "less right or more duty",
    Turn.OTHER: "different, neither more nor less",
}
VERDICTS = {
    Verdict.YES: "yes",
    Verdict.NO: "no",
    Verdict.AUTHORITY: "an authority decides",
    Verdict.UNKNOWN: "not known",
}
FIVE_YEARS = 60
AT = Moment(KNOWN_UNTIL)
RULEBOOK = belgium(safe_return=True)
ROUTES = {route.id: route for route in RULEBOOK.routes}


def parity() -> Iterator[str]:
    """What differs by nationality, origin and arrival; by status; and what the note would extend to others."""
    yield "Two people who are alike but for one thing, and whom the rules treat otherwise: proven over everybody there"
    yield "could be (`perron rules audit`), not read from cases. A difference is no reproach: each stands with the law"
    yield "that makes it, so that whoever changes the law sees what goes with it."
    yield ""
    yield "**Marks of sources.** " + "; ".join(MARKS) + "."
    yield from ("", "## By nationality, origin and arrival", "")
    yield from by_person()
    yield from ("", "## By status", "")
    yield from by_status()
    yield from ("", "## What the note would extend to others", "")
    yield from extended()


def by_person() -> Iterator[str]:
    """Each route that is open to one of two people alike, with the conditions by which they differ."""
    yield "| alike but for | route | condition | mark | source |"
    yield "|---|---|---|---|---|"
    unequal = set()
    for found in differences(tuple(RULEBOOK.on(AT.on)), AT):
        (what,) = found.conditions
        unequal.add(found.route)
        for one in parts(found.route, what):
            yield (
                f"| {THINGS[what]} | {name(found.route)} | {say(message(f'rule.{one.label}'), 'en')} "
                f"| {one.source.mark} | {one.source.text} |"
            )
    alike = [name(route) for route in ROUTES if route not in unequal]
    yield ""
    yield f"In {len(alike)} of {len(ROUTES)} routes none of the three makes a difference: {'; '.join(alike)}."


def parts(route: str, what: str) -> list[Cited]:
    """The innermost conditions in force that ask such a fact."""
    own = ROUTES[route]
    asks = [
        each
        for whole in (own.yes, own.authority, *own.conditions)
        for each in cited(whole)
        if touches(each, APART[what]) and in_force(each, AT) and not inner(each, what)
    ]
    return list({each.label: each for each in asks}.values())


def inner(expr: Expr, what: str) -> bool:
    """Whether another condition inside asks it."""
    return any(each is not expr and touches(each, APART[what]) for each in cited(expr))


def by_status() -> Iterator[str]:
    """Each right and duty under temporary protection beside the other statuses, where they differ."""
    yield "Beside temporary protection, subject by subject; what is the same is left out, what no source writes is not"
    yield "known."
    yield ""
    yield "| subject | under temporary protection | status | with that status | so | source |"
    yield "|---|---|---|---|---|---|"
    silent = []
    for subject in subjects():
        for region in regions_of(subject):
            about = english(f"right.{subject}") + (f", {REGIONS[region]}" if region else "")
            own = right(subject, "tp", region)
            for status in OTHERS:
                found = right(subject, status, region)
                turn = Change(subject, own, found).turn
                if found is None or own is None:
                    silent.append(f"{about}: {status_told(status if found is None else 'tp')}")
                elif turn is not Turn.SAME:
                    yield (
                        f"| {about} | {cell(subject, 'tp', region)} | {status_told(status)} "
                        f"| {cell(subject, status, region)} | {TURNS[turn]} | {found.source.text} |"
                    )
    yield ""
    yield "Not known, so that nothing is compared: " + "; ".join(dict.fromkeys(silent)) + "."


def extended() -> Iterator[str]:
    """For each title of the note's equal extension: unlimited stay after five years, as adopted and as proposed."""
    wish = overlay_content("note")["equal_extension"]
    end = protection_end(AT.on, "note").value
    start, on = add_months(end, -FIVE_YEARS), end
    yield f"The note asks that {wish['rule']} [{wish['mark']}; {wish['source']}]. It is no law; {wish['note']}."
    yield ""
    yield "Unlimited stay after five years of one title and nothing else, as the rules answer in both courses:"
    yield ""
    yield "| title | as adopted | the note's proposal |"
    yield "|---|---|---|"
    for title in ("tp", *wish["titles"]):
        known = stated({
            "stay_periods": [{"title": title, "from": start.isoformat(), "to": "-", "card": "A"}]
        })  # fmt: skip
        told = (
            answer(ROUTES["unlimited_stay"], known, Moment(on, scenario), RULEBOOK).verdict
            for scenario in ("adopted", "note")
        )
        yield f"| {status_told(title)} | {' | '.join(VERDICTS[each] for each in told)} |"
    yield ""
    yield "Where the last column says no, the proposal as modelled does not reach that title: a gap, not a rule."


def name(route: str) -> str:
    """A route in English."""
    return str(described()[route]["name"]["en"])
