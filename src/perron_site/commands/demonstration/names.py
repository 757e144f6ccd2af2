"""Ukrainian names in both scripts, with the family name in the form of the person who bears it."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from perron.vocabulary.people import Sex

# Resolution 55 of the Cabinet of Ministers of Ukraine, 27 January 2010 (M+). The second table holds
# what a letter becomes at the start of a word.
LATIN = dict(
    zip(
        "абвгґдежзийіїклмнопрстуфхцчшщьюяє’'",
        "a b v h g d e zh z y i i i k l m n o p r s t u f kh ts ch sh shch _ iu ia ie _ _".split(),  # noqa: SIM905 - the letters stand above one another
        strict=True,
    )
)
AT_THE_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as in the passport; the Cyrillic half is empty where it is not known."""

    given: str
    family: str
    given_cyrillic: str = ""
    family_cyrillic: str = ""


@cache
def pool() -> dict[str, Any]:
    """The names from which is drawn."""
    text = files(__package__).joinpath("names.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def latin(name: str) -> str:
    """Spell a name as Ukrainian passports do; зг becomes zgh, the soft sign is left out."""
    lower = name.lower().replace("зг", "з\0")
    letters = [
        AT_THE_START.get(letter, "")
        if index == 0 and letter in AT_THE_START
        else "gh"
        if letter == "\0"
        else LATIN.get(letter, letter).replace("_", "")
        for index, letter in enumerate(lower)
    ]
    return "".join(letters).capitalize()


def family_form(surname: str, sex: Sex | None) -> str:
    """Give the form of the bearer: Яворський, Яворська; Білий, Біла; Попов, Попова; Бойко."""
    if sex is not Sex.FEMALE:
        return surname
    if surname.endswith("ий"):
        return f"{surname[:-2]}а"
    if surname.endswith(("ов", "єв", "ев", "ин", "ін", "їн")) and surname != "Литвин":
        return f"{surname}а"
    return surname


def family_of(dice: Random, nationality: str) -> str:
    """Draw a family name, in its masculine form."""
    names = pool()["others"].get(nationality, pool())
    return str(dice.choice(names["surnames"]))


def name(dice: Random, nationality: str, family: str, sex: Sex | None) -> PersonName:
    """Draw a given name and join it to the family name."""
    kind = "female" if sex is Sex.FEMALE else "male"
    if nationality in pool()["others"]:
        given = str(dice.choice(pool()["others"][nationality][kind]))
        return PersonName(given, family)
    given, family = str(dice.choice(pool()[kind])), family_form(family, sex)
    return PersonName(latin(given), latin(family), given, family)
