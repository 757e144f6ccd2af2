"""Words of the closed vocabularies, countries, languages, municipalities, as desks write them in any language."""

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from perron.files.grid import folded
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.people import Need, Sex
from perron.vocabulary.places import Feature, PlaceKind
from perron.vocabulary.territory import Municipality, Region, municipalities

VOCABULARIES = {
    "need": Need,
    "feature": Feature,
    "sex": Sex,
    "place_kind": PlaceKind,
    "organisation_kind": OrganisationKind,
    "region": Region,
}
NAMES_OF = ("nl", "fr", "de", "en", "uk", "ru")
LONG_ENOUGH, LONGEST_NAME = 4, 100
NIS, POSTAL_CODE = re.compile(r"^\d{5}$"), re.compile(r"^(?:B-?\s?)?(\d{4})$", re.IGNORECASE)
CODE_AND_NAME = re.compile(
    r"^(?:B-?\s?)?(\d{4})\s+(\D.*)$|^(\D.*?)\s*\(?(\d{4})\)?$", re.IGNORECASE
)


@cache
def declared() -> Mapping[str, Any]:
    """What words.yaml declares."""
    loaded: Mapping[str, Any] = yaml.safe_load(read("words.yaml"))
    return loaded


def read(name: str) -> str:
    """A file of this room."""
    return files("perron.files").joinpath(name).read_text(encoding="utf-8")


@cache
def spellings(subject: str) -> dict[str, str]:
    """Every spelling of a subject, folded, with the code it stands for (``need``, ``sex``, ``month`` …)."""
    if subject == "country":
        return names_in("countries.csv") | spellings("nationality")
    if subject == "language":
        return names_in("languages.csv") | listed("language")
    found = listed(subject)
    if subject == "feature":
        shared = {word: code for word, code in listed("need").items() if code in set(Feature)}
        found = shared | found
    if subject in VOCABULARIES:
        found |= {folded(word.value): word.value for word in VOCABULARIES[subject]}
    return found


def listed(subject: str) -> dict[str, str]:
    """The spellings of a subject as words.yaml lists them."""
    codes = declared()[subject]
    if isinstance(codes, list):
        return {folded(word): subject for word in codes}
    return {folded(word): str(code) for code, words in codes.items() for word in words}


def names_in(file: str) -> dict[str, str]:
    """Codes and names in six languages of a table, each with its first code."""
    found: dict[str, str] = {}
    rows = list(csv.DictReader(read(file).splitlines()))
    for row in rows:
        for key in ("code", "three"):
            if row.get(key):
                found.setdefault(folded(row[key]), row["code"])
    for row in rows:
        for key in NAMES_OF:
            if row[key]:
                found.setdefault(folded(row[key]), row["code"])
    return found


def code_of(subject: str, text: str) -> str | None:
    """The code that a text stands for, or None."""
    return spellings(subject).get(folded(text))


def near(subject: str, text: str) -> str:
    """The code of the only word that is one typing error apart, or nothing: for a question back, never taken."""
    known = spellings(subject)
    codes = {known[word] for word in one_error(neighbours(subject), folded(text))}
    return codes.pop() if len(codes) == 1 else ""


@cache
def neighbours(subject: str) -> Mapping[str, tuple[str, ...]]:
    """The spellings of a subject by each text that is left when one letter is taken out."""
    return with_one_out(spellings(subject))


def with_one_out(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by themselves and by each text that is left of them when one letter is taken out."""
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        if LONG_ENOUGH <= len(word) <= LONGEST_NAME:
            for left in shortened(word):
                found[left] = (*found.get(left, ()), word)
    return found


def shortened(word: str) -> set[str]:
    """The word, and what is left of it when one letter is taken out."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def one_error(index: Mapping[str, tuple[str, ...]], wanted: str) -> set[str]:
    """The words of an index that are at most one typing error apart."""
    if not LONG_ENOUGH <= len(wanted) <= LONGEST_NAME:
        return set()
    return {
        word
        for left in shortened(wanted)
        for word in index.get(left, ())
        if one_apart(wanted, word)
    }


def one_apart(one: str, other: str) -> bool:
    """Whether one letter was left out, added, changed, or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    swapped = len(a) > 1 and a[:2] == b[:2][::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped


@cache
def places_by_name() -> Mapping[str, frozenset[str]]:
    """NIS codes by folded name in any of its languages."""
    found: dict[str, frozenset[str]] = {}
    for each in municipalities():
        for name in {each.name, each.name_nl, each.name_fr, each.name_de} - {""}:
            for part in {name, *name.split("/")}:
                found[folded(part)] = found.get(folded(part), frozenset()) | {each.nis}
    return found


@cache
def places_by_postal_code() -> Mapping[str, frozenset[str]]:
    """NIS codes by postal code."""
    found: dict[str, frozenset[str]] = {}
    for each in municipalities():
        for code in each.postal_codes:
            found[code] = found.get(code, frozenset()) | {each.nis}
    return found


@cache
def by_nis() -> Mapping[str, Municipality]:
    """Municipalities by NIS code."""
    return {each.nis: each for each in municipalities()}


def municipalities_of(text: str) -> frozenset[str]:
    """The NIS codes that a text may mean: a code, a name in any language, a postal code, or both."""
    text = text.strip()
    if len(text) > LONGEST_NAME:
        return frozenset()
    if NIS.match(text):
        return frozenset({text} & by_nis().keys())
    if code := POSTAL_CODE.match(text):
        return places_by_postal_code().get(code.group(1), frozenset())
    return places_by_name().get(folded(text)) or code_and_name(text)


def code_and_name(text: str) -> frozenset[str]:
    """Those that both a postal code and a name mean, or both of two names."""
    if found := CODE_AND_NAME.match(text):
        code_text, name = found.group(1) or found.group(4), found.group(2) or found.group(3)
        return municipalities_of(name) & places_by_postal_code().get(code_text, frozenset())
    parts = [part for part in re.split(r"\s*/\s*|\s+-\s+", text) if part]
    if len(parts) > 1:
        return frozenset.intersection(*(municipalities_of(part) for part in parts))
    return frozenset()


def municipality_near(text: str) -> str:
    """The official name of the only municipality that is one typing error apart, or nothing."""
    names = one_error(municipality_neighbours(), folded(text))
    found = {nis for name in names for nis in places_by_name()[name]}
    return by_nis()[found.pop()].name if len(found) == 1 else ""


@cache
def municipality_neighbours() -> Mapping[str, tuple[str, ...]]:
    """The names of municipalities by each text that is left when one letter is taken out."""
    return with_one_out(places_by_name())
