"""What a cell says in its column: a value, a value with a repair that is told, or a fault. Nothing is guessed."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from perron.files.dates import Taken, any_day, birth, past_day
from perron.files.grid import Cell
from perron.files.words import (
    POSTAL_CODE,
    by_nis,
    code_of,
    municipalities_of,
    municipality_near,
    near,
)
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.people import Need, Sex
from perron.vocabulary.places import Feature, PlaceKind
from perron.vocabulary.territory import Region
from perron.vocabulary.wording import Message, message

LONGEST = {"telephone": 40, "email": 254}
LONGEST_TEXT, MOST_BEDS = 120, 999
GARBLED = re.compile("[ÃÂ][\u0080-\u00bf\u2018-\u203a]|Ð[\u0090-\u00bf]")
LETTERS_LOST = re.compile(r"\ufffd|\?{2,}")
SIGNS = frozenset({"Sm", "Sc", "So", "No"})
"""Signs that stand in no name, such as the £ that a Polish Ł becomes in another encoding."""
SCIENTIFIC = re.compile(r"^\d+(?:[.,]\d+)?E\+?\d+$", re.IGNORECASE)
SHAPE_OF_PHONE = re.compile(r"^\+?[\d\s./()\-\u2010-\u2015]+$")
SHAPE_OF_EMAIL = re.compile(r"^[^@\s,;<>]+@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+$")
LISTED = re.compile(r"\s*[,;/+&\n|]\s*|\s+(?:en|et|und|and|та|і|и)\s+", re.IGNORECASE)
WHOLE_NUMBER = re.compile(r"^\d{1,6}(?:[.,]0+)?$")
FEWEST_DIGITS, MOST_DIGITS = 8, 15
MOBILE_WITHOUT_ZERO = re.compile(r"^4\d{8}$")
ABROAD_WITHOUT_PLUS = re.compile(r"^(?:32\d{8,9}|380\d{9}|48\d{9}|49\d{10,11}|33\d{9}|31\d{9})$")
NOTHING = frozenset({"-", "–", "—", "/", ".", "?", "n/a", "nvt", "n.v.t.", "s.o."})
"""What desks write for "not known" or "does not apply"."""


@dataclass(frozen=True, slots=True)
class Found:
    """The value of a cell with what must be told of how it was read; or its fault."""

    value: Any = None
    told: Message | None = None
    fault: Message | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What reading depends on beside the cell: the day, and the day from which a spreadsheet counts."""

    on: date
    day_zero: date


def text(cell: Cell, column: str) -> Found:
    """A text that was not damaged on its way."""
    if LETTERS_LOST.search(cell.text):
        return Found(fault=message("file.letters_lost"))
    if GARBLED.search(cell.text):
        return Found(fault=message("file.garbled"))
    longest = LONGEST.get(column, LONGEST_TEXT)
    if len(cell.text) > longest:
        return Found(fault=message("file.text_too_long", most=longest))
    return Found(cell.text)


def name(cell: Cell, column: str) -> Found:
    """A name of a person: letters of one script in each word, no digits."""
    found = text(cell, column)
    if found.fault:
        return found
    if any(letter.isdigit() for letter in cell.text):
        return Found(fault=message("file.digit_in_name"))
    if any(unicodedata.category(letter) in SIGNS for letter in cell.text):
        return Found(fault=message("file.garbled"))
    if any(len(scripts(word)) > 1 for word in re.split(r"[\s\-’']+", cell.text)):
        return Found(fault=message("file.mixed_scripts"))
    return found


def scripts(word: str) -> set[str]:
    """The scripts of the letters of a word, such as LATIN and CYRILLIC."""
    named = (unicodedata.name(letter, "") for letter in word if letter.isalpha())
    return {
        script.split()[0] for script in named if script.startswith(("LATIN", "CYRILLIC", "GREEK"))
    }


def telephone(cell: Cell) -> Found:
    """A telephone number; a zero or a plus that a spreadsheet took away is put back where that is plain, and told."""
    shown = cell.text.replace("\u2011", "-")
    digits = re.sub(r"\D", "", shown)
    if SCIENTIFIC.match(shown):
        return Found(fault=message("file.phone_digits_lost"))
    if len(digits) > MOST_DIGITS:
        return Found(fault=message("file.two_phones"))
    if len(digits) < FEWEST_DIGITS or not SHAPE_OF_PHONE.match(shown):
        return Found(fault=message("file.not_a_phone"))
    return begun(shown, digits)


def begun(shown: str, digits: str) -> Found:
    """The number with its zero or plus."""
    if shown.startswith(("+", "0", "(")):
        return Found(shown)
    if MOBILE_WITHOUT_ZERO.match(digits):
        return Found(f"0{shown}", message("file.zero_put_back"))
    if ABROAD_WITHOUT_PLUS.match(digits):
        return Found(f"+{shown}", message("file.plus_put_back"))
    return Found(fault=message("file.phone_without_zero"))


def email(cell: Cell) -> Found:
    """One address, in small letters as far as that changes nothing."""
    address = cell.text.removeprefix("mailto:")
    if len(address) > LONGEST["email"] or not SHAPE_OF_EMAIL.match(address):
        return Found(fault=message("file.not_an_email"))
    return Found(address)


