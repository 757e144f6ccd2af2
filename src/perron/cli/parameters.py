"""``perron rules``: what the law says, with its dates, sources and marks."""

import re
import unicodedata
from argparse import Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from typing import Any

from perron.cli.command import Exit, day, in_json
from perron.rules.law import KNOWN_UNTIL, MODELLED_FROM, Parameter, parameter, series
from perron.vocabulary.errors import LawNotModelled, NotFound
from perron.vocabulary.verdicts import LawStatus

ALIKE = 0.8
"""How alike two words are that differ by a slip of the pen, as difflib counts it."""

NEAREST = 3
PARAMETERS = "show the dated values of the law, each with its source and mark"
EXAMPLES = """\
examples:
  perron rules parameters --name valid_to
  perron rules parameters --name fee --on 2026-11-23
  perron rules parameters --on 2027-01-01 --known-on 2025-06-01 --json

Without --on every value is shown, with --on those that hold on that day. Both the first and the
last day count. What is only proposed is shown beside what holds, and says so."""


def add_parameters(inside: Any) -> None:  # noqa: ANN401 - argparse does not name its type
    """Take what is asked of the dated values."""
    sub = inside.add_parser(
        "parameters",
        help=PARAMETERS,
        description=PARAMETERS,
        epilog=EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
    )
    sub.add_argument("--on", type=day, metavar="DATE", help="the day on which they hold")
    sub.add_argument(
        "--known-on", type=day, metavar="DATE", help="as the law was known on that day"
    )
    sub.add_argument("--name", metavar="N", help="a part of the name; spelling is forgiven")
    sub.add_argument("--json", action="store_true", help="one JSON document as the answer")
    sub.set_defaults(answer=show)


def show(args: Namespace) -> int:
    """Print the values that are asked for."""
    keys = sorted(series()[0]) if args.name is None else named(args.name)
    found = [row for key in keys for row in rows_of(key, args.on, args.known_on)]
    if args.json:
        print(in_json([as_record(row) for row in found]))
        return Exit.DONE
    print("\n".join(as_lines(row) for row in found) or "No value is known for that day.")
    if args.known_on is None and args.on is not None and args.on > KNOWN_UNTIL:
        print(f"The law is known as it stood on {KNOWN_UNTIL}.")
    return Exit.DONE


def named(asked: str) -> list[str]:
    """The keys with these words in their name, else those that differ by a slip of the pen (NotFound)."""
    keys = sorted(series()[0])
    words = [folded(word) for word in re.split(r"[\W_]+", asked) if word]
    whole = {key: folded(key) for key in keys}
    found = [key for key in keys if words and all(word in whole[key] for word in words)]
    found = found or [key for key in keys if words and all(in_parts(word, key) for word in words)]
    if not found:
        near = get_close_matches(folded(asked), whole.values(), n=NEAREST, cutoff=0)
        back = {short: key for key, short in whole.items()}
        nearest = ", ".join(back[short] for short in near)
        raise NotFound("file.word_unknown_near", column="parameter", found=asked, near=nearest)
    return found


def folded(text: str) -> str:
    """The letters and digits alone, without case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def in_parts(word: str, key: str) -> bool:
    """Whether a part of the key is nearly the word."""
    parts = re.split(r"[._]", key)
    return any(SequenceMatcher(None, word, part).ratio() >= ALIKE for part in (*parts, folded(key)))


def rows_of(key: str, on: date | None, known_on: date | None) -> Iterator[Parameter]:
    """The values of one key: all, or those of a day with what is proposed for it.

    Raises LawNotModelled for a day before the law.
    """
    if on is not None and on < MODELLED_FROM:
        raise LawNotModelled("rules.not_modelled", on=on, since=MODELLED_FROM)
    rows = [row for row in series()[0][key] if known_on is None or row.known_since <= known_on]
    counting = rows if on is None else holding(key, on, known_on)
    for row in rows:
        proposed = row.status is LawStatus.PROPOSED and on is not None and row.holds(on)
        if proposed or row in counting:
            yield row


def holding(key: str, on: date, known_on: date | None) -> list[Parameter]:
    """The value that counts on the day, in each region where the key has one."""
    found = []
    for region in dict.fromkeys(row.region for row in series()[0][key]):
        try:
            found.append(parameter(key, on, known_on=known_on, region=region))
        except NotFound:  # no value on that day, or none was known: there is nothing to show
            continue
    return found


def as_record(row: Parameter) -> dict[str, object]:
    """A value by the names of the contract; ``until`` is its last day."""
    value = row.value
    return {
        "name": row.key,
        "region": row.region,
        "value": value.isoformat() if isinstance(value, date) else value,
        "unit": row.unit,
        "from": row.valid_from.isoformat(),
        "until": row.valid_to.isoformat() if row.valid_to else None,
        "source": row.source.text,
        "mark": row.source.mark,
        "status": row.status,
        "known_since": row.known_since.isoformat(),
        "note": row.note,
    }


def as_lines(row: Parameter) -> str:
    """A value for people."""
    value = "not known" if row.value is None else f"{row.value} {row.unit}"
    where = f" in {row.region}" if row.region else ""
    until = f" until {row.valid_to}" if row.valid_to else ""
    lines: Sequence[str] = (
        f"{row.key}{where}: {value}",
        f"  from {row.valid_from}{until}, {row.status}, known since {row.known_since}",
        f"  [{row.source.mark}] {row.source.text}",
        f"  {row.note}",
    )
    return "\n".join(line for line in lines if line.strip())
