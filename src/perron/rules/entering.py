"""What a law desk enters: one dated value of the law with its source, read whole or refused with every fault."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from perron.rules.law import MODELLED_FROM, PROTECTION_END, Parameter, series
from perron.vocabulary.territory import Region
from perron.vocabulary.verdicts import LawStatus, Mark, Source
from perron.vocabulary.wording import Message, Param, message

STATUSES = (LawStatus.ADOPTED, LawStatus.PRACTICE)
"""What a law desk may enter as law; what is only proposed stays in a scenario."""

MARKS = tuple(mark for mark in Mark if mark is not Mark.UNKNOWN)
OWN = ("keeping.", "stats.")
"""Terms of the house itself, which are no law."""

LATEST = date(2100, 12, 31)
EARLIEST = date(1900, 1, 1)
FIELDS = (
    "key", "value", "region", "valid_from", "valid_to", "takes_effect_on", "status", "act", "article", "published_on",
    "mark", "note",
)  # fmt: skip
"""What is typed, in the order of the form."""

LONGEST = {"act": 200, "article": 100, "note": 500}
NEAREST = 3
TRUTHS = dict.fromkeys(("yes", "ja", "oui", "так", "да"), True) | dict.fromkeys(
    ("no", "nee", "non", "nein", "ні", "нет"), False
)
"""As somebody types it in any of the six languages."""

NOT_KNOWN = frozenset(("unknown", "onbekend", "inconnu", "unbekannt", "невідомо", "неизвестно"))
"""How somebody types that the law is not known, in any of the six languages."""

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
MOST = {"years": 150, "months": 1800, "days": 36_500, "quarters": 600, "count": 1000}
"""The largest whole number that a value of this unit may be."""

MOST_PART = {"pct": 1000, "share": 1}
MOST_MONEY = 10_000_000


@dataclass(frozen=True, slots=True)
class Entered:
    """A dated value as it was entered; ``takes_effect_on``: the day from which answers count with it.

    ``value`` None: the law is not known for these days. It holds from ``valid_from`` through ``valid_to`` (None: no end
    is known), and there replaces what holds in the files and what was entered before.
    """

    key: str
    region: Region | None
    value: Any
    valid_from: date
    valid_to: date | None
    takes_effect_on: date
    status: LawStatus
    mark: Mark
    act: str
    article: str
    published_on: date
    note: str = ""

    @property
    def source(self) -> Source:
        """Act, article and day of publication, as other rows write them."""
        text = f"{self.act}, {self.article} ({self.published_on:%d-%m-%Y})"
        return Source(text, self.mark, self.valid_from)

    def as_parameter(self, known_since: date) -> Parameter:
        """The row that lies over the files, known since the later of its own day and that of its approval."""
        return Parameter(
            key=self.key,
            value=self.value,
            unit=unit_of(self.key),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            known_since=max(known_since, self.takes_effect_on),
            status=self.status,
            source=self.source,
            region=self.region,
            note=self.note,
        )

    def overlaps(self, other: "Entered") -> bool:
        """Whether both say something of the same value on the same day."""
        same = self.key == other.key and self.region == other.region
        first, last = max(self.valid_from, other.valid_from), LATEST
        return same and first <= min(self.valid_to or last, other.valid_to or last)


@dataclass(slots=True)
class Reading:
    """What was typed, and every fault in it by the name of its field."""

    typed: Mapping[str, str]
    on: date
    faults: dict[str, Message] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What stands in a field."""
        return self.typed.get(name, "").strip()

    def fault(self, name: str, key: str, **params: Param) -> None:
        """Say what is wrong in a field; the first fault of a field is the one that is said."""
        self.faults.setdefault(name, message(f"entering.{key}", **params))

    def day(self, name: str, *, needed: bool = True) -> date | None:
        """A day between the bounds."""
        text = self.text(name)
        if not text:
            if needed:
                self.fault(name, "day_missing")
            return None
        try:
            found = date.fromisoformat(text)
        except ValueError:
            self.fault(name, "no_day", found=text[:40])
            return None
        if found > LATEST:
            self.fault(name, "too_late", latest=LATEST)
        return found

    def words(self, name: str, missing: str = "") -> str:
        """A text that is not too long; ``missing``: what is said where nothing stands there."""
        text = self.text(name)
        if len(text) > LONGEST[name]:
            self.fault(name, "too_long", most=LONGEST[name])
        if not text and missing:
            self.fault(name, missing)
        return text


def read(
    typed: Mapping[str, str], on: date, pending: Iterable[Entered] = ()
) -> tuple[Entered | None, dict[str, Message]]:
    """What was entered, or every fault by field; ``on``: the day on which it is entered."""
    reading = Reading(typed, on)
    key, region = key_of(reading), region_of(reading)
    value = value_of(reading, key)
    valid_from, valid_to, effect = days_of(reading)
    status = one_of(reading, "status", STATUSES, LawStatus, "no_status")
    mark = one_of(reading, "mark", MARKS, Mark, "no_mark")
    act = reading.words("act", "mark_without_source" if mark else "no_source")
    article = reading.words("article", "no_article")
    published = published_of(reading)
    note = reading.words("note")
    if key and valid_from and effect and status and mark and published and not reading.faults:
        found = Entered(
            key, region, value, valid_from, valid_to, effect, status, mark, act, article,
            published, note,
        )  # fmt: skip
        if not any(found.overlaps(other) for other in pending):
            return found, {}
        reading.fault("key", "overlaps_pending")
    return None, reading.faults


