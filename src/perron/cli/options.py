"""``perron rules options``: which routes are open to one person on a day, why, since when, and what to ask next."""

from argparse import Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from perron.cli.command import Exit, day, in_json
from perron.messages.texts import say
from perron.rules.belgium.clocks import Clock, clocks
from perron.rules.belgium.filing import filing
from perron.rules.belgium.holding import holding
from perron.rules.belgium.rulebook import belgium
from perron.rules.earliest import Earliest, earliest
from perron.rules.evaluate import answers
from perron.rules.facts import facts, presumptions, stated
from perron.rules.interview import Question, next_question
from perron.rules.law import called
from perron.rules.moments import ADOPTED, Moment
from perron.rules.reading import read_person
from perron.rules.routes import Rulebook
from perron.vocabulary.verdicts import Finding, Reason
from perron.vocabulary.wording import Message, in_words, message

LANGUAGES = ("nl", "fr", "de", "en", "uk", "ru")
OPTIONS = "say which routes are open to one person on a day, and why"
EXAMPLES = """\
examples:
  perron rules options person.yaml --on 2026-11-23
  perron rules options person.yaml --on 2027-03-05 --scenario note --json
  perron rules options person.yaml --on 2026-11-23 --lang uk --return possible

person.yaml holds facts by the names of docs/reference/facts.md. What is absent is unknown:
  birth_date: 1990-05          # some day in May 1990
  health_insured: true
  job_offer: -                 # known: none
  stay_periods:
  - {title: tp, from: 2022-03-20, to: "-"}   # still running

A yes means that the conditions hold for filing or keeping the route on that day. It is never a
promise: an authority decides. Whatever is presumed is named with the answer."""


def add_options(inside: Any) -> None:  # noqa: ANN401 - argparse does not name its type
    """Take a person and a day."""
    sub = inside.add_parser(
        "options",
        help=OPTIONS,
        description=OPTIONS,
        epilog=EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
    )
    sub.add_argument("person", type=Path, metavar="PERSON.yaml", help="facts of one person")
    sub.add_argument("--on", type=day, metavar="DATE", required=True, help="the day asked about")
    add_law(sub)
    sub.add_argument("--known-on", type=day, metavar="DATE", help="as the law was known then")
    sub.add_argument("--lang", choices=LANGUAGES, default="en", help="the language of the reasons")
    sub.add_argument("--json", action="store_true", help="one JSON document as the answer")
    sub.set_defaults(answer=options)


def add_law(sub: Any) -> None:  # noqa: ANN401 - argparse does not name its type
    """Take a scenario and the track of return."""
    sub.add_argument(
        "--scenario",
        default=ADOPTED,
        metavar="NAME",
        help="adopted (default), prolonged-2028, note, or a file of your own",
    )
    sub.add_argument(
        "--return",
        dest="safe_return",
        choices=("possible", "not"),
        default="not",
        help="whether safe return is possible: switches on its track (default: not)",
    )


def options(args: Namespace) -> int:
    """Print what is open to the person."""
    known = read_person(args.person.read_text(encoding="utf-8"), str(args.person))
    moment = Moment(args.on, args.scenario, args.known_on)
    rulebook = belgium(safe_return=args.safe_return == "possible")
    findings = answers(rulebook, known, moment)
    question = next_question(findings)
    pathways = [as_record(finding, rulebook, known, moment, args.lang) for finding in findings]
    if args.json:
        print(in_json(as_answer(moment, rulebook, question, pathways, args.lang)))
    else:
        print("\n".join(as_text(moment, rulebook, question, pathways, args.lang)))
    return Exit.DONE


def as_answer(
    moment: Moment,
    rulebook: Rulebook,
    question: Question | None,
    pathways: list[dict[str, Any]],
    language: str,
) -> dict[str, Any]:
    """The whole answer by the names of the contract."""
    return {
        "on": moment.on.isoformat(),
        "scenario": moment.scenario,
        "law_known_until": rulebook.known_until.isoformat(),
        "rulebook": rulebook.version,
        "known_on": moment.known_on.isoformat() if moment.known_on else None,
        "next_question": question.fact if question else None,
        "question": facts()[question.fact].question[language] if question else None,
        "why_we_ask": say(in_words(question.why), language) if question else None,
        "pathways": pathways,
    }


