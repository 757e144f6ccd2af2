"""Where: regions and municipalities."""

import csv
import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

EARTH_KM = 6371


class Region(StrEnum):
    """Who is competent for housing, work and integration; the German-speaking Community has its own."""

    FLANDERS = "VLG"
    BRUSSELS = "BRU"
    WALLONIA = "WAL"
    GERMAN_SPEAKING = "DG"


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality by its NIS code of five digits; ``city`` None: its title is not known."""

    nis: str
    name: str
    region: Region
    name_nl: str = ""
    name_fr: str = ""
    name_de: str = ""
    province: str = ""
    postal_codes: tuple[str, ...] = ()
    city: bool | None = None
    valid_from: date | None = None


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All municipalities by NIS code, on the borders of 2025. © Statbel, CC BY 4.0 (see NOTICE)."""
    text = files("perron.vocabulary").joinpath("municipalities.csv").read_text(encoding="utf-8")
    return tuple(
        Municipality(
            nis=row["nis"],
            name=row["name"],
            region=Region(row["region"]),
            name_nl=row["name_nl"],
            name_fr=row["name_fr"],
            name_de=row["name_de"],
            province=row["province"],
            postal_codes=tuple(row["postal_codes"].split(";")),
            city=True if row["city"] else None,
            valid_from=date.fromisoformat(row["valid_from"]),
        )
        for row in csv.DictReader(text.splitlines())
    )


@cache
def points() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of a point in each municipality, by NIS code: about 2 km, at most 7 km off (NOTICE)."""
    text = files("perron.vocabulary").joinpath("points.csv").read_text(encoding="utf-8")
    return {
        row["nis"]: (float(row["latitude"]), float(row["longitude"]))
        for row in csv.DictReader(text.splitlines())
    }


def distance(one: str, other: str) -> int:
    """Kilometres between two municipalities, by NIS code, as the crow flies; 0 within one alone (KeyError)."""
    (north, east), (north_2, east_2) = points()[one], points()[other]
    across = math.radians(east_2 - east) * math.cos(math.radians((north + north_2) / 2))
    km = round(EARTH_KM * math.hypot(across, math.radians(north_2 - north)))
    return 0 if one == other else max(1, km)