def enterable() -> tuple[str, ...]:
    """The parameters that are law, in order."""
    return tuple(sorted(key for key in series()[0] if not key.startswith(OWN)))


def unit_of(key: str) -> str:
    """What a value of the parameter is counted in."""
    return series()[0][key][0].unit


def key_of(reading: Reading) -> str:
    """The parameter; empty where there is none of this name."""
    key = reading.text("key")
    if not key:
        reading.fault("key", "no_parameter")
    elif key.startswith(OWN):
        reading.fault("key", "no_law", found=key[:80])
    elif key not in series()[0]:
        near = ", ".join(get_close_matches(key, enterable(), n=NEAREST, cutoff=0.3)) or "–"
        reading.fault("key", "unknown_parameter", found=key[:80], near=near)
    else:
        return key
    return ""


def region_of(reading: Reading) -> Region | None:
    """The region, where the parameter has a value for each."""
    region, rows = reading.text("region"), series()[0].get(reading.text("key"), ())
    if region and region not in set(Region):
        reading.fault("region", "no_region", found=region[:40])
    elif rows and region and all(row.region is None for row in rows):
        reading.fault("region", "has_no_regions")
    elif rows and not region and all(row.region is not None for row in rows):
        reading.fault("region", "region_missing")
    return Region(region) if region in set(Region) else None


def value_of(reading: Reading, key: str) -> Any:  # noqa: ANN401 - as the parameter is
    """The value, of the kind that the parameter has; None where it is said not to be known.

    Only the last day of temporary protection has to be a day: every clock and letter counts from the last one adopted.
    """
    text = reading.text("value")
    if not text:
        reading.fault("value", "value_missing")
    if not text or not key:
        return None
    if text.lower() in NOT_KNOWN:
        if key == PROTECTION_END:
            reading.fault("value", "end_unknown")
        return None
    unit = unit_of(key)
    try:
        return reader_of(unit)(text)
    except (ValueError, KeyError):
        reading.fault("value", f"wrong_kind.{kind_of(unit)}", found=text[:40])
        return None


def kind_of(unit: str) -> str:
    """What kind of value a unit has: day, truth, level, whole or amount."""
    if unit in {"date", "bool", "CEFR"}:
        return {"date": "day", "bool": "truth", "CEFR": "level"}[unit]
    return "whole" if unit in MOST else "amount"


def reader_of(unit: str) -> Callable[[str], Any]:
    """How a value of a unit is read (ValueError, KeyError)."""

    def number(text: str) -> float:
        found = float(text.replace(",", ".").replace(" ", ""))
        if not 0 <= found <= MOST.get(unit, MOST_PART.get(unit, MOST_MONEY)):
            raise ValueError(text)
        if unit in MOST and found != int(found):
            raise ValueError(text)
        return int(found) if found == int(found) else found

    def day(text: str) -> date:
        found = date.fromisoformat(text)
        if not EARLIEST <= found <= LATEST:
            raise ValueError(text)
        return found

    def level(text: str) -> str:
        return LEVELS[LEVELS.index(text.upper())]

    readers: dict[str, Callable[[str], Any]] = {
        "day": day,
        "truth": lambda text: TRUTHS[text.lower()],
        "level": level,
    }
    return readers.get(kind_of(unit), number)


def days_of(reading: Reading) -> tuple[date | None, date | None, date | None]:
    """From when, through when, and the day from which it counts."""
    first, last = reading.day("valid_from"), reading.day("valid_to", needed=False)
    effect = reading.day("takes_effect_on")
    for name, day in (("valid_from", first), ("takes_effect_on", effect)):
        if day is not None and day < MODELLED_FROM:
            reading.fault(name, "before_the_law", since=MODELLED_FROM)
    if first and last and last < first:
        reading.fault("valid_to", "ends_before_it_begins")
    if effect and effect < reading.on:
        reading.fault("takes_effect_on", "effect_in_the_past", on=reading.on)
    return first, last, effect


def published_of(reading: Reading) -> date | None:
    """The day of publication, which has been."""
    found = reading.day("published_on")
    if found and found > reading.on:
        reading.fault("published_on", "not_published_yet", on=reading.on)
    return found


def one_of(
    reading: Reading, name: str, allowed: Iterable[Any], kind: Callable[[str], Any], missing: str
) -> Any:  # noqa: ANN401 - a word of the vocabulary that is asked for
    """A word of a closed list."""
    text = reading.text(name)
    if text in set(allowed):
        return kind(text)
    reading.fault(name, missing)
    return None
