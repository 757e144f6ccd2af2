"""Member states side by side: the same fields for each, with source and mark; what is not sourced is not known."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from perron.files.sheet import TRUTHS, Sheet, compose
from perron.rules.belgium.filing import described
from perron.rules.belgium.moves import content, right
from perron.rules.law import KNOWN_UNTIL, series
from perron.rules.moments import Moment
from perron.vocabulary.errors import BadFile
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.territory import Region
from perron.vocabulary.verdicts import LawStatus, Mark, Source
from perron.vocabulary.wording import Message, message

FILE = Path(__file__).with_name("countries.yaml")
UNION, HOME = "EU", "BE"
MEMBER_STATES = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
        "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip
LANGUAGES = ("en", "nl", "fr", "de", "uk", "ru")
REFERENCES = ("law", "right", "route")
KEYS = ("value", "as_of", "source", "mark", "status", "regions", *REFERENCES)
PROTECTED = "tp"
PER_CENT, MOST_DAYS = 100, 10_000
KNOWN = PartialDate.parse(KNOWN_UNTIL.isoformat())
"""As of when the law without a day of its own is known."""


class Kind(StrEnum):
    """What a field holds."""

    UNTIL = "until"
    FROM = "from"
    TRUTH = "truth"
    DAYS = "days"
    PER_CENT = "per_cent"
    RIGHT = "right"


FIELDS: Mapping[str, Kind] = {
    "protection_until": Kind.UNTIL,
    "ask_for_work": Kind.TRUTH,
    "ask_for_study": Kind.TRUTH,
    "ask_for_family": Kind.TRUTH,
    "counts_for_long_term": Kind.TRUTH,
    "open_to_long_term": Kind.TRUTH,
    "work": Kind.RIGHT,
    "school": Kind.TRUTH,
    "school_from_day": Kind.DAYS,
    "family": Kind.RIGHT,
    "absence": Kind.DAYS,
    "integration": Kind.RIGHT,
    "rights_during_visit": Kind.TRUTH,
    "way_back": Kind.TRUTH,
    "return_rule_from": Kind.FROM,
    "take_back": Kind.TRUTH,
    "share_at_work": Kind.PER_CENT,
}
"""What is compared, in the order in which it is read."""

SUBJECTS = {"work": "labour_market", "family": "family", "integration": "integration"}
"""The subject of ``belgium/rights.yaml`` whose words a field takes."""

Value = date | bool | int | str


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one field in one country; ``value`` None: not known.

    ``as_of``: the day, month or year of which the source speaks, or since when the value is known.
    ``refers``: what kind of thing of the law it is read from, and which.
    """

    field: str
    value: Value | None = None
    as_of: PartialDate | None = None
    source: Source | None = None
    status: LawStatus | None = None
    regions: tuple[Region, ...] = ()
    refers: tuple[str, str] | None = None

    @property
    def name(self) -> Message:
        """The field in words."""
        return message(f"country.{self.field}")

    @property
    def message(self) -> Message:
        """The value in words."""
        if self.value is None:
            return message("right.unknown")
        kind = FIELDS[self.field]
        if kind is Kind.RIGHT:
            return message(f"right.{SUBJECTS[self.field]}.{self.value}")
        if kind is Kind.TRUTH:
            return message("country.truth.yes" if self.value else "country.truth.no")
        return message(f"country.kind.{kind}", value=self.value)

    @property
    def since(self) -> Message | None:
        """As of when, in words."""
        if self.as_of is None:
            return None
        whole = self.as_of.day is not None
        return message("country.as_of", day=self.as_of.earliest if whole else str(self.as_of))


@dataclass(frozen=True, slots=True)
class Country:
    """A member state, or all of them, with an entry for each field."""

    code: str
    names: Mapping[str, str]
    entries: tuple[Entry, ...]


def compared(moment: Moment) -> tuple[Country, ...]:
    """Every country of which something is sourced, on a day: what all have first, Belgium by the law of that day."""
    return tuple(
        replace(each, entries=tuple(looked_up(entry, moment) for entry in each.entries))
        for each in countries()
    )


def unsourced() -> int:
    """How many member states have no entry yet."""
    return len(MEMBER_STATES - {each.code for each in countries()})


def looked_up(entry: Entry, moment: Moment) -> Entry:
    """An entry with the value of the law of that day where it refers to one."""
    if entry.refers is None:
        return entry
    kind, name = entry.refers
    if kind == "law":
        until = FIELDS[entry.field] is Kind.UNTIL
        row = (replace(moment, on=date.max) if until else moment).row(name)
        if row is None:
            return entry
        since = None if row.value is None else PartialDate.parse(row.known_since.isoformat())
        return replace(entry, value=row.value, as_of=since, source=row.source, status=row.status)
    if kind == "route":
        about = described()[name]["may_apply_with_tp"]
        source = Source(about["source"], Mark(about["mark"]))
        return replace(entry, value=about["value"], as_of=KNOWN, source=source)
    found = {right(name, PROTECTED, region) for region in entry.regions or (None,)}
    one = found.pop() if len(found) == 1 else None
    if one is None:
        return entry
    return replace(entry, value=one.says, as_of=KNOWN, source=one.source)


@cache
def countries() -> tuple[Country, ...]:
    """The file of the countries (BadFile)."""
    return read_countries(FILE.read_text(encoding="utf-8"), FILE.name)


