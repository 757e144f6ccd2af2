"""A small database with something in every kind of column: python -m caseload."""

import django

django.setup()

from builders import NOW, a_site, registrar  # noqa: E402 - after Django is set up

from perron.vocabulary.acting import Acting  # noqa: E402 - the same
from perron.vocabulary.organisations import Purpose, Role  # noqa: E402 - the same
from perron.vocabulary.people import Need  # noqa: E402 - the same
from perron_site.actions.households import (  # noqa: E402 - the same
    NewPerson,
    correct_person,
    register_household,
    state_fact,
)
from perron_site.actions.links import give_link  # noqa: E402 - the same
from perron_site.actions.organisations import NOBODY_YET, load_territory  # noqa: E402 - the same
from perron_site.actions.users import add_user  # noqa: E402 - the same
from perron_site.records import models  # noqa: E402 - the same

PEOPLE = (
    NewPerson("Олена", 'Мар"чук,\nїґё', nationalities=("UA", "PL"), languages=("uk", "ru"),
              needs=frozenset([Need.WHEELCHAIR]), telephone="+32 2 555", email="o@example.org"),
    NewPerson("Nina", "", nationalities=None),
    NewPerson("Ivan", "NULL", nationalities=()),
)  # fmt: skip


def fill() -> None:
    """Known and unknown, empty, lists, ranges, JSON, Cyrillic, line breaks and quotes."""
    load_territory(Acting(None, NOBODY_YET, Role.SYSTEM, Purpose.DAILY_ROUND, NOW))
    a_site()
    by = registrar()
    household = register_household(by, people=PEOPLE, arrived_on=by.on, roof=True)
    person = models.Person.objects.order_by("pk")[0].pk
    correct_person(by, person_id=person, changes={"given_name": "Оленка", "languages": ["uk"]})
    state_fact(by, person_id=person, name="lived_in_ukraine", value={"a": [1, None, "ї"]})
    state_fact(by, person_id=person, name="tp_state", value="granted",
               document="certificate")  # fmt: skip
    give_link(by, person_id=person)
    add_user(by, email="an@example.org", name="An", password="long secret words", language="nl",
             memberships=((by.organisation, Role.REGISTRAR),))  # fmt: skip
    bed = models.Bed.objects.order_by("pk")[0]
    stay = models.Stay.objects.create(
        household_id=household, unit=bed.unit, start=by.on, exclusive=False, state="running"
    )
    models.BedNight.objects.create(stay=stay, bed=bed, person_id=person, nights=(by.on, None))


if __name__ == "__main__":
    fill()
