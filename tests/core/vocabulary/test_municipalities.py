"""The 565 municipalities and the names of their organisations."""

from collections import Counter

import pytest

from perron.vocabulary.official_names import ocmw_name, town_hall_name
from perron.vocabulary.territory import Municipality, Region, municipalities

GERMAN_SPEAKING = {
    "Amel",
    "Büllingen",
    "Burg-Reuland",
    "Bütgenbach",
    "Eupen",
    "Kelmis",
    "Lontzen",
    "Raeren",
    "Sankt Vith",
}


def named(name: str) -> Municipality:
    return next(m for m in municipalities() if m.name == name)


def test_there_are_565_municipalities_each_in_one_region():
    assert Counter(m.region for m in municipalities()) == {
        Region.FLANDERS: 285,
        Region.WALLONIA: 252,
        Region.GERMAN_SPEAKING: 9,
        Region.BRUSSELS: 19,
    }


def test_a_code_and_a_name_are_used_once():
    assert len({m.nis for m in municipalities()}) == len({m.name for m in municipalities()}) == 565


def test_every_municipality_has_its_names_and_postal_codes():
    for place in municipalities():
        assert len(place.nis) == 5
        assert place.nis.isdecimal()
        assert all((place.name, place.name_nl, place.name_fr, place.name_de, place.valid_from))
        assert place.postal_codes
        assert all(len(code) == 4 and code.isdecimal() for code in place.postal_codes)
        assert len(town_hall_name(place).name) <= 80
        assert len(ocmw_name(place).name) <= 120


def test_the_nine_german_speaking_municipalities_bear_their_german_name():
    nine = {m.name for m in municipalities() if m.region is Region.GERMAN_SPEAKING}
    assert nine == GERMAN_SPEAKING
    assert all(m.name == m.name_de for m in municipalities() if m.name in nine)
    assert named("Liège").name_de == "Lüttich"


@pytest.mark.parametrize(
    ("place", "town_hall", "ocmw"),
    [
        ("Gent", "Stad Gent", "OCMW Gent"),
        ("Namur", "Ville de Namur", "CPAS de Namur"),
        ("Arlon", "Ville d’Arlon", "CPAS d’Arlon"),
        ("Le Roeulx", "Le Roeulx", "CPAS du Roeulx"),
        ("Les Bons Villers", "Les Bons Villers", "CPAS des Bons Villers"),
        ("La Louvière", "Ville de La Louvière", "CPAS de La Louvière"),
        ("Zemst", "Zemst", "OCMW Zemst"),
        ("Eupen", "Stadt Eupen", "ÖSHZ Eupen"),
        ("Raeren", "Gemeinde Raeren", "ÖSHZ Raeren"),
        (
            "Elsene / Ixelles",
            "Gemeente Elsene / Commune d’Ixelles",
            "OCMW Elsene / CPAS d’Ixelles",
        ),
        (
            "Brussel / Bruxelles",
            "Stad Brussel / Ville de Bruxelles",
            "OCMW Brussel / CPAS de Bruxelles",
        ),
    ],
)
def test_organisations_bear_their_official_name(place: str, town_hall: str, ocmw: str):
    assert town_hall_name(named(place)).name == town_hall
    assert ocmw_name(named(place)).name == ocmw


def test_a_name_is_given_only_in_the_languages_in_which_it_is_official():
    assert ocmw_name(named("Gent")).fr == ""
    assert ocmw_name(named("Elsene / Ixelles")).fr == "CPAS d’Ixelles"
    assert ocmw_name(named("Eupen")).de == "ÖSHZ Eupen"


def test_every_municipality_has_a_point_and_distances_are_those_of_the_map():
    from perron.vocabulary.territory import distance, points

    assert set(points()) == {town.nis for town in municipalities()}
    assert all(49.4 < north < 51.6 and 2.5 < east < 6.5 for north, east in points().values())

    def apart(one: str, other: str) -> int:
        return distance(named(one).nis, named(other).nis)

    assert apart("Gent", "Gent") == 0
    assert apart("Gent", "Mechelen") == apart("Mechelen", "Gent")
    assert abs(apart("Gent", "Antwerpen") - 51) <= 4
    assert abs(apart("Liège", "Oostende") - 200) <= 10
    assert abs(apart("Arlon", "Brugge") - 245) <= 10
