"""Where: regions and municipalities."""

import csv
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files


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