def read_countries(text: str, file: str) -> tuple[Country, ...]:
    """Countries from the text of a file, refused whole with every fault by country and field (BadFile)."""
    sheet = Sheet(file)
    root = compose(text, file)
    found = []
    for code, key, node in pairs(sheet, root):
        if code != UNION and code not in MEMBER_STATES:
            sheet.fault(key, "country.fault.no_country", found=code)
        else:
            found.append(read_country(sheet, code, node))
    if sheet.faults:
        raise BadFile(tuple(sheet.faults))
    return tuple(found)


def pairs(sheet: Sheet, node: yaml.Node) -> list[tuple[str, yaml.Node, yaml.Node]]:
    """Each name of a mapping, where it stands, and what stands there; a name that stands there twice is a fault."""
    if not isinstance(node, yaml.MappingNode):
        sheet.fault(node, "file.expected_mapping")
        return []
    found = [(str(key.value), key, value) for key, value in node.value]
    lines: dict[str, int] = {}
    for name, key, _ in found:
        if name in lines:
            sheet.fault(key, "file.twice", found=name, line=lines[name])
        lines.setdefault(name, key.start_mark.line + 1)
    return found


def read_country(sheet: Sheet, code: str, node: yaml.Node) -> Country:
    """One country: its name in each language, and an entry for each field, empty where there is none."""
    parts = sheet.fields(node, {"name", "fields"}, ("name", "fields"))
    if parts is None:
        return Country(code, {}, ())
    names = sheet.fields(parts["name"], LANGUAGES, LANGUAGES) or {}
    entries = {}
    for name, key, each in pairs(sheet, parts["fields"]):
        if name not in FIELDS:
            sheet.fault(key, "country.fault.no_field", country=code, found=name)
        else:
            entries[name] = Reading(sheet, code, name).entry(each)
    told = {language: str(word.value) for language, word in names.items()}
    return Country(code, told, tuple(entries.get(name) or Entry(name) for name in FIELDS))


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry being read; every fault names its country and field."""

    sheet: Sheet
    country: str
    field: str

    def fault(self, node: yaml.Node, what: str, found: str) -> None:
        """Note what is wrong."""
        key = f"country.fault.{what}"
        self.sheet.fault(node, key, country=self.country, field=self.field, found=found)

    def entry(self, node: yaml.Node) -> Entry:
        """What is written, or what it refers to."""
        parts = self.sheet.fields(node, KEYS)
        if parts is None:
            return Entry(self.field)
        regions = self.sheet.words(parts.get("regions"), Region)
        if refers := [name for name in REFERENCES if name in parts]:
            return self.reference(node, parts, refers, regions)
        source = parts.get("source")
        words = str(source.value).strip() if isinstance(source, yaml.ScalarNode) else ""
        missing = [] if words else ["source"]
        if "mark" not in parts:
            missing.append("mark")
        if "value" in parts and "as_of" not in parts:
            missing.append("as_of")
        for name in missing:
            self.fault(node, "missing", name)
        mark = self.sheet.word(parts.get("mark"), Mark)
        if mark and (mark is Mark.UNKNOWN) is ("value" in parts):
            self.fault(parts["mark"], "mark", mark)
        value = self.read(parts.get("value"))
        as_of = self.day(parts.get("as_of"))
        status = self.sheet.word(parts.get("status"), LawStatus)
        told = Source(words, mark) if words and mark else None
        return Entry(self.field, value, as_of, told, status, regions)

    def reference(
        self,
        node: yaml.Node,
        parts: Mapping[str, yaml.Node],
        refers: list[str],
        regions: tuple[Region, ...],
    ) -> Entry:
        """The law itself: Belgium, or what all have in common; nothing is written beside it."""
        kind, target = refers[0], str(parts[refers[0]].value)
        own = {SUBJECTS.get(self.field)}
        known = {"law": series()[0], "right": own, "route": described()}[kind]
        if target not in known:
            self.fault(parts[kind], "no_such", target)
        if self.country not in {HOME, UNION}:
            self.fault(node, "not_ours", target)
        for name in parts.keys() - {kind, "regions"}:
            self.fault(parts[name], "beside", name)
        return Entry(self.field, regions=regions, refers=(kind, target))

    def day(self, node: yaml.Node | None) -> PartialDate | None:
        """A day, month or year."""
        expected = "2024, 2024-11, 2024-11-23"
        return None if node is None else self.sheet.parse(node, PartialDate.parse, expected)

    def read(self, node: yaml.Node | None) -> Value | None:
        """The value as the field holds it."""
        if node is None:
            return None
        kind = FIELDS[self.field]
        if kind in {Kind.UNTIL, Kind.FROM}:
            return self.sheet.day(node)
        if kind is Kind.TRUTH:
            return self.sheet.parse(node, lambda text: TRUTHS[text.lower()], "true, false")
        if kind is Kind.RIGHT:
            words = {str(row["says"]): str(row["says"]) for row in rights(self.field)}
            return self.sheet.parse(node, lambda text: words[text], ", ".join(words))
        return self.sheet.number(node, PER_CENT if kind is Kind.PER_CENT else MOST_DAYS)


def rights(field: str) -> list[Mapping[str, object]]:
    """The rows whose words a field takes."""
    found: list[Mapping[str, object]] = content()["rights"][SUBJECTS[field]]
    return found
