"""The official names of town halls and public centres for social welfare."""

from dataclasses import dataclass

from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.territory import Municipality, Region

ELISION = "aeiouyéèêîAEIOUYÉÈÊÎ"
RULE = {
    OrganisationKind.MUNICIPALITY: "Nieuwe Gemeentewet / Nouvelle loi communale, name by rule (M+)",
    OrganisationKind.OCMW: "Act of 8 July 1976 on the OCMW/CPAS, name by rule (M+)",
}


@dataclass(frozen=True, slots=True)
class OfficialName:
    """A name, and the same in each language that is official there; empty where it is not."""

    name: str
    nl: str = ""
    fr: str = ""
    de: str = ""


def french_of(name: str) -> str:
    """Join a name in French: de Namur, d’Arlon, du Roeulx, des Bons Villers, de La Louvière."""
    if name.startswith("Le "):
        return f"du {name[3:]}"
    if name.startswith("Les "):
        return f"des {name[4:]}"
    return f"d’{name}" if name[0] in ELISION else f"de {name}"


def in_its_languages(municipality: Municipality, nl: str, fr: str, de: str) -> OfficialName:
    """Choose the official languages of the place."""
    match municipality.region:
        case Region.FLANDERS:
            return OfficialName(nl, nl=nl)
        case Region.WALLONIA:
            return OfficialName(fr, fr=fr)
        case Region.GERMAN_SPEAKING:
            return OfficialName(de, de=de)
        case Region.BRUSSELS:
            return OfficialName(f"{nl} / {fr}", nl=nl, fr=fr)


def ocmw_name(municipality: Municipality) -> OfficialName:
    """Name the public centre for social welfare: OCMW Gent, CPAS de Namur, ÖSHZ Eupen."""
    return in_its_languages(
        municipality,
        nl=f"OCMW {municipality.name_nl}",
        fr=f"CPAS {french_of(municipality.name_fr)}",
        de=f"ÖSHZ {municipality.name}",
    )


def town_hall_name(municipality: Municipality) -> OfficialName:
    """Name the town hall: Stad Gent, Ville de Namur; without a known title its name alone."""
    known = municipality.region in {Region.BRUSSELS, Region.GERMAN_SPEAKING}
    if not municipality.city and not known:
        return in_its_languages(
            municipality, municipality.name_nl, municipality.name_fr, municipality.name
        )
    nl, fr, de = (
        ("Stad", "Ville", "Stadt") if municipality.city else ("Gemeente", "Commune", "Gemeinde")
    )
    return in_its_languages(
        municipality,
        nl=f"{nl} {municipality.name_nl}",
        fr=f"{fr} {french_of(municipality.name_fr)}",
        de=f"{de} {municipality.name}",
    )
