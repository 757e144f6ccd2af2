"""The manual of moves: what each status means, by when what must be done, return, and who depends on whom."""

from collections.abc import Iterator
from datetime import date, timedelta

from in_words import answer, day

from perron.messages.texts import say
from perron.rules.belgium.clocks import Clock, clocks, steps
from perron.rules.belgium.dependants import FOLLOWS
from perron.rules.belgium.moves import content, regions_of, right, said, subjects, way_back
from perron.rules.belgium.returning import return_track, school_interrupted
from perron.rules.law import KNOWN_UNTIL
from perron.rules.moments import Moment
from perron.vocabulary.wording import message

COLUMNS = ("tp", "single_permit", "blue_card", "student", "search_year", "asylum_applicant", "refugee", "subsidiary",
           "humanitarian_9bis", "unlimited", "none")  # fmt: skip
REGIONS = {"VLG": "Flanders", "BRU": "Brussels", "WAL": "Wallonia"}
PACT = date(2026, 6, 12)
STEPS = {
    "annex_15": "Annex 15", "municipality": "Municipality", "social_aid": "Help from the OCMW/CPAS", "asylum": "Asylum",
    "appeal": "Appeal at the Council for Alien Law Litigation (RvV/CCE)",
}  # fmt: skip
AT = Moment(KNOWN_UNTIL)


def on_moves() -> Iterator[str]:
    """Everything that is about moving from one status to another."""
    yield from ("", "## What changes between statuses", "")
    yield "Read two columns side by side: what is written in the one and not in the other is won or lost. Each cell has"
    yield "its mark; what is not known is said so. Who leaves temporary protection is never promised a way back."
    yield ""
    yield "| subject | " + " | ".join(status_told(each) for each in COLUMNS) + " |"
    yield "|---" * (len(COLUMNS) + 1) + "|"
    for subject in subjects():
        for region in regions_of(subject):
            where = f", {REGIONS[region]}" if region else ""
            cells = (cell(subject, status, region) for status in COLUMNS)
            yield f"| {english('right.' + subject)}{where} | " + " | ".join(cells) + " |"
    cells = (back(status) for status in COLUMNS)
    yield "| Way back to temporary protection | " + " | ".join(cells) + " |"
    yield from ("", f"Source, where a row names no other: {content()['source']}.")
    yield from on_clocks()
    yield from on_return()
    yield from ("", "## Who depends on whom", "")
    yield "When one family member moves to another status, the routes of the others are answered anew with that status."
    yield "Since when the stay counts under the new title is in no source and is taken as not known."
    yield ""
    for title, (says, source) in FOLLOWS.items():
        yield f"- {status_told(title)}: {english('depend.' + says)} [{source.mark}; {source.text}]"


def status_told(status: str) -> str:
    """A status in words."""
    said = "no residence title" if status == "none" else answer("stay_periods", "title", status)
    return said[0].upper() + said[1:]


def cell(subject: str, status: str, region: str | None) -> str:
    """What a status means for a subject."""
    found = right(subject, status, region)
    text = say(said(subject, found), "en")
    return text.lower() if found is None else f"{text} [{found.source.mark}]"


def back(status: str) -> str:
    """Whether there is a way back to temporary protection."""
    if status == "tp":
        return "–"
    found, source = way_back(status, AT)
    return f"{'not known' if found is None else 'may be asked'} [{source.mark}]"


def english(key: str) -> str:
    """A text in English."""
    return say(message(key), "en")


def on_clocks() -> Iterator[str]:
    """The clocks that belong to no route, and both sets of rules around the Pact."""
    yield from ("", "## Clocks of procedures", "")
    yield "Terms of the routes stand with each route. The day on which a file is lodged decides which rules count; of"
    yield f"files lodged from {day(PACT)} (the EU Pact on Migration and Asylum) the Belgian text was not seen. Working"
    yield "days are Monday to Friday, except legal holidays."
    yield ""
    yield "| where | what | lodged before the Pact | lodged under the Pact | counted from | mark | source |"
    yield "|---|---|---|---|---|---|---|"
    before, since = PACT - timedelta(days=1), PACT
    pairs = [
        (words, steps(step, Moment(before)), steps(step, Moment(since)))
        for step, words in STEPS.items()
    ]
    pairs.append(
        (
            "Asylum, decision",
            clocks("international_protection", Moment(before)),
            clocks("international_protection", Moment(since)),
        )
    )
    for step, old, new in pairs:
        for what in dict.fromkeys(each.what for each in (*old, *new)):
            one, other = of(old, what), of(new, what)
            told = one or other
            assert told is not None
            start = say(told.counted_from, "en")
            yield (
                f"| {step} | {english('clock.' + what)} | {amount(one)} | {amount(other)} | {start} "
                f"| {told.source.mark} | {told.source.text} |"
            )


def of(found: tuple[Clock, ...], what: str) -> Clock | None:
    """The clock of one kind."""
    return next((each for each in found if each.what == what), None)


def amount(clock: Clock | None) -> str:
    """How long it runs."""
    if clock is None or clock.amount is None:
        return "not known"
    return f"{clock.amount} {clock.unit.replace('_', ' ')}"


def on_return() -> Iterator[str]:
    """The track of return."""
    yield from ("", "## The track of return (TPD art. 21-23)", "")
    yield "Going back by choice, and staying on after the end, are the last two routes above. Beside them:"
    yield ""
    for each in return_track({}, AT).visit:
        value = "not known" if each.value is None else str(each.value)
        yield f"- {say(each.message, 'en')} {value} [{each.source.mark}; {each.source.text}]"
    for scenario, words in (
        ("adopted", "As adopted"),
        ("prolonged-2028", "If the scheme is prolonged to 4 March 2028"),
    ):
        found = school_interrupted(Moment(KNOWN_UNTIL, scenario))
        if found is not None:
            yield (
                f"- {words}: the right ends on {day(found.ends)}, the school period on {day(found.goes_on_until)}: "
                f"{found.days} days of school without a right, and no Belgian rule on TPD art. 23(2) was found."
            )
