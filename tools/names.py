"""Names of countries and languages in six languages, from the data of Babel (Unicode CLDR), for reading files.

python tools/names.py           write src/perron/files/countries.csv and languages.csv
"""

import csv
from pathlib import Path

from babel import Locale
from babel.core import get_global

FOLDER = Path(__file__).resolve().parents[1] / "src" / "perron" / "files"
SPOKEN = ("nl", "fr", "de", "en", "uk", "ru")
SHORT, LONG = 2, 3
NO_COUNTRY = {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
NO_LANGUAGE = {"und", "mul", "zxx", "mis"}


def countries() -> list[list[str]]:
    """Code of two letters, code of three, and the name in each language."""
    aliases = get_global("territory_aliases")
    three = {
        two[0]: old
        for old, two in aliases.items()
        if len(old) == LONG and old.isalpha() and len(two) == 1
    } | {"XK": "XKX"}
    names = [Locale(language).territories for language in SPOKEN]
    codes = sorted(code for code in names[0] if len(code) == SHORT and code.isalpha())
    return [
        [code, three.get(code, ""), *(each[code] for each in names)]
        for code in codes
        if code not in NO_COUNTRY
    ]


def languages() -> list[list[str]]:
    """Code of two letters (ISO 639-1) or three where there is none, and the name in each language."""
    names = [Locale(language).languages for language in SPOKEN]
    codes = sorted(
        code
        for code in names[0]
        if code.isalpha() and code not in NO_LANGUAGE and all(code in each for each in names)
    )
    return [[code, *(each[code] for each in names)] for code in codes]


def write(name: str, header: list[str], rows: list[list[str]]) -> None:
    """Write one table."""
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    write("countries.csv", ["code", "three", *SPOKEN], countries())
    write("languages.csv", ["code", *SPOKEN], languages())
