"""One name, many spellings: what a name is folded to, so that its transliterations fall together.

The rules are data, because the database follows the same ones (``perron_site/records/spelling.py``). Sources: Ukraine,
resolution 55 of 27-01-2010; ICAO 9303-3 for Russian passports; older passports in French, German and Polish letters and
the spellings of Arabic names are from memory (mark D). Whoever changes a rule makes the stored keys anew: see ADR 15.
"""

import re
import unicodedata
from collections.abc import Iterable

UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZАБВГҐДЕЄЁЖЗИІЇЙКЛМНОПРСТУЎФХЦЧШЩЪЫЬЭЮЯ"
LOWER = "abcdefghijklmnopqrstuvwxyzабвгґдеєёжзиіїйклмнопрстуўфхцчшщъыьэюя"
SMALL = str.maketrans(UPPER, LOWER)
"""Small letters by list: what a database takes for one depends on its locale."""

CYRILLIC = (
    ("щ", "s"), ("ш", "s"), ("ч", "s"), ("ц", "s"), ("ж", "s"), ("х", "h"), ("г", "h"), ("ґ", "h"),
    ("ю", "iu"), ("я", "ia"), ("є", "ie"), ("ё", "e"), ("э", "e"), ("ы", "i"), ("и", "i"),
    ("і", "i"), ("ї", "i"), ("й", "i"), ("ў", "v"), ("ь", ""), ("ъ", ""), ("а", "a"), ("б", "b"),
    ("в", "v"), ("д", "d"), ("е", "e"), ("з", "s"), ("к", "k"), ("л", "l"), ("м", "m"), ("н", "n"),
    ("о", "o"), ("п", "p"), ("р", "r"), ("с", "s"), ("т", "t"), ("у", "u"), ("ф", "v"),
)  # fmt: skip
"""Ukrainian and Russian letters, already as the sounds below: Г is H in one passport and G in another."""

STROKES = (
    ("ß", "ss"), ("ł", "l"), ("ø", "o"), ("đ", "d"), ("æ", "e"), ("œ", "e"), ("ı", "i"), ("Ł", "l"),
)  # fmt: skip
"""Latin letters that do not come apart into a letter and an accent."""

ARTICLES = (
    (" al ", " "), (" el ", " "), (" ul ", " "), (" abdul", " abd"), (" abdel", " abd"),
    (" abdal", " abd"), (" abdur", " abd"), (" abder", " abd"), (" abd ", " abd"), (" abu ", " abu"),
    (" bin ", " ben"), (" ibn ", " ben"), (" ben ", " ben"),
)  # fmt: skip
"""Arabic articles go; what means servant, father or son of somebody belongs to the next word."""

SOUNDS = (
    (" eu", " ev"), (" nik", " mik"), ("chr", "hr"), ("chl", "hl"),
    ("schtsch", "s"), ("shch", "s"), ("tsch", "s"), ("tch", "s"), ("sch", "s"),
    ("dzh", "j"), ("dj", "j"), ("zh", "s"), ("sh", "s"), ("ch", "s"), ("cz", "s"), ("sz", "s"),
    ("rz", "s"), ("tz", "s"), ("ts", "s"), ("dz", "s"), ("kh", "h"), ("gh", "h"), ("ph", "f"),
    ("th", "t"), ("dh", "d"), ("ck", "k"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"),
    ("q", "k"), ("x", "ks"), ("z", "s"), ("g", "h"), ("w", "v"), ("f", "v"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("y", "i"), ("j", "i"),
)  # fmt: skip
"""Letters that one sound is written with; in this order."""

WITH_A_HYPHEN = r" [aeu](l|n|r|s|sh|d|t|z)-"
WRITTEN_ON = r" [ae]l([b-df-hj-np-tv-xz][a-z]{3})"
"""An article in the sound of the next word, such as An-, and one written together with it."""
TWICE = r"(.)\1+"
SOFT = r"i([aeou])"
VOWELS = r"[aeiou]+"
OTHERS = r"[^a-z ]"
GAPS = r"[-‐‑–—/.,;_ \t\n]+"
MARKS = r"[̀-ͯ'’ʼ`ʹ]"
COARSE, ROOT = "~", "="
"""What stands before a group of letters in which all vowels are one, and before a root."""
LONG = 5
"""From so many letters on a root is the same with one of them left out."""


def plain(name: str) -> str:
    """The words of a name in few Latin letters, one space apart: ``Євгенія`` and ``Yevheniia`` are ``evhena``."""
    text = unicodedata.normalize("NFC", name).translate(SMALL)
    text = unicodedata.normalize("NFKD", replaced(text, CYRILLIC + STROKES)).translate(SMALL)
    text = re.sub(WITH_A_HYPHEN, " ", f" {re.sub(MARKS, '', text)} ")
    text = replaced(re.sub(GAPS, " ", text), ARTICLES)
    text = replaced(re.sub(WRITTEN_ON, r" \1", text), SOUNDS)
    text = re.sub(TWICE, r"\1", re.sub(OTHERS, "", text))
    return re.sub(TWICE, r"\1", re.sub(SOFT, r"\1", text)).strip()


def replaced(text: str, rules: Iterable[tuple[str, str]]) -> str:
    """The text after each rule, one after the other."""
    for old, new in rules:
        text = text.replace(old, new)
    return text


def coarse(words: str) -> str:
    """The same with all vowels as one: ``oleksandr`` and ``aleksander`` are ``alaksandr`` and ``alaksandar``."""
    return re.sub(VOWELS, "a", words)


def grams(word: str) -> frozenset[str]:
    """The groups of three letters of a word, with its beginning and its end; none of an empty one."""
    padded = f"  {word} "
    return frozenset(padded[at : at + 3] for at in range(len(word) + 1)) if word else frozenset()


def roots(word: str) -> frozenset[str]:
    """The first letter and the consonants of a word in which all vowels are one; of a long one also each but one.

    Two words have a root together when they differ by one consonant that is wrong, missing, too much or misplaced.
    """
    root = word[:1] + word[1:].replace("a", "")
    without = {root[:at] + root[at + 1 :] for at in range(len(root)) if len(root) >= LONG}
    return frozenset({root} | without) if word else frozenset()


def keys(name: str) -> frozenset[str]:
    """What a name is found by, in any order of its words; empty when no letter is left."""
    return frozenset(key for each in words(name) for key in each)


def words(name: str) -> list[frozenset[str]]:
    """The keys of each word of a name: its groups of three, again with all vowels as one, and its roots."""
    return [
        grams(word) | {COARSE + gram for gram in grams(coarse(word))} | roots_of(word)
        for word in plain(name).split()
    ]


def root_keys(name: str) -> frozenset[str]:
    """The roots among the keys of a name: few other names have one of them."""
    return frozenset(root for word in plain(name).split() for root in roots_of(word))


def roots_of(word: str) -> frozenset[str]:
    """The roots of a word as keys."""
    return frozenset(ROOT + root for root in roots(coarse(word)))