def as_record(
    finding: Finding, rulebook: Rulebook, known: dict[str, Any], moment: Moment, language: str
) -> dict[str, Any]:
    """One route by the names of the contract."""
    route = next(one for one in rulebook.on(moment.on) if one.id == finding.id)
    office, read = filing(route.id, moment), stated(known)
    held = holding(route, read, moment)
    return {
        "id": route.id,
        "name": office.names[language],
        "verdict": finding.verdict,
        "holds": held.holds,
        "until": held.until.isoformat() if held.until else None,
        "assuming": list(finding.assuming),
        "unknown_because": finding.unknown_because,
        "may_apply_with_tp": office.may_apply_with_tp,
        "may_hold_with_tp": office.may_hold_with_tp,
        "earliest": as_earliest(earliest(route, read, moment)),
        "missing": list(finding.missing),
        "law_missing": list(finding.law_missing),
        "weighed": list(finding.weighed),
        "because": [as_reason(each, language) for each in finding.because],
        "against": [as_reason(each, language) for each in finding.against],
        "authority": say(office.authority, language),
        "file_at": said(office.file_at, language),
        "deadline_days": office.deadline_days,
        "fee": office.fee,
        "documents": [say(each, language) for each in office.documents],
        "remedy": said(office.remedy, language),
        "notes": [say(each, language) for each in office.notes],
        "stages": [say(each, language) for each in office.stages],
        "work": said(office.work, language),
        "clock": said(office.clock, language),
        "tp_time": said(office.tp_time, language),
        "unlimited_after": [said(each, language) for each in office.unlimited_after],
        "terms": [as_term(each, language) for each in clocks(route.id, moment)],
    }


def said(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What is said in words in the language, everything else as it is."""
    return {
        key: say(value, language) if isinstance(value, Message) else value
        for key, value in values.items()
    }


def as_term(clock: Clock, language: str) -> dict[str, Any]:
    """A term of a file lodged on the day, with its last day where that is known."""
    return {
        "text": say(clock.message, language),
        "amount": clock.amount,
        "unit": clock.unit,
        "from": say(clock.counted_from, language),
        "until": clock.until.isoformat() if clock.until else None,
        "no_term": clock.no_term,
        "note": say(clock.note, language) if clock.note else None,
        "source": clock.source.text,
        "mark": clock.source.mark,
    }


def as_earliest(found: Earliest) -> dict[str, Any]:
    """The first day by the names of the contract."""
    return {
        "kind": found.kind,
        "date": found.day.isoformat() if found.day else None,
        "facts": list(found.facts),
        "law": list(found.law),
        "verdict": found.verdict,
        "closes": found.closes.isoformat() if found.closes else None,
    }


def as_reason(reason: Reason, language: str) -> dict[str, Any]:
    """A sentence with its source, and the facts and values it rests on."""
    since = reason.source.valid_from
    return {
        "text": say(reason.message, language),
        "source": reason.source.text,
        "mark": reason.source.mark,
        "from": since.isoformat() if since else None,
        "facts": dict(reason.facts),
        "parameters": [
            {
                "name": key,
                "value": value,
                "source": source.text,
                "mark": source.mark,
                "from": source.valid_from.isoformat() if source.valid_from else None,
            }
            for key, value, source in reason.values
        ],
    }


def in_words_too(name: str, language: str, value: str = "") -> str:
    """A fact by its question, a field by its label too, a value of the law by what it is called; each with its name."""
    fact, _, field = name.partition(".")
    if name in called():
        return f"{say(in_words(called()[name]), language)} ({name}{value})"
    if fact not in facts():  # a condition that nothing settles yet
        return f"{say(message(f'rule.{name}'), language)} ({name})"
    words = facts()[fact].question[language]
    if field:
        words += f" {say(message(f'fact_field.{field}'), language)}"
    return f"{words} ({name})"


def presumed_line(name: str, language: str) -> str:
    """The answer that is presumed, in a word."""
    word = "yes" if presumptions()[name] else "no"
    return f": {say(message(f'fact_value.{word}'), language)}"


def reason_line(reason: Mapping[str, Any], language: str) -> str:
    """A reason with its mark and source, and the values of the law it rests on."""
    values = ", ".join(
        in_words_too(each["name"], language, f" {each['value']}") for each in reason["parameters"]
    )
    told = f"  - {reason['text']} [{reason['mark']}, {reason['source']}]"
    return f"{told}; {values}" if values else told


def as_text(
    moment: Moment,
    rulebook: Rulebook,
    question: Question | None,
    pathways: list[dict[str, Any]],
    language: str,
) -> Iterator[str]:
    """The answer for people."""

    def label(key: str, **params: Any) -> str:  # noqa: ANN401 - words and days
        return say(message(f"options.{key}", **params), language)

    yield label("title", on=moment.on, scenario=moment.scenario, until=rulebook.known_until)
    for one in pathways:
        yield ""
        yield f"{one['name']}: {label(one['verdict'])}"
        if one["holds"]:
            yield "  " + (
                label("held_until", until=one["until"]) if one["until"] else label("held")
            )
        for reason in (*one["because"], *one["against"]):
            yield reason_line(reason, language)
        for name in ("missing", "law_missing", "assuming", "weighed"):
            if one[name]:
                yield f"  {label(name)}:"
                for each in one[name]:
                    taken = presumed_line(each, language) if name == "assuming" else ""
                    yield f"  - {in_words_too(each, language)}{taken}"
        first = one["earliest"]
        yield f"  {label('earliest')}: {first['date'] or label(first['kind'])}"
        if first["closes"]:
            yield "  " + label("closes", day=first["closes"])
    yield ""
    yield (
        label("next", question=facts()[question.fact].question[language])
        if question
        else label("no_next")
    )
