"""Words as a short list compares them: in either script, case and accents forgiven."""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache, partial
from typing import TypeVar

from perron_site.records import models

LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "ё": "e", "ы": "y", "э": "e",
    "ъ": "", "ʼ": "", "’": "", "'": "",
}  # fmt: skip
"""Ukrainian letters as passports write them (resolution 55 of 27-01-2010), and the Russian ones beside."""


ALIKE = 0.75
"""How alike two words must be to be taken for the same one."""
T = TypeVar("T")


def sought(words: str, rows: Iterable[tuple[T, str]]) -> list[T]:
    """Those whose text, folded, has every word, or nearly; everything without a word."""
    parts = folded(words).split()
    near = [cache(partial(alike, part)) for part in parts]
    return [
        row
        for row, text in rows
        if all(
            part in text or any(map(is_near, text.split()))
            for part, is_near in zip(parts, near, strict=True)
        )
    ]


def alike(one: str, other: str) -> bool:
    """Whether two words differ by no more than a slip of the hand."""
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def spelling(person: models.Person) -> str:
    """All the ways in which the name is written, folded."""
    names = (
        person.given_name, person.family_name, person.given_name_cyrillic, person.family_name_cyrillic,
    )  # fmt: skip
    return " ".join(folded(name) for name in names)


def folded(text: str) -> str:
    """Lower case, in Latin letters, without accents."""
    latin = "".join(LATIN.get(letter, letter) for letter in text.lower())
    plain = unicodedata.normalize("NFKD", latin)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
