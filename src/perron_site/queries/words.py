"""Words as a short list compares them: in either script, case and accents forgiven."""

import unicodedata

from perron_site.records import models

LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "ё": "e", "ы": "y", "э": "e",
    "ъ": "", "ʼ": "", "’": "", "'": "",
}  # fmt: skip
"""Ukrainian letters as passports write them (resolution 55 of 27-01-2010), and the Russian ones beside."""


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
