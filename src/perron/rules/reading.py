"""A person in YAML or JSON, by the names and types of facts.yaml, in and out; every fault has its line and column."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from perron.files.sheet import Sheet, compose, is_null
from perron.rules.facts import DATES, NONE, NUMBERS, Fact, facts, nearest
from perron.vocabulary.errors import BadFile
from perron.vocabulary.intervals import PartialDate

BARE_NONE = re.compile(r"(:[ \t]+)-([ \t]*(?:#.*)?)$", re.MULTILINE)
"""``to: -`` at the end of a line: what YAML would take for a list."""

TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def read_person(text: str, file: str) -> dict[str, Any]:
    """What is stated of one person; absent and null are unknown, ``-`` or ``[]`` is known: none (BadFile)."""
    return {name: value for name, value in read_answers(text, file).items() if value is not None}


def read_answers(text: str, file: str) -> dict[str, Any]:
    """The same with what stands there as null: asked, and not known (BadFile)."""
    sheet = Sheet(file)
    root = compose(BARE_NONE.sub(r'\1"-"\2', text), file)
    found: dict[str, Any] = {}
    if not isinstance(root, yaml.MappingNode):
        sheet.fault(root, "file.expected_mapping")
    for key, node in root.value if isinstance(root, yaml.MappingNode) else ():
        name = str(key.value)
        if name not in facts():
            sheet.fault(key, "rules.no_such_fact", found=name, near=", ".join(nearest(name)))
        elif name in found:
            sheet.fault(key, "file.twice", found=name, line=key.start_mark.line + 1)
        else:
            found[name] = read_fact(sheet, facts()[name], node)
    if sheet.faults:
        raise BadFile(tuple(sheet.faults))
    return found


def write_answers(answers: Mapping[str, Any]) -> str:
    """The text from which ``read_answers`` reads the same, in the same order."""
    if not answers:
        return "{}\n"
    return yaml.safe_dump(dict(answers), allow_unicode=True, sort_keys=False, width=100)


def read_fact(sheet: Sheet, fact: Fact, node: yaml.Node) -> Any:  # noqa: ANN401 - as the fact is
    """The value of one fact, None for unknown or where it has a fault."""
    if isinstance(node, yaml.ScalarNode):
        return None if is_null(node) else read_word(sheet, fact, node)
    if fact.kind == "record":
        return read_fields(sheet, fact, node)
    if fact.kind != "list" or not isinstance(node, yaml.SequenceNode):
        sheet.fault(node, "file.expected", found=str(node.tag), expected=expected(fact))
        return None
    if fact.fields:
        return [read_fields(sheet, fact, each) for each in node.value]
    return [read_word(sheet, fact, each, item=True) for each in node.value]


def read_fields(sheet: Sheet, fact: Fact, node: yaml.Node) -> dict[str, Any] | None:
    """The known fields of a record."""
    fields = sheet.fields(node, set(fact.fields))
    if fields is None:
        return None
    return {name: read_fact(sheet, fact.fields[name], each) for name, each in fields.items()}


def read_word(sheet: Sheet, fact: Fact, node: yaml.Node, *, item: bool = False) -> Any:  # noqa: ANN401 - as the fact is
    """One scalar."""
    return sheet.parse(node, lambda text: value_of(fact, text, item=item), expected(fact))


def value_of(fact: Fact, text: str, *, item: bool = False) -> Any:  # noqa: ANN401 - as the fact is
    """A value from its text (ValueError, KeyError).

    ``item``: it is one of a list. A list in one text is separated by ``;``; ``-`` is known: none.
    """
    text = text.strip()
    if fact.kind == "list" and not item:
        items = [] if text == NONE else [each.strip() for each in text.split(";") if each.strip()]
        return [value_of(fact, each, item=True) for each in items]
    if text == NONE and fact.may_be_none and not item:
        return NONE
    if fact.kind == "bool":
        return TRUTHS[text.lower()]
    if fact.kind in DATES:
        return day_of(fact, text)
    if fact.kind in NUMBERS:
        return number_of(fact, text)
    if text not in fact.values and (fact.values or fact.kind != "list" or not text):
        raise ValueError(text)
    return text


def day_of(fact: Fact, text: str) -> str:
    """A day; of a partial date a month or a year too."""
    if fact.kind == "date" and not re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
        raise ValueError(text)
    return str(PartialDate.parse(text))


def number_of(fact: Fact, text: str) -> float:
    """A number of zero or more, 5 or 5.0; whole where the fact is."""
    number = float(text)
    if not 0 <= number < float("inf") or (fact.kind == "int" and number != int(number)):
        raise ValueError(text)
    return int(number) if fact.kind == "int" else number


def expected(fact: Fact) -> str:
    """What may stand there, in a few words."""
    words = {
        "bool": "true or false",
        "date": "2026-11-23",
        "partial_date": "2026, 2026-11 or 2026-11-23",
        "int": "5",
        "number": "5.5",
        "money_month": "1250.50",
        "record": ", ".join(fact.fields),
        "list": ", ".join(fact.values) or ", ".join(fact.fields) or "UA",
        "enum": ", ".join(fact.values),
    }
    return words[fact.kind] + (f", {NONE}" if fact.may_be_none else "")
