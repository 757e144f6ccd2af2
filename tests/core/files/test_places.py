"""Each change of a place or an organisation that is known is explained before it is made."""

from dataclasses import replace
from datetime import date

from perron.files.changes import ChangeKind, FieldChange
from perron.files.organisations import KnownOrganisation, organisation_changes
from perron.files.places import KnownUnit, not_named, place_changes
from perron.files.rows import OrganisationRow, PlaceRow
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.places import Feature, PlaceKind

FLAT = KnownUnit(
    1, 11, "Eikenhof", "44021", "Flat 1", PlaceKind.HOME, 4, "Dorp 1", "09 1",
    frozenset({Feature.LIFT}), available_from=date(2026, 11, 1),
)  # fmt: skip
NGO = KnownOrganisation(7, OrganisationKind.NGO, "Caritas", municipality="44021", telephone="09 1")
HALL = KnownOrganisation(
    8, OrganisationKind.MUNICIPALITY, "Stad Gent", name_fr="Ville de Gand", municipality="44021", official=True
)  # fmt: skip


def row(number=2, **more):
    said = {"site": "Eikenhof", "municipality": "44021", "unit": "Flat 1", "kind": PlaceKind.HOME}
    return PlaceRow(**({"row": number, "beds": 4} | said | more))


def body(number=2, **more):
    said = {"kind": OrganisationKind.NGO, "name": "Caritas", "municipality": "44021"}
    return OrganisationRow(**({"row": number} | said | more))


def test_a_unit_is_the_same_by_site_municipality_and_name_in_any_case():
    (same,) = place_changes([row(site="EIKENHOF", unit="flat 1")], [FLAT])
    assert (same.kind, same.number, same.fields) == (ChangeKind.SAME, 11, ())
    other, elsewhere = place_changes([row(unit="Flat 2"), row(3, municipality="11002")], [FLAT])
    assert (other.kind, elsewhere.kind) == (ChangeKind.NEW, ChangeKind.NEW)


def test_what_changes_is_told_field_by_field():
    (found,) = place_changes([row(beds=5, features=frozenset({Feature.COT}), shared=True)], [FLAT])
    assert found.kind is ChangeKind.DIFFERENT
    assert found.fields == (
        FieldChange("beds", 4, 5),
        FieldChange("features", frozenset({Feature.LIFT}), frozenset({Feature.COT})),
        FieldChange("shared", False, True),
    )


def test_what_the_file_says_of_a_site_stands_once_with_the_first_row_that_says_it():
    rows = [row(unit="Flat 2"), row(3, street="Dorp 2"), row(4, unit="Flat 3", street="Dorp 2")]
    found = place_changes(rows, [FLAT])
    assert [[each.field for each in one.fields] for one in found] == [[], ["street"], []]


def test_no_file_takes_a_bed_away_or_turns_a_night_into_a_home():
    (found,) = place_changes([row(beds=3, kind=PlaceKind.EMERGENCY)], [FLAT])
    assert (found.kind, found.fields) == (ChangeKind.SAME, ())
    assert [(each.field, each.because.key) for each in found.left] == [
        ("kind", "change.kind_stays"), ("beds", "change.beds_stay"),
    ]  # fmt: skip


def test_who_may_share_a_unit_changes_when_nobody_stays_there():
    said = row(beds=6, shared=True, women_only=True, features=frozenset({Feature.COT}))
    (found,) = place_changes([said], [replace(FLAT, taken=True)])
    assert [each.field for each in found.fields] == ["features"]
    assert {each.because.key for each in found.left} == {"change.somebody_stays"}


def test_a_place_does_not_end_before_it_begins():
    (found,) = place_changes([row(available_until=date(2026, 10, 1))], [FLAT])
    assert [each.because.key for each in found.left] == ["change.days_stay"]


def test_what_a_site_has_and_the_file_does_not_name_is_told():
    second = replace(FLAT, unit=12, name="Flat 2")
    far = replace(FLAT, unit=13, site=2, site_name="Beukenhof")
    assert not_named([row()], [FLAT, second, far]) == (second,)


def test_an_organisation_is_known_by_any_of_its_names():
    (found,) = organisation_changes([body(name="CARITAS", telephone="09 2")], [NGO])
    assert (found.kind, found.number) == (ChangeKind.DIFFERENT, 7)
    assert found.fields == (
        FieldChange("name", "Caritas", "CARITAS"), FieldChange("telephone", "09 1", "09 2"),
    )  # fmt: skip
    (new,) = organisation_changes([body(municipality="11002")], [NGO])
    assert new.kind is ChangeKind.NEW


def test_official_names_stay_official():
    said = body(kind=OrganisationKind.MUNICIPALITY, name="Gent city", telephone="09 3")
    (found,) = organisation_changes([said], [HALL])
    assert [each.field for each in found.fields] == ["telephone"]
    assert [(each.field, each.because.key) for each in found.left] == [
        ("name", "change.official_stays")
    ]
    french = body(kind=OrganisationKind.MUNICIPALITY, name="Ville de Gand")
    (same,) = organisation_changes([french], [HALL])
    assert (same.kind, same.left) == (ChangeKind.SAME, ())


def test_several_that_fit_and_two_rows_for_one_are_unclear():
    other = replace(NGO, number=9, municipality="11002")
    (several,) = organisation_changes([body(municipality=None)], [NGO, other])
    assert (several.kind, several.candidates) == (ChangeKind.UNCLEAR, (7, 9))
    both = organisation_changes([body(), body(3, municipality=None)], [NGO])
    assert {one.message.key for one in both} == {"change.two_rows_one_organisation"}