def number(cell: Cell) -> Found:
    """A number of beds."""
    if not WHOLE_NUMBER.match(cell.text):
        return Found(fault=message("file.not_a_count"))
    found = int(re.split("[.,]", cell.text)[0])
    if not 1 <= found <= MOST_BEDS:
        return Found(fault=message("file.out_of_bounds", low=1, high=MOST_BEDS))
    return Found(found)


def flag(cell: Cell) -> Found:
    """Yes or no in any of the languages; a cross is yes."""
    if cell.text in {"✓", "✔", "☑", "☒"}:
        return Found(True)
    code = code_of("flag", cell.text)
    return Found(fault=message("file.not_yes_or_no")) if code is None else Found(code == "true")


def word(subject: str, become: Callable[[str], Any]) -> Callable[[Cell], Found]:
    """One word of a vocabulary."""

    def read(cell: Cell) -> Found:
        code = code_of(subject, cell.text)
        return Found(fault=not_known(subject, cell.text)) if code is None else Found(become(code))

    return read


def not_known(subject: str, written: str) -> Message:
    """The word is unknown; the nearest one is asked about."""
    if code := near(subject, written):
        return message(f"file.{subject}_near", near=code)
    return message("file.word_not_known")


def listed(subject: str, become: Callable[[list[str]], Any]) -> Callable[[Cell], Found]:
    """Several words of a subject, with commas or the like between them."""

    def read(cell: Cell) -> Found:
        one = code_of(subject, cell.text)
        parts = [cell.text] if one else [part for part in LISTED.split(cell.text) if part]
        codes: list[str] = []
        for part in parts:
            code = code_of(subject, part)
            if code is None:
                return Found(fault=not_known(subject, part))
            codes.append(code)
        return Found(become(codes)) if codes else Found(fault=not_known(subject, cell.text))

    return read


def nationalities(codes: list[str]) -> tuple[str, ...]:
    """Codes of two letters, each once; () for stateless."""
    return tuple(code for code in dict.fromkeys(codes) if code != "none")


def municipality(cell: Cell) -> Found:
    """The NIS code of one municipality, by code, official name in any language, or postal code."""
    found = municipalities_of(cell.text)
    if len(found) == 1:
        (nis,) = found
        told = None
        if POSTAL_CODE.match(cell.text):
            told = message("file.municipality_by_postal_code", name=by_nis()[nis].name)
        return Found(nis, told)
    if found:
        return Found(fault=message("file.municipality_several"))
    if close := municipality_near(cell.text):
        return Found(fault=message("file.municipality_unknown_near", near=close))
    return Found(fault=message("file.municipality_unknown"))


def postal_code(cell: Cell) -> Found:
    """The NIS codes of every municipality that a postal code has streets in."""
    found = municipalities_of(cell.text)
    if not POSTAL_CODE.match(cell.text) or not found:
        return Found(fault=message("file.postal_code_unknown"))
    return Found(found)


def day(
    read: Callable[[str, date, date], Taken], *, partial: bool = False
) -> Callable[[Cell, Setting], Found]:
    """A date, whole unless partial."""

    def found(cell: Cell, setting: Setting) -> Found:
        taken = read(cell.text, setting.day_zero, setting.on)
        value = taken.value if partial or taken.value is None else taken.value.earliest
        return Found(value, taken.told, taken.fault)

    return found


DAYS: dict[str, Callable[[Cell, Setting], Found]] = {
    "born": day(birth, partial=True),
    "arrived_on": day(past_day),
    "available_from": day(any_day),
    "available_until": day(any_day),
}
NAMES = frozenset(
    {"given_name", "family_name", "full_name", "given_name_cyrillic", "family_name_cyrillic"}
)
READERS: dict[str, Callable[[Cell], Found]] = {
    "telephone": telephone,
    "email": email,
    "beds": number,
    "sex": word("sex", Sex),
    "region": word("region", Region),
    "needs": listed("need", lambda codes: frozenset(Need(code) for code in codes)),
    "features": listed("feature", lambda codes: frozenset(Feature(code) for code in codes)),
    "nationalities": listed("country", nationalities),
    "languages": listed("language", lambda codes: tuple(dict.fromkeys(codes))),
    "municipality": municipality,
    "postal_code": postal_code,
    "roof": flag,
    "shared": flag,
    "women_only": flag,
    "minors_alone": flag,
}
KINDS: dict[str, Callable[[Cell], Found]] = {
    "places": word("place_kind", PlaceKind),
    "organisations": word("organisation_kind", OrganisationKind),
}


def read_cell(cell: Cell, kind: str, column: str, setting: Setting) -> Found:
    """What the cell says in this column of a file of this kind; the value None when nothing stands there."""
    if cell.problem:
        return Found(fault=cell.problem)
    if not cell.text or (
        cell.text.casefold() in NOTHING and column not in {"unit", "site", "household"}
    ):
        return Found()
    if column in DAYS:
        return DAYS[column](cell, setting)
    if column in READERS:
        return READERS[column](cell)
    if column == "kind":
        return KINDS[kind](cell)
    return name(cell, column) if column in NAMES else text(cell, column)
