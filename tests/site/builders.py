"""People, households and places for tests, built with the real actions."""

from datetime import datetime, timedelta

from perron.vocabulary.acting import Acting
from perron.vocabulary.intervals import BRUSSELS, PartialDate
from perron.vocabulary.organisations import PURPOSE_OF, OrganisationKind, Role
from perron.vocabulary.people import HouseholdId, Need
from perron.vocabulary.places import Feature, PlaceKind
from perron_site.actions.households import NewPerson, register_household
from perron_site.actions.sites import NewUnit, open_site
from perron_site.queries.handovers import previews
from perron_site.queries.organisations import organisation
from perron_site.records import models
from perron_site.records.context import as_organisation

NOW = datetime(2026, 11, 25, 16, 42, tzinfo=BRUSSELS)
GENT, MECHELEN = "44021", "12025"


def acting(kind, role, municipality=None, at=NOW):
    """Somebody of that organisation, in that role, at that moment."""
    return Acting(None, organisation(kind, municipality), role, PURPOSE_OF[role], at)


def registrar(at=NOW):
    return acting(OrganisationKind.DVZ, Role.REGISTRAR, at=at)


def dispatcher(at=NOW):
    return acting(OrganisationKind.FEDASIL, Role.DISPATCHER, at=at)


def town(nis=GENT, at=NOW):
    return acting(OrganisationKind.MUNICIPALITY, Role.HOUSING_OFFICER, nis, at)


def a_person(given="Olena", born="1992", needs=(), **more):
    return NewPerson(
        given_name=given,
        family_name="Marchuk",
        born=PartialDate.parse(born) if born else None,
        languages=("uk",),
        needs=frozenset(needs),
        **more,
    )


def held_by_gent(born="1992-05-17", **more) -> HouseholdId:
    """Olena and Danylo Marchuk, of whom Gent alone knows."""
    by = town()
    who = a_person("Olena", born, telephone="+32499700700", email="olena@example.org", **more)
    number = register_household(
        by, people=(who, a_person("Danylo", "2017")), arrived_on=by.on, roof=True
    )
    only_gent_sees(number)
    return number


def only_gent_sees(household):
    people = models.HouseholdMember.objects.filter(household=household).values("person")
    seen = models.Sight.objects.filter(person__in=people)
    seen.exclude(organisation=town().organisation).delete()


def person_of(household, given="Olena"):
    return models.HouseholdMember.objects.get(
        household=household, person__given_name=given
    ).person_id


def a_household(by=None, size=1, *, needs=(), roof=True, municipality=None) -> HouseholdId:
    by = by or registrar()
    people = (a_person(needs=needs), *(a_person(f"Danylo {n}", "2017") for n in range(size - 1)))
    return register_household(
        by, people=people, arrived_on=by.on, municipality=municipality, roof=roof
    )


def a_family_of_four() -> HouseholdId:
    """Two adults, one of them in a wheelchair, and two children."""
    return register_household(
        registrar(),
        people=(
            a_person("Olena", "1992-05-17"),
            a_person("Nina", "1959", needs=[Need.WHEELCHAIR]),
            a_person("Danylo", "2017-03"),
            a_person("Sofiia", "2025-08-30", needs=[Need.COT]),
        ),
        arrived_on=NOW.date(),
        roof=True,
    )


def a_site(by=None, *units, municipality="21004", name="Ariane"):
    """A site with these units, or with one shared emergency room of four beds."""
    units = units or (an_emergency_room(),)
    return open_site(by or dispatcher(), name=name, municipality=municipality, units=units)


def an_emergency_room(beds=4, name="Room 1", *, shared=True, features=()):
    return NewUnit(name, PlaceKind.EMERGENCY, beds, frozenset(features), shared=shared)


def a_home(beds=4, name="Flat 1", features=()):
    return NewUnit(name, PlaceKind.HOME, beds, frozenset(features))


STEP_FREE = (Feature.STEP_FREE, Feature.WHEELCHAIR, Feature.COT)


def tracks_of(household, kind):
    people = models.HouseholdMember.objects.filter(household=household).values("person")
    return list(models.Track.objects.filter(person__in=people, kind=kind).order_by("pk"))


def later(**delta):
    return NOW + timedelta(**delta)


def previews_for(household, by):
    """What this organisation was asked about the household, as it may see it."""
    with as_organisation(by):
        return previews(household, by.organisation, by.on)
