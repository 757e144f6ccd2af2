"""Two hundred spellings of fifty names find their person: among those in sight, and among those whom others hold."""

from datetime import date

import pytest
from builders import dispatcher, registrar
from crowd import crowd, fifty

from perron.vocabulary.sought import sought
from perron_site.actions.searches import look_elsewhere
from perron_site.queries.arrivals import search
from perron_site.queries.namesakes import namesakes
from perron_site.records import models
from perron_site.records.context import as_organisation

pytestmark = pytest.mark.django_db
PEOPLE, IN_SIGHT, FIRST = 5_000, 500, 5


def fill():
    """People whom the dispatcher's organisation holds; one household each."""
    fedasil = dispatcher().organisation
    names = [stored for stored, _ in fifty()]
    names += [(*name, "", "") for name in crowd(PEOPLE - len(names))]
    persons = models.Person.objects.bulk_create(
        models.Person(
            given_name=given, family_name=family, given_name_cyrillic=first, family_name_cyrillic=last,
            born=str(1940 + number % 80),
        )
        for number, (given, family, first, last) in enumerate(names)
    )  # fmt: skip
    homes = models.Household.objects.bulk_create(
        models.Household(arrived_on=date(2026, 11, 1)) for _ in persons
    )
    models.HouseholdMember.objects.bulk_create(
        models.HouseholdMember(household=home, person=person, start=home.arrived_on)
        for home, person in zip(homes, persons, strict=True)
    )
    models.Track.objects.bulk_create(
        models.Track(
            person=person, kind="roof", step="roof.emergency", since=date(2026, 11, 1),
            opened_on=date(2026, 11, 1), responsible_id=fedasil, matrix="2026-11-25",
        )
        for person in persons
    )  # fmt: skip
    models.Sight.objects.bulk_create(
        models.Sight(organisation_id=fedasil, person=person, why="responsible")
        for person in persons[:IN_SIGHT]
    )
    return persons[: len(fifty())]


def missed(persons, found):
    """The spellings that do not find their person among the first five."""
    return [
        words
        for person, (_, written) in zip(persons, fifty(), strict=True)
        for words in written
        if not found(person, words)
    ]


def test_each_finds_its_person_among_the_first_five():
    persons = fill()

    def in_sight(person, words):
        return person.pk in namesakes(dispatcher(), sought(words))[:FIRST]

    def of_others(person, words):
        name = f"{person.given_name} {person.family_name}"
        return (name, person.born) in [
            (row.name, row.born) for row in look_elsewhere(registrar(), words=words)
        ]

    with as_organisation(dispatcher()):
        assert missed(persons, in_sight) == []
    with as_organisation(registrar()):
        assert missed(persons, of_others) == []


THOSE_OF_85, UNKNOWN = ["1985", "1985-05-17"], "None"
ALL = [*THOSE_OF_85, "1990", UNKNOWN]


@pytest.mark.parametrize(
    ("words", "finds"),
    [
        ("kovalenko 1985", [*THOSE_OF_85, UNKNOWN]),
        ("Коваленко 17/05/1985", [*THOSE_OF_85, UNKNOWN]),
        ("Kovalenko 05.1985", [*THOSE_OF_85, UNKNOWN]),
        ("Kovalenko 06.1985", ["1985", UNKNOWN]),
        ("Kovalenko 1977", [UNKNOWN]),
        ("1985-05", THOSE_OF_85),
        ("1990", ["1990"]),
        ("1977", []),
        ("Kovalenko", ALL),
        ("Kov", ALL),
        ("zzzz", []),
        ("–", []),
    ],
)
def test_a_date_narrows_and_whose_day_is_not_known_may_be_meant(words, finds):
    by = registrar()
    for born in ("1985", "1985-05-17", "1990", None):
        home = models.Household.objects.create(arrived_on=by.on)
        person = models.Person.objects.create(given_name="Ivan", family_name="Kovalenko", born=born)
        models.HouseholdMember.objects.create(household=home, person=person, start=by.on)
        models.Sight.objects.create(
            organisation_id=by.organisation, person=person, why="registered"
        )
    born = dict(models.Person.objects.order_by("pk").values_list("pk", "born"))
    assert sorted(str(born[each]) for each in namesakes(by, sought(words))) == finds
    assert len(search(by, words)) == len(finds)
